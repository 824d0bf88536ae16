"""A sheet of labels and values: one action, or several one under the other."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ctg.web.text import fold

from ..tables import Cell
from .fields import Field
from .grid import Grid
from .label_looks import SURE, LabelLook, label_score, learn
from .matching import JOIN, best_field
from .mini_tables import LIKELY, names_columns, titles_beside
from .numbering import is_number, split_number
from .sections import Section, parts_of_line, split_sections

_OPENING = re.compile(r"^(?P<label>[^\W\d][^:?\n]{1,58}?)[\s\u00a0]*[:?](?![:/\d])(?P<rest>.*)$", re.DOTALL)
_ITEM = re.compile(r"^\s*(?:[•●·‣○◦▪■*–—-]|\d{1,2}[.)])\s*\S")
#: What opens so many texts is a label.
_OFTEN = 3


@dataclass(frozen=True)
class Labelled:
    """A text and the label that it stands beside or under; `label_cell` is absent when inside it.

    A label over values that has none is its own cell.
    """

    label: str
    label_cell: Cell | None
    cell: Cell
    text: str


def label_fields(grid: Grid, *, inside: bool) -> set[Field]:
    """The fields that the first cells of rows name: many in a sheet, one or none in a table of rows.

    `inside` also takes labels that have their value in the same cell, « Pilote : CCAS ».
    """
    found: set[Field | None] = set()
    look = look_of(grid)
    for row in grid.rows:
        cells = grid.own(row)
        first = cells[0]
        beside = [cell for cell in cells if look.is_label(cell, cells)]
        # Half of the cells at most, or a label within another one: a header has labels alone.
        are_told = look.is_bold and (
            1 <= len(beside) <= len(cells) / 2 or (len(beside), len(cells)) == (2, 3)
        )
        if are_told:
            found |= {best_field(cell.text, least=LIKELY) for cell in beside}
        elif named := label_score(first.text):
            found.add(named[1])
        elif inside:
            found |= {section.field for section in split_sections(first.text, least=SURE) if section.field}
    if inside:
        found |= {kind for label in openings(grid) if (kind := best_field(label, least=LIKELY))}
    return {kind for kind in found if kind and kind != Field.PERIOD}


def read_labels(grid: Grid) -> Iterator[Labelled | Cell]:
    """Each value with its label, in reading order; a cell that has none comes alone."""
    look, known = look_of(grid), openings(grid)
    pending: Cell | None = None
    opened = ""
    columns: dict[int, Cell] = {}
    parent: Cell | None = None
    for rank, row in enumerate(grid.rows):
        cells = grid.own(row)
        following = grid.own(grid.rows[rank + 1]) if rank + 1 < len(grid.rows) else []
        if titles := titles_beside(look, grid, cells, following):
            parent, pending = cells[0], None
            columns = {cell.place.column: cell for cell in titles}
            yield from (Labelled(_below(parent, cell), cell, cell, "") for cell in titles)
            continue
        if names_columns(look, cells, following):
            columns, pending, parent = {cell.place.column: cell for cell in cells}, None, None
            continue
        is_inside = parent is not None and row < parent.place.row + parent.rows
        if columns and (is_inside or not _begins_anew(look, cells[0])):
            for cell in cells:
                above = columns.get(cell.place.column)
                yield Labelled(_below(parent, above), above, cell, cell.text) if above else cell
            continue
        columns = {}
        label: Cell | None = None
        for cell in cells:
            is_next = label is None and look.is_label(cell, cells)
            if opened and not is_next and label is None and _carries_on(look, cell, known):
                yield Labelled(opened, None, cell, cell.text)
                continue
            opened = ""
            if is_next or (label is not None and _is_parent(look, label, cell, cells)):
                label = pending = cell
            elif label is not None:
                yield Labelled(label.text, label, cell, cell.text)
                label = None if cell is not cells[-1] and look.is_label(_next(cells, cell), cells) else label
                pending = pending if label else None
            elif split_number(cell.text).level == Field.TITLE or _names_level(cell.text):
                yield cell
                pending = None
            elif len(parts_of_line(cell.text)) > 1:
                yield from _inside(cell, split_sections(cell.text, least=SURE))
                pending = None
            elif (opening := _OPENING.match(cell.text)) and fold(opening["label"]) in known:
                opened, pending = opening["label"].strip(), None
                yield Labelled(opened, None, cell, opening["rest"].strip())
            elif (sections := split_sections(cell.text, least=SURE)) and sections[-1].field:
                yield from _inside(cell, sections)
                pending = None
            elif pending is not None and _goes_on(look, grid, pending, cell) and not _ends_list(grid, cell):
                yield Labelled(pending.text, pending, cell, cell.text)
            else:
                yield cell
                pending = None


def _below(parent: Cell | None, cell: Cell) -> str:
    return f"{parent.text.rstrip(' :')}{JOIN}{cell.text}" if parent else cell.text


def _begins_anew(look: LabelLook, cell: Cell) -> bool:
    """Whether a row is not under the labels of a small table: it begins with a label itself."""
    return cell in look.sure or look.stands_out(cell) or _is_filled_in(cell)


def openings(grid: Grid) -> frozenset[str]:
    """What opens the texts of several cells, « On mesure : », whether the vocabulary knows it or not."""
    found = (_OPENING.match(cell.text) for cell in grid.table.cells.values())
    counts = Counter(fold(one["label"]) for one in found if one and not split_number(one["label"]).level)
    return frozenset(label for label, count in counts.items() if count >= _OFTEN and not is_number(label))


def _is_filled_in(cell: Cell) -> bool:
    """« Avancement : en cours » does not stand under a label."""
    sections = split_sections(cell.text, least=SURE)
    return bool(sections) and sections[0].field is not None


def _carries_on(look: LabelLook, cell: Cell, known: frozenset[str]) -> bool:
    """Whether a cell goes on with what a label opened in the one above."""
    opening = _OPENING.match(cell.text)
    if (opening and fold(opening["label"]) in known) or split_number(cell.text).level:
        return False
    return not cell.is_bold and bool(_ITEM.match(cell.text))


def look_of(grid: Grid) -> LabelLook:
    return learn(grid, [cell for cell in grid.table.cells.values() if label_score(cell.text)])


def _goes_on(look: LabelLook, grid: Grid, label: Cell, cell: Cell) -> bool:
    """Whether a cell is a value of the label above it.

    Neither when it names a level, nor in bold over the width where values are not, nor in the column of a
    label that has its value beside it.
    """
    if split_number(cell.text).level or (look.stands_out(cell) and grid.is_wide(cell)):
        return False
    if (cell.is_bold and grid.width == 1) or look.is_out_of_reach(grid, label, cell):
        return False
    is_beside = len(grid.own(label.place.row)) > 1
    return not is_beside or cell.place.column > label.place.column


def _ends_list(grid: Grid, cell: Cell) -> bool:
    """Whether a line of a text comes after the last item of a list: no label is over it any more."""
    above = grid.at(cell.place.row - 1, 1)
    is_after = above is not None and bool(_ITEM.match(above.text))
    return grid.width == 1 and is_after and not _ITEM.match(cell.text) and cell.text[:1].isupper()


def _names_level(text: str) -> bool:
    """« Axe 2 : Jeunesse », rather than « Axe : jeunesse », which labels its value."""
    numbered = split_number(text)
    return numbered.level is not None and bool(numbered.code and numbered.title)


def _is_parent(look: LabelLook, label: Cell, cell: Cell, cells: list[Cell]) -> bool:
    """« Indicateurs | Quantitatifs | Nombre d’ateliers »: the second label is that of the value."""
    is_between = cell is not cells[-1] and (
        cell in look.sure or (look.is_bold and look.is_label(cell, cells))
    )
    return is_between and (label.rows > 1 or len(cells) == 3)


def _inside(cell: Cell, sections: list[Section]) -> Iterator[Labelled]:
    for section in sections:
        yield Labelled(section.label, None, cell, section.text)


def _next(cells: list[Cell], cell: Cell) -> Cell:
    return cells[cells.index(cell) + 1]
