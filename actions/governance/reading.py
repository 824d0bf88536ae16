"""What is read of the bodies of a plan, each one query however many meetings were held."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Prefetch, Q

from partners.models import User

from ..models import Action, Body, Decision, Meeting, Outcome, Plan
from ..models.decision import DecisionQuerySet


@dataclass(frozen=True)
class BodyLine:
    """A body of the plan, its size, and the meetings on either side of today."""

    body: Body
    members: int
    last: Meeting | None
    next: Meeting | None


def next_meeting(plan: Plan, user: User, today: dt.date) -> Meeting | None:
    """The next meeting of any body of the plan, that of today included."""
    meetings = Meeting.objects.visible_to(user).of_plan(plan)
    return meetings.coming(today).select_related("body").first()


def last_steering(plan: Plan, user: User, today: dt.date) -> Meeting | None:
    """The last COPIL that was held: what élus count from."""
    meetings = Meeting.objects.visible_to(user).of_plan(plan)
    return meetings.steering().past(today).select_related("body").first()


def bodies_of(plan: Plan, user: User, today: dt.date) -> list[BodyLine]:
    seated = Count("seats", filter=Q(seats__trashed_at=None))
    bodies = Body.objects.visible_to(user).of_plan(plan).annotate(members=seated)
    last: dict[int, Meeting] = {}
    coming: dict[int, Meeting] = {}
    for meeting in (
        Meeting.objects.of_plan(plan).select_related("body").order_by("held_on", "starts_at", "pk")
    ):
        if meeting.held_on < today:
            last[meeting.body_id] = meeting
        else:
            coming.setdefault(meeting.body_id, meeting)
    return [
        BodyLine(body, body.members, last.get(body.pk), coming.get(body.pk))  # type: ignore[attr-defined]
        for body in bodies
    ]


def decisions_of(plan: Plan, user: User) -> DecisionQuerySet:
    """The decisions of a plan with all that a line says of them."""
    actions = Action.objects.of_plan(plan).only("number", "title", "plan")
    return (
        Decision.objects.visible_to(user)
        .of_plan(plan)
        .select_related("asked_of", "owner", "meeting__body")
        .prefetch_related(Prefetch("actions", actions, to_attr="current_actions"))
    )


class DecisionLine(NamedTuple):
    """A decision in a list, and for how many days it should have been carried out."""

    decision: Decision
    days_late: int


def lines_of(decisions: Iterable[Decision], today: dt.date) -> list[DecisionLine]:
    return [
        DecisionLine(row, (today - row.due_on).days if row.due_on and row.is_overdue(today) else 0)
        for row in decisions
    ]


@dataclass(frozen=True)
class OpenDecisions:
    """What is still open: to take, and taken but not carried out, the most pressing first."""

    pending: list[DecisionLine]
    taken: list[DecisionLine]

    @property
    def overdue(self) -> int:
        return sum(line.days_late > 0 for line in self.taken)


def open_decisions(plan: Plan, user: User, today: dt.date) -> OpenDecisions:
    rows = list(decisions_of(plan, user).open())
    taken = [row for row in rows if row.outcome == Outcome.TAKEN]
    return OpenDecisions(
        pending=lines_of([row for row in rows if row.is_pending], today),
        taken=lines_of(sorted(taken, key=lambda row: (row.due_on or dt.date.max, row.pk)), today),
    )
