from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from partners.models import Organisation, OwnedQuerySet, Place, Tracked

from .plan import Plan


class BodyKind(models.TextChoices):
    STEERING = "steering", "comité de pilotage (COPIL)"
    TECHNICAL = "technical", "comité technique (COTECH)"
    GROUP = "group", "groupe de travail"
    OTHER = "other", "autre instance"


class BodyQuerySet(OwnedQuerySet["Body"]):
    owner = "plan"

    def of_plan(self, plan: Plan) -> Self:
        return self.current().filter(plan=plan)


class Body(Tracked):
    """Who steers the plan: its COPIL, its COTECH, a working group."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField("nature", max_length=20, choices=BodyKind, default=BodyKind.STEERING)
    name = models.CharField("nom", max_length=120)
    mission = models.TextField("rôle", blank=True)

    objects = BodyQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("kind", "name", "mission")

    class Meta:
        verbose_name = "instance"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actions:body_detail", args=[self.pk])

    def place(self) -> Place:
        return Place(self.plan.territory_id, plan_id=self.plan_id)


class SeatQuerySet(OwnedQuerySet["Seat"]):
    owner = "body"


class Seat(Tracked):
    """A person in a body, by her name and function: she needs no account."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    name = models.CharField("prénom et nom", max_length=200)
    function = models.CharField("fonction", max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="seats",
        null=True,
        blank=True,
        verbose_name="organisme",
    )
    email = models.EmailField("adresse électronique", blank=True)

    objects = SeatQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("name", "function", "organisation", "email")

    class Meta:
        verbose_name = "membre d’une instance"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_private(self) -> bool:
        """Her address is for the coordination alone, and so is the history that tells it."""
        return True

    def place(self) -> Place:
        return self.body.place()
