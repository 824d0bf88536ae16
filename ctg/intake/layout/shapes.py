"""What was recognised of a file, to be shown and corrected, and what each of its cells became."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple, Self

from ctg.web.text import fold

from ..tables import Place
from .fields import Field


class Spot(NamedTuple):
    """A cell of the file: the rank of its table, from 0 on, and its place there."""

    table: int
    place: Place


class Role(StrEnum):
    """What a cell is to the plan."""

    FIELD = "field"
    HEADER = "header"
    TITLE = "title"
    BAND = "band"
    HELP = "help"
    REPEAT = "repeat"


class Arrangement(StrEnum):
    """How a table holds its actions: a row each, a column each, or a sheet of labels and values each."""

    ROWS = "rows"
    COLUMNS = "columns"
    SHEETS = "sheets"


@dataclass(frozen=True)
class MatchedColumn:
    """A column of rows, or a label of sheets, and the field that its title names, as sure as `score` says."""

    table: int
    column: int
    title: str
    field: Field | None
    score: float
    #: What the texts under it look like, where the title says nothing.
    sample: str = ""

    @property
    def key(self) -> str:
        """The same for the columns of this title in all tables."""
        return fold(self.title) or f"colonne {self.column}"


class Heading(NamedTuple):
    """What the name of a sheet, or the words above a table, say of all its actions.

    `spot` is where these words are, when they are in a cell.
    """

    level: Field
    text: str
    spot: Spot | None = None


@dataclass(frozen=True)
class MatchedTable:
    """A table that holds a part of the plan; `header_rows` are the first and the last, or (0, 0)."""

    table: int
    arrangement: Arrangement
    header_rows: tuple[int, int] = (0, 0)
    headings: tuple[Heading, ...] = ()
    #: Its first and last columns, where other tables stand beside it on the same sheet.
    span: tuple[int, int] | None = None

    def holds(self, column: MatchedColumn) -> bool:
        """Whether a column is one of its own."""
        is_within = self.span is None or self.span[0] <= column.column <= self.span[1]
        return column.table == self.table and is_within


@dataclass(frozen=True)
class Recognised:
    tables: tuple[MatchedTable, ...]
    columns: tuple[MatchedColumn, ...]
    #: The level of the lonely rows of each style: see `bands.style_of`.
    bands: Mapping[str, Field] = field(default_factory=dict)

    @property
    def choices(self) -> dict[str, str]:
        """What to remember for the next file of the same shape."""
        columns = {column.key: column.field or "" for column in self.columns}
        return {**columns, **{f"bande {style}": level.value for style, level in self.bands.items()}}

    def corrected(self, choices: Mapping[str, str]) -> Self:
        """The same, where `choices` say otherwise, by the keys of columns and bands; "" reads nothing."""

        def chosen(column: MatchedColumn) -> MatchedColumn:
            choice = choices.get(column.key)
            if choice is None or choice == (column.field or ""):
                return column
            return replace(column, field=Field(choice) if choice else None, score=1.0)

        bands = {style: Field(choices.get(f"bande {style}") or level) for style, level in self.bands.items()}
        return replace(self, columns=tuple(map(chosen, self.columns)), bands=bands)


def shape_key(recognised: Recognised) -> str:
    """The same for files whose columns have the same titles, in any order."""
    titles = sorted({column.key for column in recognised.columns})
    return hashlib.sha256("\n".join(titles).encode()).hexdigest()


@dataclass(frozen=True)
class Piece:
    """A text on its way to a field, and the cell that says it; the name of a sheet is in none."""

    spot: Spot | None
    text: str
    title: str = ""
    is_date: bool = False
    is_number: bool = False
    #: The cells that say its number, where they are others.
    beside: tuple[Spot, ...] = ()


@dataclass(frozen=True)
class Leftover:
    """A cell that found no place in the plan, and why, in French."""

    table: str
    place: Place
    text: str
    reason: str
    spot: Spot


@dataclass(frozen=True)
class Doubt:
    """What was read in one way and could be in another, in French."""

    reason: str
    spot: Spot | None = None


@dataclass
class Record:
    """One action as the file lays it out; `headings` are those above it."""

    pieces: dict[Field, list[Piece]] = field(default_factory=dict)
    headings: dict[Field, Piece] = field(default_factory=dict)

    def add(self, kind: Field, piece: Piece) -> None:
        self.pieces.setdefault(kind, []).append(piece)

    def text(self, kind: Field) -> str:
        return "\n".join(piece.text for piece in self.pieces.get(kind, ()))


@dataclass
class Laid:
    """A file, cut into actions: every cell has a role or is left over."""

    records: list[Record] = field(default_factory=list)
    #: Each set of headings that stood above something, or above nothing, in order.
    contexts: list[dict[Field, Piece]] = field(default_factory=list)
    titles: list[Piece] = field(default_factory=list)
    #: The words with which a cell opens, and which its field tells.
    labels: dict[Spot, str] = field(default_factory=dict)
    roles: dict[Spot, Role] = field(default_factory=dict)
    leftovers: list[Leftover] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
