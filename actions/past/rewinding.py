"""The history of tracked things read backwards: what happened after a day is undone from what stands now."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from partners.models import Change
from partners.models.change import Event

#: What each of these says of the time before it: that the thing was there, or that it was not.
WAS_THERE = {Event.CREATED: False, Event.RESTORED: False, Event.TRASHED: True}


class Step(NamedTuple):
    """As much of a change as undoing it needs."""

    event: str
    field: str
    before: Any
    before_text: str
    at: dt.datetime


@dataclass(frozen=True)
class Steps:
    """What happened to the things of one kind, each in the order in which it was written."""

    of: Mapping[int, Sequence[Step]] = field(default_factory=dict)

    def was_there(self, thing: int, on: dt.date, *, is_there: bool) -> bool:
        """Whether the thing was in the plan at the end of a day, given whether it is now."""
        for step in self.later(thing, on):
            if step.event in WAS_THERE:
                return WAS_THERE[Event(step.event)]
        return is_there

    def undone(self, thing: int, on: dt.date) -> dict[str, Step]:
        """By field, the first step after a day: it still holds what stood at the end of that day."""
        first: dict[str, Step] = {}
        for step in self.later(thing, on):
            if step.event == Event.CHANGED:
                first.setdefault(step.field, step)
        return first

    def last(self, thing: int, names: Collection[str], *, after: dt.date, until: dt.date) -> Step | None:
        """The last step between two days about one of these fields, or about the thing itself for ""."""
        limit = end_of(until)
        about = [step for step in self.later(thing, after) if step.field in names and step.at < limit]
        return about[-1] if about else None

    def later(self, thing: int, on: dt.date) -> Iterable[Step]:
        limit = end_of(on)
        return (step for step in self.of.get(thing, ()) if step.at >= limit)


def end_of(day: dt.date) -> dt.datetime:
    """The first instant after a day of the territory, 23 or 25 hours long when the clocks change.

    A `datetime` is a day of which only the part before it counts: the instant itself.
    """
    if isinstance(day, dt.datetime):
        return day
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def day_of(moment: dt.date) -> dt.date:
    """The day alone of a day or of an instant."""
    return timezone.localdate(moment) if isinstance(moment, dt.datetime) else moment


def read_steps(plan_id: int, since: dt.date, fields: Mapping[str, Collection[str]]) -> dict[str, Steps]:
    """What happened after a day to the things of a plan whose door was passed, by kind, in one query.

    `fields` names, for each kind of thing, the fields that matter; whoever asks answers for who may know
    of them, since the rows of private things come along.
    """
    about = Q()
    for kind, names in fields.items():
        about |= Q(kind=kind) & (Q(field__in=names) | Q(event__in=WAS_THERE))
    rows = (
        Change.objects.filter(about, plan_id=plan_id, at__gte=end_of(since))
        .order_by("version", "pk")
        .values_list("kind", "object_id", "event", "field", "before", "before_text", "at")
    )
    found: dict[str, dict[int, list[Step]]] = {kind: defaultdict(list) for kind in fields}
    for kind, thing, event, name, before, before_text, at in rows:
        found[kind][thing].append(Step(event, name, before, before_text, at))
    return {kind: Steps(steps) for kind, steps in found.items()}
