import datetime as dt
from typing import Self, TypeVar

from django.conf import settings
from django.db import models

_M = TypeVar("_M", bound="Brought")


class BroughtQuerySet(models.QuerySet[_M]):
    def stale(self, before: dt.datetime) -> Self:
        """What was brought before then, taken in or not."""
        return self.filter(dropped_at__lt=before)


class Brought(models.Model):
    """What was read of a file that somebody brought, until it is taken in; the file itself is not kept.

    `tables` is what `ctg.intake.reading.wire` writes.
    """

    name = models.CharField("fichier", max_length=200)
    tables = models.TextField()
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    dropped_at = models.DateTimeField("apporté le")
    applied_at = models.DateTimeField("repris le", null=True)

    class Meta:
        abstract = True
        ordering = ["-dropped_at", "-pk"]

    def __str__(self) -> str:
        return self.name
