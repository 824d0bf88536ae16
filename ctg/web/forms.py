"""The forms of the house: what is typed is cleaned at the door, what is wrong is said in plain French."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from django import forms
from django.db.models import Model

from ctg.web.numbers import read_number, write_number
from ctg.web.text import clean, clean_line, fold

_M = TypeVar("_M", bound=Model)

# How the twelve months begin, which also reads the usual abbreviations.
MONTHS = ("jan", "fev", "mars", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")


class CleanBoundField(forms.BoundField):
    """Hand over cleaned text, both to the checks of the field and to the page that shows it again."""

    @property
    def data(self) -> Any:
        data, field = super().data, self.field
        if not isinstance(data, str) or isinstance(field.widget, forms.PasswordInput):
            return data
        if isinstance(field, forms.DateField):
            typed = read_date(data)
            return typed.isoformat() if typed else clean_line(data)
        if isinstance(field, PercentField):  # it reads what was typed, and gives it back as typed
            return clean_line(data)
        if isinstance(field, NumberField):  # likewise, with the tab that parts two pasted cells
            return clean(data).strip()
        if isinstance(field, forms.IntegerField):  # decimals and floats are integer fields too
            return plain_number(data)
        if isinstance(field, forms.CharField):
            return clean_line(data) if isinstance(field.widget, forms.TextInput) else clean(data)
        return data


class FieldError(NamedTuple):
    """One line of the summary of errors; `id` is empty when the whole form is wrong."""

    id: str
    label: str
    message: str


class HouseFields(forms.BaseForm):
    """What every form of the house does with its fields.

    Nothing is cut by the browser: `maxlength` would shorten a pasted text without a word, so the limit is
    told by an error that keeps the text on screen.
    """

    bound_field_class = CleanBoundField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self.furnish(name, field)

    def furnish(self, name: str, field: forms.Field) -> None:
        """Give a field the manners of the house; for one that a form adds to itself, too."""
        field.widget.attrs.pop("maxlength", None)
        if isinstance(field, forms.DateField):
            field.widget = _date_input(field.widget)
        for code, message in _messages(field).items():
            field.error_messages[code] = message
        self.fields[name] = field

    @property
    def error_list(self) -> list[FieldError]:
        """Return the errors for the summary at the top of the form, in the order of the fields."""
        errors = [FieldError("", "", str(message)) for message in self.non_field_errors()]
        for field in self:
            # A group of choices has no single control: the summary leads to its first one.
            target = field.id_for_label or f"{field.auto_id}_0"
            errors += [FieldError(target, str(field.label), str(message)) for message in field.errors]
        return errors


class HouseForm(HouseFields, forms.Form):
    """A form that is not about one object."""


if TYPE_CHECKING:

    class _ModelForm(forms.ModelForm[_M]): ...

else:  # Django's model forms take no type parameter at run time.

    class _ModelForm(forms.ModelForm, Generic[_M]): ...


class HouseModelForm(HouseFields, _ModelForm[_M]):
    """A form about one object: `class ActionForm(HouseModelForm[Action])`."""


class PercentField(forms.IntegerField):
    """Read « 55 » or « 55 % » as a whole number from 0 to 100; never round."""

    default_error_messages = {"invalid": "Indiquez un nombre entier de 0 à 100."}
    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        whole = re.fullmatch(r"(\d{1,3})(?:\.0+)?%?", plain_number(str(value)))
        if not whole or int(whole[1]) > 100:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(whole[1])


class NumberField(forms.Field):
    """Read a number as French people type it; what holds more decimals than a value keeps is rounded."""

    default_error_messages = {
        "invalid": "Écrivez un nombre en chiffres, par exemple 12 ou 12,5.",
        "too_big": "Ce nombre a trop de chiffres\u00a0: onze au plus avant la virgule.",
    }
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        number = value if isinstance(value, Decimal) else read_number(str(value))
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if abs(number) >= Decimal("99999999999.99995"):
            raise forms.ValidationError(self.error_messages["too_big"], code="too_big")
        return number.quantize(Decimal("0.0001"), ROUND_HALF_UP) + 0

    def prepare_value(self, value: Any) -> Any:
        return write_number(value) if isinstance(value, Decimal) else value


def read_date(typed: str) -> date | None:
    """Read 2026-12-31, 31/12/2026, « 31 décembre 2026 » or « 1er sept. 2026 »; None if it is no day."""
    words = fold(typed).split()
    if len(words) != 3:
        return None
    if len(words[0]) == 4:
        words.reverse()
    day, month, year = words[0].removesuffix("er"), words[1], words[2]
    month = next((str(number) for number, name in enumerate(MONTHS, 1) if month.startswith(name)), month)
    if not (day + month + year).isdecimal() or len(year) not in (2, 4):
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def plain_number(typed: str) -> str:
    """Return « 1 234,50 » as 1234.50, whichever space and minus sign a spreadsheet put in it."""
    return re.sub(r"\s", "", clean(typed)).replace(",", ".").replace("\u2212", "-")


def _date_input(widget: forms.Widget) -> forms.Widget:
    if isinstance(widget, forms.HiddenInput):
        return widget
    # A date control of a browser only takes and gives ISO dates.
    return forms.DateInput(attrs={**widget.attrs, "type": "date"}, format="%Y-%m-%d")


def _messages(field: forms.Field) -> dict[str, str]:
    """Return the sentences that Django says less well, but for those that the form itself has chosen."""
    messages: dict[str, str] = {}
    if isinstance(field, forms.CharField):
        messages["max_length"] = (
            "%(limit_value)d caractères au plus\u00a0; ce texte en compte %(show_value)d."
        )
    if isinstance(field, forms.DateField):
        messages["invalid"] = "Indiquez une date, par exemple 31/12/2026."
    defaults = type(field).default_error_messages
    return {
        code: message
        for code, message in messages.items()
        if field.error_messages.get(code) is defaults.get(code)
    }
