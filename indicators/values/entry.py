"""The life of a value: entered, sent, read again, sent back or accepted.

    (nothing) ──answer──▶ draft ──submit──▶ submitted ──validate──▶ validated
                            ▲                  │  ▲                    │
                            └────answer────────┘  └─submit─ returned ◀─┴─ send_back (also from submitted)

What the coordination enters itself is validated at once; an answer that is emptied is a draft again. In a
closed period nothing is entered, sent or sent back; what was received can still be accepted.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from partners import tracking
from partners.models import Organisation
from partners.tracking import Author, Conflict

from ..models import Channel, Indicator, Measurement, State
from ..models.measurement import ANSWERS
from ..periods import read_period
from .disputes import undisputed
from .locking import Locked, Locks, read_locks


class NotNow(Exception):
    """The value is not in a state that allows this: it was validated, or is not sent yet."""


def answer(
    indicator: Indicator,
    organisation: Organisation,
    period: str,
    values: Mapping[str, Any],
    *,
    year: int,
    channel: Channel,
    by: Author,
    at: dt.datetime,
    seen: int | None = None,
    batch: uuid.UUID | None = None,
    locks: Locks | None = None,
) -> Measurement:
    """Write the answer of an organisation, as a draft; what the coordination enters is validated at once.

    `values` are some of `ANSWERS`; `seen` is the version that was shown, 0 for a question without an answer
    yet. `year` is that of the period; for a value entered once, the year of who asks. Raise `Locked` in a
    closed period, `NotNow` for a value that was validated, and `tracking.Conflict` over what somebody else
    wrote meanwhile: nothing is written then.
    """
    assert set(values) <= set(ANSWERS), values
    keys = {"indicator": indicator, "organisation": organisation, "period": period}
    with transaction.atomic():
        refuse_locked(locks or read_locks(indicator.plan, at=at), period, organisation)
        found = Measurement.objects.current().filter(**keys).select_for_update().first()
        if found is None:
            own_year = getattr(read_period(period), "year", year)
            new = Measurement(**keys, year=own_year)
            try:
                with transaction.atomic():
                    return _create(new, values, channel, by, at, batch)
            except IntegrityError:
                # Somebody answered in the same instant: what we write is a change of her answer.
                found = Measurement.objects.current().filter(**keys).select_for_update().get()
                seen = seen or 0
        return _change(found, values, channel, by, at, seen, batch)


def submit(
    measurements: Iterable[Measurement],
    *,
    by: Author,
    at: dt.datetime,
    batch: uuid.UUID | None = None,
) -> list[Measurement]:
    """Send the drafts and the returned values that say something; others stay as they are.

    Return what was sent: of several who send the same at once, one gets it back and the others nothing.
    """
    moves = {State.DRAFT: State.SUBMITTED, State.RETURNED: State.SUBMITTED}
    return _move(measurements, moves, {"return_note": ""}, by, at, batch, beside={"submitted_at": at})


def validate(
    measurements: Iterable[Measurement], *, by: Author, at: dt.datetime, batch: uuid.UUID | None = None
) -> list[Measurement]:
    """Accept sent values, in a closed period too; others are left as they are. Return what was accepted."""
    moves = {State.SUBMITTED: State.VALIDATED}
    return _move(measurements, moves, {}, by, at, batch, beside=_reviewed(by, at), is_entry=False)


def send_back(measurement: Measurement, *, note: str, by: Author, at: dt.datetime) -> Measurement:
    """Return a sent or validated value with a question; raise `NotNow` for any other."""
    moves = {State.SUBMITTED: State.RETURNED, State.VALIDATED: State.RETURNED}
    moved = _move([measurement], moves, {"return_note": note}, by, at, None, beside=_reviewed(by, at))
    if not moved:
        raise NotNow
    return measurement


def is_settled(measurement: Measurement | None, channel: Channel) -> bool:
    """Whether this value can no longer be entered by this way: only the coordination corrects its choice."""
    is_validated = measurement is not None and measurement.state == State.VALIDATED
    return is_validated and channel != Channel.COORDINATION


def refuse_locked(locks: Locks, period: str, organisation: Organisation) -> None:
    if locks.is_locked(period, organisation.pk):
        raise Locked


def _create(
    new: Measurement,
    values: Mapping[str, Any],
    channel: Channel,
    by: Author,
    at: dt.datetime,
    batch: uuid.UUID | None,
) -> Measurement:
    links = {name: value for name, value in values.items() if name == "portions"}
    for name, value in values.items():
        if name not in links:
            setattr(new, name, value)
    new.channel = channel
    for name, value in _entered(channel, by, at).items():
        setattr(new, name, value)
    new.state = _state_after(new, channel)
    return tracking.create(new, by=by, at=at, links=links, batch=batch)


def _change(
    found: Measurement,
    values: Mapping[str, Any],
    channel: Channel,
    by: Author,
    at: dt.datetime,
    seen: int | None,
    batch: uuid.UUID | None,
) -> Measurement:
    try:
        mine = undisputed(found, values, seen=seen, at=at)
    except Conflict as conflict:
        raise NotNow if is_settled(found, channel) else conflict from None
    if not mine:
        return found
    if is_settled(found, channel):
        raise NotNow
    tracking.change(found, mine, by=by, at=at, batch=batch, beside=_entered(channel, by, at))
    # A state follows from what is written: nobody disputes it, and it clashes with nothing.
    follow: dict[str, Any] = {"state": _state_after(found, channel), "channel": channel}
    if follow["state"] == State.VALIDATED:
        follow["return_note"] = ""
    tracking.change(found, follow, by=by, at=at, batch=batch)
    return found


def _state_after(written: Measurement, channel: Channel) -> State:
    if channel == Channel.COORDINATION:
        return State.DRAFT if written.is_empty else State.VALIDATED
    # What was sent is taken back until it is sent again; a question of the coordination stays asked.
    return State.RETURNED if written.state == State.RETURNED else State.DRAFT


def _move(
    measurements: Iterable[Measurement],
    moves: Mapping[State, State],
    values: Mapping[str, Any],
    by: Author,
    at: dt.datetime,
    batch: uuid.UUID | None,
    beside: Mapping[str, Any],
    is_entry: bool = True,
) -> list[Measurement]:
    batch = batch or uuid.uuid4()
    moved = []
    locks: dict[int, Locks] = {}
    with transaction.atomic():
        for measurement in measurements:
            if is_entry:
                plan = measurement.indicator.plan
                if plan.pk not in locks:
                    locks[plan.pk] = read_locks(plan, at=at)
                refuse_locked(locks[plan.pk], measurement.period, measurement.organisation)
            now = tracking.lock(measurement)
            target = moves.get(State(now.state))
            if target is None or now.trashed_at is not None or now.is_empty:
                continue
            change = {"state": target, **values}
            tracking.change(measurement, change, by=by, at=at, batch=batch, beside=beside)
            moved.append(measurement)
    return moved


def _entered(channel: Channel, by: Author, at: dt.datetime) -> dict[str, Any]:
    entered = {"entered_by": by.user, "entered_label": by.label, "entered_at": at}
    return entered | (_reviewed(by, at) if channel == Channel.COORDINATION else {})


def _reviewed(by: Author, at: dt.datetime) -> dict[str, Any]:
    return {"reviewed_label": by.label, "reviewed_at": at}
