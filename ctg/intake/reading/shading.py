"""Coloured cells without a word, under years or months: people colour there what others would cross."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ctg.intake.period_titles import names_a_period
from ctg.intake.tables import Cell, Place
from ctg.web.text import fold

#: The sign of a cell that was only coloured, which readers of crosses take for one.
MARK = "■"
#: Periods stand side by side, at least so many.
_FEWEST = 2
#: So many lines that are coloured at the same places are drawn so, and say nothing.
_PATTERN = 3
_LONGEST = 30
_CROSS = re.compile(r"^[xX×✓✔●•■▪☒☑✗✘√*+1]+$")
_INITIALS = "j f m a m j j a s o n d " * 5


def coloured_marks(cells: Mapping[Place, Cell], fills: Mapping[Place, str]) -> list[Place]:
    """The places where a colour alone says that an action takes place then.

    `fills` are the colours of cells, those with words included. A line that has the colour of its words is
    a band; and where some cells have crosses, colours only adorn.
    """
    if not fills.keys() - cells.keys():
        return []
    lines: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells.values():
        lines[cell.place.row].append(cell)
    titled = {row: columns for row, line in lines.items() if (columns := _periods(line))}
    columns = max(titled.values(), key=len, default=frozenset[int]())
    titles = {row for row, named in titled.items() if named == columns}
    below = {row: line for row, line in lines.items() if titles and row > min(titles) and row not in titles}
    if any(_CROSS.match(cell.text) for line in below.values() for cell in _among(line, columns)):
        return []
    coloured = {row: _coloured(line, columns, fills) for row, line in below.items()}
    if len(coloured) >= _PATTERN and len(set(coloured.values())) == 1:
        return []
    return [Place(row, column) for row, found in coloured.items() for column in sorted(found)]


def _periods(line: Iterable[Cell]) -> frozenset[int]:
    """The columns under the periods that a line names; none when it is no line of titles."""
    short = sorted((cell for cell in line if len(cell.text) <= _LONGEST), key=lambda cell: cell.place)
    initials = [cell for cell in short if len(cell.text) == 1]
    named = [cell for cell in short if cell.is_date or names_a_period(cell.text)]
    if len(initials) >= 6 and " ".join(fold(cell.text) for cell in initials) in _INITIALS:
        named = initials
    columns = {column for cell in named for column in _reach(cell)}
    if len(columns) < _FEWEST or max(columns) - min(columns) >= len(columns):
        return frozenset()
    return frozenset(columns)


def _coloured(line: list[Cell], columns: frozenset[int], fills: Mapping[Place, str]) -> frozenset[int]:
    """The columns of a line that a colour marks, other than the colour of its words."""
    words = [cell.place for cell in line if cell.place.column not in columns]
    if not words:
        return frozenset()
    row, own = words[0].row, fills.get(min(words), "")
    blank = columns - {column for cell in line for column in _reach(cell)}
    return frozenset(column for column in blank if fills.get(Place(row, column), own) not in ("", own))


def _among(line: Iterable[Cell], columns: frozenset[int]) -> list[Cell]:
    return [cell for cell in line if cell.place.column in columns]


def _reach(cell: Cell) -> range:
    return range(cell.place.column, cell.place.column + cell.columns)
