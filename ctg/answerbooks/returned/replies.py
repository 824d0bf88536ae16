"""What a file answers to one question: read as its page would read it, and checked the same way."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst

from ctg.answerbooks.columns import HELD_BACK
from ctg.answerbooks.lines import (
    ABSENCE_WORDS,
    BESIDE,
    DONE_WORDS,
    Shape,
    closed_words,
    fields_of,
    say,
    shape_of,
)
from ctg.intake.previewing.annotated import Grade
from ctg.web.forms import read_date
from ctg.web.numbers import read_number, write_number
from indicators.answers.asking import Ask
from indicators.forms.answers import AnswerForm
from indicators.values.checks import INVITATION
from indicators.values.disputes import BESIDE as APART
from indicators.values.disputes import NO_ANSWER, disputed_in, read_answer
from indicators.values.wording import say_value
from partners.models.tracked import plain

from .remarks import Difference, Remark
from .rows import Row, Spot
from .typed import Texts, data_of, is_touched, read_cell, texts_of

_TWICE = "Cette ligne est en double et dit autre chose\u00a0: gardez-en une."
_EMPTIED = "Case vidée\u00a0: la valeur reste. S’il n’y en a pas, dites pourquoi dans la colonne prévue."
_GONE = "Rien n’est demandé ici pour cet indicateur\u00a0: ce qui est écrit n’est pas repris."


class Reply:
    """The answer of a file to one question; `was` is what it held when the file was written."""

    def __init__(self, ask: Ask, rows: Sequence[Row], was: Mapping[str, Any], *, today: dt.date) -> None:
        self.ask, self.seen = ask, min(row.mark.version for row in rows)
        self.closed = closed_words(ask)
        self.remarks: list[Remark] = []
        self._was = was
        self._empty = AnswerForm(ask=ask, today=today)
        self._spots: dict[str, Spot] = {}
        self._take(rows)
        self._before = texts_of(was, self._empty)
        now = read_answer(ask.measurement) if ask.measurement else NO_ANSWER
        self._now = texts_of(now, self._empty)
        self._texts = self._read()
        names = [name for name in self._spots if name in self._before]
        self.touched = {name for name in names if self._is_touched(name)}
        self.form = AnswerForm(data_of(self._empty, self._texts), ask=ask, today=today)
        self.values: dict[str, Any] = {}
        if self.touched and not self.closed and self._check():
            self._keep_values()

    @property
    def name(self) -> str:
        return f"{self.ask.indicator.wording}, {self.ask.period}"

    @property
    def key(self) -> int:
        return self.ask.question.pk

    @property
    def has_errors(self) -> bool:
        return any(remark.is_error for remark in self.remarks)

    @property
    def is_disputed(self) -> bool:
        """Whether somebody wrote the same thing otherwise since the file was written."""
        value = self.ask.measurement
        if value is None or not self.values:
            return False
        mine = {name: plain(part) for name, part in self.values.items()}
        return bool(disputed_in(mine, self._was, read_answer(value)))

    @property
    def is_refused(self) -> bool:
        return bool(self.touched and self.closed)

    @property
    def differences(self) -> list[Difference]:
        ordered = (name for name in self._before if name in self.touched)
        return [
            Difference(self._label(name), self._say(name, self._now), self._say(name, self._texts), spot)
            for name, spot in ((name, self._spots[name]) for name in ordered)
        ]

    @property
    def becomes(self) -> str:
        """The whole answer as it would read."""
        return say_value(self.ask.indicator, self.form.values()) if self.values else ""

    def _take(self, rows: Sequence[Row]) -> None:
        """Give each field its cell; a row that stands twice must say the same thing."""
        first = next(iter(fields_of(self._empty)))
        for row in rows:
            name = row.mark.field
            known = self._spots.setdefault(name, row.value)
            if known.text != row.value.text:
                self._error(row.value, _TWICE)
            if name not in self._empty.fields and row.value.text:
                self._warn(row.value, _GONE)
            for beside, spot in (("absence", row.absence), ("comment", row.comment)):
                # On the other rows of a question these cells are blank, and say nothing.
                if spot is None or spot.text == HELD_BACK or not (spot.text or name == first):
                    continue
                standing = self._spots.get(beside)
                if standing is None or not standing.text:
                    self._spots[beside] = spot
                elif spot.text not in ("", standing.text):
                    self._error(spot, _TWICE)

    def _read(self) -> Texts:
        """What each field becomes: an empty cell keeps what was there, but where the value is absent."""
        texts = dict(self._before)
        empty = {name for name, spot in self._spots.items() if not spot.text and name in texts}
        for name, spot in self._spots.items():
            if name in texts and spot.text:
                texts[name], wrong = read_cell(name, spot.text, self._empty)
                if wrong:
                    self._error(spot, f"«\u00a0{spot.text[:80]}\u00a0» n’est pas reconnu. {wrong}")
        parts = [name for name in texts if name not in (*BESIDE, "verbatims")]
        if texts["absence"] != self._before["absence"]:
            texts |= {name: "" for name in parts if name in empty or name not in self._spots}
            empty -= set(parts)
        if "absence" in empty and any(texts[name] for name in parts):
            texts["absence"] = ""
            empty.discard("absence")
        for name in sorted(empty):
            if self._before[name]:
                self._warn(self._spots[name], _EMPTIED)
        return texts

    def _is_touched(self, name: str) -> bool:
        """Whether its cell says something new: neither what was written there nor what stands by now."""
        said = self._texts[name]
        return all(is_touched(name, said, texts[name], self._empty) for texts in (self._before, self._now))

    def _check(self) -> bool:
        """Say what cannot be, by its cell, and what would surprise; true when all of it could be written."""
        for name, sentences in self.form.errors.items():
            spot = self._spots.get("absence" if name == "is_absent" else name) or self._first_spot
            for sentence in sentences:
                self._error(spot, str(sentence))
        if self.has_errors:
            return False
        values = self.form.values()
        surprise = self.ask.surprise_of(values)
        if surprise and not values["comment"]:
            self._warn(self._first_spot, f"{surprise} {INVITATION}")
        return True

    def _keep_values(self) -> None:
        """The parts of the answer that were touched: what makes a value is written whole."""
        values = self.form.values()
        apart = {name for name in APART if name in values}
        has_value = bool(self.touched - apart)
        self.values = {
            name: value
            for name, value in values.items()
            if (name in self.touched if name in apart else has_value)
        }

    @property
    def _first_spot(self) -> Spot:
        return next(iter(self._spots.values()))

    def _label(self, name: str) -> str:
        labels = {"absence": "Pas de valeur", "comment": "Commentaire"}
        return labels.get(name) or str(self._empty.fields[name].label)

    def _say(self, name: str, texts: Texts) -> str:
        text = texts[name]
        words = {"done": DONE_WORDS, "absence": ABSENCE_WORDS}.get(name)
        if words:
            return capfirst(words.get(text, text))
        shape = Shape.TEXT if name in BESIDE else shape_of(name, self._empty.fields[name])
        number = read_number(text) if shape is Shape.NUMBER else None
        if number is not None:
            return write_number(number)
        return say(read_date(text)) or text if shape is Shape.DATE else text

    def _error(self, spot: Spot, words: str) -> None:
        self.remarks.append(Remark(spot, Grade.ERROR, self.name, words))

    def _warn(self, spot: Spot, words: str) -> None:
        self.remarks.append(Remark(spot, Grade.WARNING, self.name, words))
