"""One sheet of a workbook: its cells where they say that they stand, whatever `dimension` claims."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from ctg.intake.tables import Place, letters_of

from ..archive import Archive
from ..drafts import TableDraft
from ..limits import MOST_COLUMNS
from .formats import Style
from .merges import Merges, place_of
from .strings import Text, read_text, unescape
from .values import Value, read_iso, read_number

_PLAIN = Style()
_BOOLEANS = {"1": "VRAI", "true": "VRAI", "0": "FAUX", "false": "FAUX"}


@dataclass(frozen=True)
class Book:
    """What the sheets of a workbook share."""

    archive: Archive
    strings: list[Text]
    styles: list[Style]
    starts_in_1904: bool

    def style_of(self, cell: Element) -> Style:
        number = int(cell.get("s", "0"))
        return self.styles[number] if 0 <= number < len(self.styles) else _PLAIN


def read_sheet(book: Book, part: str, table: TableDraft) -> None:
    merges, hidden_columns, row = Merges(), set[int](), 0
    for piece in book.archive.pieces(part, "col", "row", "mergeCell"):
        if piece.tag == "row":
            row = int(piece.get("r") or row + 1)
            _read_row(book, table, piece, row)
            if table.outside:
                return
        elif piece.tag == "mergeCell":
            merges.add(piece.get("ref", ""))
        elif _is_hidden(piece):
            first, last = int(piece.get("min", "1")), int(piece.get("max", "1"))
            hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))
    _merge(table, merges)
    filled = {place.column for place in table.cells}
    for column in sorted(hidden_columns & filled):
        table.tell_of("colonnes masquées, lues aussi", letters_of(column))


def _read_row(book: Book, table: TableDraft, row: Element, number: int) -> None:
    if _is_hidden(row):
        table.hidden_rows.add(number)
    fills: dict[Place, str] = {}
    before = len(table.cells)
    for place, cell in _cells(row, number):
        style = book.style_of(cell)
        if style.fill:
            fills[place] = style.fill
        if len(cell):
            value, is_bold = _read_cell(book, table, cell, place, style)
            table.put(
                place,
                value.text,
                is_bold=is_bold or style.is_bold,
                is_date=value.is_date,
                is_number=value.is_number,
            )
    if len(table.cells) > before:
        table.fills |= fills


def _cells(row: Element, number: int) -> Iterator[tuple[Place, Element]]:
    """Some programs write no references: a cell then stands right of the one before."""
    column = 0
    for cell in row.iterfind("c"):
        reference = cell.get("r")
        place = place_of(reference) if reference else Place(number, column + 1)
        column = place.column
        yield place, cell


def _read_cell(
    book: Book, table: TableDraft, cell: Element, place: Place, style: Style
) -> tuple[Value, bool]:
    """The value that the workbook keeps, and whether the text itself is bold."""
    kind, raw, is_bold = cell.get("t", "n"), cell.findtext("v") or "", False
    value = Value("")
    if raw.strip() and kind != "e" and cell.find("f") is not None:
        table.tell_of("formules, lues à leur dernier résultat", place)
    if kind == "inlineStr":
        inline = cell.find("is")
        text, is_bold = read_text(inline) if inline is not None else Text("")
        value = Value(text)
    elif kind == "str":
        value = Value(unescape(raw))
    elif not raw.strip():
        if cell.find("f") is not None:
            table.tell_of("formules dont le résultat n’est pas enregistré, lues comme vides", place)
    elif kind == "s":
        text, is_bold = _shared(book, int(raw))
        value = Value(text)
    elif kind == "e":
        table.tell_of(f"cellules en erreur ({unescape(raw)[:20]}), lues comme vides", place)
    elif kind == "b":
        value = Value(_BOOLEANS.get(raw.strip(), raw))
    else:
        value = read_iso(raw) if kind == "d" else read_number(raw, style, book.starts_in_1904)
    return value, is_bold


def _shared(book: Book, number: int) -> Text:
    if number < 0:
        raise IndexError(number)
    return book.strings[number]


def _merge(table: TableDraft, merges: Merges) -> None:
    """Let merged cells reach as far as something is filled, and tell what they hide."""
    for place in [place for place in table.cells if merges.covers(place)]:
        del table.cells[place]
        table.tell_of("valeurs cachées sous une cellule fusionnée, non lues", place)
    for start in merges.spans.keys() & table.fills.keys() - table.cells.keys():
        table.fills |= dict.fromkeys(merges.line_of(start), table.fills[start])
    height = max((place.row for place in table.cells), default=0)
    width = max((place.column for place in table.cells), default=0)
    for start, (rows, columns) in merges.spans.items():
        if cell := table.cells.get(start):
            rows, columns = min(rows, height - start.row + 1), min(columns, width - start.column + 1)
            table.cells[start] = replace(cell, rows=rows, columns=columns)


def _is_hidden(piece: Element) -> bool:
    return piece.get("hidden", "0") in ("1", "true")
