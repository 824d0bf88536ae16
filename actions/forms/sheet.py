"""The forms of an action's sheet, one for each of its parts."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from ctg.web import outline
from partners.editing import TrackedForm
from partners.models import Organisation, User

from ..calendar_reading import read_period
from ..models import Action, Ambition, Need, Objective, Orientation, Theme
from ..models.action import PARTS

OUTLINE_HELP = (
    "Une ligne par paragraphe. Commencez une ligne par « - » pour une puce, "
    "par deux espaces et « - » pour une sous-puce. Collez depuis Word : les puces sont reconnues."
)


class SheetForm(TrackedForm[Action]):
    """A part of the sheet; its choices are those of the plan, and of the people who may change it."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    @property
    def is_open(self) -> bool:
        """Whether the user has anything to write in it."""
        return bool(self.visible_fields())


class TitleForm(SheetForm):
    class Meta:
        model = Action
        fields = ["number", "title"]
        widgets = {"title": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"number": "Un numéro voté ne change que si vous le changez ici."}

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        others = Action.objects.editable_by(self.user).filter(plan=self.instance.plan, number=number)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError(f"Le numéro {number} est déjà celui d’une autre action du plan.")
        return number


class PlacementForm(SheetForm):
    class Meta:
        model = Action
        fields = ["ambition", "orientation", "theme", "need", "objective"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        models = {
            "ambition": Ambition,
            "orientation": Orientation,
            "theme": Theme,
            "need": Need,
            "objective": Objective,
        }
        for name, model in models.items():
            field = self.fields[name]
            field.queryset = model.objects.editable_by(self.user).filter(plan=plan)  # type: ignore[attr-defined]
            field.empty_label = "à préciser"  # type: ignore[attr-defined]
            field.label = getattr(plan, f"{name}_label")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ambition, orientation = cleaned.get("ambition"), cleaned.get("orientation")
        if orientation and ambition and orientation.ambition_id != ambition.pk:
            self.add_error(
                "orientation",
                ValidationError(f"« {orientation} » appartient à « {orientation.ambition} »."),
            )
        elif orientation and not ambition:
            cleaned["ambition"] = orientation.ambition
        self._keep_what_is_in_the_trash(cleaned)
        return cleaned

    def _keep_what_is_in_the_trash(self, cleaned: dict[str, Any]) -> None:
        """A line in the trash reads « à préciser » and comes back with its actions: leave it in place."""
        for name in PlacementForm.Meta.fields:
            standing = getattr(self.instance, name)
            if not cleaned.get(name) and standing is not None and standing.trashed_at:
                self.left_to_others.add(name)


class TextForm(SheetForm):
    outlined: ClassVar[tuple[str, ...]] = ("purpose", "content", "methods", "effects")

    class Meta:
        model = Action
        fields = [
            "purpose_label",
            "purpose",
            "content_label",
            "content",
            "methods_label",
            "methods",
            "effects_label",
            "effects",
        ]
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "content": forms.Textarea(attrs={"rows": 14}),
            "methods": forms.Textarea(attrs={"rows": 6}),
            "effects": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {"content": OUTLINE_HELP}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.outlined:
            if name in cleaned:
                cleaned[name] = outline.tidy(cleaned[name])
        return cleaned


class AudienceForm(SheetForm):
    class Meta:
        model = Action
        fields = ["audiences", "municipalities"]
        widgets = {
            "audiences": forms.Textarea(attrs={"rows": 2}),
            "municipalities": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "audiences": "À qui l’action s’adresse. Pas de nom de bénéficiaire.",
            "municipalities": "Les communes concernées, ou « toutes ».",
        }


class OrganisationsForm(SheetForm):
    linked_fields = tuple(PARTS)

    class Meta:
        model = Action
        fields = ["partners_text"]
        widgets = {"partners_text": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"partners_text": "La cellule du document voté, citée telle quelle."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territory = self.instance.plan.territory_id
        known = Organisation.objects.editable_by(self.user).filter(territory=territory)
        for name in PARTS:
            field = forms.ModelMultipleChoiceField(
                known,
                label=self.instance.label_tracked(name).capitalize(),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=self.instance.read_tracked(name),
            )
            self.fields[name] = field
        self.order_fields([*PARTS, "partners_text"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        both = set(cleaned.get("leads", [])) & set(cleaned.get("co_leads", []))
        for organisation in both:
            self.add_error(
                "co_leads", ValidationError(f"{organisation} est déjà porteur : choisissez l’un des deux.")
            )
        return cleaned


class CalendarForm(SheetForm):
    class Meta:
        model = Action
        fields = ["calendar_text", "dates_given", "starts_on", "ends_on", "recurring"]
        labels = {
            "calendar_text": "Calendrier",
            "dates_given": "Je précise les dates moi-même",
            "recurring": "Action récurrente : elle revient chaque année, et n’est jamais en retard",
        }
        help_texts = {
            "calendar_text": "Comme vous le diriez : « 2e semestre 2026 », « en continu ».",
            "dates_given": "Sinon, elles sont comprises d’après le texte ci-dessus.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if cleaned.get("dates_given"):
            if not starts_on and not ends_on and not {"starts_on", "ends_on"} & set(self.errors):
                self.add_error(
                    "starts_on", ValidationError("Indiquez au moins une date, ou décochez la case au-dessus.")
                )
            if starts_on and ends_on and ends_on < starts_on:
                self.add_error("ends_on", ValidationError("La fin vient avant le début."))
        elif "calendar_text" in cleaned:
            period = read_period(cleaned["calendar_text"])
            cleaned["starts_on"] = period.starts_on if period else None
            cleaned["ends_on"] = period.ends_on if period else None
        return cleaned


class FactorsTextForm(SheetForm):
    class Meta:
        model = Action
        fields = ["factors_text"]
        widgets = {"factors_text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"factors_text": "La cellule du document voté, citée telle quelle."}


class PriorityForm(SheetForm):
    class Meta:
        model = Action
        fields = ["priority", "priority_reason", "elected_lead"]
        widgets = {"priority_reason": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "priority": "1 vient en premier.",
            "elected_lead": "Prénom, nom et fonction : un contact professionnel.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"].label = self.instance.plan.priority_label
        self.fields["priority_reason"].label = self.instance.plan.priority_reason_label


class IndicatorsTextForm(SheetForm):
    class Meta:
        model = Action
        fields = ["quantitative_text", "qualitative_text"]
        widgets = {
            "quantitative_text": forms.Textarea(attrs={"rows": 2}),
            "qualitative_text": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {"quantitative_text": "Les cellules du document voté, citées telles quelles."}
