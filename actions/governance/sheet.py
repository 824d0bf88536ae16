"""A meeting as its page shows it: what is to be looked at, what was decided, who was there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Prefetch

from partners.models import User

from ..models import Action, AgendaItem, Attendance, Meeting, Outcome, Presence
from .reading import DecisionLine, decisions_of, lines_of

GROUPS = {
    Presence.PRESENT: "Présents",
    Presence.REPRESENTED: "Représentés",
    Presence.EXCUSED: "Excusés",
    Presence.ABSENT: "Absents",
}


class Point(NamedTuple):
    """A point of the agenda, how it is called, and what of it is late."""

    item: AgendaItem
    title: str
    late_words: str
    days_late: int


@dataclass(frozen=True)
class MeetingSheet:
    today: dt.date
    held_on: dt.date
    points: Sequence[Point]
    decisions: Sequence[DecisionLine]
    presences: Sequence[tuple[str, Sequence[Attendance]]]
    unsaid: int

    @property
    def days(self) -> int:
        """How many days until the meeting, negative once it is past."""
        return (self.held_on - self.today).days

    @property
    def to_take(self) -> int:
        """How many points ask for a decision that is still to be taken."""
        return sum(bool(point.item.decision and point.item.decision.is_pending) for point in self.points)

    @property
    def taken(self) -> int:
        return sum(line.decision.outcome == Outcome.TAKEN for line in self.decisions)

    @property
    def has_presences(self) -> bool:
        return any(rows for _, rows in self.presences)

    @property
    def present(self) -> int:
        return sum(len(rows) for label, rows in self.presences if label == GROUPS[Presence.PRESENT])


def read_meeting(meeting: Meeting, user: User, today: dt.date) -> MeetingSheet:
    plan = meeting.body.plan
    decisions = Prefetch("decision", decisions_of(plan, user))
    actions = Prefetch("action", Action.objects.of_plan(plan))
    items = meeting.items.current().prefetch_related(actions, decisions)
    taken = decisions_of(plan, user).filter(meeting=meeting).order_by("decided_on", "pk")
    rows = list(meeting.attendances.current().select_related("seat__organisation"))
    members = meeting.body.seats.current().count()
    return MeetingSheet(
        today=today,
        held_on=meeting.held_on,
        points=[_point(item, today) for item in items],
        decisions=lines_of(taken, today),
        presences=[
            (label, [row for row in rows if row.presence == presence]) for presence, label in GROUPS.items()
        ],
        unsaid=members - sum(bool(row.seat and not row.seat.trashed_at) for row in rows),
    )


def _point(item: AgendaItem, today: dt.date) -> Point:
    """What lies in the trash was not read: the point keeps its place and says so."""
    decision, action = item.decision, item.action
    named = (
        decision.subject if decision else action.title if action else "Point sur ce qui est à la corbeille"
    )
    late = lines_of([decision], today)[0].days_late if decision else 0
    return Point(item, item.title or named, action.lateness(today) if action else "", late)
