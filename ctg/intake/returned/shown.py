"""What the page of a returned workbook shows of it, and sends back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet

from ctg.intake.models import ReturnedPlan
from partners.models import Change, User

from .shapes import MOST_LINES, Diff, Group, Line, Untaken
from .taking import thing_key

#: Cells that are not taken back which the page names; the others are counted.
MOST_UNTAKEN = 200


class Ticks(Protocol):
    def is_ticked(self, line: Line) -> bool: ...


@dataclass(frozen=True)
class ShownLine:
    line: Line
    is_ticked: bool
    #: The thing, and the version of it that the page shows.
    thing: str
    version: int

    @property
    def choice(self) -> str:
        """The field of the form that asks whose words stay, when two people wrote."""
        return f"choice-{self.line.key}"


@dataclass(frozen=True)
class ShownGroup:
    title: str
    address: str
    lines: Sequence[ShownLine]

    @property
    def versions(self) -> dict[str, int]:
        return {one.thing: one.version for one in self.lines}


@dataclass(frozen=True)
class Shown:
    groups: Sequence[ShownGroup]
    added: Sequence[ShownLine]
    absent: Sequence[ShownLine]
    untaken: Sequence[Untaken]
    more_untaken: int
    notes: Sequence[str]
    count: int
    conflicts: int
    more: int

    @property
    def is_empty(self) -> bool:
        return not self.count and not self.untaken


def shown_of(diff: Diff, ticks: Ticks) -> Shown:
    lines = diff.lines
    kept = {line.key for line in lines[:MOST_LINES]}
    groups = (_group(group, kept, ticks) for group in diff.groups)
    return Shown(
        groups=[group for group in groups if group.lines],
        added=list(_lines(diff.added, kept, ticks)),
        absent=list(_lines(diff.absent, kept, ticks)),
        untaken=diff.untaken[:MOST_UNTAKEN],
        more_untaken=max(0, len(diff.untaken) - MOST_UNTAKEN),
        notes=diff.notes,
        count=len(lines),
        conflicts=diff.conflicts,
        more=max(0, len(lines) - MOST_LINES),
    )


def _group(group: Group, kept: set[str], ticks: Ticks) -> ShownGroup:
    return ShownGroup(group.title, group.address, list(_lines(group.lines, kept, ticks)))


def _lines(lines: Sequence[Line], kept: set[str], ticks: Ticks) -> Iterator[ShownLine]:
    for line in lines:
        if line.key in kept:
            version = line.thing.version
            yield ShownLine(line, ticks.is_ticked(line), thing_key(line.thing), version)


def written_by(returned: ReturnedPlan, user: User) -> QuerySet[Change]:
    """What taking the workbook in wrote, as the history tells it."""
    assert returned.batch is not None
    return Change.objects.visible_to(user).filter(batch=returned.batch).order_by("-at", "-pk")
