"""A sheet of labels and values: one action, or several one under the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from ctg.web.text import fold

from ..tables import Cell
from .fields import Field
from .grid import Grid
from .matching import best_score, candidates
from .numbering import is_number, split_number
from .sections import Section, split_sections
from .vocabulary import ACTION_WORDS

SURE = 0.85
#: Enough for a label beside sure ones.
_LIKELY = 0.6
LONGEST_LABEL = 70


@dataclass(frozen=True)
class Labelled:
    """A text and the label that it stands beside or under; `label_cell` is its own cell when inside it."""

    label: str
    label_cell: Cell | None
    cell: Cell
    text: str


def label_score(text: str) -> tuple[float, Field] | None:
    """How sure a text is to be a label, and of which field."""
    text = text.strip().rstrip(":").strip()
    if (
        not text
        or len(text) > LONGEST_LABEL
        or "\n" in text
        or ":" in text
        or is_number(text)
        or split_number(text).code
    ):
        return None
    if fold(text) in ACTION_WORDS and fold(text).startswith("fiche"):
        return None  # The kind of the document, not the label of a title.
    found = candidates(text)
    return found[0] if found and found[0][0] >= SURE else None


def label_fields(grid: Grid, *, inside: bool) -> set[Field]:
    """The fields that the first cells of rows name: many in a sheet, one or none in a table of rows.

    `inside` also takes labels that have their value in the same cell, « Pilote : CCAS ».
    """
    found = set()
    for row in grid.rows:
        first = grid.own(row)[0]
        named = label_score(first.text)
        if named:
            found.add(named[1])
        elif inside:
            found |= {section.field for section in split_sections(first.text, least=SURE) if section.field}
    return found - {Field.PERIOD}


def read_labels(grid: Grid) -> Iterator[Labelled | Cell]:
    """Each value with its label, in reading order; a cell that has none comes alone."""
    pending: Cell | None = None
    columns: dict[int, Cell] = {}
    for rank, row in enumerate(grid.rows):
        cells = grid.own(row)
        following = grid.own(grid.rows[rank + 1]) if rank + 1 < len(grid.rows) else []
        if _names_columns(cells, following):
            columns, pending = {cell.place.column: cell for cell in cells}, None
            continue
        if columns and not label_score(cells[0].text):
            for cell in cells:
                above = columns.get(cell.place.column)
                yield Labelled(above.text, above, cell, cell.text) if above else cell
            continue
        columns = {}
        label: Cell | None = None
        for cell in cells:
            if (
                label is None
                and label_score(cell.text)
                or label is not None
                and _is_parent(label, cell, cells)
            ):
                label = pending = cell
            elif label is not None:
                yield Labelled(label.text, label, cell, cell.text)
                label = None if cell is not cells[-1] and label_score(_next(cells, cell).text) else label
                pending = pending if label else None
            elif split_number(cell.text).level == Field.TITLE or _names_level(cell.text):
                yield cell
                pending = None
            elif (sections := split_sections(cell.text, least=SURE)) and sections[-1].field:
                yield from _inside(cell, sections)
                pending = None
            elif pending is not None and not split_number(cell.text).level:
                yield Labelled(pending.text, pending, cell, cell.text)
            else:
                yield cell


def _names_level(text: str) -> bool:
    """« Axe 2 : Jeunesse », rather than « Axe : jeunesse », which labels its value."""
    numbered = split_number(text)
    return numbered.level is not None and bool(numbered.code and numbered.title)


def _is_parent(label: Cell, cell: Cell, cells: list[Cell]) -> bool:
    """« Indicateurs | Quantitatifs | Nombre d’ateliers »: the second label is that of the value."""
    is_between = cell is not cells[-1] and label_score(cell.text) is not None
    return is_between and (label.rows > 1 or len(cells) == 3)


def _names_columns(cells: list[Cell], following: list[Cell]) -> bool:
    """A row of labels with its values under it, rather than a label with its value beside it."""
    if len(cells) < 2 or not all(best_score(cell.text) >= _LIKELY for cell in cells):
        return False
    if sum(label_score(cell.text) is not None for cell in cells) < 2:
        return False
    under = {cell.place.column for cell in following}
    is_above_values = bool(under) and under <= {cell.place.column for cell in cells}
    return is_above_values and not label_score(following[0].text) and (len(following) > 1 or len(cells) > 2)


def _inside(cell: Cell, sections: list[Section]) -> Iterator[Labelled]:
    for section in sections:
        yield Labelled(section.label, None, cell, section.text)


def _next(cells: list[Cell], cell: Cell) -> Cell:
    return cells[cells.index(cell) + 1]
