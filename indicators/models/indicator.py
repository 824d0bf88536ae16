import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.urls import reverse

from actions.models import Action, Plan
from partners.models import Organisation, OwnedQuerySet, Place, Tracked

from .breakdown import Dimension
from .common import CommonIndicator
from .frequency import Frequency
from .kind import ACCRUAL_OF, GATHERING_OF, Accrual, Direction, Gathering, Kind, Nature
from .target import Target

if TYPE_CHECKING:
    from ..figures.reports import Report


class Served(NamedTuple):
    """An action that an indicator serves, as much of it as a page names."""

    pk: int
    number: int


class IndicatorQuerySet(OwnedQuerySet["Indicator"]):
    owner = "plan"

    def of_plan(self, plan: Plan) -> Self:
        """The indicators of a plan, once for each action that they serve."""
        return self.current().filter(actions__plan=plan, actions__trashed_at=None)

    def on_sheet(self, action: Action, *, today: dt.date) -> "list[Indicator]":
        """Those of the sheet of an action, in order, each with its `report` of the year.

        Three queries. A target is read with its indicator: one row for each year would be one query more.
        """
        from ..figures.reports import report_on  # Reports are made of indicators.

        aims = {
            "year_aim": FilteredRelation("targets", condition=Q(targets__year=today.year)),
            "last_aim": FilteredRelation("targets", condition=Q(targets__year=None)),
        }
        numbers = {f"{aim}_{part}": F(f"{aim}__{part}") for aim in aims for part in ("value", "upper")}
        found = self.with_served(besides=action, **aims, **numbers)
        targets = [
            Target(indicator=indicator, year=year, value=value, upper=getattr(indicator, f"{aim}_upper"))
            for indicator in found
            for aim, year in (("year_aim", today.year), ("last_aim", None))
            if (value := getattr(indicator, f"{aim}_value")) is not None
        ]
        for report in report_on(action.plan, found, year=today.year, today=today, targets=targets):
            report.indicator.report = report
        return found

    def with_served(self, *, besides: Action | None = None, **also: Any) -> "list[Indicator]":
        """These indicators in order, each with the actions that it serves, all in one query.

        `also` are annotations that each of them receives.
        """
        rows: models.QuerySet[Any] = (
            Indicator.objects.filter(pk__in=self.values("pk"))
            .annotate(**also)
            .annotate(
                action_pk=F("actions"),
                action_number=F("actions__number"),
                action_trashed_at=F("actions__trashed_at"),
            )
            .order_by("position", "pk", "action_number")
        )
        found: dict[int, Indicator] = {}
        for row in rows:
            indicator = found.setdefault(row.pk, row)
            if row is indicator:
                indicator.served = []
            is_asked = besides is None or row.action_pk != besides.pk
            if row.action_pk and row.action_trashed_at is None and is_asked:
                indicator.served.append(Served(row.action_pk, row.action_number))
        return list(found.values())


class Indicator(Tracked):
    """How an action will be judged, in the words of the plan; everything but the wording may be empty."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="indicators")
    actions = models.ManyToManyField(Action, related_name="indicators", verbose_name="actions")
    wording = models.CharField("indicateur", max_length=300)
    kind = models.CharField("type", max_length=20, choices=Kind, default=Kind.COUNT)
    unit = models.CharField("unité", max_length=60, blank=True)
    is_key = models.BooleanField("indicateur clé", default=False)
    common = models.ForeignKey(
        CommonIndicator,
        on_delete=models.SET_NULL,
        related_name="indicators",
        verbose_name="indicateur commun",
        null=True,
        blank=True,
    )

    # What to enter
    numerator_label = models.CharField("ce que compte le premier nombre", max_length=200, blank=True)
    denominator_label = models.CharField("ce que compte le second nombre", max_length=200, blank=True)
    scale_min = models.PositiveSmallIntegerField("note la plus basse", default=1)
    scale_max = models.PositiveSmallIntegerField("note la plus haute", default=5)
    guidance = models.TextField("ce qu’il faut compter", blank=True)
    exclusions = models.TextField("ce qu’il ne faut pas compter", blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    method = models.TextField("méthode", blank=True)
    keeper = models.CharField("qui en répond", max_length=200, blank=True)
    available = models.CharField("quand la valeur est disponible", max_length=200, blank=True)

    # Who enters it, and when
    contributors = models.ManyToManyField(
        Organisation, related_name="contributed", verbose_name="contributeurs", blank=True
    )
    frequency = models.CharField("fréquence", max_length=10, choices=Frequency, blank=True)
    first_dimension = models.ForeignKey(
        Dimension, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="ventilation"
    )
    second_dimension = models.ForeignKey(
        Dimension, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="seconde ventilation"
    )

    # How values make a total
    gathering = models.CharField("entre contributeurs", max_length=10, choices=Gathering, blank=True)
    accrual = models.CharField("d’une période à l’autre", max_length=10, choices=Accrual, blank=True)

    # Where one starts, where one goes
    direction = models.CharField("sens", max_length=10, choices=Direction, blank=True)
    baseline = models.DecimalField("valeur de départ", max_digits=15, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField("date de la valeur de départ", null=True, blank=True)
    baseline_source = models.CharField("source de la valeur de départ", max_length=300, blank=True)
    is_without_target = models.BooleanField("sans cible", default=False)

    #: The indicator of the plan before, whose series this one goes on with.
    renewed_from = models.ForeignKey(
        "self", models.PROTECT, related_name="renewals", null=True, blank=True, editable=False
    )
    position = models.PositiveIntegerField("ordre", default=0)

    objects = IndicatorQuerySet.as_manager()

    #: Filled by `with_served`.
    served: list[Served]
    #: Filled by `on_sheet`.
    report: "Report"

    tracked_fields: ClassVar[tuple[str, ...]] = (
        *("wording", "kind", "unit", "is_key", "common"),
        *("numerator_label", "denominator_label", "scale_min", "scale_max"),
        *("guidance", "exclusions", "source", "method", "keeper", "available"),
        *("contributors", "frequency", "first_dimension", "second_dimension", "gathering", "accrual"),
        *("direction", "baseline", "baseline_on", "baseline_source", "targets", "is_without_target"),
        *("actions", "position"),
    )
    tracked_labels: ClassVar[dict[str, str]] = {"targets": "cibles"}

    class Meta:
        verbose_name = "indicateur"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(scale_min__lt=F("scale_max")), name="a_scale_goes_up"),
            models.CheckConstraint(
                condition=Q(second_dimension=None) | Q(first_dimension__isnull=False),
                name="a_second_dimension_comes_after_a_first",
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    def get_absolute_url(self) -> str:
        return reverse("indicators:indicator_detail", args=[self.pk])

    @property
    def nature(self) -> Nature:
        return Kind(self.kind).nature

    @property
    def rhythm(self) -> Frequency:
        """How often it is entered: each year, as long as nobody has said otherwise."""
        return Frequency(self.frequency or Frequency.YEAR)

    @property
    def gathering_rule(self) -> Gathering:
        return Gathering(self.gathering or GATHERING_OF[Kind(self.kind)])

    @property
    def accrual_rule(self) -> Accrual:
        return Accrual(self.accrual or ACCRUAL_OF[Kind(self.kind)])

    def place(self) -> Place:
        """On the sheet of its action; on the plan's page when it serves several."""
        actions = list(self.actions.values_list("pk", flat=True)[:2]) if self.pk else []
        return Place(
            self.plan.territory_id, plan_id=self.plan_id, action_id=actions[0] if len(actions) == 1 else None
        )

    def read_tracked(self, name: str) -> Any:
        if name == "actions":
            return list(self.actions.order_by("position", "number").values_list("pk", flat=True))
        if name == "contributors":
            return list(self.contributors.order_by("name", "pk").values_list("pk", flat=True))
        if name == "targets":
            return [target.as_row() for target in self.targets.all()]
        return super().read_tracked(name)

    def write_tracked(self, name: str, value: Any) -> bool:
        if name in ("actions", "contributors"):
            getattr(self, name).set(value)
            return False
        if name == "targets":
            self.targets.all().delete()
            Target.objects.bulk_create(Target.from_row(self, row) for row in value)
            return False
        return super().write_tracked(name, value)

    def describe_tracked(self, name: str, value: Any) -> str:
        if name == "actions":
            numbers = Action._base_manager.filter(pk__in=value).values_list("number", flat=True)
            return ", ".join(f"action {number}" for number in sorted(numbers))
        if name == "contributors":
            names = Organisation._base_manager.filter(pk__in=value).values_list("name", flat=True)
            return ", ".join(sorted(names))
        if name == "targets":
            return " · ".join(str(Target.from_row(self, row)) for row in value)
        return super().describe_tracked(name, value)
