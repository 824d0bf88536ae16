"""The file of an action: what was decided about it, what is being discussed, which documents go with it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from partners.models import User
from partners.shell import Visitor

from .attaching import Joined, attachments_of
from .governance.reading import DecisionLine, lines_of
from .models import Action, Attachment, Decision, Discussion, Message, Outcome


@dataclass(frozen=True)
class Turn:
    message: Message
    is_editable: bool


@dataclass(frozen=True)
class Thread:
    """A discussion with what was answered, and what its reader may do with it."""

    discussion: Discussion
    turns: Sequence[Turn]
    is_editable: bool
    is_trashable: bool

    @property
    def decision(self) -> Decision | None:
        """The decision to which it led, unless that was thrown away."""
        decision = self.discussion.decision
        return decision if decision and not decision.trashed_at else None


@dataclass(frozen=True)
class ActionFile:
    decisions: Sequence[DecisionLine]
    threads: Sequence[Thread]
    attachments: Sequence[Joined]
    can_edit: bool
    can_attach: bool

    @property
    def pending(self) -> int:
        return sum(line.decision.is_pending for line in self.decisions)

    @property
    def open_threads(self) -> int:
        return sum(thread.discussion.concluded_at is None for thread in self.threads)


def read_file(action: Action, visitor: Visitor, *, today: dt.date) -> ActionFile:
    """The file of an action that was reached through its door."""
    user = visitor.user
    coordinates = visitor.coordinates(action.plan.territory_id)
    keeps = coordinates or Action.objects.updatable_by(user).filter(pk=action.pk).exists()
    decisions = action.decisions.current().select_related("asked_of", "meeting__body", "owner")
    return ActionFile(
        decisions=lines_of(sorted(decisions, key=_decision_rank), today),
        threads=_threads(action, user, coordinates=coordinates),
        attachments=attachments_of(action, user, coordinates=coordinates, keeps=keeps),
        can_edit=coordinates,
        can_attach=keeps,
    )


def _threads(action: Action, user: User, *, coordinates: bool) -> list[Thread]:
    """What is open comes first, then what ended last."""
    discussions = list(action.discussions.current().select_related("decision"))
    written: dict[int, list[Message]] = defaultdict(list)
    for message in Message.objects.current().filter(discussion__in=discussions):
        written[message.discussion_id].append(message)
    ended = [discussion for discussion in discussions if discussion.concluded_at]
    ended.sort(key=lambda discussion: discussion.concluded_at or discussion.opened_at, reverse=True)
    opened = [discussion for discussion in discussions if not discussion.concluded_at]
    threads = []
    for discussion in [*opened, *ended]:
        messages = written[discussion.pk]
        is_own = coordinates or discussion.opened_by_id == user.pk
        is_alone = all(message.author_id == user.pk for message in messages)
        turns = [Turn(it, is_editable=coordinates or it.author_id == user.pk) for it in messages]
        threads.append(Thread(discussion, turns, is_own, coordinates or (is_own and is_alone)))
    return threads


def _decision_rank(decision: Decision) -> tuple[bool, int, int]:
    """To be taken first, in the order in which they were asked; then the latest taken."""
    decided = decision.decided_on.toordinal() if decision.decided_on else 0
    return (not decision.is_pending, -decided, decision.pk)


def contents(action: Action) -> list[tuple[str, str]]:
    """What the file of an action holds, in words, each with where it stands there.

    The action comes from a query that asked for `counts`.
    """
    of: Any = action
    said = [
        (
            "decisions",
            _said(of.pending_count, "décision", " à prendre") or _said(of.decisions_count, "décision"),
        ),
        (
            "echanges",
            _said(of.open_discussions_count, "échange", " ouvert", "s")
            or _said(of.discussions_count, "échange"),
        ),
        ("documents", _said(of.attachments_count, "document")),
    ]
    return [(anchor, words) for anchor, words in said if words] or [("", "décisions, échanges et documents")]


def _said(count: int, noun: str, more: str = "", ending: str = "") -> str:
    if count < 2:
        return f"{count} {noun}{more}" if count else ""
    return f"{count} {noun}s{more}{ending}"


def counts(user: User) -> dict[str, Any]:
    """What a query of actions counts of their files: annotations, so that no other query is needed."""
    decisions = Decision.objects.current().filter(actions=OuterRef("pk"))
    discussions = Discussion.objects.current().filter(action=OuterRef("pk"))
    attachments = Attachment.objects.open_to(user).filter(action=OuterRef("pk"))
    return {
        "decisions_count": _counted(decisions, "actions"),
        "pending_count": _counted(decisions.filter(outcome=Outcome.PENDING), "actions"),
        "discussions_count": _counted(discussions, "action"),
        "open_discussions_count": _counted(discussions.filter(concluded_at=None), "action"),
        "attachments_count": _counted(attachments, "action"),
    }


def _counted(things: QuerySet[Any], action: str) -> Coalesce:
    count = things.order_by().values(action).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0, output_field=IntegerField())
