import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partners import tracking
from partners.editing import TrackedForm
from partners.tracking import Author

from .. import operations
from ..models import Action, Plan
from .sheet import PlacementForm


def check_years(form: forms.BaseForm) -> None:
    """The first and the last year of a plan, as a form has cleaned them."""
    first, last = form.cleaned_data.get("first_year"), form.cleaned_data.get("last_year")
    for name, year in (("first_year", first), ("last_year", last)):
        if year is not None and not 2000 <= year <= 2099:
            form.add_error(name, ValidationError("Indiquez une année, par exemple 2026."))
    if first and last and last < first:
        form.add_error("last_year", ValidationError("La dernière année vient avant la première."))


class PlanForm(TrackedForm[Plan]):
    class Meta:
        model = Plan
        fields = (
            "title",
            "first_year",
            "last_year",
            "heading",
            "dated_text",
            "dated_on",
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
        labels = {
            "ambition_label": "Premier niveau",
            "orientation_label": "Deuxième niveau",
            "theme_label": "Thématiques",
            "need_label": "Besoins",
            "objective_label": "Objectifs",
            "priority_label": "Priorité",
            "has_budget": "Tenir le budget des actions",
            "budget_kept_by": "Budget rempli par",
        }
        widgets = {"budget_kept_by": forms.RadioSelect}
        help_texts = {
            "has_budget": "Chaque fiche a ses lignes de budget, le plan leurs totaux. Rien n’en est public.",
            "heading": "Tel qu’il est écrit : il est repris en tête des exports.",
            "dated_text": "Telle qu’elle est écrite : « Le 24/11/2025 ».",
            "ambition_label": "Au singulier : « Ambition », « Axe », « Orientation stratégique ».",
            "orientation_label": "« Orientation », « Enjeu », « Objectif général ».",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["budget_kept_by"].required = False

    def clean_budget_kept_by(self) -> str:
        return self.cleaned_data["budget_kept_by"] or self.instance.budget_kept_by

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        check_years(self)
        return cleaned

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields as the page groups them."""
        names = {
            "Le plan": ("title", "first_year", "last_year"),
            "Le document voté": ("heading", "dated_text", "dated_on"),
            "Les mots du plan": tuple(name for name in self.fields if name.endswith("_label")),
            "Le suivi": ("silent_days",),
            "Le budget": ("has_budget", "budget_kept_by"),
        }
        return [(title, [self[name] for name in fields]) for title, fields in names.items()]


class NewActionForm(PlacementForm):
    """An action to add: its number, its title, and its place in either reading."""

    class Meta(PlacementForm.Meta):
        fields = ["number", "title", *PlacementForm.Meta.fields]
        widgets = {
            "number": forms.NumberInput(attrs={"class": "field__number"}),
            "title": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"number": "Le premier numéro libre ; il ne changera que si vous le changez."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number = cleaned.get("number") or 0
        taken = self.instance.plan.actions.current().filter(number=number).exists()
        if taken and not operations.is_received(cleaned.get("token"), self.user):
            self.add_error("number", number_taken(number))
        return cleaned

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields as the page groups them."""
        names = {
            "L’action": ("number", "title"),
            "Sa place, dans une lecture ou dans les deux": PlacementForm.Meta.fields,
        }
        return [(title, [self[name] for name in fields]) for title, fields in names.items()]

    def create(self, *, by: Author, at: dt.datetime) -> Action:
        """Add it at the end of the plan; raise ValidationError when somebody takes its number meanwhile."""
        plan = self.instance.plan
        try:
            with transaction.atomic():
                tracking.lock(plan)
                self.instance.position = operations.next_position(plan.actions.all())
                return super().create(by=by, at=at)
        except IntegrityError as error:
            raise number_taken(self.instance.number, field="number") from error


def number_taken(number: int | None, field: str = "") -> ValidationError:
    message = f"Le numéro {number} est déjà celui d’une autre action du plan."
    return ValidationError({field: message} if field else message)
