"""What the rows of a sheet « Budget » change in the lines of budget that they told of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from actions.models import BudgetLine
from ctg.intake.returned.alignment import what_differs
from ctg.intake.returned.reading import Entry, Returned, Row
from ctg.intake.returned.reasons import NO_BUDGET, OTHER_ACTION, TRASHED, TRASHED_LINE
from ctg.intake.returned.shapes import Deed, Line, NotTaken, Untaken
from ctg.intake.returned.since import Since
from ctg.intake.returned.standing import Standing
from partners.models.tracked import plain

from .values import FIELDS, read_field

_NAMES = {"number": "N°", "title": "action"}


@dataclass
class BudgetRows:
    """Compares rows with their lines; what cannot be taken back gathers in `untaken`."""

    returned: Returned
    standing: Standing
    untaken: list[Untaken] = field(default_factory=list)

    @cached_property
    def filled(self) -> list[Row]:
        """A row that was emptied, its mark left behind, is a row that was taken away."""
        return [row for row in self.returned.rows if any(entry.text for entry in row.entries.values())]

    @cached_property
    def known(self) -> dict[int, Row]:
        """The first row of each line that left."""
        known: dict[int, Row] = {}
        for row in self.filled:
            if told := row.told("budgetline"):
                known.setdefault(told.pk, row)
        return known

    @cached_property
    def added(self) -> list[Row]:
        """The rows without mark, and those whose mark stands higher already: copies."""
        known = {row.number for row in self.known.values()}
        return [row for row in self.filled if row.number not in known]

    @cached_property
    def _since(self) -> Since:
        told = (row.told("budgetline") for row in self.known.values())
        return Since(
            self.standing.plan, self.standing.budget_lines, {one.pk: one.version for one in told if one}
        )

    def lines(self) -> Iterator[Line]:
        for pk, row in self.known.items():
            line = self.standing.budget_lines.get(pk)
            for key, entry in row.entries.items():
                if not entry.is_touched:
                    continue
                try:
                    if line is None:
                        raise NotTaken(self._why_gone(row))
                    if changed := self._changed(key, entry, line):
                        yield changed
                except NotTaken as why:
                    self.leave(entry, key, str(why))

    def absent(self) -> Iterator[Line]:
        """What was in the sheet when it left and is not any more; never taken away unless one says so."""
        gone = self.returned.stamp.things - self.known.keys()
        if gone and not self.standing.plan.has_budget:
            where, count = self.returned.table.name, str(len(gone))
            self.untaken.append(Untaken(where, "lignes absentes du fichier", count, NO_BUDGET))
        for pk, line in self.standing.budget_lines.items():
            if pk in gone:
                yield Line(
                    key=f"budgetline-absent-{pk}",
                    label="ligne absente du fichier",
                    before=self.told(line),
                    after="à la corbeille",
                    thing=line,
                    deed=Deed.TRASH,
                    is_ticked=False,
                )

    def _why_gone(self, row: Row) -> str:
        if not self.standing.plan.has_budget:
            return NO_BUDGET
        return TRASHED_LINE if row.action in self.standing.actions else TRASHED

    def _changed(self, key: str, entry: Entry, line: BudgetLine) -> Line | None:
        if key not in FIELDS:
            raise NotTaken(OTHER_ACTION)
        standing, wanted = line.read_tracked(key), plain(read_field(key, entry, line, self.standing))
        if wanted == standing:
            return None
        before, after = what_differs(self._say(line, key, standing), self._say(line, key, wanted))
        return Line(
            key=f"budgetline-{line.pk}-{key}",
            label=line.label_tracked(key),
            before=before,
            after=after,
            thing=line,
            values={key: wanted},
            place=self.returned.where(entry.place),
            theirs=self._since.theirs(line, [key]),
            note=", ".join(filter(None, (str(line), line.nature))),
        )

    def _say(self, line: BudgetLine, key: str, value: Any) -> str:
        """A funder by the names that are known already: no query for each line."""
        if key != "funder" or value is None:
            return line.describe_tracked(key, value)
        return line.funder_name if value == line.funder_id else self.standing.names[value]

    def told(self, line: BudgetLine) -> str:
        """A whole line in some words: « 2026 · Caf · poste · prévu 1 200 € »."""
        amounts = {"prévu": line.planned_words, "réalisé": line.actual_words}
        funder = self._say(line, "funder", line.funder_id)
        said = [f"{word} {amount}" for word, amount in amounts.items() if amount]
        return " · ".join(filter(None, [str(line.year), funder, line.nature, *said, line.comment]))

    def leave(self, entry: Entry, key: str, why: str) -> None:
        self.untaken.append(Untaken(self.returned.where(entry.place), label_of(key), entry.text, why))


def label_of(key: str) -> str:
    """How a person calls the field of a column."""
    return _NAMES.get(key) or BudgetLine().label_tracked(key)
