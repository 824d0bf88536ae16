"""What the coordination says of each action, several people at once and over weeks."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from actions.models import Action
from ctg.cycle.models import Renewal, RenewalChoice, Verdict
from partners import tracking
from partners.tracking import Author


class AlreadyRenewed(Exception):
    """The next plan is created: what was said of the actions stays as it was."""


def lock_open(renewal: Renewal) -> Renewal:
    """The renewal as it stands, held until the end of the transaction; its plan is still to come."""
    now = tracking.lock(renewal)
    if now.is_done:
        raise AlreadyRenewed
    return now


def choices_of(renewal: Renewal, actions: Iterable[Action]) -> list[RenewalChoice]:
    """What was said of each of these actions; a choice that nobody made yet is not saved."""
    made = {choice.action_id: choice for choice in renewal.choices.current()}
    found = []
    for action in actions:
        choice = made.get(action.pk) or RenewalChoice(renewal=renewal, action=action)
        choice.renewal, choice.action = renewal, action
        found.append(choice)
    return found


def choose(
    choice: RenewalChoice,
    values: Mapping[str, Any],
    *,
    seen: int,
    batch: uuid.UUID,
    by: Author,
    at: dt.datetime,
) -> bool:
    """Write what somebody says of an action; may raise `Conflict`, with nothing saved.

    Two first words meet as any two changes do: the choice is opened blank, then changed.
    """
    if not values:
        return False
    if choice.pk is None:
        choice = _open(choice.renewal, choice.action, by=by, at=at, batch=batch)
    return bool(tracking.change(choice, values, by=by, at=at, seen=seen or 1, batch=batch))


def keep_rest(renewal: Renewal, *, by: Author, at: dt.datetime) -> int:
    """Keep every action of which nobody has said anything; return how many."""
    batch, count = uuid.uuid4(), 0
    with transaction.atomic():
        lock_open(renewal)
        for choice in choices_of(renewal, renewal.plan.actions.current()):
            if not choice.verdict:
                count += choose(
                    choice, {"verdict": Verdict.KEEP}, seen=choice.version, batch=batch, by=by, at=at
                )
    return count


def _open(
    renewal: Renewal, action: Action, *, by: Author, at: dt.datetime, batch: uuid.UUID
) -> RenewalChoice:
    """A blank choice, unless somebody has just made one."""
    try:
        with transaction.atomic():
            blank = RenewalChoice(renewal=renewal, action=action)
            return tracking.create(blank, by=by, at=at, batch=batch)
    except IntegrityError:
        return RenewalChoice.objects.get(renewal=renewal, action=action)
