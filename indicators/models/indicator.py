from typing import Any, ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import F

from actions.models import Action, Plan
from partners.models import Place, Tracked, TrackedQuerySet, User


class Nature(models.TextChoices):
    QUANTITATIVE = "quantitative", "quantitatif"
    QUALITATIVE = "qualitative", "qualitatif"


class Served(NamedTuple):
    """An action that an indicator serves, as much of it as a page names."""

    pk: int
    number: int


class IndicatorQuerySet(TrackedQuerySet["Indicator"]):
    def visible_to(self, user: User) -> Self:
        return self.current().filter(plan__in=Plan.objects.visible_to(user))

    def of_plan(self, plan: Plan) -> Self:
        """The indicators of a plan, once for each action that they serve."""
        return self.current().filter(actions__plan=plan, actions__trashed_at=None)

    def editable_by(self, user: User) -> Self:
        return self.current().filter(plan__in=Plan.objects.editable_by(user))

    def restorable_by(self, user: User) -> Self:
        return self.in_trash().filter(plan__in=Plan.objects.editable_by(user))

    def with_served(self, *, besides: Action | None = None) -> "list[Indicator]":
        """These indicators in order, each with the actions that it serves, all in one query."""
        rows: models.QuerySet[Any] = (
            Indicator.objects.filter(pk__in=self.values("pk"))
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
    nature = models.CharField("nature", max_length=20, choices=Nature, default=Nature.QUANTITATIVE)
    unit = models.CharField("unité", max_length=60, blank=True)
    guidance = models.TextField("ce qu’il faut compter, et ne pas compter", blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    is_key = models.BooleanField("indicateur clé", default=False)
    position = models.PositiveIntegerField("ordre", default=0)

    objects = IndicatorQuerySet.as_manager()

    #: Filled by `with_served`.
    served: list[Served]

    tracked_fields: ClassVar[tuple[str, ...]] = (
        "wording",
        "nature",
        "unit",
        "guidance",
        "source",
        "is_key",
        "actions",
        "position",
    )

    class Meta:
        verbose_name = "indicateur"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.wording

    def place(self) -> Place:
        """On the sheet of its action; on the plan's page when it serves several."""
        actions = list(self.actions.values_list("pk", flat=True)[:2]) if self.pk else []
        return Place(
            self.plan.territory_id, plan_id=self.plan_id, action_id=actions[0] if len(actions) == 1 else None
        )

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
