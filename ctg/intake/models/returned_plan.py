import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse

from actions.models import Plan
from partners.models import User


class ReturnedPlanQuerySet(models.QuerySet["ReturnedPlan"]):
    def editable_by(self, user: User) -> Self:
        """What came back to the plans that one coordinates."""
        return self.filter(plan__in=Plan.objects.editable_by(user))

    def stale(self, before: dt.datetime) -> Self:
        """Brought before then, and never taken in."""
        return self.filter(applied_at=None, dropped_at__lt=before)


class ReturnedPlan(models.Model):
    """A workbook of a plan that went out of the tool, was edited elsewhere, and came back.

    `tables` is what `ctg.intake.reading.wire` writes of it; `batch` names what taking it in wrote.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="returned_workbooks")
    name = models.CharField("fichier", max_length=200)
    tables = models.TextField()
    batch = models.UUIDField(null=True, editable=False)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    dropped_at = models.DateTimeField("apporté le")
    applied_at = models.DateTimeField("repris le", null=True)

    objects = ReturnedPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "classeur revenu"
        ordering = ["-dropped_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("intake:returned", args=[self.pk])
