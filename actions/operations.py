"""Writes across models of a plan."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from partners import tracking
from partners.models import Receipt, Tracked, User
from partners.tracking import Author

from . import custom_fields
from .models import Action, CustomField, Orientation, Plan


def next_number(plan: Plan) -> int:
    """The number that no action of the plan ever had, those of the trash and of the archives included."""
    highest: int | None = plan.actions.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def next_position(siblings: "QuerySet[Any]") -> int:
    highest: int | None = siblings.aggregate(highest=Max("position"))["highest"]
    return (highest or 0) + 1


def siblings_of(heading: Any) -> QuerySet[Any]:
    """The headings among which one has its place: an orientation within its ambition."""
    siblings: QuerySet[Any] = type(heading).objects.current().filter(plan=heading.plan)
    if isinstance(heading, Orientation):
        siblings = siblings.filter(ambition=heading.ambition_id)
    return siblings.order_by("position", "pk")


def is_received(token: uuid.UUID | None, user: User) -> bool:
    """Whether this form already made its thing: what it made must not stand in its own way."""
    return (
        token is not None and Receipt.objects.filter(token=token, user=user, object_id__isnull=False).exists()
    )


def move(
    thing: Tracked,
    *,
    up: bool,
    among: QuerySet[Any],
    whole: QuerySet[Any],
    by: Author,
    at: dt.datetime,
    shelf: Tracked | None = None,
) -> bool:
    """Exchange the places of a thing and of its neighbour `among` its like; false at the end of the list.

    `whole` is the list to which the places belong, larger than `among` for the actions of one group.
    Both come in their order. `shelf` is what keeps that list, the plan unless said otherwise.
    """
    with transaction.atomic():
        tracking.lock(shelf or thing.plan)  # type: ignore[attr-defined]
        group = list(among.values_list("pk", flat=True))
        here = group.index(thing.pk) if thing.pk in group else -1
        there = here - 1 if up else here + 1
        if here < 0 or not 0 <= there < len(group):
            return False
        before = dict(whole.values_list("pk", "position"))
        after = dict(before)
        if len(set(before.values())) < len(before):
            # Things that share a place cannot exchange it: each gets its own first.
            after = {pk: rank for rank, pk in enumerate(before, 1)}
        after[thing.pk], after[group[there]] = after[group[there]], after[thing.pk]
        batch = uuid.uuid4()
        moved = {pk: place for pk, place in after.items() if place != before[pk]}
        for pk, other in whole.in_bulk(list(moved)).items():
            tracking.change(other, {"position": moved[pk]}, by=by, at=at, batch=batch)
    return True


def change_orientation(
    orientation: Orientation, values: Mapping[str, Any], *, by: Author, at: dt.datetime, seen: int | None
) -> int:
    """Write the fields of an orientation; return how many actions it takes along to another ambition.

    May raise `Conflict`, with nothing saved.
    """
    batch = uuid.uuid4()
    with transaction.atomic():
        rows = tracking.change(orientation, values, by=by, at=at, seen=seen, batch=batch)
        if not any(row.field == "ambition" for row in rows):
            return 0
        # Those of the trash too, so that they come back beside the others.
        actions = list(orientation.actions.exclude(ambition=orientation.ambition_id).order_by("pk"))
        for action in actions:
            tracking.change(action, {"ambition": orientation.ambition_id}, by=by, at=at, batch=batch)
    return len(actions)


def restore(thing: Tracked, *, by: Author, at: dt.datetime) -> int | None:
    """Take a thing out of the trash; return the new number of an action whose number was taken since.

    Raise ValidationError when a plan has no room left for one of its fields.
    """
    with transaction.atomic():
        if isinstance(thing, CustomField):
            custom_fields.refuse_one_too_many(tracking.lock(thing.plan))
        number = _free_number(thing) if isinstance(thing, Action) else None
        if number is not None:
            tracking.change(thing, {"number": number}, by=by, at=at)
        tracking.restore(thing, by=by, at=at)
    return number


def _free_number(action: Action) -> int | None:
    """Another number for an action of the trash, if somebody has its own by now."""
    plan = tracking.lock(action.plan)
    taken = plan.actions.current().filter(number=action.number).exists()
    return next_number(plan) if taken else None
