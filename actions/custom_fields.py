"""The fields that a plan adds to the sheets of its actions: made, changed, and read."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from ctg.web.templatetags.ui import plural

from .models import Action, CustomField, FieldKind, Plan
from .models.custom_field import MOST, TEXTS

#: What a value of the kinds of text holds on one line.
SHORTEST = 300

FULL = f"Ce plan a déjà {MOST} champs, c’est le plus qu’il peut avoir\u00a0: supprimez-en un d’abord."


class Answer(NamedTuple):
    """A field of the plan, and what an action says in it."""

    field: CustomField
    value: Any

    @property
    def said(self) -> str:
        return self.field.say(self.value)

    @property
    def is_long(self) -> bool:
        return self.field.kind == FieldKind.LONG_TEXT


def answers_of(action: Action, fields: Sequence[CustomField]) -> list[Answer]:
    return [Answer(field, action.custom_values.get(field.name)) for field in fields]


def next_key(plan: Plan) -> int:
    """The key that no field of the plan ever had, those of the trash and of the archives included."""
    return max(plan.custom_fields.values_list("key", flat=True), default=0) + 1


def refuse_one_too_many(plan: Plan) -> None:
    """Raise ValidationError when the plan, locked by the caller, has all the fields that it may have."""
    if plan.custom_fields.current().count() >= MOST:
        raise ValidationError(FULL)


def values_of(field: CustomField) -> list[Any]:
    """What the actions of its plan say in it, those of the trash included: they may come back."""
    held = field.plan.actions.filter(custom_values__has_key=field.name)
    return [values[field.name] for values in held.values_list("custom_values", flat=True)]


def refuse_loss(field: CustomField, *, kind: str, choices: Sequence[str], values: Sequence[Any]) -> None:
    """Raise ValidationError, by field of the form, when another definition would lose one of the values."""
    count = len(values)
    written = f"{count} action{plural(count)} {plural(count, 'a,ont')} déjà une valeur\u00a0: ce champ reste"
    if values and kind != field.kind and not {kind, field.kind} <= set(TEXTS):
        raise ValidationError(
            {"kind": f"{written} « {field.get_kind_display()} ». Ajoutez-en plutôt un autre."}
        )
    if kind == FieldKind.SHORT_TEXT and any("\n" in text or len(text) > SHORTEST for text in values):
        raise ValidationError(
            {"kind": f"Des actions y ont un texte trop long pour un texte court ({SHORTEST} caractères)."}
        )
    lost = sorted({text for text in values if text not in choices}) if kind == FieldKind.CHOICE else []
    if lost:
        names = ", ".join(f"« {text} »" for text in lost[:5])
        raise ValidationError(
            {"choices": f"Des actions ont ces valeurs, gardez-les parmi les choix\u00a0: {names}."}
        )
