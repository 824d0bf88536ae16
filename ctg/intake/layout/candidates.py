"""Look at one table: may it hold a part of the plan, and how?"""

from dataclasses import dataclass, replace

from ..tables import Table
from .blocks import blocks, within
from .columns import STAND_IN, guess_columns, has_title_rows, match_columns, texts_under
from .fields import HEADINGS, Field
from .grid import Grid, transposed
from .headers import Header, find_header, is_period_column
from .label_looks import label_score
from .labels import Labelled, label_fields, read_labels
from .matching import ENOUGH, JOIN, best_score, candidates
from .numbering import read_number, split_number
from .plausible import tells_actions, tells_an_action
from .settling import settle_by_texts
from .shapes import Arrangement, MatchedColumn, MatchedTable
from .spoken import spoken
from .table_names import said_by_name

#: A sheet of labels names at least so many fields; so many more when nothing in it says « action ».
FEWEST_LABELS = 3
ENOUGH_LABELS = 5
#: A table so long under so many known titles is one of rows: labels are not looked for in each of its cells.
_PLAIN, _LONG = 4, 150
#: A form that nobody filled in has labels and no values.
FEWEST_VALUES = 2
#: A text that reads so well as a label is no value.
_LIKELY = 0.6


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
        return Field.TITLE in self.fields or has_title_rows(self.grid, self.matched.header_rows[1])

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


def examine(rank: int, table: Table) -> list[Candidate]:
    """What a sheet holds: one table, or several side by side where each has its own actions."""
    spans = blocks(table)
    beside = [(span, _examine(rank, within(table, span))) for span in spans] if len(spans) > 1 else []
    apart = [
        replace(one, matched=replace(one.matched, span=span))
        for span, one in beside
        if one and one.names_actions and one.matched.arrangement == Arrangement.ROWS
    ]
    if len(apart) > 1:
        return apart
    whole = _examine(rank, table)
    return [whole] if whole else []


def _examine(rank: int, table: Table) -> Candidate | None:
    """A table of rows where its header says so; else, or where it has more labels, one of labels."""
    if not table.cells:
        return None
    grid = Grid(table)
    header = find_header(grid)
    rows = _rows(rank, grid, header, Arrangement.ROWS) if header else None
    if rows and header and len(header.known) >= _PLAIN and len(grid.rows) > _LONG:
        return rows
    # « Les actions » above the lines of a text names no column.
    labels = label_fields(grid, inside=rows is None or grid.width == 1)
    if len(labels) < FEWEST_LABELS or (rows and header and len(labels) <= len(header.known)):
        return rows
    turned = Grid(transposed(table))
    across = find_header(turned)
    if across and _is_column_per_action(grid, across):
        return _rows(rank, turned, across, Arrangement.COLUMNS)
    is_told = labels & {Field.TITLE, Field.NUMBER} or _names_action(grid, table.name)
    if is_told or (len(labels) >= ENOUGH_LABELS and tells_an_action(labels)):
        if _count_values(grid) < FEWEST_VALUES:
            return None
        columns = _label_columns(rank, grid)
        return Candidate(MatchedTable(rank, Arrangement.SHEETS), columns, grid, 2.0 + len(labels))
    return None


def _rows(rank: int, grid: Grid, header: Header, arrangement: Arrangement) -> Candidate | None:
    columns = match_columns(rank, grid, header)
    fields = {column.field for column in columns}
    if not fields & {Field.TITLE, Field.NUMBER} and not has_title_rows(grid, header.last):
        return None
    named = next((column for column in columns if column.field == Field.TITLE), None)
    if named:
        texts = texts_under(grid, header.last, named.column)
        if not tells_actions(named.title, texts, fields, is_sure=named.score > STAND_IN):
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
    texts: dict[str, list[str]] = {}
    for one in read_labels(grid):
        if not isinstance(one, Labelled) or not one.label:
            continue
        score, kind = label_field(one.label, one.text)
        cell = one.label_cell or one.cell
        column = MatchedColumn(rank, cell.place.column, one.label, kind, score, one.text[:80])
        found.setdefault(column.key, column)
        texts.setdefault(column.key, []).extend([one.text] if one.text else [])
    fields = {index: (column.field, column.score) for index, column in enumerate(found.values())}
    settle_by_texts(
        fields,
        {index: column.title for index, column in enumerate(found.values())},
        dict(enumerate(texts.values())),
    )
    return [
        replace(column, field=fields[index][0], score=fields[index][1])
        for index, column in enumerate(found.values())
    ]


def _count_values(grid: Grid) -> int:
    """How many labels have a value; neither another label, nor boxes of which none is ticked."""
    told = (one.text for one in read_labels(grid) if isinstance(one, Labelled) and one.label)
    return sum(bool(spoken(text)) and best_score(text) < _LIKELY for text in told)


def label_field(label: str, text: str) -> tuple[float, Field | None]:
    """What a label says, else what its value says of itself: « Rattachement | Axe 2 – Jeunesse »."""
    if JOIN in label and is_period_column(label):
        return 0.9, Field.PERIOD
    found = candidates(label.rstrip(": "))
    if found and found[0][0] >= ENOUGH:
        return found[0]
    numbered = split_number(text)
    if numbered.level in HEADINGS and numbered.code:
        return 0.6, numbered.level
    return 0.0, None


def guess(rank: int, table: Table) -> Candidate | None:
    """The actions of a table without a header; where one names its columns, it said that they are none."""
    grid = Grid(table)
    columns = guess_columns(rank, grid) if find_header(grid) is None else []
    return Candidate(MatchedTable(rank, Arrangement.ROWS), columns, grid, 0.0) if columns else None
