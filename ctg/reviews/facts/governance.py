"""The governance in a year: the meetings that were held, and what was or is to be decided."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import F, Q
from django.utils.text import capfirst

from actions.calendar import say
from actions.models import Action, AgendaItem, Attendance, Decision, Meeting, Outcome, Plan, Presence
from ctg.documents.papers.decisions import state_of

from .shapes import DecisionFact, MeetingFact


def read_governance(
    plan: Plan, year: int, *, today: dt.date
) -> tuple[tuple[MeetingFact, ...], tuple[DecisionFact, ...]]:
    """What the bodies of a plan whose door was passed did in a year, today included; in order of time."""
    return _meetings(plan, year, today), _decisions(plan, year)


def name_of(meeting: Meeting | None) -> str:
    """« COPIL du 12 mars 2026 », or nothing for what is in the trash."""
    if meeting is None or meeting.trashed_at or meeting.body.trashed_at:
        return ""
    return f"{meeting.body.name} du {say(meeting.held_on)}"


def actions_of(plan: Plan) -> dict[int, list[int]]:
    """The numbers of the actions that each decision concerns, in order."""
    numbers: dict[int, list[int]] = defaultdict(list)
    concerned = Action.objects.of_plan(plan).filter(decisions__isnull=False).order_by("number")
    for decision, number in concerned.values_list("decisions", "number"):
        numbers[decision].append(number)
    return dict(numbers)


def iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _meetings(plan: Plan, year: int, today: dt.date) -> tuple[MeetingFact, ...]:
    held = Meeting.objects.of_plan(plan).filter(held_on__year=year, held_on__lte=today)
    meetings = list(
        held.select_related("body").order_by("held_on", F("starts_at").asc(nulls_first=True), "pk")
    )
    of_these = {"meeting__in": [meeting.pk for meeting in meetings]}
    present = Attendance.objects.current().filter(presence=Presence.PRESENT, **of_these)
    present_in = Counter(present.values_list("meeting_id", flat=True))
    points_of = Counter(
        AgendaItem.objects.of_plan(plan).filter(**of_these).values_list("meeting_id", flat=True)
    )
    taken = Decision.objects.of_plan(plan).filter(outcome=Outcome.TAKEN, **of_these)
    taken_by = Counter(taken.values_list("meeting_id", flat=True))
    return tuple(
        MeetingFact(
            on=iso(meeting.held_on),
            body=meeting.body.name,
            kind_words=capfirst(str(meeting.body.get_kind_display())),
            present=present_in[meeting.pk],
            points=points_of[meeting.pk],
            decisions=taken_by[meeting.pk],
        )
        for meeting in meetings
    )


def _decisions(plan: Plan, year: int) -> tuple[DecisionFact, ...]:
    """Those of the year, then those that still wait; what was decided later belongs to its own year."""
    decided = Q(decided_on__year=year)
    waiting = Q(outcome=Outcome.PENDING) | Q(outcome=Outcome.TAKEN, done_on=None, decided_on__year__lt=year)
    found = Decision.objects.of_plan(plan).filter(decided | waiting).select_related("owner", "meeting__body")
    in_order = found.order_by(F("decided_on").asc(nulls_last=True), F("asked_on").asc(nulls_last=True), "pk")
    concerned = actions_of(plan)
    return tuple(_fact(decision, concerned.get(decision.pk, [])) for decision in in_order)


def _fact(decision: Decision, actions: Iterable[int]) -> DecisionFact:
    return DecisionFact(
        subject=decision.subject,
        ruling=decision.ruling,
        outcome=decision.outcome,
        state=state_of(decision),
        decided_on=iso(decision.decided_on),
        meeting=name_of(decision.meeting),
        owner=decision.owner.name if decision.owner else "",
        due_on=iso(decision.due_on),
        done_on=iso(decision.done_on),
        actions=tuple(actions),
    )
