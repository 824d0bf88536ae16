from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from actions.models import Action, Plan
from partners.models import OwnedQuerySet, Place, Tracked, User


class Verdict(models.TextChoices):
    """What becomes of an action in the next convention; blank as long as nobody has said."""

    KEEP = "keep", "à reconduire"
    ADAPT = "adapt", "à adapter"
    DROP = "drop", "à ne pas reprendre"


class RenewalQuerySet(OwnedQuerySet["Renewal"]):
    """Preparing the next convention is the coordination’s; the plan that comes of it is read as any other."""

    owner = "plan"

    def visible_to(self, user: User) -> Self:
        return self.editable_by(user)

    def of_plan(self, plan: Plan) -> Self:
        return self.current().filter(plan=plan)


class Renewal(Tracked):
    """The next convention in preparation: what it will be called, and what it takes from `plan`.

    Once `created` is there, it is the record of what was kept, adapted and dropped, and why.
    """

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="renewal")
    title = models.CharField("intitulé", max_length=200)
    first_year = models.PositiveSmallIntegerField("première année", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("dernière année", null=True, blank=True)
    created = models.OneToOneField(
        Plan,
        models.PROTECT,
        related_name="renewal_record",
        null=True,
        editable=False,
        verbose_name="plan créé",
    )

    objects = RenewalQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("title", "first_year", "last_year", "created")

    class Meta:
        verbose_name = "prochaine CTG en préparation"
        ordering = ["pk"]

    def __str__(self) -> str:
        return Plan(title=self.title, first_year=self.first_year, last_year=self.last_year).full_title

    def get_absolute_url(self) -> str:
        return reverse("cycle:renewal_detail", args=[self.pk])

    @property
    def is_private(self) -> bool:
        return True

    @property
    def is_done(self) -> bool:
        """Whether its plan stands; put in the trash, that plan may be created again."""
        return self.created is not None and self.created.trashed_at is None

    def place(self) -> Place:
        return Place(self.plan.territory_id, plan_id=self.plan_id)


class RenewalChoiceQuerySet(OwnedQuerySet["RenewalChoice"]):
    owner = "renewal"


class RenewalChoice(Tracked):
    """What one action becomes, and why."""

    renewal = models.ForeignKey(Renewal, on_delete=models.PROTECT, related_name="choices")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="renewal_choices")
    verdict = models.CharField("avis", max_length=10, choices=Verdict, blank=True)
    reason = models.TextField("raison", blank=True)

    objects = RenewalChoiceQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("verdict", "reason")

    class Meta:
        verbose_name = "avis sur une action"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["renewal", "action"], name="an_action_once_in_a_renewal")
        ]

    def __str__(self) -> str:
        return f"{self.renewal}, action {self.action.number}"

    @property
    def is_private(self) -> bool:
        return True

    def place(self) -> Place:
        return self.renewal.place()._replace(action_id=self.action_id)
