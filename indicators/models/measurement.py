from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from actions.models import Plan
from ctg.web.numbers import plain_decimal
from partners.models import Membership, Organisation, Place, Role, Tracked, TrackedQuerySet, User

from .breakdown import Category
from .indicator import Indicator


class State(models.TextChoices):
    DRAFT = "draft", "brouillon"
    SUBMITTED = "submitted", "reçue"
    RETURNED = "returned", "retournée"
    VALIDATED = "validated", "validée"


#: The states in which a value is shown to all who read the plan, and counts in totals.
SHOWN = (State.SUBMITTED, State.VALIDATED)


#: What a person answers; states and the coordination's question have their own verbs.
ANSWERS = ("amount", "base", "done_on", "finding", "verbatims", "absence", "comment", "portions")


class Absence(models.TextChoices):
    """Why there is no value: none of these is zero."""

    NOT_YET = "not_yet", "la donnée arrive plus tard"
    UNTRACKED = "untracked", "la donnée n’est pas suivie"
    NOT_CONCERNED = "not_concerned", "nous ne sommes pas concernés"


class Channel(models.TextChoices):
    LINK = "link", "lien personnel"
    ACCOUNT = "account", "compte"
    COORDINATION = "coordination", "saisie par la coordination"
    FILE = "file", "fichier"


class MeasurementQuerySet(TrackedQuerySet["Measurement"]):
    def visible_to(self, user: User) -> Self:
        """What was sent, to all who read the plan; the rest, to the organisation and the coordination."""
        own = self._of_member(user) | Q(indicator__plan__in=Plan.objects.editable_by(user))
        return self.of_plans(user).filter(own | Q(state__in=SHOWN))

    def of_plans(self, user: User) -> Self:
        return self.current().filter(
            indicator__plan__in=Plan.objects.visible_to(user), indicator__trashed_at=None
        )

    def of_plan(self, plan: Plan) -> Self:
        """The shown values of a plan, for whoever has passed its door."""
        return self.current().filter(indicator__plan=plan, indicator__trashed_at=None, state__in=SHOWN)

    def answerable_by(self, user: User) -> Self:
        """The values that the user enters for her organisation."""
        return self.of_plans(user).filter(self._of_member(user))

    def editable_by(self, user: User) -> Self:
        return self.current().filter(
            indicator__plan__in=Plan.objects.editable_by(user), indicator__trashed_at=None
        )

    def restorable_by(self, user: User) -> Self:
        return self.in_trash().filter(indicator__plan__in=Plan.objects.editable_by(user))

    @staticmethod
    def _of_member(user: User) -> Q:
        held = Membership.objects.filter(user=user, role=Role.MEMBER)
        return Q(organisation__in=held.values("organisation"))


class Measurement(Tracked):
    """The value of an indicator that one organisation enters for one period.

    `amount` and `base` hold the numbers of every kind: count, amount or duration alone (a duration may
    have the number of cases as its base); the two parts of a share; the mean of a scale and its
    respondents; 1 or 0 for a deliverable, with `done_on`. Empty is never zero: a value that does not
    exist has its `absence`.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="measurements", verbose_name="organisme"
    )
    #: A key of `indicators.periods`; `year` is its year, or that of the campaign for a value entered once.
    period = models.CharField("période", max_length=8)
    year = models.PositiveSmallIntegerField("année")

    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    amount = models.DecimalField("valeur", max_digits=15, decimal_places=4, null=True, blank=True)
    base = models.DecimalField("sur", max_digits=15, decimal_places=4, null=True, blank=True)
    done_on = models.DateField("fait le", null=True, blank=True)
    finding = models.TextField("constat", blank=True)
    verbatims = models.TextField("paroles choisies", blank=True)
    absence = models.CharField("sans valeur", max_length=20, choices=Absence, blank=True)
    comment = models.TextField("commentaire", blank=True)
    return_note = models.TextField("question de la coordination", blank=True)

    channel = models.CharField("par", max_length=20, choices=Channel, default=Channel.LINK)
    entered_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    entered_label = models.CharField("saisie de", max_length=300, blank=True, editable=False)
    entered_at = models.DateTimeField("saisie le", null=True, editable=False)
    submitted_at = models.DateTimeField("envoyée le", null=True, editable=False)
    reviewed_label = models.CharField("relue par", max_length=300, blank=True, editable=False)
    reviewed_at = models.DateTimeField("relue le", null=True, editable=False)

    objects = MeasurementQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = (
        *("organisation", "state", "amount", "base", "done_on", "finding", "verbatims", "absence"),
        *("comment", "portions", "return_note", "channel"),
    )
    tracked_labels: ClassVar[dict[str, str]] = {"portions": "ventilation"}

    class Meta:
        verbose_name = "valeur"
        ordering = ["indicator", "organisation", "period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organisation", "period"],
                condition=Q(trashed_at=None),
                name="one_value_per_contributor_and_period",
            ),
            models.CheckConstraint(
                condition=Q(absence="") | Q(amount=None, base=None, done_on=None, finding=""),
                name="absent_or_present",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "year"], name="values_of_a_year")]

    def __str__(self) -> str:
        from ..periods import period_label

        return f"{self.indicator}, {self.organisation}, {period_label(self.period)}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:measurement_detail", args=[self.pk])

    @property
    def is_private(self) -> bool:
        """What is not sent yet, or was returned, is between the organisation and the coordination."""
        return self.state not in SHOWN

    @property
    def is_empty(self) -> bool:
        """Nothing was answered yet, not even why there is no value."""
        return self.amount is None and not self.finding and not self.absence

    def place(self) -> Place:
        return self.indicator.place()

    def read_tracked(self, name: str) -> Any:
        if name == "portions":
            return [portion.as_row() for portion in self.portions.all()]
        return super().read_tracked(name)

    def write_tracked(self, name: str, value: Any) -> bool:
        if name != "portions":
            return super().write_tracked(name, value)
        self.portions.all().delete()
        Portion.objects.bulk_create(
            Portion(measurement=self, first_id=first, second_id=second, amount=amount, base=base)
            for first, second, amount, base in value
        )
        return False

    def describe_tracked(self, name: str, value: Any) -> str:
        if name != "portions":
            return super().describe_tracked(name, value)
        keys = {key for first, second, *_ in value for key in (first, second)}
        names = dict(Category.objects.filter(pk__in=keys - {None}).values_list("pk", "name"))
        return " · ".join(
            f"{', '.join(names[key] for key in (first, second) if key)} : "
            f"{super(Measurement, self).describe_tracked('amount', amount)}"
            + (f" sur {super(Measurement, self).describe_tracked('base', base)}" if base else "")
            for first, second, amount, base in value
        )


class Portion(models.Model):
    """The part of a value that falls to a category, or to a pair of them; any of them may be missing.

    Written through the measurement's tracked list `portions`.
    """

    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="portions")
    first = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    amount = models.DecimalField("valeur", max_digits=15, decimal_places=4)
    base = models.DecimalField("sur", max_digits=15, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = "part de la ventilation"
        ordering = ["first__position", "second__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measurement", "first", "second"], name="one_portion_per_pair_of_categories"
            ),
            models.UniqueConstraint(
                fields=["measurement", "first"],
                condition=Q(second=None),
                name="one_portion_per_category",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} : {self.amount}"

    def as_row(self) -> list[Any]:
        """The portion as the history holds it: both categories, both numbers."""
        base = None if self.base is None else plain_decimal(self.base)
        return [self.first_id, self.second_id, plain_decimal(self.amount), base]
