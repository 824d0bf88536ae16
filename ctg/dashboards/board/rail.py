"""The milestones of the year, in the order of their dates."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from actions.past import ActionThen, MilestoneThen, Past

from .addresses import Addresses

#: How many fit on one line, and how many of them may have gone by.
STOPS, GONE = 6, 3


@dataclass(frozen=True)
class Stop:
    milestone: MilestoneThen
    action: ActionThen
    due_on: dt.date
    #: The page of the action, which only an account opens.
    url: str
    icon: str
    words: str


def stops_of(now: Past, year: int, addresses: Addresses) -> list[Stop]:
    """Those of a year, by their dates."""
    dated = [
        (milestone.due_on, milestone.pk, milestone)
        for milestone in now.milestones.values()
        if milestone.due_on and milestone.due_on.year == year
    ]
    return [
        Stop(
            milestone,
            now.actions[milestone.action],
            due_on,
            addresses.of("actions:action_detail", milestone.action),
            *_state(milestone, due_on, now.on),
        )
        for due_on, _, milestone in sorted(dated)
    ]


def nearest(stops: Sequence[Stop], today: dt.date) -> Sequence[Stop]:
    """As many as one line takes, around today."""
    gone = sum(stop.due_on < today for stop in stops)
    first = max(0, min(gone - GONE, len(stops) - STOPS))
    return stops[first : first + STOPS]


def _state(milestone: MilestoneThen, due_on: dt.date, today: dt.date) -> tuple[str, str]:
    if milestone.reached_on:
        return "milestone-reached", "atteint"
    return ("late", "manqué") if due_on < today else ("milestone", "à venir")
