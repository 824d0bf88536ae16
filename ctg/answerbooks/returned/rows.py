"""What a returned file says, row by row: recognised by their marks wherever they are."""

from collections.abc import Iterator
from typing import NamedTuple

from ctg.answerbooks.columns import ABSENCE, COMMENT, VALUE
from ctg.answerbooks.marks import RowMark, read_mark
from ctg.intake.tables import Cell, Place, Refusal, SourceFile, Table
from ctg.web.text import fold

UNKNOWN = (
    "Aucune ligne de ce fichier n’est reconnue\u00a0: déposez un classeur de saisie téléchargé ici, avec sa "
    "colonne masquée «\u00a0Repère\u00a0»."
)
TITLES_GONE = (
    "Dans «\u00a0{}\u00a0», le titre «\u00a0{}\u00a0» manque au-dessus de sa colonne\u00a0: remettez-le."
)


class Spot(NamedTuple):
    """A cell of the file, blank or not, by the rank of its table."""

    table: int
    sheet: str
    place: Place
    text: str

    def __str__(self) -> str:
        """« Valeurs, I12 »"""
        return ", ".join(filter(None, (self.sheet, str(self.place))))


class Row(NamedTuple):
    """A row that bears a mark, with the cells that are read back."""

    mark: RowMark
    value: Spot
    absence: Spot | None
    comment: Spot | None


def read_rows(source: SourceFile) -> list[Row]:
    """Every row that bears a mark; raise `Refusal` when there is none, or when nobody knows what it says."""
    rows = [row for rank, table in enumerate(source.tables) for row in _of_table(rank, table)]
    if not rows:
        raise Refusal(UNKNOWN)
    return rows


def _of_table(rank: int, table: Table) -> Iterator[Row]:
    marks = [(cell.place.row, mark) for cell in table.cells.values() if (mark := read_mark(cell.text))]
    if not marks:
        return
    columns = _columns(table)
    if VALUE not in columns:
        raise Refusal(TITLES_GONE.format(table.name, VALUE))
    for number, mark in sorted(marks):
        spots = {title: _spot(rank, table, Place(number, column)) for title, column in columns.items()}
        yield Row(mark, spots[VALUE], spots.get(ABSENCE), spots.get(COMMENT))


def _columns(table: Table) -> dict[str, int]:
    """Where the columns that are read back stand, wherever they were moved."""
    wanted = {fold(title): title for title in (VALUE, ABSENCE, COMMENT)}
    by_row: dict[int, dict[str, int]] = {}
    for place, cell in table.cells.items():
        if title := wanted.get(fold(cell.text)):
            by_row.setdefault(place.row, {})[title] = place.column
    # A comment may be worded as a title: the row of the titles is the one that holds most of them.
    return max(by_row.values(), key=len, default={})


def _spot(rank: int, table: Table, place: Place) -> Spot:
    cell: Cell | None = table.cells.get(place)
    return Spot(rank, table.name, place, cell.text.strip() if cell else "")
