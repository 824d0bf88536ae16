"""« À faire » as its page shows it, in a number of queries that grows with nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.models import Plan
from partners.shell import Visitor

from . import actions_due, blocked, cycle, decisions, discussions, gaps, meetings, milestones, values
from .aside import CampaignState, Gesture, gestures_since, last_monday, state_of_campaign
from .desk import Desk, read_desk
from .lines import Batch, Part


@dataclass(frozen=True)
class Todo:
    """What waits for one person, by how urgent it is, and what stands beside it."""

    desk: Desk
    parts: Sequence[Part]
    copil: Any
    campaign: CampaignState | None
    since: dt.date
    gestures: Sequence[Gesture]

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def awaited(self) -> int:
        """How many of them somebody else is waiting for."""
        return self.parts[0].count

    @property
    def days_to_copil(self) -> int:
        return (self.copil.held_on - self.desk.today).days if self.copil else 0


def read_todo(plan: Plan, visitor: Visitor, *, at: dt.datetime, whole: bool = False) -> Todo:
    """`whole` shows every line, where otherwise the first ones of each sort stand."""
    desk = read_desk(plan, visitor, at=at)
    asked, coming = values.read_asked(desk), meetings.read_meetings(desk)
    stuck = blocked.read_blocked(desk)
    since = last_monday(desk.today)
    first = [
        discussions.to_answer(desk),
        values.returned(desk, asked),
        values.received(desk, asked),
        blocked.to_lift(desk, stuck),
        blocked.to_ask(desk, stuck),
        actions_due.late(desk),
        decisions.overdue(desk),
    ]
    week = [
        values.to_enter(desk, asked),
        meetings.to_decide(desk, coming),
        meetings.to_prepare(desk, coming),
        milestones.missed(desk),
        actions_due.silent(desk),
        blocked.waiting(desk, stuck),
        values.not_begun(desk, asked),
    ]
    later = [
        values.without_contact(desk, asked),
        cycle.next_convention(desk),
        cycle.adapted(desk),
        gaps.sheets(desk),
        gaps.definitions(desk),
    ]
    return Todo(
        desk=desk,
        parts=[
            _part("first", "En premier", [] if desk.only_follows else first, whole),
            _part("follow", "À suivre", first if desk.only_follows else [], whole),
            _part("start", "Pour commencer", [cycle.first_steps(desk)], whole),
            _part("week", "Cette semaine", week, whole),
            _part("later", "Quand vous aurez un moment", later, whole),
        ],
        copil=meetings.next_steering(coming),
        campaign=state_of_campaign(desk, asked),
        since=since,
        gestures=gestures_since(desk, since),
    )


def _part(slug: str, title: str, batches: Sequence[Batch], whole: bool) -> Part:
    kept = [replace(batch, is_whole=whole) for batch in batches if batch.lines]
    return Part(slug, title, kept)
