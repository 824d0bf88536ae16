"""Which rows of the board a page shows: the address is the state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from .board import Board, Row


@dataclass(frozen=True)
class Choice:
    """A link that filters, with the number of rows that it leaves."""

    value: str
    label: str
    url: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class BoardFilter:
    """The rows asked for, by organisation or by indicator."""

    rows: Sequence[Row]
    is_by_indicator: bool
    choices: Sequence[Choice]
    readings: Sequence[Choice]
    #: What is asked for, for the links to other pages of the same rows.
    query: str


_KINDS = {"": "Tous", "a-valider": "À valider", "en-attente": "En attente", "sans-contact": "Sans contact"}
_READINGS = {"": "Par organisme", "indicateur": "Par indicateur"}


def read_filter(board: Board, asked: Mapping[str, str], *, path: str) -> BoardFilter:
    """`path` is the address of the board, which the links complete."""
    kind = asked.get("voir", "") if asked.get("voir") in _KINDS else ""
    reading = asked.get("par", "") if asked.get("par") in _READINGS else ""
    rows = {"": board.rows, "indicateur": board.by_indicator()}
    return BoardFilter(
        rows=[row for row in rows[reading] if _matches(row, kind)],
        is_by_indicator=bool(reading),
        choices=[
            Choice(value, label, path + _query(value, reading), count, value == kind)
            for value, label in _KINDS.items()
            if (count := sum(_matches(row, value) for row in rows[reading])) or value in ("", kind)
        ],
        readings=[
            Choice(value, label, path + _query("", value), len(rows[value]), value == reading)
            for value, label in _READINGS.items()
        ],
        query=_query(kind, reading).removeprefix("?"),
    )


def _matches(row: Row, kind: str) -> bool:
    match kind:
        case "a-valider":
            return row.to_review > 0
        case "en-attente":
            return not row.is_complete
        case "sans-contact":
            return row.lacks_contact
    return True


def _query(kind: str, reading: str) -> str:
    asked = {name: value for name, value in (("par", reading), ("voir", kind)) if value}
    return f"?{urlencode(asked)}" if asked else ""
