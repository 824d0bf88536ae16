from typing import Any, ClassVar, TypeVar

from django.db import models

from partners.models import OwnedQuerySet, Place, Tracked

from .plan import Plan

H = TypeVar("H", bound="Heading", covariant=True)


class HeadingQuerySet(OwnedQuerySet[H]):
    owner = "plan"


class Heading(Tracked):
    """A line under which a plan gathers its actions."""

    title = models.TextField("intitulé")
    position = models.PositiveIntegerField("ordre", default=0)

    tracked_fields: ClassVar[tuple[str, ...]] = ("title", "position")

    class Meta:
        abstract = True
        ordering: ClassVar[Any] = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def place(self) -> Place:
        plan: Plan = self.plan  # type: ignore[attr-defined]
        return Place(plan.territory_id, plan_id=plan.pk)
