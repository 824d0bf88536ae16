"""Look at one table: may it hold a part of the plan, and how?"""

from dataclasses import dataclass

from ..tables import Table
from .columns import guess_columns, has_title_rows, match_columns, texts_under
from .fields import Field
from .grid import Grid, transposed
from .headers import Header, find_header
from .labels import Labelled, label_fields, label_score, read_labels
from .matching import candidates
from .numbering import read_number, split_number
from .shapes import Arrangement, MatchedColumn, MatchedTable
from .table_names import said_by_name

#: A sheet of labels names at least so many fields; so many more when nothing in it says « action ».
FEWEST_LABELS = 3
ENOUGH_LABELS = 5


@dataclass(frozen=True)
class Candidate:
    """A table that may hold a part of the plan."""

    matched: MatchedTable
    columns: list[MatchedColumn]
    grid: Grid
    weight: float

    @property
    def names_actions(self) -> bool:
        """Not only their numbers, as a table does that adds to the actions of another."""
        return Field.TITLE in self.fields or has_title_rows(self.grid)

    @property
    def codes(self) -> set[str]:
        """The numbers of its actions."""
        numbers = [column.column for column in self.columns if column.field == Field.NUMBER]
        last = self.matched.header_rows[1]
        said = {read_number(text).code for column in numbers for text in texts_under(self.grid, last, column)}
        return (said | {split_number(text).code for text in self.titles}) - {""}

    @property
    def titles(self) -> list[str]:
        columns = [column.column for column in self.columns if column.field == Field.TITLE]
        return [
            text for column in columns for text in texts_under(self.grid, self.matched.header_rows[1], column)
        ]

    @property
    def fields(self) -> set[Field]:
        return {column.field for column in self.columns if column.field}


def examine(rank: int, table: Table) -> Candidate | None:
    """A table of rows where its header says so; else, or where it has more labels, one of labels."""
    if not table.cells:
        return None
    grid = Grid(table)
    header = find_header(grid)
    rows = _rows(rank, grid, header, Arrangement.ROWS) if header else None
    labels = label_fields(grid, inside=rows is None)
    if len(labels) < FEWEST_LABELS or (rows and header and len(labels) <= len(header.known)):
        return rows
    turned = Grid(transposed(table))
    across = find_header(turned)
    if across and _is_column_per_action(grid, across):
        return _rows(rank, turned, across, Arrangement.COLUMNS)
    is_told = labels & {Field.TITLE, Field.NUMBER} or _names_action(grid, table.name)
    if is_told or len(labels) >= ENOUGH_LABELS:
        columns = _label_columns(rank, grid)
        return Candidate(MatchedTable(rank, Arrangement.SHEETS), columns, grid, 2.0 + len(labels))
    return None


def _rows(rank: int, grid: Grid, header: Header, arrangement: Arrangement) -> Candidate | None:
    columns = match_columns(rank, grid, header)
    fields = {column.field for column in columns}
    if not fields & {Field.TITLE, Field.NUMBER} and not has_title_rows(grid):
        return None
    matched = MatchedTable(rank, arrangement, (header.first, header.last))
    rows = sum(row > header.last for row in grid.rows)
    return Candidate(matched, columns, grid, header.score + min(rows, 20) / 10)


def _is_column_per_action(grid: Grid, across: Header) -> bool:
    """Labels in the first columns, and at least two actions beside them."""
    beside = [cell for cell in grid.table.cells.values() if cell.place.column > across.last]
    title = next((row for row, (kind, _) in across.fields.items() if kind == Field.TITLE), 0)
    actions = [cell for cell in beside if cell.place.row == title]
    labels = sum(label_score(cell.text) is not None for cell in beside)
    return len(actions) >= 2 and labels <= 0.1 * len(beside)


def _names_action(grid: Grid, name: str) -> bool:
    texts = [said_by_name(name), *(cell.text for cell in grid.table.cells.values())]
    return any(split_number(text).level == Field.TITLE for text in texts)


def _label_columns(rank: int, grid: Grid) -> list[MatchedColumn]:
    """Each label of a sheet once, as if it were the title of a column."""
    found: dict[str, MatchedColumn] = {}
    for one in read_labels(grid):
        if not isinstance(one, Labelled) or not one.label:
            continue
        score, kind = candidates(one.label.rstrip(": "))[0]
        cell = one.label_cell or one.cell
        column = MatchedColumn(rank, cell.place.column, one.label, kind, score, one.text[:80])
        found.setdefault(column.key, column)
    return list(found.values())


def guess(rank: int, table: Table) -> Candidate | None:
    grid = Grid(table)
    columns = guess_columns(rank, grid)
    return Candidate(MatchedTable(rank, Arrangement.ROWS), columns, grid, 0.0) if columns else None
