from typing import Self

from django.db import models
from django.urls import reverse

from actions.models import Plan
from partners.models import User

from .brought import Brought, BroughtQuerySet


class DroppedValuesQuerySet(BroughtQuerySet["DroppedValues"]):
    def editable_by(self, user: User) -> Self:
        """What was brought to the plans that one coordinates."""
        return self.filter(plan__in=Plan.objects.editable_by(user))


class DroppedValues(Brought):
    """A table of values, one in a row, brought to a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="dropped_values")

    objects = DroppedValuesQuerySet.as_manager()

    class Meta(Brought.Meta):
        verbose_name = "table de valeurs apportée"

    def get_absolute_url(self) -> str:
        return reverse("answerbooks:dropped_values", args=[self.pk])
