"""The definition of a field of the plan, and what one action says in all of them."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from ctg.web.forms import NumberField
from partners import tracking
from partners.editing import TrackedForm
from partners.models import User
from partners.tracking import Author

from .. import operations
from ..custom_fields import SHORTEST, next_key, refuse_loss, refuse_one_too_many, values_of
from ..models import Action, CustomField, FieldKind
from .headings import LinesField
from .sheet import SheetForm

NO_NAMES = "Pas de nom de bénéficiaire."

#: How many choices a list may offer, and how long each may be.
MOST_CHOICES, LONGEST_CHOICE = 30, 100


class CustomFieldForm(TrackedForm[CustomField]):
    choices = LinesField(
        label="Choix proposés",
        required=False,
        help_text="Un par ligne. Pour un choix dans une liste seulement.",
    )

    class Meta:
        model = CustomField
        fields = ("label", "kind", "choices", "help_text", "kept_by")
        labels: ClassVar[dict[str, str]] = {"kept_by": "Rempli par"}
        widgets: ClassVar[dict[str, Any]] = {"kind": forms.RadioSelect, "kept_by": forms.RadioSelect}
        help_texts: ClassVar[dict[str, str]] = {
            "label": "Comme il se lira sur la fiche\u00a0: « Quartier prioritaire », « N° de délibération ».",
            "help_text": "Une phrase pour qui le remplit.",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_choices(self) -> list[str]:
        choices = list(dict.fromkeys(self.cleaned_data["choices"]))
        if len(choices) > MOST_CHOICES:
            raise ValidationError(f"{MOST_CHOICES} choix au plus.")
        if any(len(choice) > LONGEST_CHOICE for choice in choices):
            raise ValidationError(f"Un choix a {LONGEST_CHOICE} caractères au plus.")
        return choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        field = self.instance
        others = field.plan.custom_fields.current().exclude(pk=field.pk)
        received = operations.is_received(cleaned.get("token"), self.user)
        if not received and others.filter(label__iexact=cleaned.get("label", "")).exists():
            self.add_error("label", ValidationError("Un autre champ du plan s’appelle déjà ainsi."))
        if cleaned.get("kind") == FieldKind.CHOICE and not cleaned.get("choices") and "choices" in cleaned:
            self.add_error("choices", ValidationError("Indiquez au moins un choix."))
        if field.pk and not self.errors:
            self._keep_every_value(cleaned)
        return cleaned

    def _keep_every_value(self, cleaned: dict[str, Any]) -> None:
        field = self.instance
        try:
            refuse_loss(field, kind=cleaned["kind"], choices=cleaned["choices"], values=values_of(field))
        except ValidationError as error:
            self.add_error(None, error)

    def create(self, *, by: Author, at: dt.datetime) -> CustomField:
        """Add it after the others; raise ValidationError when the plan has as many as it may."""
        field = self.instance
        with transaction.atomic():
            plan = tracking.lock(field.plan)
            if not operations.is_received(self.cleaned_data["token"], self.user):
                refuse_one_too_many(plan)
            field.key = next_key(plan)
            field.position = operations.next_position(plan.custom_fields.all())
            return super().create(by=by, at=at)


class CustomValuesForm(SheetForm):
    """What an action says in the fields of its plan, those that the user may fill."""

    class Meta:
        model = Action
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action = self.instance
        coordinates = Action.objects.editable_by(self.user).filter(pk=action.pk).exists()
        for field in CustomField.objects.of_plan(action.plan):
            if coordinates or field.is_open_to_carriers:
                self.furnish(field.name, answer_field(field, action.custom_values.get(field.name)))

    def values(self) -> dict[str, Any]:
        names = [field.name for field in self.visible_fields()]
        return {name: self.cleaned_data[name] for name in names if name not in self.left_to_others}


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or nothing said."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        choices = [("oui", "Oui"), ("non", "Non"), ("", "Non renseigné")]
        super().__init__(choices=choices, coerce=lambda word: word == "oui", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, bool):
            return "oui" if value else "non"
        return value or ""


def answer_field(field: CustomField, value: Any) -> forms.Field:
    """The form field in which an action answers; none is required: a sheet is filled little by little."""
    initial = field.typed(value)
    is_free = field.kind in (FieldKind.SHORT_TEXT, FieldKind.LONG_TEXT)
    helps = [field.help_text, NO_NAMES if is_free else ""]
    said: dict[str, Any] = {
        "label": field.label,
        "help_text": " ".join(filter(None, helps)),
        "required": False,
        "initial": initial,
    }
    match FieldKind(field.kind):
        case FieldKind.NUMBER:
            return NumberField(**said)
        case FieldKind.DATE:
            return forms.DateField(**said)
        case FieldKind.YES_NO:
            return YesNoField(**said)
        case FieldKind.CHOICE:
            choices = [("", "non renseigné"), *((choice, choice) for choice in field.choices)]
            return forms.TypedChoiceField(choices=choices, empty_value=None, **said)
        case FieldKind.LONG_TEXT:
            widget = forms.Textarea(attrs={"rows": 5})
            return forms.CharField(empty_value=None, widget=widget, **said)
        case FieldKind.SHORT_TEXT:
            return forms.CharField(empty_value=None, max_length=SHORTEST, **said)
