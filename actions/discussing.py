"""What happens to a discussion: opened with a question, concluded with a decision or none, opened again."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from partners import tracking
from partners.models import Organisation
from partners.tracking import Author

from .governance import deciding
from .models import Body, Decision, Discussion, Meeting, Message, Outcome


@dataclass(frozen=True, kw_only=True)
class Ending:
    """The decision with which a discussion ends: taken already, or asked of a body."""

    outcome: Outcome
    subject: str
    decided_on: dt.date | None = None
    meeting: Meeting | None = None
    owner: Organisation | None = None
    due_on: dt.date | None = None
    asked_of: Body | None = None


@transaction.atomic
def open_discussion(discussion: Discussion, *, details: str, by: Author, at: dt.datetime) -> Discussion:
    """Ask a question; what explains it is its first message."""
    batch = uuid.uuid4()
    discussion.opened_by, discussion.opened_label, discussion.opened_at = by.user, by.label, at
    tracking.create(discussion, by=by, at=at, batch=batch)
    if details:
        tracking.create(sign(Message(discussion=discussion, text=details), by, at), by=by, at=at, batch=batch)
    return discussion


def sign(message: Message, by: Author, at: dt.datetime) -> Message:
    message.author, message.author_label, message.written_at = by.user, by.label, at
    return message


@transaction.atomic
def conclude(
    discussion: Discussion, *, conclusion: str, ending: Ending | None, by: Author, at: dt.datetime
) -> Discussion:
    """Write how a discussion ends, with the decision that it led to.

    Raise ValidationError, with nothing written, when somebody concluded it first.
    """
    now = tracking.lock(discussion)
    if now.concluded_at:
        who = tracking.history_of(now).filter(field="concluded_at").latest("at", "pk").author_label
        day = date_format(timezone.localtime(now.concluded_at), "j F Y")
        raise ValidationError(
            f"{who} a conclu cet échange le {day}\u00a0: «\u00a0{now.conclusion}\u00a0». "
            "Pour le conclure autrement, rouvrez-le d’abord."
        )
    batch = uuid.uuid4()
    values = {"concluded_at": at, "conclusion": conclusion}
    if ending:
        values["decision"] = _record(discussion, conclusion, ending, by, at, batch)
    tracking.change(discussion, values, by=by, at=at, batch=batch)
    return discussion


def reopen(discussion: Discussion, *, by: Author, at: dt.datetime, seen: int) -> None:
    """Let people answer again; what was concluded stays readable, and its decision stays what it is."""
    tracking.change(discussion, {"concluded_at": None}, by=by, at=at, seen=seen)


def _record(
    discussion: Discussion, conclusion: str, ending: Ending, by: Author, at: dt.datetime, batch: uuid.UUID
) -> Decision:
    action = discussion.action
    is_pending = ending.outcome == Outcome.PENDING
    decision = deciding.ask(
        action.plan,
        subject=ending.subject,
        context=conclusion if is_pending else "",
        actions=[action],
        asked_of=ending.asked_of,
        asked_on=timezone.localdate(at) if is_pending else None,
        by=by,
        at=at,
        batch=batch,
    )
    if not is_pending:
        deciding.settle(
            decision,
            outcome=ending.outcome,
            ruling=conclusion,
            decided_on=ending.decided_on,
            meeting=ending.meeting,
            owner=ending.owner,
            due_on=ending.due_on,
            by=by,
            at=at,
            batch=batch,
        )
    return decision
