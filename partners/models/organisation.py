from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from .territory import Territory
from .tracked import OwnedQuerySet, Place, Tracked
from .user import User


class OrganisationKind(models.TextChoices):
    INTERCOMMUNALITY = "epci", "intercommunalité"
    DEPARTMENT = "service", "service de l’intercommunalité"
    MUNICIPALITY = "commune", "commune"
    WELFARE_CENTRE = "ccas", "CCAS ou CIAS"
    CAF = "caf", "Caf"
    MSA = "msa", "MSA"
    COUNTY = "departement", "Département"
    STATE = "etat", "État"
    EDUCATION = "education", "Éducation nationale"
    HEALTH = "sante", "santé et protection sociale"
    ASSOCIATION = "association", "association"
    OTHER = "autre", "autre organisme"
    GENERIC = "generique", "ensemble de partenaires, sans contact"


class OrganisationQuerySet(OwnedQuerySet["Organisation"]):
    owner = "territory"

    def restorable_by(self, user: User) -> Self:
        """Not those that were merged: what they had is elsewhere."""
        return self.in_trash().filter(merged_into=None, territory__in=Territory.objects.editable_by(user))


class Organisation(Tracked):
    """Who carries, funds or joins in: a service, a commune, an association, or a generic « habitants »."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("type", max_length=20, choices=OrganisationKind, default=OrganisationKind.OTHER)
    contact_name = models.CharField("contact professionnel", max_length=200, blank=True)
    contact_email = models.EmailField("adresse du contact", blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="merged", null=True, blank=True, editable=False
    )

    objects = OrganisationQuerySet.as_manager()

    tracked_fields = ("name", "kind", "contact_name", "contact_email", "aliases")
    tracked_labels: ClassVar[dict[str, str]] = {"aliases": "autres noms"}

    class Meta:
        verbose_name = "organisme"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:organisation_detail", args=[self.pk])

    @property
    def is_generic(self) -> bool:
        return self.kind == OrganisationKind.GENERIC

    @property
    def other_names(self) -> list[str]:
        return list(self.aliases.values_list("name", flat=True))

    def place(self) -> Place:
        return Place(territory_id=self.territory_id)

    def read_tracked(self, name: str) -> object:
        if name == "aliases":
            return self.other_names
        return super().read_tracked(name)

    def write_tracked(self, name: str, value: object) -> bool:
        if name != "aliases":
            return super().write_tracked(name, value)
        assert isinstance(value, list)
        self.aliases.all().delete()
        Alias.objects.bulk_create(Alias(organisation=self, name=alias) for alias in value)
        return False


class Alias(models.Model):
    """Another way in which a plan writes the name of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("autre nom", max_length=200)

    class Meta:
        verbose_name = "autre nom"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
