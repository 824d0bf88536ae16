import datetime as dt
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ctg.web.text import fold
from partners.models import Membership, Organisation, OwnedQuerySet, Place, Role, User

from ..calendar import Precision, late_since, since_words
from .custom_values import CustomValues
from .diagnosis import Need, Objective, Theme
from .plan import FilledBy, Plan
from .status import CAN_BE_LATE, Confidence, Status
from .strategy import Ambition, Orientation
from .voted import VotedSheet


class Part(models.TextChoices):
    """What an organisation is to an action."""

    LEAD = "lead", "porteur"
    CO_LEAD = "co_lead", "co-porteur"
    PARTNER = "partner", "partenaire"
    FUNDER = "funder", "financeur"


#: Those whose members keep the action up to date.
CARRYING = (Part.LEAD, Part.CO_LEAD)

#: The lists of organisations of an action, by their tracked name.
PARTS = {"leads": Part.LEAD, "co_leads": Part.CO_LEAD, "partners": Part.PARTNER, "funders": Part.FUNDER}


#: The fields that each plan calls in its own words.
LABELLED = ("ambition", "orientation", "theme", "need", "objective", "priority", "priority_reason")


class ActionQuerySet(OwnedQuerySet["Action"]):
    owner = "plan"

    def updatable_by(self, user: User) -> Self:
        """The actions whose follow-up the user keeps: as coordination, or as a member of who carries it."""
        return self.visible_to(user).filter(self._coordinated(user) | self._carried(user))

    def commentable_by(self, user: User) -> Self:
        """The actions on which the user may write: those she keeps, and for a Caf all that it reads."""
        caf = Membership.objects.filter(user=user, role=Role.CAF)
        read_by_caf = Q(plan__territory__in=caf.values("territory"))
        return self.visible_to(user).filter(self._coordinated(user) | self._carried(user) | read_by_caf)

    def budgetable_by(self, user: User) -> Self:
        """The actions whose budget the user keeps: as coordination, or as carrier if the plan says so."""
        open_to_carriers = Q(plan__budget_kept_by=FilledBy.FOLLOW_UP) & self._carried(user)
        kept = self.visible_to(user).filter(plan__has_budget=True)
        return kept.filter(self._coordinated(user) | open_to_carriers)

    def of_plan(self, plan: Plan) -> Self:
        """All of one plan, for whoever has passed the door of the plan: no query asks again who that is."""
        return self.current().filter(plan=plan)

    def late(self, today: dt.date) -> Self:
        """The same rule as `Action.is_late`."""
        return self.filter(status__in=CAN_BE_LATE, recurring=False, ends_on__lt=today)

    @staticmethod
    def _coordinated(user: User) -> Q:
        return Q(plan__in=Plan.objects.editable_by(user))

    @staticmethod
    def _carried(user: User) -> Q:
        held = Membership.objects.filter(user=user, role=Role.MEMBER)
        carried = Involvement.objects.filter(part__in=CARRYING, organisation__in=held.values("organisation"))
        return Q(pk__in=carried.values("action"))


class Action(VotedSheet, CustomValues):
    """One action of a plan: the sheet that was voted, and where it stands."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField("numéro")
    position = models.PositiveIntegerField("ordre", default=0)
    title = models.TextField("intitulé")

    ambition = models.ForeignKey(Ambition, models.PROTECT, related_name="actions", null=True, blank=True)
    orientation = models.ForeignKey(
        Orientation, models.PROTECT, related_name="actions", null=True, blank=True
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="actions", null=True, blank=True, verbose_name="thématique"
    )
    need = models.ForeignKey(
        Need, models.PROTECT, related_name="actions", null=True, blank=True, verbose_name="besoin repéré"
    )
    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="actions", null=True, blank=True, verbose_name="objectif"
    )

    priority = models.PositiveSmallIntegerField("priorité", null=True, blank=True)
    priority_reason = models.TextField("raison de la priorité", blank=True)
    elected_lead = models.CharField("élu référent", max_length=200, blank=True)

    status = models.CharField("statut", max_length=20, choices=Status, default=Status.PLANNED)
    status_reason = models.TextField("motif", blank=True)
    confidence = models.CharField("météo", max_length=20, choices=Confidence, blank=True)
    progress = models.PositiveSmallIntegerField(
        "avancement", null=True, blank=True, validators=[MaxValueValidator(100)]
    )

    #: The action of the plan before, of which this one goes on.
    renewed_from = models.ForeignKey(
        "self", models.PROTECT, related_name="renewals", null=True, blank=True, editable=False
    )
    search_text = models.TextField(editable=False, default="")

    organisations = models.ManyToManyField(Organisation, through="Involvement", related_name="actions")

    objects = ActionQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = (
        *("number", "title", "ambition", "orientation", "theme", "need", "objective"),
        *VotedSheet.voted_fields,
        *PARTS,
        *("priority", "priority_reason", "elected_lead"),
        *("status", "status_reason", "confidence", "progress", "position"),
    )
    tracked_labels: ClassVar[dict[str, str]] = {
        "leads": "porteurs",
        "co_leads": "co-porteurs",
        "partners": "partenaires",
        "funders": "financeurs",
    }

    class Meta:
        verbose_name = "action"
        ordering = ["position", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                condition=Q(trashed_at=None),
                name="one_action_per_number",
                violation_error_message="Ce numéro est déjà celui d’une autre action du plan.",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_is_a_percentage"),
        ]
        indexes = [models.Index(fields=["plan", "position"], name="actions_of_a_plan")]

    def __str__(self) -> str:
        return f"Action {self.number} : {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("actions:action_detail", args=[self.pk])

    def is_late(self, today: dt.date) -> bool:
        return (
            self.ends_on is not None
            and self.ends_on < today
            and not self.recurring
            and self.status in CAN_BE_LATE
        )

    def lateness(self, today: dt.date) -> str:
        """« En retard depuis juillet 2026 », or nothing."""
        if not self.is_late(today) or self.ends_on is None:
            return ""
        return f"En retard {since_words(late_since(self.ends_on), Precision(self.precision))}"

    def place(self) -> Place:
        return Place(self.plan.territory_id, plan_id=self.plan_id, action_id=self.pk)

    def derive(self) -> list[str]:
        self.read_calendar()
        texts = [str(self.number), self.title, self.elected_lead, *self.voted_texts]
        self.search_text = fold(" ".join(texts))
        return ["starts_on", "ends_on", "precision", "search_text", "custom_values"]

    def label_tracked(self, name: str) -> str:
        if name in LABELLED and self.plan_id:
            label: str = getattr(self.plan, f"{name}_label")
            return label.lower()
        return super().label_tracked(name)

    def read_tracked(self, name: str) -> Any:
        if name in PARTS:
            involved = self.involvements.filter(part=PARTS[name])
            return list(involved.order_by("position", "pk").values_list("organisation_id", flat=True))
        return super().read_tracked(name)

    def write_tracked(self, name: str, value: Any) -> bool:
        if name not in PARTS:
            return super().write_tracked(name, value)
        self.involvements.filter(part=PARTS[name]).delete()
        Involvement.objects.bulk_create(
            Involvement(action=self, organisation_id=organisation, part=PARTS[name], position=rank)
            for rank, organisation in enumerate(value)
        )
        return False

    def describe_tracked(self, name: str, value: Any) -> str:
        if name in PARTS:
            names = dict(Organisation._base_manager.filter(pk__in=value).values_list("pk", "name"))
            return ", ".join(names.get(organisation, "") for organisation in value)
        if name == "progress" and value is not None:
            return f"{value} %"
        return super().describe_tracked(name, value)


class InvolvementQuerySet(models.QuerySet["Involvement"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(action__in=Action.objects.visible_to(user))

    def of_plan(self, plan: Plan) -> Self:
        return self.filter(action__plan=plan, action__trashed_at=None)


class Involvement(models.Model):
    """An organisation's part in an action; written through the action's tracked lists."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="involvements")
    part = models.CharField("rôle", max_length=10, choices=Part)
    position = models.PositiveIntegerField("ordre", default=0)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        verbose_name = "participation"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "organisation", "part"], name="one_part_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_part_display()})"
