"""Find the rows that name the columns, and what they name them."""

import re
from collections import Counter
from dataclasses import dataclass

from actions.calendar_reading import read_period

from ..period_titles import names_a_part_of_a_year
from ..tables import Cell
from .bands import lonely
from .fields import Field
from .grid import Grid
from .matching import JOIN, LONGEST_TITLE, assign, best_score
from .numbering import split_number

#: A header stands among the first rows.
DEEPEST = 40
TALLEST = 3
#: So many texts of a row, met so often in their columns, are values; all of them, a repeated header.
_FEWEST_VALUES, _OFTEN = 3, 3


@dataclass(frozen=True)
class Header:
    """`titles` and `fields` by column, from 1 on; the score of the whole grows with what it explains."""

    first: int
    last: int
    titles: dict[int, str]
    fields: dict[int, tuple[Field | None, float]]
    score: float

    @property
    def known(self) -> set[Field]:
        return {kind for kind, _ in self.fields.values() if kind}


#: « Pilote : CCAS » has its value already.
_FILLED_IN = re.compile(r"^[^:\n(]{2,60}?\s*:\s*\S")


def is_period(title: str) -> bool:
    """Whether a column is named after a year, a month, a quarter…"""
    own = title.rsplit(JOIN, 1)[-1]
    if names_a_part_of_a_year(own):
        return True
    period = read_period(own) if len(own) <= 30 and re.search(r"\d", own) else None
    return period is not None and period.starts_on is not None and period.ends_on is not None


def find_header(grid: Grid) -> Header | None:
    """The best header of the table, if any row looks like one."""
    best: Header | None = None
    counts = Counter((cell.place.column, cell.text) for cell in grid.table.cells.values())
    for row in [row for row in grid.rows if row < grid.height + 1][:DEEPEST]:
        if not _may_name(grid.own(row)) or (grid.width > 1 and lonely(grid, row)):
            continue
        if _says_values(grid.own(row), counts):
            continue
        alone = read_header(grid, row, row)
        header = next((one for one in (_extended(grid, alone), alone) if _is_enough(grid, one)), None)
        if header and header.score > (best.score if best else 0.0):
            best = header
    return best


def read_header(grid: Grid, first: int, last: int) -> Header:
    titles = {column: _title(grid, first, last, column) for column in range(1, grid.width + 1)}
    filled = [column for column, title in titles.items() if title]
    fields: dict[int, tuple[Field | None, float]] = dict.fromkeys(titles, (None, 0.0))
    named = [column for column in filled if not is_period_column(titles[column])]
    for column, match in zip(named, assign([titles[column] for column in named]), strict=True):
        fields[column] = match
    for column in set(filled) - set(named):
        fields[column] = (Field.PERIOD, 0.9)
    distinct = {titles[column]: fields[column] for column in filled}
    score = sum(found if kind else -0.2 for kind, found in distinct.values())
    return Header(first, last, titles, fields, score)


def is_period_column(title: str) -> bool:
    """A year under « Budget » is not a date of the action; one under « Calendrier », or alone, is."""
    parents = title.rsplit(JOIN, 1)[0] if JOIN in title else ""
    if not is_period(title):
        return False
    told = assign([parents])[0][0] if parents else None
    return told in (None, Field.CALENDAR, Field.STARTS, Field.METHODS, Field.STATUS)


def _title(grid: Grid, first: int, last: int, column: int) -> str:
    """The words over a column, parents first; a parent without a merge reaches to the next one."""
    parts: list[str] = []
    for row in range(first, last + 1):
        cell = grid.at(row, column)
        if cell is None and row < last and grid.at(last, column):
            left = (grid.at(row, beside) for beside in range(column - 1, 0, -1))
            cell = next((one for one in left if one), None)
        text = " ".join(cell.text.split()) if cell else ""
        if text and text not in parts:
            parts.append(text)
    return JOIN.join(parts)


def _may_name(cells: list[Cell]) -> bool:
    """No long text, and no « Action 3 : … », nor « Action 3 » alone."""
    if not cells or any(len(cell.text) > LONGEST_TITLE for cell in cells):
        return False
    if sum(bool(_FILLED_IN.match(cell.text)) for cell in cells) >= 0.5 * len(cells):
        return False
    numbered = [split_number(cell.text) for cell in cells]
    return not any(one.level == Field.TITLE and one.code for one in numbered)


def _says_values(cells: list[Cell], counts: Counter[tuple[int, str]]) -> bool:
    """« En cours | Urgente | non »: several of its texts, not all, come back further down their columns."""
    back = sum(counts[cell.place.column, cell.text] >= _OFTEN for cell in cells)
    return _FEWEST_VALUES <= back < len(cells)


def _is_enough(grid: Grid, header: Header) -> bool:
    """Two fields of which one is the action, three fields, or nothing but a sure list of actions."""
    sure = {kind for kind, score in header.fields.values() if kind and kind != Field.PERIOD and score >= 0.6}
    if not any(row > header.last for row in grid.rows):
        return False
    if Field.TITLE in sure:
        only = [title for title in header.titles.values() if title]
        return len(header.known) >= 2 or (len(only) == 1 and header.score >= 0.95)
    return len(sure) >= 3


def _extended(grid: Grid, header: Header) -> Header:
    """Take in the rows above that group its columns, and those below that cut them."""
    first, last = header.first, header.last
    for cell in (grid.at(first, column) for column in range(1, grid.width + 1)):
        if cell and cell.rows <= TALLEST:
            first = min(first, cell.place.row)
            last = max(last, min(cell.place.row + cell.rows - 1, first + TALLEST - 1))
    while last - first + 1 < TALLEST and first > 1 and _groups(grid, first - 1, header):
        first -= 1
    while last - first + 1 < TALLEST and _cuts(grid, last + 1, first, header):
        last += 1
    return read_header(grid, first, last) if (first, last) != (header.first, header.last) else header


def _groups(grid: Grid, row: int, header: Header) -> bool:
    """Whether the row above names several columns at once: merged over some of them, not over all."""
    cells = grid.own(row)
    if not cells or not _may_name(cells) or any(grid.is_wide(cell) for cell in cells):
        return False
    if any(split_number(cell.text).level for cell in cells):
        return False
    if len(cells) == 1 and cells[0].columns == 1:
        return False
    groups = [cell for cell in cells if cell.columns > 1]
    return bool(groups) or (len(cells) > 1 and all(best_score(cell.text) >= 0.6 for cell in cells))


def _cuts(grid: Grid, row: int, first: int, header: Header) -> bool:
    """Whether the row below cuts merged columns, or follows a title without a merge, and names fields."""
    cells = grid.own(row)
    if not cells or any(len(cell.text) > 60 or split_number(cell.text).level for cell in cells):
        return False
    if lonely(grid, row) and (grid.is_wide(cells[-1]) or split_number(cells[-1].text).level):
        return False
    for cell in cells:
        above = grid.at(row - 1, cell.place.column)
        is_under_group = above is not None and above.columns > 1 and not grid.is_wide(above)
        beside = grid.at(row - 1, cell.place.column + 1)
        next_below = grid.at(row, cell.place.column + 1)
        starts_group = above is not None and beside is None and next_below is not None
        if not (is_under_group or above is None or starts_group):
            return False
    titles = [_title(grid, first, row, cell.place.column) for cell in cells]
    named = [best_score(cell.text) >= 0.6 or is_period(cell.text) for cell in cells]
    under_field = [kind for kind, _ in (header.fields[cell.place.column] for cell in cells) if kind]
    return (
        sum(named) >= 0.5 * len(named) and Field.TITLE not in under_field and len(set(titles)) == len(titles)
    )
