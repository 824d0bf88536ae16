from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse

from ctg.web.uploads import Stored, describe
from partners.models import OwnedQuerySet, Place, Territory, Tracked


class LetterheadQuerySet(OwnedQuerySet["Letterhead"]):
    owner = "territory"

    def of_territory(self, territory_id: int) -> Self:
        """That of a territory whose papers somebody may already read."""
        return self.current().filter(territory=territory_id)


class Letterhead(Tracked):
    """What the papers of a territory look like: its logo, and the Word document whose styles they take.

    Each is a file kept outside the web root, written as one value: `{}`, or what `Stored` says. So the
    history tells of a new file even when it bears the name of the one that it replaces.
    """

    territory = models.OneToOneField(Territory, on_delete=models.PROTECT, related_name="letterhead")
    logo = models.JSONField("logo", default=dict, blank=True)
    template = models.JSONField("modèle Word", default=dict, blank=True)

    objects = LetterheadQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("logo", "template")

    class Meta:
        verbose_name = "papier à en-tête"

    def __str__(self) -> str:
        return "Papier à en-tête"

    def get_absolute_url(self) -> str:
        return reverse("documents:letterhead", args=[self.territory_id])

    def place(self) -> Place:
        return Place(self.territory_id)

    @property
    def logo_file(self) -> Stored | None:
        return Stored(**self.logo) if self.logo else None

    @property
    def template_file(self) -> Stored | None:
        return Stored(**self.template) if self.template else None

    def describe_tracked(self, name: str, value: Any) -> str:
        """« logo.png (image PNG, 24 Ko) »"""
        if not value:
            return ""
        stored = Stored(**value)
        return f"{stored.name} ({describe(stored.media_type, stored.size)})"
