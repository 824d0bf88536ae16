"""What a returned workbook would change, said line by line; nothing here writes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from partners.models import Change, Tracked

#: Lines that one page offers at once: a form that sends more is refused before it is read.
MOST_LINES = 300


class Deed(Enum):
    CHANGE = "change"
    CREATE = "create"
    TRASH = "trash"


class Theirs(NamedTuple):
    """What somebody else wrote there since the workbook left."""

    text: str
    author: str
    at: dt.datetime | None

    @classmethod
    def of(cls, change: Change) -> "Theirs":
        return cls(change.after_text, change.author_label, change.at)


@dataclass(frozen=True)
class Line:
    """One thing that the workbook asks for; `key` names it on the page and when it is sent back.

    `place` is its cell in the file. With `theirs`, both people touched it: one of both is chosen.
    """

    key: str
    label: str
    before: str
    after: str
    thing: Tracked
    deed: Deed = Deed.CHANGE
    values: Mapping[str, Any] = field(default_factory=dict)
    links: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    theirs: Theirs | None = None
    note: str = ""
    is_ticked: bool = True


@dataclass(frozen=True)
class Group:
    """The lines of one action, of its budget, or of the titles of the plan."""

    title: str
    lines: Sequence[Line]
    address: str = ""


@dataclass(frozen=True)
class Untaken:
    """A cell that says something else than when it left, and that is not taken back: why."""

    place: str
    what: str
    text: str
    why: str


@dataclass(frozen=True)
class Diff:
    headings: Sequence[Group]
    actions: Sequence[Group]
    added: Sequence[Line]
    absent: Sequence[Line]
    untaken: Sequence[Untaken]
    notes: Sequence[str]
    budget: Sequence[Group] = ()

    @property
    def groups(self) -> list[Group]:
        return [*self.headings, *self.actions, *self.budget]

    @property
    def lines(self) -> list[Line]:
        changed = [line for group in self.groups for line in group.lines]
        return [*changed, *self.added, *self.absent]

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.untaken

    @property
    def conflicts(self) -> int:
        return sum(line.theirs is not None for line in self.lines)


class NotTaken(Exception):
    """What a cell says cannot be taken back; the message says why, in French."""
