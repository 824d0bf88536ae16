"""What every reader makes of a file, whatever its format: tables of texts that know where they stand."""

from dataclasses import dataclass, field
from typing import NamedTuple

#: The title of the column that is added to a file given back, and that says nothing of its plan.
PROBLEMS = "Problèmes relevés par Plan CTG"


class Place(NamedTuple):
    """Where a cell stands in its table, from 1 on, as a spreadsheet counts."""

    row: int
    column: int

    def __str__(self) -> str:
        """« C12 »"""
        return f"{letters_of(self.column)}{self.row}"


def letters_of(column: int) -> str:
    """« C » for the third column; a library would weigh on the process that reads hostile files."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


@dataclass(frozen=True)
class Cell:
    """A cell that says something. `text` is clean, with line breaks; a date is in ISO, a number in digits.

    A merged cell stands once, at its first place, and says over how many rows and columns it reaches.
    """

    place: Place
    text: str
    rows: int = 1
    columns: int = 1
    is_bold: bool = False
    #: The value was a date of the spreadsheet (`text` is ISO), or a number.
    is_date: bool = False
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook, one table of a text, or what was pasted. Blank cells are absent."""

    name: str
    cells: dict[Place, Cell] = field(default_factory=dict)
    #: Rows that the spreadsheet hides, by filter or by hand: read all the same, and said.
    hidden_rows: frozenset[int] = frozenset()
    #: In a text, how many paragraphs outside tables come before this one.
    after: int = 0
    #: The spreadsheet hides the whole sheet.
    is_hidden: bool = False

    @property
    def height(self) -> int:
        return max((cell.place.row + cell.rows - 1 for cell in self.cells.values()), default=0)

    @property
    def width(self) -> int:
        return max((cell.place.column + cell.columns - 1 for cell in self.cells.values()), default=0)


@dataclass(frozen=True)
class SourceFile:
    """All tables of a file, in order; `notes` say what could not be taken: pictures, macros…"""

    name: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


class Refusal(Exception):
    """The file cannot be read; the message is a French sentence for whoever dropped it."""
