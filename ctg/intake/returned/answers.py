"""What a cell says in a field that the plan adds to the sheets of its actions."""

from typing import Any

from django.core.exceptions import ValidationError

from actions.calendar_reading import read_period
from actions.forms.custom_fields import answer_field
from actions.models import CustomField, FieldKind
from ctg.web.text import clean, fold
from partners.models.tracked import plain

from .reasons import GONE_FIELD
from .shapes import NotTaken
from .wording import day_in_words

_YES_NO = {"oui": "oui", "vrai": "oui", "x": "oui", "non": "non", "faux": "non", "": ""}


def read_answer(field: CustomField | None, text: str) -> Any:
    """The value as the row of an action holds it; raise `NotTaken`."""
    if field is None:
        raise NotTaken(GONE_FIELD)
    try:
        return plain(answer_field(field, None).clean(_as_typed(field, text)))
    except ValidationError as error:
        raise NotTaken(" ".join(error.messages)) from error


def _as_typed(field: CustomField, text: str) -> str:
    """The text as a person would have typed it in the form."""
    match FieldKind(field.kind):
        case FieldKind.YES_NO:
            return _among(_YES_NO, text, "oui, non")
        case FieldKind.CHOICE:
            named = {fold(choice): choice for choice in field.choices} | {"": ""}
            return _among(named, text, ", ".join(field.choices))
        case FieldKind.DATE:
            period = read_period(text)
            if period and period.starts_on == period.ends_on:
                return f"{period.starts_on:%d/%m/%Y}"
            return day_in_words(text, is_number=True)
        case FieldKind.SHORT_TEXT | FieldKind.LONG_TEXT:
            return clean(text).strip()
        case _:
            return text


def _among(named: dict[str, str], text: str, allowed: str) -> str:
    if fold(text) not in named:
        raise NotTaken(f"Valeurs admises\u00a0: {allowed}.")
    return named[fold(text)]
