"""The agenda of a meeting: its points in their order, and what a new one opens on."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from partners import tracking
from partners.tracking import Author

from ..models import Action, AgendaItem, Decision, Meeting
from ..models.decision import DecisionQuerySet
from ..operations import next_position


def add_items(
    meeting: Meeting,
    *,
    actions: Iterable[Action] = (),
    decisions: Iterable[Decision] = (),
    by: Author,
    at: dt.datetime,
) -> list[AgendaItem]:
    """Add decisions, then actions, at the end of an agenda; what it holds already is not added twice."""
    batch = uuid.uuid4()
    with transaction.atomic():
        # Two people who complete the same agenda wait for each other: neither adds what the other added.
        tracking.lock(meeting)
        known: set[tuple[int | None, int | None]]
        known = set(meeting.items.current().values_list("action", "decision"))
        position = next_position(meeting.items.all())
        added: list[AgendaItem] = []
        for thing in [*decisions, *actions]:
            item = AgendaItem(meeting=meeting, position=position + len(added))
            setattr(item, "decision" if isinstance(thing, Decision) else "action", thing)
            key = (item.action_id, item.decision_id)
            if key not in known:
                known.add(key)
                added.append(tracking.create(item, by=by, at=at, batch=batch))
    return added


def place_item(item: AgendaItem) -> None:
    """Give a new point the last place; nobody else takes it before the end of the transaction."""
    tracking.lock(item.meeting)
    item.position = next_position(item.meeting.items.all())


def take_up_decisions(meeting: Meeting, *, by: Author, at: dt.datetime) -> list[AgendaItem]:
    """Begin an agenda with the open decisions that concern the body of the meeting."""
    return add_items(meeting, decisions=concerning(meeting), by=by, at=at)


def concerning(meeting: Meeting) -> DecisionQuerySet:
    """The open decisions asked of the body of a meeting or of nobody, or that it has taken; to take first."""
    body = meeting.body_id
    mine = Q(asked_of=body) | Q(asked_of=None) | Q(meeting__body=body)
    found = Decision.objects.current().filter(mine, plan=meeting.body.plan_id).open()
    return found.order_by("outcome", "asked_on", "pk")
