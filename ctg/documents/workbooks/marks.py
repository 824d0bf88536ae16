"""The hidden column by which a workbook of a plan is known when it comes back, whatever was done to it.

It stands against the last column of the table, so that sorting takes it along. Its title is a stamp: which
plan, which kind of table, which columns. On each row it says which things the row told of, and a digest of
each cell as it left: what a person changed is seen without asking the history, and by any version of the
tool. There is no hidden sheet: one is lost when a sheet is copied to another workbook, and alarms people.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from zlib import crc32

from django.core import signing

from ctg.web.numbers import plain_decimal
from ctg.web.text import clean

#: What the title of the column says to whoever unhides it, or meets it in a pivot table.
NAME = "Repère de Plan CTG, à garder"
#: The layout of the flat table, beside those of `ctg.documents.order.Layout`.
FLAT = "actions"
#: The layout of the sheet that stands beside the flat table, one row per line of budget.
BUDGET = "budget"
BUDGET_SHEET = "Budget"
#: The sheet where the texts go on that are too long for their cell, and what their cell then ends with.
LONG_TEXTS = "Textes longs"
LONG_TEXTS_COLUMNS = ("D’où vient le texte", "Partie", "Texte")
CONTINUED = f"… (suite\u00a0: feuille «\u00a0{LONG_TEXTS}\u00a0», ligne {{}})"
_SALT = "plan workbook"
_SPACES = {"n": "\n", "s": " "}


class Thing(NamedTuple):
    """What a row told of; an action or a line of budget with its version, the others known by their texts."""

    kind: str
    pk: int
    version: int = 0


@dataclass(frozen=True)
class Stamp:
    """Which table of which plan this is: the actions, or the lines of budget, that were in it; its columns.

    `columns` are pairs of a key, "" for what is not taken back, and of the digest of the title.
    """

    plan: int
    layout: str
    day: str
    things: frozenset[int]
    columns: tuple[tuple[str, str], ...]

    def write(self) -> str:
        """Sign it: the keys of another installation name other things."""
        columns = [":".join(column) for column in self.columns]
        payload = [self.plan, self.layout, self.day, sorted(self.things), columns]
        return f"{NAME}\u00a0: {signing.Signer(salt=_SALT).sign_object(payload, compress=True)}"


@dataclass(frozen=True)
class RowMark:
    things: tuple[Thing, ...]
    digests: tuple[str, ...]

    def of(self, kind: str) -> Thing | None:
        return next((thing for thing in self.things if thing.kind == kind), None)


def row_mark(things: Iterable[Thing], values: Iterable[Any]) -> str:
    """Write what `read_row_mark` reads: the things of a row, and the digests of its cells."""
    told = " ".join([f"{kind}.{pk}.{version}" for kind, pk, version in things])
    return f"{told}|{' '.join([digest(said(value)) or '-' for value in values])}"


def stamp(
    plan: int, layout: str, day: date, things: Iterable[int], columns: Iterable[tuple[str, str]]
) -> str:
    """Write the stamp of a table; `columns` are the key and the title of each one."""
    told = tuple((key, digest(said(title))) for key, title in columns)
    return Stamp(plan, layout, day.isoformat(), frozenset(things), told).write()


def read_stamp(text: str) -> Stamp | None:
    """Read a stamp back; None for what is none of ours, or of another installation."""
    if not text.startswith(NAME):
        return None
    try:
        signed = signing.Signer(salt=_SALT).unsign_object(text.rpartition(" ")[2])
    except signing.BadSignature:
        return None
    plan, layout, day, things, columns = signed
    told = (column.rpartition(":") for column in columns)
    return Stamp(plan, layout, day, frozenset(things), tuple((key, title) for key, _, title in told))


def read_row_mark(text: str) -> RowMark | None:
    things, bar, digests = text.partition("|")
    try:
        told = tuple(_thing(one) for one in things.split())
    except ValueError:
        return None
    return RowMark(told, tuple(one.strip("-") for one in digests.split())) if bar else None


def _thing(text: str) -> Thing:
    kind, pk, version = text.split(".")
    return Thing(kind, int(pk), int(version))


def said(value: Any) -> str:
    """What a reader makes of the cell that holds the value: text, digits, 31/12/2026, a whole share."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return clean("".join(run.text for run in value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    # The only floats of a plan are shares, shown as percentages.
    return f"{round(value * 100)} %" if isinstance(value, float) else str(value)


def digest(text: str) -> str:
    """Tell texts apart, but for the spaces within a line, which spreadsheets do not all keep."""
    # A sign that no clean text holds stands for each line break while the other blanks are folded.
    words = " ".join(text.replace("\n", " \0 ").split()).strip(" \0")
    return f"{crc32(words.encode('utf-8', 'ignore')):x}" if words else ""


def joints(parts: Sequence[str]) -> list[str]:
    """The blanks at which a text was cut, before each part: a reader may trim them from the cells."""
    marks = [""]
    for before, after in zip(parts, parts[1:], strict=False):
        blanks = before[len(before.rstrip()) :] + after[: len(after) - len(after.lstrip())]
        marks.append("".join("n" if sign == "\n" else "s" for sign in blanks) or "-")
    return marks


def rejoin(parts: Iterable[tuple[str, str]]) -> str:
    """Put the parts of a text together again, each after the blanks that `joints` kept."""
    return "".join("".join(_SPACES.get(sign, "") for sign in joint) + part for joint, part in parts)
