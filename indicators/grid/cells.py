"""The value of an indicator as one or two cells of a grid hold it: written for each kind, and read back."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from ctg.web.forms import NumberField, read_date
from ctg.web.numbers import write_number
from ctg.web.text import fold

from ..models import Indicator, Kind, Measurement

#: The fields that the cells of a value hold together.
VALUE = ("amount", "base", "done_on")

_NUMBER = NumberField(required=False)
_NOT_DONE = ("non", "pas encore", "pas encore fait", "0")
_DONE = ("oui", "fait", "1")

_NOT_A_DAY = "Écrivez la date à laquelle c’était fait, par exemple 12/03/2026, ou «\u00a0non\u00a0»."
_TWO_NUMBERS = "Écrivez les deux nombres, 27 puis 120\u00a0: le pourcentage se calcule."


class Cells(NamedTuple):
    amount: str
    base: str


class Read(NamedTuple):
    """What cells were read as, and what could not be: a sentence for each cell."""

    values: Mapping[str, Any]
    errors: Mapping[str, str]


def write_cells(indicator: Indicator, value: Measurement | None) -> Cells:
    if value is None or value.amount is None:
        return Cells("", "")
    if indicator.kind == Kind.DELIVERABLE:
        return Cells(_write_done(value.amount, value.done_on), "")
    return Cells(write_number(value.amount), "" if value.base is None else write_number(value.base))


def read_cells(indicator: Indicator, cells: Cells) -> Read:
    """Empty cells are read as no value at all, never as zero."""
    if indicator.kind == Kind.DELIVERABLE:
        return _read_done(cells.amount)
    values: dict[str, Any] = {"done_on": None}
    errors: dict[str, str] = {}
    for name, typed in cells._asdict().items():
        try:
            if indicator.kind == Kind.SHARE and typed.rstrip().endswith("%"):
                raise ValidationError(_TWO_NUMBERS)
            values[name] = _NUMBER.clean(typed)
        except ValidationError as error:
            errors[name] = error.messages[0]
    return Read(values, errors)


def _write_done(amount: Decimal, done_on: dt.date | None) -> str:
    if not amount:
        return "non"
    return f"{done_on:%d/%m/%Y}" if done_on else "oui"


def _read_done(typed: str) -> Read:
    words = fold(typed)
    if not words:
        return Read(dict.fromkeys(VALUE), {})
    if words in _NOT_DONE:
        return Read({"amount": Decimal(0), "base": None, "done_on": None}, {})
    day = read_date(typed)
    if day or words in _DONE:
        return Read({"amount": Decimal(1), "base": None, "done_on": day}, {})
    return Read({}, {"amount": _NOT_A_DAY})
