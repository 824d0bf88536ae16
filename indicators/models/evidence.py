from typing import Self

from django.db import models
from django.db.models import Q

from partners.models import User

from .measurement import Measurement


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(removed_at=None, measurement__in=Measurement.objects.visible_to(user))


class Evidence(models.Model):
    """What proves a value: a file kept outside the web root under a random name, or the address of a page."""

    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField("nom", max_length=200)
    url = models.URLField("adresse", max_length=500, blank=True)
    stored_as = models.CharField(max_length=64, blank=True, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)
    added_label = models.CharField("ajoutée par", max_length=300, editable=False)
    added_at = models.DateTimeField("ajoutée le", editable=False)
    removed_at = models.DateTimeField("retirée le", null=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "justificatif"
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url="") ^ Q(stored_as=""), name="evidence_is_a_file_or_an_address"
            )
        ]

    def __str__(self) -> str:
        return self.name
