"""A table of Word as cells at places: gaps at the start of rows, cells over several columns and rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ctg.intake.tables import Place

from ..drafts import TableDraft
from ..limits import MOST_COLUMNS
from .numbering import value_of
from .paragraphs import DELETIONS, ParagraphReader, Words

#: What may stand around a row, a cell or a paragraph without being one.
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"}


@dataclass
class _Open:
    """A cell that may go on in the next rows."""

    place: Place
    words: Words
    columns: int
    rows: int = 1
    fill: str = ""


@dataclass
class GridReader:
    reader: ParagraphReader
    #: Tables found within cells, with their place, to be read as tables of their own.
    nested: list[tuple[Place, Element]] = field(default_factory=list)

    def read(self, grid: Element, table: TableDraft) -> None:
        reaching: dict[int, _Open] = {}
        for number, row in enumerate(self._rows(grid), 1):
            still: dict[int, _Open] = {}
            for column, columns, cell in _cells_of(row):
                if table.outside:
                    return
                self._read_cell(table, cell, Place(number, column), columns, reaching, still)
            _put(table, [one for column, one in reaching.items() if still.get(column) is not one])
            reaching = still
        _put(table, list(reaching.values()))

    def _rows(self, grid: Element) -> Iterator[Element]:
        for row in unwrapped(grid, "tr"):
            if row.find("trPr/del") is None:
                yield row
            else:
                self.reader.notes.tell(DELETIONS)

    def _read_cell(
        self,
        table: TableDraft,
        cell: Element,
        place: Place,
        columns: int,
        reaching: dict[int, _Open],
        still: dict[int, _Open],
    ) -> None:
        words = self._words(cell, place)
        merge = cell.find("tcPr/vMerge")
        above = reaching.get(place.column)
        if merge is not None and value_of(merge) != "restart" and above:
            above.rows += 1
            still[place.column] = above
            if words.text.strip():
                table.tell_of("textes cachés sous une cellule fusionnée, non lus", place)
        else:
            still[place.column] = _Open(place, words, columns, fill=_fill(cell))
            if place.column > MOST_COLUMNS:
                _put(table, [still.pop(place.column)])

    def _words(self, cell: Element, place: Place) -> Words:
        paragraphs = [self.reader.read(one) for one in unwrapped(cell, "p")]
        self.nested += [(place, one) for one in unwrapped(cell, "tbl")]
        bold = [one.is_bold for one in paragraphs if one.text.strip()]
        return Words("\n".join(one.text for one in paragraphs), bool(bold) and all(bold))


def _fill(cell: Element) -> str:
    """The colour behind a cell; nothing for the white of the page."""
    shade = cell.find("tcPr/shd")
    colour = "" if shade is None else shade.get("fill", "").upper()
    return "" if colour in ("AUTO", "FFFFFF") else colour


def unwrapped(element: Element, *names: str) -> Iterator[Element]:
    for child in element:
        if child.tag in names:
            yield child
        elif child.tag in _WRAPPERS:
            yield from unwrapped(child, *names)


def _cells_of(row: Element) -> Iterator[tuple[int, int, Element]]:
    """Each cell with its first column and how many it takes; what continues one on its left is left out."""
    column = 1 + _count(row.find("trPr/gridBefore"), least=0)
    for cell in unwrapped(row, "tc"):
        columns = _count(cell.find("tcPr/gridSpan"), least=1)
        yield column, columns, cell
        column += columns


def _count(element: Element | None, *, least: int) -> int:
    """A number of columns, no greater than what tells that a table is too wide."""
    return min(max(int(value_of(element) or least), least), MOST_COLUMNS + 1)


def _put(table: TableDraft, closed: list[_Open]) -> None:
    for one in closed:
        reach = (one.rows, min(one.columns, MOST_COLUMNS + 1 - one.place.column))
        table.put(one.place, one.words.text, spans=reach, is_bold=one.words.is_bold)
        if one.fill:
            places = (Place(one.place.row, one.place.column + right) for right in range(reach[1]))
            table.fills |= dict.fromkeys(places, one.fill)
