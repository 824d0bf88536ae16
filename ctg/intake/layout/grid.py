"""A table as the eye sees it: a merged cell is there in each of the places that it covers."""

from functools import cached_property

from ..tables import Cell, Place, Table
from .light_html import plain_table


class Grid:
    """Rows and columns count from 1; a merged cell reaches no further than the last cell with a text."""

    def __init__(self, table: Table) -> None:
        self.table = table = plain_table(table)
        cells = table.cells.values()
        self.height = max((cell.place.row for cell in cells), default=0)
        self.width = max((cell.place.column for cell in cells), default=0)
        self._covering: dict[tuple[int, int], Cell] = {}
        self._own: dict[int, list[Cell]] = {}
        self._columns: dict[int, list[Cell]] = {}
        for cell in sorted(cells, key=lambda cell: cell.place):
            row, column = cell.place
            self._own.setdefault(row, []).append(cell)
            self._columns.setdefault(column, []).append(cell)
            for below in range(row, min(row + cell.rows, self.height + 1)):
                for beside in range(column, min(column + cell.columns, self.width + 1)):
                    self._covering.setdefault((below, beside), cell)

    @cached_property
    def rows(self) -> list[int]:
        """Those that hold the beginning of a cell."""
        return sorted(self._own)

    def own(self, row: int) -> list[Cell]:
        """The cells that begin in the row, from left to right."""
        return self._own.get(row, [])

    def at(self, row: int, column: int) -> Cell | None:
        return self._covering.get((row, column))

    def below(self, row: int, column: int) -> list[Cell]:
        """The cells that begin in the column, under the row."""
        return [cell for cell in self._columns.get(column, []) if cell.place.row > row]

    def is_wide(self, cell: Cell) -> bool:
        """Whether the cell runs over most of the width of a table that has several columns."""
        reached = min(cell.columns, self.width - cell.place.column + 1)
        return cell.columns > 1 and reached >= 0.6 * self.width


def titles_over(table: Table) -> list[Cell]:
    """Cells over most of the width, which title a table whose actions are columns."""
    width = table.width
    return [cell for cell in table.cells.values() if cell.columns > 2 and cell.columns >= 0.6 * width]


def transposed(table: Table) -> Table:
    """The table whose rows are the columns of this one, without the titles over them."""
    cells = {}
    over = titles_over(table)
    for cell in (cell for cell in table.cells.values() if cell not in over):
        place = Place(cell.place.column, cell.place.row)
        cells[place] = Cell(
            place, cell.text, cell.columns, cell.rows, cell.is_bold, cell.is_date, cell.is_number
        )
    return Table(table.name, cells)
