"""Take in what a file brought: drafts, all as one gesture, never sent in the place of the partner."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from django.db import transaction

from actions.models import Plan
from ctg.answerbooks.models.brought import Brought
from ctg.answerbooks.returned.comparing import Comparison
from ctg.answerbooks.returned.replies import Reply
from indicators.models import Channel, Measurement
from indicators.values import entry
from indicators.values.locking import Locked, read_locks
from partners.tracking import Author, Conflict


class Outdated(Exception):
    """What was agreed to is not what would be written any more: nothing was."""


class Decision(NamedTuple):
    """What a person decided before the page under `digest`: the disputes settled for the file, by key.

    Who `validates` is of the coordination: what she takes in is sent and accepted at once.
    """

    digest: str
    mine: Collection[int] = ()
    validates: bool = False


class Taken(NamedTuple):
    written: list[Measurement]
    #: How many were changed by somebody, validated or closed in the very instant.
    left: int


def take_in(
    brought: Brought,
    compare: Callable[[], Comparison],
    decision: Decision,
    *,
    plan: Plan,
    by: Author,
    at: dt.datetime,
) -> Taken | None:
    """Write what was shown; None when it was taken in already.

    Raise `Outdated` when that is not what would be written by now.
    """
    signed, batch = Author(f"{by.label}, d’après {brought.name}"[:300], by.user), uuid.uuid4()
    with transaction.atomic():
        now = type(brought)._base_manager.select_for_update().get(pk=brought.pk)
        if now.applied_at:
            return None
        comparison = compare()
        if comparison.digest != decision.digest:
            raise Outdated
        taken = _write(comparison.chosen(decision.mine), plan, signed, at, batch)
        if decision.validates:
            entry.submit(taken.written, by=signed, at=at, batch=batch)
            entry.validate(taken.written, by=signed, at=at, batch=batch)
        now.applied_at = at
        now.save(update_fields=["applied_at"])
    return taken


def _write(replies: Iterable[Reply], plan: Plan, by: Author, at: dt.datetime, batch: uuid.UUID) -> Taken:
    locks = read_locks(plan, at=at)
    written, left = [], 0
    for reply in replies:
        ask = reply.ask
        seen = ask.measurement.version if reply.is_disputed and ask.measurement else reply.seen
        try:
            value = entry.answer(
                ask.indicator,
                ask.question.solicitation.organisation,
                ask.question.period,
                reply.values,
                year=ask.year,
                channel=Channel.FILE,
                by=by,
                at=at,
                seen=seen,
                batch=batch,
                locks=locks,
            )
        except (Conflict, Locked, entry.NotNow):
            left += 1
        else:
            written.append(value)
    return Taken(written, left)
