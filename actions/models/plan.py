from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from partners.models import OwnedQuerySet, Place, Territory, Tracked


class FilledBy(models.TextChoices):
    """Who writes what a plan adds to the sheets of its actions."""

    COORDINATION = "coordination", "la coordination"
    FOLLOW_UP = "follow_up", "la coordination et qui porte l’action"


class PlanQuerySet(OwnedQuerySet["Plan"]):
    owner = "territory"


class Plan(Tracked):
    """One CTG of one territory: what was voted, in one reading or in both."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField("intitulé", max_length=200)
    heading = models.CharField("titre du document d’origine", max_length=300, blank=True)
    dated_text = models.CharField("date portée par le document", max_length=100, blank=True)
    dated_on = models.DateField("daté du", null=True, blank=True)
    first_year = models.PositiveSmallIntegerField("première année", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("dernière année", null=True, blank=True)

    ambition_label = models.CharField("nom du premier niveau", max_length=60, default="Ambition")
    orientation_label = models.CharField("nom du deuxième niveau", max_length=60, default="Orientation")
    theme_label = models.CharField("nom des thématiques", max_length=60, default="Thématique")
    need_label = models.CharField("nom des besoins", max_length=60, default="Besoin repéré")
    objective_label = models.CharField("nom des objectifs", max_length=60, default="Objectif")
    priority_label = models.CharField("nom de la colonne de priorité", max_length=60, default="Priorité")

    renewed_from = models.ForeignKey(
        "self", models.PROTECT, related_name="renewals", null=True, blank=True, editable=False
    )

    silent_days = models.PositiveSmallIntegerField(
        "sans nouvelles au bout de (jours)",
        default=90,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
        help_text="Une action en cours dont personne n’a rien écrit depuis si longtemps est signalée.",
    )

    has_budget = models.BooleanField("tenir le budget des actions", default=False)
    budget_kept_by = models.CharField(
        "budget tenu par", max_length=20, choices=FilledBy, default=FilledBy.COORDINATION
    )

    objects = PlanQuerySet.as_manager()

    tracked_fields = (
        "title",
        "heading",
        "dated_text",
        "dated_on",
        "first_year",
        "last_year",
        "ambition_label",
        "orientation_label",
        "theme_label",
        "need_label",
        "objective_label",
        "priority_label",
        "silent_days",
        "has_budget",
        "budget_kept_by",
    )

    class Meta:
        verbose_name = "plan"
        ordering = ["territory", "-first_year", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("actions:plan_detail", args=[self.pk])

    @property
    def years(self) -> str:
        """« 2025–2028 », or nothing when the document does not say."""
        if self.first_year and self.last_year and self.first_year != self.last_year:
            return f"{self.first_year}–{self.last_year}"
        return str(self.first_year or self.last_year or "")

    @property
    def full_title(self) -> str:
        """The title with its years, unless it says them already: « Plan d’actions CTG 2025–2028 »."""
        said = {year for year in (self.first_year, self.last_year) if year and str(year) in self.title}
        return self.title if said or not self.years else f"{self.title} {self.years}"

    def own_word(self, level: str) -> str:
        """What the plan calls a level instead of the usual word; nothing where it keeps that word."""
        name = f"{level}_label"
        label: str = getattr(self, name)
        return "" if label == self._meta.get_field(name).default else label  # type: ignore[union-attr]

    @property
    def priority_reason_label(self) -> str:
        own = self.own_word("priority")
        return f"Raison ({own.lower()})" if own else "Raison de la priorité"

    def place(self) -> Place:
        return Place(self.territory_id, plan_id=self.pk)
