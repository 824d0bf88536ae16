"""Rows of a calendar that are no actions: the meetings and reports of the plan itself, under their band."""

from collections.abc import Mapping

from .bands import is_band
from .fields import Field
from .grid import Grid

#: So many numbered actions say that all of them are.
_FEWEST = 4


def milestone_rows(grid: Grid, kinds: Mapping[int, Field | None], header: int, end: int) -> frozenset[int]:
    """Those of a block where nothing has a number, nor says more than its name and when, and its band."""
    if not {Field.NUMBER, Field.PERIOD, Field.TITLE}.issubset(kinds.values()):
        return frozenset()
    blocks: list[tuple[list[int], list[int]]] = [([], [])]
    for row in (row for row in grid.rows if header < row < end):
        if is_band(grid, row, dict(kinds)):
            blocks.append(([row], []))
        elif Field.TITLE in _said(grid, kinds, row):
            blocks[-1][1].append(row)
    bare = [
        (bands, rows) for bands, rows in blocks if rows and all(_is_bare(grid, kinds, row) for row in rows)
    ]
    others = [row for block in blocks if block not in bare for row in block[1]]
    are_numbered = len(others) >= _FEWEST and all(Field.NUMBER in _said(grid, kinds, row) for row in others)
    return frozenset(row for block in bare for rows in block for row in rows) if are_numbered else frozenset()


def _is_bare(grid: Grid, kinds: Mapping[int, Field | None], row: int) -> bool:
    return _said(grid, kinds, row) == {Field.TITLE, Field.PERIOD}


def _said(grid: Grid, kinds: Mapping[int, Field | None], row: int) -> set[Field | None]:
    return {kinds.get(cell.place.column) for cell in grid.own(row)}
