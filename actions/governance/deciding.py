"""What is asked of a body, what it rules, and whether that was carried out.

The same three gestures serve the page of a decision, that of a meeting, the session of a COPIL and « À
faire ». Each may raise `Conflict` over what somebody else wrote since `seen`, and `ValidationError` when
both gestures together make no sense (declined by one, carried out by the other): nothing is saved then.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partners import tracking
from partners.models import Change, Organisation
from partners.tracking import Author

from ..models import Action, Body, Decision, Meeting, Outcome, Plan


def ask(
    plan: Plan,
    *,
    subject: str,
    context: str = "",
    actions: Iterable[Action] = (),
    asked_of: Body | None = None,
    asked_on: dt.date | None,
    by: Author,
    at: dt.datetime,
    batch: uuid.UUID | None = None,
) -> Decision:
    decision = Decision(plan=plan, subject=subject, context=context, asked_of=asked_of, asked_on=asked_on)
    return tracking.create(decision, by=by, at=at, links={"actions": list(actions)}, batch=batch)


def settle(
    decision: Decision,
    *,
    outcome: str,
    ruling: str,
    decided_on: dt.date | None,
    meeting: Meeting | None = None,
    owner: Organisation | None = None,
    due_on: dt.date | None = None,
    by: Author,
    at: dt.datetime,
    seen: int | None = None,
    batch: uuid.UUID | None = None,
) -> list[Change]:
    """Write what was ruled, all of it: a decision settled again keeps nothing of the former ruling.

    « À prendre » takes the ruling back. Only what is taken can be carried out or has a due date.
    """
    values: dict[str, Any] = {
        "outcome": outcome,
        "ruling": ruling,
        "decided_on": decided_on,
        "meeting": meeting,
        "owner": owner,
        "due_on": due_on,
    }
    return write(decision, values | follow(outcome), by=by, at=at, seen=seen, batch=batch)


def follow(outcome: str) -> dict[str, Any]:
    """What an outcome leaves empty, whatever was typed.

    Not the day on which it was carried out: what was done is not undone by a ruling, somebody says so first.
    """
    empty: tuple[str, ...] = ()
    if outcome == Outcome.PENDING:
        empty = ("decided_on", "meeting", "owner", "due_on")
    elif outcome == Outcome.DECLINED:
        empty = ("owner", "due_on")
    return dict.fromkeys(empty) | ({"ruling": ""} if outcome == Outcome.PENDING else {})


def carry_out(
    decision: Decision, *, on: dt.date | None, by: Author, at: dt.datetime, seen: int | None = None
) -> list[Change]:
    """Say on which day a decision was carried out, or with None that it was not."""
    return write(decision, {"done_on": on}, by=by, at=at, seen=seen)


def write(
    decision: Decision,
    values: Mapping[str, Any],
    *,
    by: Author,
    at: dt.datetime,
    seen: int | None,
    batch: uuid.UUID | None = None,
) -> list[Change]:
    try:
        with transaction.atomic():
            return tracking.change(decision, values, by=by, at=at, seen=seen, batch=batch)
    except IntegrityError as error:
        sentence = "Rien n’est enregistré\u00a0: cette décision vient de changer. Relisez-la."
        raise ValidationError(sentence) from error
