"""Rows that somebody added to a sheet « Budget »: new lines of budget, proposed whole or not at all.

A line that would lack what its row could not say would say something false: without funder, for instance,
that the territory pays itself.
"""

from collections.abc import Iterator
from functools import cached_property

from actions.models import BudgetLine
from ctg.intake.returned.reading import Entry, Row
from ctg.intake.returned.reasons import COPIED_LINE, LOST_FIELD, NO_BUDGET, SAME_LINE
from ctg.intake.returned.shapes import Deed, Line, NotTaken, Untaken
from partners.models.tracked import plain

from .naming import Naming
from .rows import BudgetRows
from .values import FIELDS, read_field


class BudgetAdditions:
    def __init__(self, rows: BudgetRows, naming: Naming) -> None:
        self.rows, self.naming = rows, naming

    def lines(self) -> Iterator[Line]:
        for row in self.rows.added:
            try:
                new = self._read(row)
            except NotTaken as why:
                self._leave(row, str(why))
                continue
            if new:
                yield self._line(row, new)

    def _read(self, row: Row) -> BudgetLine | None:
        """None when a cell of the row cannot be read, which is then told; raise `NotTaken` for the whole."""
        if not self.rows.standing.plan.has_budget:
            raise NotTaken(NO_BUDGET)
        if set(FIELDS) & set(self.rows.returned.lost):
            raise NotTaken(LOST_FIELD)
        new = BudgetLine(action=self.naming.action(row))
        is_whole = True
        for key in FIELDS:
            entry = row.entries[key]
            try:
                value = read_field(key, entry, new, self.rows.standing)
            except NotTaken as why:
                self.rows.leave(entry, key, str(why))
                is_whole = False
                continue
            new.write_tracked(key, plain(value))
        return new if is_whole else None

    @cached_property
    def _standing(self) -> set[tuple[object, ...]]:
        return {_said(line) for line in self.rows.standing.budget_lines.values()}

    def _line(self, row: Row, new: BudgetLine) -> Line:
        is_copy = row.mark is not None
        has_same = _said(new) in self._standing
        notes = ((COPIED_LINE, is_copy), (SAME_LINE, has_same))
        return Line(
            key=f"budgetline-new-{row.number}",
            label="ligne nouvelle",
            before="",
            after=self.rows.told(new),
            thing=new,
            deed=Deed.CREATE,
            place=self.rows.returned.where(_first(row).place),
            note=" ".join(words for words, told in notes if told),
            is_ticked=not has_same,
        )

    def _leave(self, row: Row, why: str) -> None:
        texts = [entry.text for entry in row.entries.values() if entry.text]
        where = self.rows.returned.where(_first(row).place)
        self.rows.untaken.append(Untaken(where, "ligne de budget", " · ".join(texts), why))


def _first(row: Row) -> Entry:
    return next(entry for entry in row.entries.values() if entry.text)


def _said(line: BudgetLine) -> tuple[object, ...]:
    """What a line says, whoever brings it: taken in twice, a sum would count twice."""
    return (line.action_id, *(line.read_tracked(key) for key in FIELDS))
