"""What a workbook asks, one line for each cell to fill: the fields of the page, put under one another."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from django import forms
from django.db.models import prefetch_related_objects

from ctg.web.forms import NumberField
from ctg.web.numbers import write_number
from indicators.answers.asking import Ask
from indicators.forms.answers import DONE, AnswerForm
from indicators.models import Absence, Channel, Kind, Measurement
from indicators.values.entry import is_settled

from .marks import RowMark

#: How the choices of a cell are written.
DONE_WORDS = {"1": "Fait", "0": "Pas encore fait"}
ABSENCE_WORDS = {str(value): str(label) for value, label in Absence.choices}

#: The fields of a question that stand in columns of their own, on its first line.
BESIDE = ("absence", "comment")


class Shape(Enum):
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True)
class Line:
    """A cell to fill: where it leads, what it is called, what it holds."""

    ask: Ask
    field: str
    label: str
    shape: Shape
    value: Decimal | dt.date | str | None
    is_first: bool
    #: Why it can no longer be filled; empty when it can.
    closed: str

    @property
    def mark(self) -> RowMark:
        question = self.ask.question
        version = self.ask.measurement.version if self.ask.measurement else 0
        return RowMark(question.solicitation_id, question.pk, self.field, version)

    @property
    def before(self) -> str:
        """What the organisation had answered in the same place a year earlier."""
        if self.ask.before is None:
            return ""
        value = value_of(self.ask.before, self.field)
        return write_number(value) if isinstance(value, Decimal) else say(value)

    @property
    def target(self) -> str:
        return self.ask.said_target if self.field == "amount" else ""

    @property
    def unit(self) -> str:
        indicator = self.ask.indicator
        if self.shape is not Shape.NUMBER or self.field.startswith("base"):
            return ""
        is_scale = indicator.kind == Kind.SCALE
        return f"de {indicator.scale_min} à {indicator.scale_max}" if is_scale else indicator.unit

    @property
    def absence(self) -> str:
        value = self.ask.measurement
        return ABSENCE_WORDS.get(value.absence, "") if value else ""

    @property
    def comment(self) -> str:
        return self.ask.measurement.comment if self.ask.measurement else ""


def lines_of(asks: Iterable[Ask], *, today: dt.date) -> list[Line]:
    asks = list(asks)
    # What comes from the plan before is read without its parts.
    prefetch_related_objects([ask.before for ask in asks if ask.before], "portions")
    return [line for ask in asks for line in _of_question(ask, today)]


def closed_words(ask: Ask) -> str:
    """Why a file cannot change this answer, whoever brings it; empty when it can."""
    if ask.is_locked:
        return "période close"
    return "validée par la coordination" if is_settled(ask.measurement, Channel.FILE) else ""


def fields_of(form: AnswerForm) -> dict[str, forms.Field]:
    """The fields that take a line each, in the order of the page."""
    left_out = {"seen", "is_disputed", "keep", "is_absent", *BESIDE}
    return {name: field for name, field in form.fields.items() if name not in left_out}


def shape_of(name: str, field: forms.Field) -> Shape:
    if isinstance(field, NumberField):
        return Shape.NUMBER
    if isinstance(field, forms.DateField):
        return Shape.DATE
    return Shape.CHOICE if name == "done" else Shape.TEXT


def value_of(value: Measurement, field: str) -> Any:
    """What a stored answer holds in one of the fields of its page."""
    part, _, pair = field.partition("-")
    if pair:
        first, second = (int(key) for key in pair.split("-"))
        name = "base" if part == "base" else "amount"
        found = {(one.first_id, one.second_id or 0): getattr(one, name) for one in value.portions.all()}
        return found.get((first, second))
    if field == "done":
        return None if value.amount is None else DONE_WORDS[DONE if value.amount else "0"]
    return getattr(value, field)


def say(value: Any) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _of_question(ask: Ask, today: dt.date) -> Iterator[Line]:
    form, closed = AnswerForm(ask=ask, today=today), closed_words(ask)
    for rank, (name, field) in enumerate(fields_of(form).items()):
        value = value_of(ask.measurement, name) if ask.measurement else None
        yield Line(ask, name, str(field.label), shape_of(name, field), value, rank == 0, closed)
