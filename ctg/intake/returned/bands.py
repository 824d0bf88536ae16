"""The lines that cross the thematic table, each above the actions of its theme."""

from dataclasses import dataclass, replace
from functools import cached_property

from ctg.documents.order import Layout
from ctg.documents.workbooks.marks import digest
from ctg.intake.tables import Place

from .reading import Entry, Returned, Row
from .wording import COMPOSABLE

#: The columns of the voted document, over which a band reaches; a remark reaches over the others.
_VOTED = COMPOSABLE | {"need", "objective", "title"}
#: A line that somebody added reaches over so many columns at least.
_WIDE = 3
#: Rows that were sorted stand anywhere: beyond this share of them, none is said to have been moved.
_FEW = 3


@dataclass(frozen=True)
class Bands:
    returned: Returned

    @cached_property
    def titles(self) -> dict[int, Entry]:
        """For each row of the table, band or action, the title under which it stands.

        Empty for other layouts; of the bands alone when the rows were sorted.
        """
        return {
            number: entry
            for number, entry in self._all.items()
            if not self.are_disordered or number in self.rows
        }

    @cached_property
    def rows(self) -> dict[int, Entry]:
        found = ((row.number, self._band(row)) for row in self.returned.rows)
        return {number: entry for number, entry in found if entry}

    @cached_property
    def are_disordered(self) -> bool:
        """Whether so many actions stand under another title that they were sorted rather than moved."""
        known = {entry.left_as for entry in self.rows.values()}
        beside = [entry for number, entry in self._all.items() if number not in self.rows and entry.left_as]
        moved = [entry for entry in beside if entry.is_touched and digest(entry.text) in known]
        return len(moved) * _FEW > len(beside)

    @cached_property
    def _all(self) -> dict[int, Entry]:
        titles: dict[int, Entry] = {}
        above: Entry | None = None
        for row in self.returned.rows:
            above = self.rows.get(row.number, above)
            if above:
                own = above.left_as if row.number in self.rows else self._left_as(row)
                titles[row.number] = replace(above, left_as=own)
        return titles

    def _left_as(self, row: Row) -> str | None:
        """The title under which an action left stands in its mark after its own cells."""
        rank = len(self.returned.stamp.columns)
        return row.mark.digests[rank] if row.mark and rank < len(row.mark.digests) else None

    def _band(self, row: Row) -> Entry | None:
        if self.returned.stamp.layout != Layout.THEMATIC:
            return None
        first = next((entry for key, entry in row.entries.items() if key in _VOTED and entry.text), None)
        if row.mark:
            if row.action is not None:
                return None
            first = first or Entry(Place(row.number, 1), "")
            return replace(first, left_as=row.mark.digests[0])
        is_wide = first and self.returned.width_at(first.place) >= _WIDE
        return replace(first, left_as=None) if first and is_wide else None
