"""Numbers of actions, which no two actions of a plan may share, not even for a moment."""

import datetime as dt
import uuid
from collections.abc import Mapping

from actions.models import Action, Plan
from actions.operations import next_number
from partners import tracking
from partners.tracking import Author

from .reasons import TAKEN


class NumberTaken(Exception):
    """Nothing may be written: the message says which number is in the way."""


def renumber(
    plan: Plan, wanted: Mapping[int, tuple[int, int]], *, by: Author, at: dt.datetime, batch: uuid.UUID
) -> None:
    """Give actions, by key, their numbers; `wanted` says each with the version that was seen.

    Two actions that exchange theirs pass through a number that nobody has. May raise `tracking.Conflict`.
    """
    current = plan.actions.current()
    holders = dict(current.values_list("number", "pk"))
    waiting = {pk: one for pk, one in wanted.items() if holders.get(one[0]) != pk}
    actions = current.in_bulk(list(waiting))
    waiting = {pk: one for pk, one in waiting.items() if pk in actions}

    def give(action: Action, number: int, seen: int | None) -> None:
        del holders[action.number]
        holders[number] = action.pk
        tracking.change(action, {"number": number}, by=by, at=at, seen=seen, batch=batch)

    while waiting:
        free = next((pk for pk, (number, _) in waiting.items() if number not in holders), None)
        if free is not None:
            number, seen = waiting.pop(free)
            give(actions[free], number, seen)
            continue
        blocked = next((number for number, _ in waiting.values() if holders[number] not in waiting), None)
        if blocked is not None:
            raise NumberTaken(TAKEN.format(blocked))
        first = next(iter(waiting))
        number, seen = waiting[first]
        give(actions[first], next_number(plan), seen)
        waiting[first] = number, actions[first].version
