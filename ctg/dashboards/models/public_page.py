from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse

from actions.models import Action, Plan
from ctg.dashboards.public.fields import Shown, read_shown
from partners.models import OwnedQuerySet, Place, Tracked


class PublicPageQuerySet(OwnedQuerySet["PublicPage"]):
    owner = "plan"

    def of_plan(self, plan: Plan) -> Self:
        return self.current().filter(plan=plan)

    def published(self) -> Self:
        """What anybody may read, at an address that says nothing of the plan's key."""
        return self.current().filter(is_open=True, plan__trashed_at=None)


class PublicPage(Tracked):
    """What inhabitants may read of a plan: closed until the coordination opens it, field by field."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="public_page")
    slug = models.CharField("adresse", max_length=60, unique=True)
    is_open = models.BooleanField("page ouverte à tous", default=False)
    introduction = models.TextField("présentation", blank=True)
    contact = models.CharField("à qui s’adresser", max_length=300, blank=True)
    #: Which fields are shown: the names of `ctg.dashboards.public.fields`.
    shown = models.JSONField("ce qui est montré", default=list)
    withheld = models.ManyToManyField(
        Action, related_name="+", blank=True, verbose_name="actions non montrées"
    )

    objects = PublicPageQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = (
        *("is_open", "slug", "introduction", "contact"),
        *("shown", "withheld"),
    )

    class Meta:
        verbose_name = "page publique"

    def __str__(self) -> str:
        return "Page publique"

    def get_absolute_url(self) -> str:
        return reverse("dashboards:public_page", args=[self.slug])

    def place(self) -> Place:
        return Place(self.plan.territory_id, plan_id=self.plan_id)

    def read_tracked(self, name: str) -> Any:
        if name == "withheld":
            return list(self.withheld.order_by("position", "number").values_list("pk", flat=True))
        return super().read_tracked(name)

    def write_tracked(self, name: str, value: Any) -> bool:
        if name != "withheld":
            return super().write_tracked(name, value)
        self.withheld.set(value)
        return False

    def describe_tracked(self, name: str, value: Any) -> str:
        if name == "shown":
            return " · ".join(one.label for one in Shown if one in read_shown(value))
        if name == "withheld":
            numbers = Action._base_manager.filter(pk__in=value).values_list("number", flat=True)
            return ", ".join(f"action {number}" for number in sorted(numbers))
        return super().describe_tracked(name, value)
