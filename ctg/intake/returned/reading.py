"""The rows of a returned workbook, by what they told of, and their cells, by the field that they hold.

Columns are known by their titles, rows by their marks: both may have been moved, sorted, hidden or added to.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ctg.documents.workbooks.marks import RowMark, Thing, digest, read_row_mark
from ctg.intake.tables import Cell, Place, SourceFile, letters_of

from .long_texts import LongTexts, Torn
from .recognising import find_stamp
from .wording import in_words

#: The fields whose one cell stands for many actions: merged, or alone on the line above them.
SHARED = {"strategique": ("ambition", "orientation"), "thematique": ("theme",)}


@dataclass(frozen=True)
class Entry:
    """A cell of a known column: what it says, and the digest of what it said when it left, if it did."""

    place: Place
    text: str
    left_as: str | None = None
    #: The end of a long text was not found again: what the cell says is not the whole of it.
    is_torn: bool = False

    @property
    def is_touched(self) -> bool:
        return self.left_as is None or digest(self.text) != self.left_as


@dataclass(frozen=True)
class Row:
    """A line of the table; without mark, somebody added it."""

    number: int
    mark: RowMark | None
    entries: dict[str, Entry] = field(default_factory=dict)
    #: What stands in columns that are not taken back, by the titles of these.
    others: dict[str, Entry] = field(default_factory=dict)

    def told(self, kind: str) -> Thing | None:
        return self.mark.of(kind) if self.mark else None

    @property
    def action(self) -> int | None:
        told = self.told("action")
        return told.pk if told else None


class Returned:
    """The actions of a workbook of ours, or its budget, as they came back.

    Raise `LookupError` for a file that has none.
    """

    def __init__(self, source: SourceFile, *, of_budget: bool = False) -> None:
        found = find_stamp(source, of_budget=of_budget)
        if found is None:
            raise LookupError
        self.table, self.at, self.stamp = found
        self.source = source
        self._long_texts = LongTexts(source)

    @cached_property
    def titles(self) -> dict[int, tuple[int, str]]:
        """By column of the file: the rank that it had when it left, and its title."""
        free = list(enumerate(self.stamp.columns))
        known: dict[int, tuple[int, str]] = {}
        for place, cell in self.table.cells.items():
            if place.row != self.at.row or place.column == self.at.column:
                continue
            rank = next((rank for rank, (_, title) in free if title == digest(cell.text)), None)
            if rank is not None:
                known[place.column] = rank, cell.text
                free = [one for one in free if one[0] != rank]
        return known

    @cached_property
    def lost(self) -> list[str]:
        """The keys of the columns that cannot be found again."""
        found = {rank for rank, _ in self.titles.values()}
        return [key for rank, (key, _) in enumerate(self.stamp.columns) if key and rank not in found]

    @cached_property
    def added(self) -> list[str]:
        """The columns that hold something and that we did not write, by letter and title."""
        filled = {place.column for place in self.table.cells if place.row > self.at.row}
        strange = sorted(filled - self.titles.keys() - {self.at.column})
        return [f"{letters_of(column)} {self._title(column)}".strip() for column in strange]

    def _title(self, column: int) -> str:
        cell = self.table.cells.get(Place(self.at.row, column))
        return f"«\u00a0{cell.text[:60]}\u00a0»" if cell else ""

    @cached_property
    def rows(self) -> list[Row]:
        return list(self._rows())

    def _rows(self) -> Iterator[Row]:
        begun = {place.row for place in self.table.cells}
        for number in sorted(begun):
            if number <= self.at.row:
                continue
            mark = self._mark(number)
            starts = any(Place(number, column) in self.table.cells for column in self.titles)
            if mark or starts:
                yield self._row(number, mark)

    def _mark(self, number: int) -> RowMark | None:
        cell = self.table.cells.get(Place(number, self.at.column))
        return read_row_mark(cell.text) if cell else None

    def _row(self, number: int, mark: RowMark | None) -> Row:
        row = Row(number, mark)
        for column, (rank, title) in self.titles.items():
            key, _ = self.stamp.columns[rank]
            left_as = mark.digests[rank] if mark and rank < len(mark.digests) else None
            entry = self._entry(Place(number, column), key, left_as if mark else None)
            if key:
                row.entries[key] = entry
            else:
                row.others[title] = entry
        return row

    def _entry(self, place: Place, key: str, left_as: str | None) -> Entry:
        cell = self._covering.get(place)
        if cell is None:
            return Entry(place, "", left_as)
        text = in_words(key, cell)
        try:
            return Entry(cell.place, self._long_texts.whole(text), left_as)
        except Torn:
            return Entry(cell.place, text, left_as, is_torn=True)

    @cached_property
    def _covering(self) -> dict[Place, Cell]:
        """Which cell is seen at each place: a merged one is seen at all of its own."""
        return {
            Place(row, column): cell
            for place, cell in self.table.cells.items()
            for row in range(place.row, place.row + cell.rows)
            for column in range(place.column, place.column + cell.columns)
        }

    @property
    def versions(self) -> dict[int, int]:
        """The version that each action had when the workbook left."""
        told = (row.told("action") for row in self.rows)
        return {thing.pk: thing.version for thing in told if thing}

    @cached_property
    def copies(self) -> set[int]:
        """The rows whose mark stands higher already: somebody copied a line to make another one."""
        seen: Counter[int] = Counter()
        copied = set()
        for row in self.rows:
            if row.action is not None:
                seen[row.action] += 1
                if seen[row.action] > 1:
                    copied.add(row.number)
        return copied

    def width_at(self, place: Place) -> int:
        cell = self._covering.get(place)
        return cell.columns if cell else 0

    def where(self, place: Place) -> str:
        """« Ambitions, C12 »"""
        return f"{self.table.name}, {place}"
