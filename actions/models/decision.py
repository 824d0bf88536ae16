import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from partners.models import Organisation, OwnedQuerySet, Place, Tracked

from .action import Action
from .body import Body
from .follow_up import Entry, EntryQuerySet
from .meeting import Meeting
from .plan import Plan


class Outcome(models.TextChoices):
    PENDING = "pending", "à prendre"
    TAKEN = "taken", "prise"
    DECLINED = "declined", "écartée"


class DecisionQuerySet(OwnedQuerySet["Decision"]):
    owner = "plan"

    def of_plan(self, plan: Plan) -> Self:
        return self.current().filter(plan=plan)

    def pending(self) -> Self:
        return self.filter(outcome=Outcome.PENDING)

    def open(self) -> Self:
        """What the next agenda begins with: to be taken, or taken and not carried out yet."""
        return self.filter(Q(outcome=Outcome.PENDING) | Q(outcome=Outcome.TAKEN, done_on=None))


class Decision(Tracked):
    """What somebody must decide, then what was decided, by which meeting, and who carries it out by when."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="decisions")
    subject = models.CharField("ce qui est à décider", max_length=300)
    context = models.TextField("ce qu’il faut savoir pour décider", blank=True)
    actions = models.ManyToManyField(
        Action, related_name="decisions", blank=True, verbose_name="actions concernées"
    )
    asked_of = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        related_name="decisions",
        null=True,
        blank=True,
        verbose_name="demandée à",
    )
    asked_on = models.DateField("demandée le", null=True, blank=True)

    outcome = models.CharField("décision", max_length=20, choices=Outcome, default=Outcome.PENDING)
    ruling = models.TextField("ce qui est décidé", blank=True)
    decided_on = models.DateField("décidée le", null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        related_name="decisions",
        null=True,
        blank=True,
        verbose_name="réunion",
    )
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="decisions",
        null=True,
        blank=True,
        verbose_name="qui s’en charge",
    )
    due_on = models.DateField("pour le", null=True, blank=True)
    done_on = models.DateField("appliquée le", null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = (
        *("subject", "context", "actions", "asked_of", "asked_on"),
        *("outcome", "ruling", "decided_on", "meeting", "owner", "due_on", "done_on"),
    )

    class Meta:
        verbose_name = "décision"
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.PENDING) ^ Q(decided_on__isnull=False),
                name="a_decision_taken_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(outcome=Outcome.TAKEN), name="what_is_carried_out_was_decided"
            ),
        ]
        indexes = [models.Index(fields=["plan", "outcome"], name="decisions_of_a_plan")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("actions:decision_detail", args=[self.pk])

    @property
    def is_pending(self) -> bool:
        return self.outcome == Outcome.PENDING

    def is_overdue(self, today: dt.date) -> bool:
        """Taken, not carried out, and past its date."""
        return (
            self.outcome == Outcome.TAKEN and not self.done_on and bool(self.due_on and self.due_on < today)
        )

    def place(self) -> Place:
        return Place(self.plan.territory_id, plan_id=self.plan_id)

    def read_tracked(self, name: str) -> Any:
        if name == "actions":
            return list(self.actions.order_by("position", "number").values_list("pk", flat=True))
        return super().read_tracked(name)

    def write_tracked(self, name: str, value: Any) -> bool:
        if name != "actions":
            return super().write_tracked(name, value)
        self.actions.set(value)
        return False

    def describe_tracked(self, name: str, value: Any) -> str:
        if name == "actions":
            numbers = Action._base_manager.filter(pk__in=value).values_list("number", flat=True)
            return ", ".join(f"action {number}" for number in sorted(numbers))
        return super().describe_tracked(name, value)


class BlockageQuerySet(EntryQuerySet["Blockage"]):
    def standing(self) -> Self:
        return self.filter(lifted_on=None)


class Blockage(Entry):
    """What keeps an action from going on: since when, why, and which decision would free it."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="blockages")
    reason = models.TextField("ce qui bloque")
    since = models.DateField("depuis le")
    decision = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        related_name="blockages",
        null=True,
        blank=True,
        verbose_name="décision demandée",
    )
    lifted_on = models.DateField("levé le", null=True, blank=True)
    lifted_by = models.TextField("comment", blank=True)

    objects = BlockageQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("reason", "since", "decision", "lifted_on", "lifted_by")

    class Meta:
        verbose_name = "blocage"
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return self.reason

    @property
    def asked(self) -> Decision | None:
        """The decision that would free it, unless that was thrown away."""
        return self.decision if self.decision and self.decision.trashed_at is None else None

    @property
    def is_to_lift(self) -> bool:
        """What it waited for was settled, and nobody has said that it is lifted."""
        return self.lifted_on is None and self.asked is not None and not self.asked.is_pending

    def days(self, today: dt.date) -> int:
        """For how many days the action was, or has been, blocked."""
        return ((self.lifted_on or today) - self.since).days
