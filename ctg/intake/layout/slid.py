"""Cells that slid into the next column when a page was turned into text."""

from collections.abc import Mapping

from ..tables import Place
from .fields import Field
from .grid import Grid


def slid_cells(grid: Grid, kinds: Mapping[int, Field | None], header: int) -> frozenset[Place]:
    """Those of the orientations that are made as ambitions are: a title and its impacts."""
    column = {kind: column for column, kind in kinds.items()}
    if Field.AMBITION not in column or Field.ORIENTATION not in column:
        return frozenset()
    ambitions = grid.below(header, column[Field.AMBITION])
    orientations = grid.below(header, column[Field.ORIENTATION])
    made_so = [cell.place for cell in orientations if cell.text.count("\n") >= 2]
    is_shape = bool(ambitions) and all("\n" in cell.text for cell in ambitions)
    return frozenset(made_so) if is_shape and len(made_so) <= 0.2 * len(orientations) else frozenset()
