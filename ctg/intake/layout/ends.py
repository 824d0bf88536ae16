"""Where a table ends and what is written under it begins: legends, sources, signatures."""

from statistics import median

from ..tables import Cell
from .bands import is_note, is_total
from .grid import Grid
from .guessing import begins_with_infinitive
from .numbering import split_number


def end_of(grid: Grid, header: int) -> int:
    """The first row under the table, after a blank row, a total or a note; beyond the last one if none is.

    What comes after says one thing or two a row, where actions say at least twice as many.
    """
    rows = [row for row in grid.rows if row > header]
    filled = [len(grid.own(row)) for row in rows if len(grid.own(row)) > 1]
    end = grid.height + 1
    usual = median(filled) if filled else 0
    for rank in range(len(rows) - 1, 0, -1):
        row, cells = rows[rank], grid.own(rows[rank])
        if 2 * len(cells) > usual or _may_belong(grid, cells):
            break
        if row - rows[rank - 1] > 1 or is_total(cells[0].text) or is_note(cells[0].text):
            end = row
    return end


def _may_belong(grid: Grid, cells: list[Cell]) -> bool:
    """An action that is only named, or a heading under which nothing stands yet."""
    first = cells[0]
    is_heading = grid.is_wide(first) and first.is_bold and not is_total(first.text)
    named = [split_number(cell.text) for cell in cells]
    return is_heading or any(one.level or one.code or begins_with_infinitive(one.title) for one in named)
