"""One row of the entry grid as it was typed: what was read, what is wrong with it, what it would write."""

import datetime as dt
from typing import Any, NamedTuple, Self

from django.http import QueryDict

from ctg.web.text import clean, clean_line

from ..grid.cells import VALUE, Cells, read_cells, write_cells
from ..grid.lines import Line
from ..models import Absence, Kind, Measurement
from ..values.checks import impossible, unusual
from ..values.wording import say_value

_WITHOUT_VALUE = "Un commentaire accompagne une valeur\u00a0: écrivez-la aussi."


class Typed(NamedTuple):
    """The fields of one row as texts; `absence` is asked of whoever empties a value."""

    amount: str
    base: str
    comment: str
    absence: str = ""

    @classmethod
    def of(cls, line: Line, value: Measurement | None) -> Self:
        comment = clean(value.comment).strip() if value else ""
        return cls(*write_cells(line.indicator, value), comment)

    @classmethod
    def sent(cls, data: QueryDict, key: str) -> Self:
        amount, base, absence = (clean_line(data.get(f"{name}-{key}", "")) for name in _CELLS)
        return cls(amount, base, clean(data.get(f"comment-{key}", "")).strip(), absence)


_CELLS = ("amount", "base", "absence")


class Row:
    """A line of the grid; `values` is what it would write: nothing when something is wrong."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.typed = Typed.of(line, line.measurement)
        #: The version that was shown to whoever typed; the row is shown again with that of its line.
        self.seen = line.version
        self.values: dict[str, Any] = {}
        self.errors: dict[str, str] = {}
        self.read = self.warning = self.clash = ""
        self.is_emptied = False

    @property
    def is_open(self) -> bool:
        return not (self.line.closed or self.line.elsewhere)

    @property
    def name(self) -> str:
        """« Nombre de rencontres, CCAS, 1er trimestre 2026 », before the name of each of its fields."""
        return f"{self.line.indicator}, {self.line.organisation}, {self.line.period}"

    @property
    def standing(self) -> str:
        return say_value(self.line.indicator, self.line.measurement) if self.line.measurement else ""

    @property
    def before(self) -> str:
        return say_value(self.line.indicator, self.line.before) if self.line.before else ""

    @property
    def target(self) -> str:
        """« 120 », « 30 % », « 400 en fin de plan », « sans cible »."""
        target, indicator = self.line.target, self.line.indicator
        if target is None:
            return "sans cible" if indicator.is_without_target else ""
        words = f"{target.in_words}\u00a0%" if indicator.kind == Kind.SHARE else target.in_words
        return words if target.year else f"{words} en fin de plan"

    @property
    def state(self) -> str:
        """Where its value stands, and why nothing can be written."""
        value = self.line.measurement
        said = [str(value.get_state_display())] if value and not value.is_empty else []
        if value and value.absence and self.is_open:
            said.insert(0, self.standing)
        return ", ".join([*said, *([self.line.closed] if self.line.closed else [])])

    @property
    def amount_label(self) -> str:
        return self.line.indicator.numerator_label or "Valeur"

    @property
    def base_label(self) -> str:
        labels = {Kind.SCALE: "Nombre de répondants", Kind.DURATION: "Nombre de cas"}
        return self.line.indicator.denominator_label or labels.get(Kind(self.line.indicator.kind), "Sur")

    @property
    def is_told(self) -> bool:
        """Whether something is said of it below its value."""
        return bool(self.read or self.errors or self.clash or self.is_emptied)

    def receive(self, typed: Typed, seen: int, was: Measurement | None, today: dt.date) -> None:
        """Read what was typed over `was`, the value as it stood at the version `seen`."""
        self.seen = seen
        shown = Typed.of(self.line, was)
        if not self.is_open:
            self._keep_refused(typed, shown)
            return
        has_value = typed[:2] != shown[:2] and self._read_value(typed, was, today)
        if typed.comment != shown.comment:
            self.values["comment"] = typed.comment
        now = self.line.measurement
        self.values = {name: value for name, value in self.values.items() if value != _part(now, name)}
        if set(self.values) == {"comment"} and (now is None or now.is_empty):
            self.errors["comment"] = _WITHOUT_VALUE
        if self.errors:
            self.values = {}
        if not self.values:
            self.read = self.warning = ""
        self._catch_up(typed, shown, was, has_value=has_value)

    def _read_value(self, typed: Typed, was: Measurement | None, today: dt.date) -> bool:
        """Read the cells into `values` or `errors`; false when they say what was there already."""
        indicator = self.line.indicator
        result = read_cells(indicator, Cells(typed.amount, typed.base if self.line.has_base else ""))
        self.errors = dict(result.errors)
        if self.errors:
            return True
        names = VALUE if self.line.has_base else ("amount", "done_on")
        read = {name: result.values[name] for name in names}
        if all(read[name] == _part(was, name) for name in names):
            return False
        if all(value is None for value in read.values()):
            self._empty(typed.absence)
            return True
        whole = {name: _part(was, name) for name in VALUE} | read
        wrong = impossible(indicator, whole, today=today)
        # A deliverable has its date in its only cell.
        self.errors = {"base" if name == "base" else "amount": text for name, text in wrong.items()}
        if not self.errors:
            self.values = read | {"absence": ""}
            self.read = say_value(indicator, whole)
            self.warning = self._surprise(whole)
        return True

    def _surprise(self, whole: dict[str, Any]) -> str:
        line = self.line
        target = line.target if line.target and line.target.year else None
        year = line.year or (target and target.year) or 0
        return unusual(
            line.indicator, whole, before=line.before, target=target, year=year, previous=line.previous
        )

    def _empty(self, absence: str) -> None:
        """Blank is never zero: the value stays, or one says why there is none."""
        self.is_emptied = True
        if absence in Absence.values:
            self.values = {**dict.fromkeys(VALUE), "absence": absence}
            self.read = say_value(self.line.indicator, self.values)

    def _keep_refused(self, typed: Typed, shown: Typed) -> None:
        for name in ("amount", "base", "comment"):
            text = getattr(typed, name)
            if text and text != getattr(shown, name):
                why = self.line.closed or "elle se saisit sur sa page"
                self.errors[name] = f"«\u00a0{text}\u00a0» n’est pas enregistré\u00a0: {why}."

    def _catch_up(self, typed: Typed, shown: Typed, was: Measurement | None, *, has_value: bool) -> None:
        """Keep what was typed, beside what others wrote since in the fields that it leaves alone."""
        now, current = self.line.measurement, Typed.of(self.line, self.line.measurement)
        amount, base = typed[:2] if has_value else current[:2]
        comment = typed.comment if typed.comment != shown.comment else current.comment
        self.typed = Typed(amount, base, comment, typed.absence)
        if now is None or self.seen == now.version:
            return
        disputed = [name for name in self.values if _part(now, name) != _part(was, name)]
        if set(disputed) - {"comment"}:
            self.clash = f"{now.entered_label} a écrit «\u00a0{self.standing}\u00a0» entre-temps."
        elif disputed:
            self.clash = f"{now.entered_label} a commenté entre-temps\u00a0: «\u00a0{now.comment}\u00a0»."


def _part(value: Measurement | None, name: str) -> Any:
    if value is None:
        return "" if name in ("absence", "comment") else None
    return getattr(value, name)
