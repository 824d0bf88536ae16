"""A sheet or a table of OpenDocument: rows and cells that count how often they repeat."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ctg.intake.tables import Place, letters_of

from ..drafts import TableDraft
from ..limits import MOST_COLUMNS, MOST_ROWS
from ..notes import Notes
from .words import lines_of, read_value

_WRAPPERS = {"table-header-rows", "table-rows", "table-row-group", "table-header-columns", "table-columns"}
_COLUMN_GROUP = "table-column-group"


class _Repeated(NamedTuple):
    first: int
    times: int
    cell: Element
    shown: str


@dataclass
class GridReader:
    notes: Notes
    #: The names of the styles that are bold, and of those that are hidden sheets.
    bold: set[str]
    hidden: set[str]
    #: The colour behind the cells of a style.
    fills: dict[str, str] = field(default_factory=dict)
    #: Tables found within cells, with their place.
    nested: list[tuple[Place, Element]] = field(default_factory=list)

    def read(self, grid: Element, table: TableDraft) -> None:
        number = 1
        for row in _within(grid, "table-row"):
            repeated = _count(row, "number-rows-repeated", MOST_ROWS + 1)
            cells = list(self._cells(row, number))
            colours = self._colours(row) if cells else {}
            for one in range(number, number + (repeated if cells else 0)):
                self._put_row(table, one, cells)
                table.fills |= {Place(one, column): colour for column, colour in colours.items()}
            if row.get("visibility", "visible") != "visible":
                table.hidden_rows.update(range(number, number + repeated))
            number += repeated
        self._tell_hidden_columns(grid, table)

    def _cells(self, row: Element, number: int) -> Iterator[_Repeated]:
        """Each cell that says something, read once however often it repeats."""
        column = 1
        for cell in row:
            if cell.tag not in ("table-cell", "covered-table-cell"):
                continue
            repeated = _count(cell, "number-columns-repeated", MOST_COLUMNS + 1)
            if len(cell):
                yield _Repeated(column, repeated, cell, "\n".join(lines_of(cell, self.notes)))
                self.nested += [(Place(number, column), one) for one in cell if one.tag == "table"]
            column += repeated

    def _colours(self, row: Element) -> dict[int, str]:
        """The colours of a line, by column."""
        colours: dict[int, str] = {}
        column = 1
        for cell in row:
            if cell.tag in ("table-cell", "covered-table-cell"):
                repeated = _count(cell, "number-columns-repeated", MOST_COLUMNS + 1)
                if colour := self.fills.get(cell.get("style-name", "")):
                    colours |= dict.fromkeys(range(column, column + repeated), colour)
                column += repeated
        return colours

    def _put_row(self, table: TableDraft, number: int, cells: list[_Repeated]) -> None:
        for first, repeated, cell, shown in cells:
            for column in range(first, first + repeated):
                if table.outside:
                    return
                self._put(table, Place(number, column), cell, shown)

    def _put(self, table: TableDraft, place: Place, cell: Element, shown: str) -> None:
        if cell.tag == "covered-table-cell":
            if shown.strip():
                table.tell_of("valeurs cachées sous une cellule fusionnée, non lues", place)
            return
        if cell.get("value-type") == "error":
            table.tell_of(f"cellules en erreur ({shown[:20]}), lues comme vides", place)
            return
        value = read_value(cell, shown)
        rows = _count(cell, "number-rows-spanned", MOST_ROWS)
        columns = _count(cell, "number-columns-spanned", MOST_COLUMNS)
        table.put(
            place,
            value.text,
            spans=(rows, columns),
            is_bold=cell.get("style-name") in self.bold,
            is_date=value.is_date,
            is_number=value.is_number,
        )

    def _tell_hidden_columns(self, grid: Element, table: TableDraft) -> None:
        filled, column = {place.column for place in table.cells}, 1
        for one in _within(grid, "table-column"):
            repeated = _count(one, "number-columns-repeated", MOST_COLUMNS + 1)
            if one.get("visibility", "visible") != "visible":
                for hidden in sorted(filled & set(range(column, column + repeated))):
                    table.tell_of("colonnes masquées, lues aussi", letters_of(hidden))
            column += repeated


def _within(grid: Element, name: str) -> Iterator[Element]:
    for child in grid:
        if child.tag == name:
            yield child
        elif child.tag in _WRAPPERS or child.tag == _COLUMN_GROUP:
            yield from _within(child, name)


def _count(element: Element, name: str, most: int) -> int:
    return min(max(int(element.get(name, "1")), 1), most)
