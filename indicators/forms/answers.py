"""One question of a solicitation as a form: what was typed is kept, what is impossible is said."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms

from ctg.web.forms import FieldError, HouseForm, NumberField

from ..answers.asking import Ask
from ..models import Absence, Indicator, Kind
from ..values.checks import INVITATION, impossible
from ..values.wording import say_value
from .portions import Breakdown

MINE, THEIRS = "mine", "theirs"
DONE, NOT_DONE = "1", "0"

#: What a value is made of, and what each part is when there is none.
_NOTHING: Mapping[str, Any] = {"amount": None, "base": None, "done_on": None, "finding": ""}


class NumberRow(NamedTuple):
    """A number to type, and what is written after it."""

    field: forms.BoundField
    after: str


class AnswerForm(HouseForm):
    """The answer to one question; its fields are prefixed with the question's key.

    `seen` carries the version that was shown, 0 for none. Sent back from a dispute, `keep` tells whose
    answer stays.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)
    is_disputed = forms.BooleanField(widget=forms.HiddenInput)
    keep = forms.ChoiceField(
        label="Quelle réponse garder\u00a0?",
        choices=[(MINE, "La mienne, telle qu’elle est écrite ici"), (THEIRS, "La sienne")],
        widget=forms.RadioSelect,
    )
    amount = NumberField()
    base = NumberField()
    done = forms.ChoiceField(
        label="Où en est-on\u00a0?",
        choices=[(DONE, "Fait"), (NOT_DONE, "Pas encore fait")],
        widget=forms.RadioSelect,
    )
    done_on = forms.DateField(label="Fait le")
    finding = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}))
    verbatims = forms.CharField(
        label="Une phrase entendue, si vous en avez une",
        help_text="Sans nom ni détail qui permette de reconnaître la personne.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_absent = forms.BooleanField(label="Non disponible")
    absence = forms.ChoiceField(label="Raison", choices=Absence.choices)
    comment = forms.CharField(label="Commentaire")

    def __init__(self, data: Any = None, *, ask: Ask, today: dt.date) -> None:
        super().__init__(data, prefix=f"q{ask.question.pk}", initial=_standing(ask))
        self.ask, self.today = ask, today
        labels = _labels(ask.indicator, ask.period)
        for name in ("amount", "base", "done", "done_on", "finding", "verbatims"):
            if name not in labels:
                del self.fields[name]
            elif labels[name]:
                self.fields[name].label = labels[name]
        self.breakdown = Breakdown(ask)
        self.fields |= self.breakdown.fields
        for field in self.fields.values():
            field.required = False
            if isinstance(field, NumberField | forms.BooleanField):
                # What was read of it, or why it could not be, is said in one place under the fields.
                field.widget.attrs["aria-describedby"] = self.echo_id

    @property
    def echo_id(self) -> str:
        return f"echo-{self.ask.question.pk}"

    @property
    def was_sent(self) -> bool:
        """Whether the page that was sent held this question."""
        return self.add_prefix("seen") in self.data

    @property
    def is_blank(self) -> bool:
        """Nothing is answered, and nothing was."""
        return self.ask.measurement is None and not any(
            value not in (None, "", []) for value in self.values().values()
        )

    @property
    def keeps_theirs(self) -> bool:
        """Whether a dispute was settled by leaving the other answer, whatever is still typed here."""
        return bool(self.data.get(self.add_prefix("keep")) == THEIRS)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, with the label of each field, for a page where it can be read and copied."""
        return [
            (str(field.label), str(field.data))
            for field in self.visible_fields()
            if field.data and field.name not in ("keep", "is_absent", "absence")
        ]

    @property
    def numbers(self) -> list[NumberRow]:
        indicator = self.ask.indicator
        after = {Kind.SHARE: "sur", Kind.SCALE: f"sur {indicator.scale_max}"}
        rows = {"amount": after.get(Kind(indicator.kind), indicator.unit), "base": ""}
        return [NumberRow(self[name], after) for name, after in rows.items() if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("is_disputed") and not cleaned.get("keep"):
            self.add_error("keep", "Choisissez la réponse à garder.")
        if not self.errors:
            for name, sentence in impossible(self.ask.indicator, self.values(), today=self.today).items():
                self.add_error(self._field_for(name), sentence)
        return cleaned

    def values(self) -> dict[str, Any]:
        """What `entry.answer` takes, once the form is clean."""
        read = self.cleaned_data
        values = {name: read.get(name, nothing) for name, nothing in _NOTHING.items()}
        if done := read.get("done"):
            values["amount"] = Decimal(done)
        values["absence"] = read["absence"] if read["is_absent"] else ""
        values["comment"] = read["comment"]
        if "verbatims" in self.fields:
            values["verbatims"] = read["verbatims"]
        if self.breakdown.fields:
            values["portions"] = self.breakdown.read(read)
        return values

    @property
    def echo(self) -> str:
        """« Lu : 1 240 personnes. », or what surprises in it; nothing of what could not be read."""
        if self.is_bound:
            values: Any = self.values() if self.is_valid() else {}
        else:
            values = self.ask.measurement or {}
        if self.ask.indicator.kind == Kind.FINDING:
            return ""  # It is read where it is written.
        said = say_value(self.ask.indicator, values)
        return self.surprise or (f"Lu\u00a0: {said.rstrip('.')}." if said else "")

    @property
    def portion_rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each category of the first dimension with its fields."""
        return [(row[0].first.name, [self[cell.name] for cell in row]) for row in self.breakdown.rows]

    @property
    def number_errors(self) -> list[FieldError]:
        """What is wrong in the numbers and the absence, which are said together under the fields."""
        said_here = {
            self[name].id_for_label
            for name, field in self.fields.items()
            if isinstance(field, NumberField) or name == "is_absent"
        }
        return [error for error in self.error_list if error.id in said_here] if self.is_bound else []

    @property
    def surprise(self) -> str:
        if self.is_bound:
            found = self.ask.surprise_of(self.values()) if self.is_valid() else ""
        else:
            found = self.ask.surprise
        return f"{found} {INVITATION}" if found else ""

    def _field_for(self, name: str) -> str:
        if name == "portions":
            return next(iter(self.breakdown.fields))
        if name == "absence":
            return "is_absent"
        return "done" if name == "amount" and "done" in self.fields else name


def _standing(ask: Ask) -> dict[str, Any]:
    """The answer as it stands, as the fields show it."""
    value = ask.measurement
    if value is None:
        return {"seen": 0}
    standing = {name: getattr(value, name) for name in (*_NOTHING, "verbatims", "absence", "comment")}
    standing |= {"seen": value.version, "is_absent": bool(value.absence)}
    if value.amount is not None:
        standing["done"] = DONE if value.amount else NOT_DONE
    return standing


def _labels(indicator: Indicator, period: str) -> dict[str, str]:
    """The fields of a kind, with their labels where the kind has its own."""
    match indicator.kind:
        case Kind.SHARE:
            return {
                "amount": indicator.numerator_label or "Combien",
                "base": indicator.denominator_label or "Sur combien",
            }
        case Kind.SCALE:
            finding = "Ce qu’on en retient, en une phrase"
            return {"amount": "Note moyenne", "base": "Répondants", "finding": finding, "verbatims": ""}
        case Kind.DURATION:
            return {"amount": f"Durée pour {period}", "base": "Nombre de cas"}
        case Kind.DELIVERABLE:
            return {"done": "", "done_on": ""}
        case Kind.FINDING:
            return {"finding": f"Constat pour {period}, en une phrase", "verbatims": ""}
    return {"amount": f"Valeur pour {period}"}
