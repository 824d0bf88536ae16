import datetime as dt
from typing import Self

from django.db import models

from partners.models import User

from .kind import Kind


class CommonIndicatorQuerySet(models.QuerySet["CommonIndicator"]):
    def visible_to(self, user: User) -> Self:
        """The catalogue is common to all who sign in."""
        return self if user.is_authenticated else self.none()

    def administrable_by(self, user: User) -> Self:
        return self if user.is_administrator else self.none()


class CommonIndicator(models.Model):
    """An indicator of the whole installation, to which those of the territories are mapped for comparison."""

    wording = models.CharField("indicateur", max_length=300, unique=True)
    theme = models.CharField("thème", max_length=100, blank=True)
    kind = models.CharField("type", max_length=20, choices=Kind, default=Kind.COUNT)
    unit = models.CharField("unité", max_length=60, blank=True)
    guidance = models.TextField("ce qu’il faut compter", blank=True)
    exclusions = models.TextField("ce qu’il ne faut pas compter", blank=True)
    retired_at = models.DateTimeField("retiré le", null=True, editable=False)

    objects = CommonIndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicateur commun"
        ordering = ["theme", "wording", "pk"]

    def __str__(self) -> str:
        return self.wording

    def retire(self, *, at: dt.datetime) -> None:
        """Offer it no more; what is mapped to it stays so, and the first date too."""
        if self.retired_at is None:
            self.retired_at = at
            self.save(update_fields=["retired_at"])

    def restore(self) -> None:
        self.retired_at = None
        self.save(update_fields=["retired_at"])
