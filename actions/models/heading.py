from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from partners.models import Place, Tracked, TrackedQuerySet, User

from .plan import Plan

H = TypeVar("H", bound="Heading", covariant=True)


class HeadingQuerySet(TrackedQuerySet[H]):
    def visible_to(self, user: User) -> Self:
        return self.current().filter(plan__in=Plan.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        return self.current().filter(plan__in=Plan.objects.editable_by(user))

    def restorable_by(self, user: User) -> Self:
        return self.in_trash().filter(plan__in=Plan.objects.editable_by(user))


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
