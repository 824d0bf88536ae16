"""Small tables inside a sheet of labels: a row of labels, and their values under them."""

from ..tables import Cell
from .grid import Grid
from .headers import is_period
from .label_looks import LabelLook, label_score, may_be_label
from .matching import best_score

#: A label over its values stands beside so many others, its parent counted.
_FEWEST = 3
#: Enough for a label beside sure ones.
LIKELY = 0.6


def titles_beside(look: LabelLook, grid: Grid, cells: list[Cell], following: list[Cell]) -> list[Cell]:
    """« 2026 | 2027 | Priorité » beside « Calendrier », with crosses or values under them; or nothing.

    What stands under them is in their columns; the label on their left reaches down to it, or leaves blank.
    """
    parent, titles = cells[0], cells[1:]
    if len(cells) < _FEWEST or not look.is_label(parent, cells):
        return []
    under = [cell for cell in following if cell.place.row == parent.place.row + 1]
    covered = {column for cell in titles for column in _reach(cell)}
    if not covered.issuperset(cell.place.column for cell in under):
        return []
    is_tall = parent.rows > 1
    if not is_tall and not (under and all(is_period(cell.text) for cell in titles)):
        return []
    below = (grid.at(parent.place.row + 1, column) for column in covered)
    if any(cell.rows > 1 for cell in titles) or not all(cell is None or cell in under for cell in below):
        return []
    return titles if all(_is_title(look, cell) for cell in titles) else []


def _is_title(look: LabelLook, cell: Cell) -> bool:
    return is_period(cell.text) or cell in look.sure or (look.stands_out(cell) and may_be_label(cell.text))


def _reach(cell: Cell) -> range:
    return range(cell.place.column, cell.place.column + cell.columns)


def names_columns(look: LabelLook, cells: list[Cell], following: list[Cell]) -> bool:
    """A row of labels with its values under it, rather than a label with its value beside it."""
    if look.is_bold and not all(cell.is_bold for cell in cells):
        return False
    if len(cells) < 2 or not all(best_score(cell.text) >= LIKELY for cell in cells):
        return False
    if sum(label_score(cell.text) is not None for cell in cells) < 2:
        return False
    under = {cell.place.column for cell in following}
    is_above_values = bool(under) and under <= {cell.place.column for cell in cells}
    # One value under two labels: bold says that the second one is none.
    are_told = len(following) > 1 or len(cells) > 2 or (look.is_bold and not following[0].is_bold)
    return is_above_values and not label_score(following[0].text) and are_told
