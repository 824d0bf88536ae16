from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from ctg.web.numbers import write_euros
from partners.models import Organisation, User

from .action import Action
from .follow_up import Entry, EntryQuerySet
from .plan import Plan

#: Who pays when no organisation does.
OWN_FUNDS = "Autofinancement"


class BudgetLineQuerySet(EntryQuerySet["BudgetLine"]):
    """Lines are read with their action, as long as the plan keeps a budget."""

    def visible_to(self, user: User) -> Self:
        return super().visible_to(user).filter(action__plan__has_budget=True)

    def of_plan(self, plan: Plan) -> Self:
        return super().of_plan(plan).filter(action__plan__has_budget=True)

    def updatable_by(self, user: User) -> Self:
        return self.current().filter(action__in=Action.objects.budgetable_by(user))

    def restorable_by(self, user: User) -> Self:
        return self.in_trash().filter(action__in=Action.objects.budgetable_by(user))


class BudgetLine(Entry):
    """What one funder brings to an action in one year; without a funder, the territory pays itself.

    A blank amount is not known, which is not zero.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="budget_lines")
    year = models.PositiveSmallIntegerField(
        "année", validators=[MinValueValidator(2000), MaxValueValidator(2099)]
    )
    funder = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="budget_lines",
        null=True,
        blank=True,
        verbose_name="qui finance",
    )
    nature = models.CharField("nature", max_length=100, blank=True)
    planned = models.DecimalField("montant prévu", max_digits=12, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField("montant réalisé", max_digits=12, decimal_places=2, null=True, blank=True)
    comment = models.TextField("commentaire", blank=True)

    objects = BudgetLineQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("year", "funder", "nature", "planned", "actual", "comment")

    class Meta:
        verbose_name = "ligne de budget"
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(planned=None) | Q(planned__gte=0)) & (Q(actual=None) | Q(actual__gte=0)),
                name="an_amount_is_not_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.funder_name}, {self.year}"

    def describe_tracked(self, name: str, value: Any) -> str:
        if name in ("planned", "actual") and value is not None:
            return write_euros(Decimal(value))
        if name == "funder" and value is None:
            return OWN_FUNDS
        return super().describe_tracked(name, value)

    @property
    def planned_words(self) -> str:
        return "" if self.planned is None else write_euros(self.planned)

    @property
    def actual_words(self) -> str:
        return "" if self.actual is None else write_euros(self.actual)

    @property
    def funder_name(self) -> str:
        return self.funder.name if self.funder else OWN_FUNDS
