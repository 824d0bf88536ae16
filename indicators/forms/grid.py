"""A page of the entry grid: shown, or as it was sent."""

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import NamedTuple

from django.http import QueryDict

from ctg.web.forms import FieldError

from ..grid.lines import Grid, Line, Slot, as_they_were
from ..models import Indicator
from .grid_row import Row, Typed


class Group(NamedTuple):
    """The rows of one indicator, those of an organisation together: each with how many it heads, or 0."""

    indicator: Indicator
    rows: list[tuple[Row, int]]


class GridForm:
    """The rows of a page of the grid; bound to what was sent for them, when `data` is given."""

    def __init__(
        self,
        lines: Sequence[Line],
        data: QueryDict | None = None,
        *,
        today: dt.date,
        only: Collection[str] | None = None,
    ) -> None:
        """Rows whose key is not in `only` are shown as they stand, whatever was sent."""
        self.data = data
        self.rows = [Row(line) for line in lines]
        if data is None:
            return
        bound = [row for row in self.rows if only is None or row.line.slot.key in only]
        seen = {row: _version(data, row.line.slot.key) for row in bound}
        shown = {row.line.measurement: seen[row] for row in bound if row.line.measurement and seen[row]}
        past = as_they_were({value: version for value, version in shown.items() if version < value.version})
        for row in bound:
            now = row.line.measurement if seen[row] else None
            was = past.get(now.pk, now) if now else None
            row.receive(Typed.sent(data, row.line.slot.key), seen[row], was, today)

    @property
    def is_bound(self) -> bool:
        return self.data is not None

    @property
    def groups(self) -> list[Group]:
        by_indicator = groupby(self.rows, key=lambda row: row.line.slot.indicator_id)
        groups = (list(rows) for _, rows in by_indicator)
        return [Group(rows[0].line.indicator, _with_spans(rows)) for rows in groups]

    @property
    def has_periods(self) -> bool:
        """Whether some rows are of a part of a year, or of no year."""
        return any(not row.line.slot.period.isdecimal() for row in self.rows)

    @property
    def has_base(self) -> bool:
        return any(row.line.has_base for row in self.rows)

    @property
    def changes(self) -> list[Row]:
        return [row for row in self.rows if row.values]

    @property
    def error_list(self) -> list[FieldError]:
        """What is wrong, for the summary at the top: each leads to its cell."""
        return [
            FieldError(f"{name}-{row.line.slot.key}", row.name, text)
            for row in self.rows
            for name, text in row.errors.items()
        ]

    @property
    def emptied(self) -> list[Row]:
        return [row for row in self.rows if row.is_emptied and not row.values]

    @property
    def doubts(self) -> list[Row]:
        """What can be saved and should be looked at first."""
        return [row for row in self.rows if row.clash or row.warning or (row.is_emptied and not row.values)]

    @property
    def digest(self) -> str:
        """What stands for all that would be written: it tells whether this very text was checked."""
        told = [(row.line.slot.key, *row.typed) for row in self.changes]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @property
    def is_checked(self) -> bool:
        return self.data is not None and self.data.get("checked") == self.digest


def slots_sent(grid: Grid, data: QueryDict) -> list[Slot]:
    """The slots of the grid that the form speaks of, in their order; others are not hers to name."""
    return [slot for slot in grid.slots if f"seen-{slot.key}" in data]


def _with_spans(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    placed = []
    for _, of_organisation in groupby(rows, key=lambda row: row.line.slot.organisation_id):
        together = list(of_organisation)
        placed += [(row, 0 if place else len(together)) for place, row in enumerate(together)]
    return placed


def _version(data: QueryDict, key: str) -> int:
    sent = data.get(f"seen-{key}", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0
