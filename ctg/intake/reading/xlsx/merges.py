"""Merged cells: what stands first reaches over the others."""

import re

from ctg.intake.tables import Place

from ..damage import damaged
from ..limits import MOST_COLUMNS, MOST_ROWS

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


class Merges:
    """The merged ranges of a sheet; one that overlaps an earlier one is not one."""

    def __init__(self) -> None:
        self.spans: dict[Place, tuple[int, int]] = {}
        self._taken: set[Place] = set()
        self._area = 0

    def add(self, reference: str) -> None:
        """Note « B2:D5 », cut where a table may not reach: whole rows and columns are sometimes merged."""
        first, _, last = reference.partition(":")
        start, end = place_of(first), place_of(last or first)
        rows = min(end.row, MOST_ROWS) - start.row + 1
        columns = min(end.column, MOST_COLUMNS) - start.column + 1
        if rows < 1 or columns < 1 or rows * columns == 1:
            return
        self._area += rows * columns
        if self._area > MOST_ROWS * MOST_COLUMNS:
            raise damaged()
        places = {
            Place(start.row + down, start.column + right) for down in range(rows) for right in range(columns)
        }
        if self._taken.isdisjoint(places):
            self.spans[start] = rows, columns
            self._taken |= places

    def line_of(self, start: Place) -> list[Place]:
        """The places of the first line of a merged range."""
        return [Place(start.row, start.column + right) for right in range(self.spans[start][1])]

    def covers(self, place: Place) -> bool:
        return place in self._taken and place not in self.spans


def place_of(reference: str) -> Place:
    """« C12 » or « $C$12 »."""
    found = _REFERENCE.fullmatch(reference.strip())
    if not found:
        raise damaged()
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return Place(int(found[2]), column)
