"""What the next year holds: milestones, actions that begin or end, decisions to carry out."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import F

from actions.calendar import Precision, say
from actions.models import Action, Decision, Milestone, Outcome, Plan, Status
from ctg.documents.papers.decisions import due_of, owner_of
from ctg.documents.plan_reading import PlanReading

from .governance import actions_of
from .shapes import RoadStep

#: What they held is over.
CLOSED = (Status.DONE, Status.ABANDONED)

#: A step with the day by which it is ordered; what has none comes last.
Dated = tuple[dt.date, RoadStep]


def read_road_map(plan: Plan, year: int) -> tuple[RoadStep, ...]:
    """The year after `year` in a plan whose door was passed, in order of time."""
    return tell_road_map(PlanReading(plan), year)


def tell_road_map(reading: PlanReading, year: int) -> tuple[RoadStep, ...]:
    coming = year + 1
    steps = [*_milestones(reading, coming), *_turns(reading, coming), *_decisions(reading, coming)]
    return tuple(step for _, step in sorted(steps, key=lambda dated: dated[0]))


def _milestones(reading: PlanReading, coming: int) -> Iterator[Dated]:
    milestones = Milestone.objects.of_plan(reading.plan).filter(due_on__year=coming, reached_on=None)
    open_ones = milestones.exclude(action__status__in=CLOSED).select_related("owner", "action")
    for one in open_ones.order_by("due_on", "action__position", "action__number", "pk"):
        who = one.owner.name if one.owner else _carriers(reading, one.action)
        assert one.due_on
        yield one.due_on, RoadStep(one.action.number, one.title, "jalon", say(one.due_on), who)


def _turns(reading: PlanReading, coming: int) -> Iterator[Dated]:
    """The actions that begin or end then; one that does both stands once."""
    for action in reading.actions:
        days = {
            what: day
            for what, day in (("début", action.starts_on), ("fin", action.ends_on))
            if day and day.year == coming
        }
        if not days or action.status in CLOSED:
            continue
        what = f"{' et '.join(days)} de l’action"
        who = _carriers(reading, action)
        yield min(days.values()), RoadStep(action.number, action.title, what, _when(action, days), who)


def _when(action: Action, days: dict[str, dt.date]) -> str:
    """As the plan writes it, unless the days are known."""
    if action.calendar_text and action.precision != Precision.DAY:
        return action.calendar_text
    return " au ".join(say(day) for day in dict.fromkeys(days.values()))


def _decisions(reading: PlanReading, coming: int) -> Iterator[Dated]:
    """What was decided and is not carried out, unless it is for later still."""
    taken = Decision.objects.of_plan(reading.plan).filter(outcome=Outcome.TAKEN, done_on=None)
    found = taken.exclude(due_on__year__gt=coming).select_related("owner")
    concerned = actions_of(reading.plan)
    for decision in found.order_by(F("due_on").asc(nulls_last=True), "pk"):
        number = next(iter(concerned.get(decision.pk, [])), None)
        words = ("décision à appliquer", due_of(decision), owner_of(decision))
        yield decision.due_on or dt.date.max, RoadStep(number, decision.subject, *words)


def _carriers(reading: PlanReading, action: Action) -> str:
    return ", ".join(reading.carriers(action))
