"""Taking a file back: all that it wrote goes to the trash, unless somebody worked on it since."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from actions.models import Action, Ambition, Need, Objective, Orientation, Theme
from ctg.intake.models import DroppedFile
from indicators.models import Indicator
from partners import tracking
from partners.models import Alias, Change, Organisation
from partners.models.change import Event
from partners.tracking import Author

#: The most that the page lists of what stands in the way.
SHOWN = 20
#: What leaves with its action, its plan or its organisation.
_FOLLOWING = (Alias,)
#: Each before what it stands under; a heading stays when another action stands under it.
_THINGS: tuple[type[Any], ...] = (Action, Indicator)
_HEADINGS: tuple[type[Any], ...] = (Orientation, Ambition, Theme, Need, Objective)


class Obstructed(Exception):
    """Somebody worked on what the file wrote: nothing was taken back."""


@dataclass(frozen=True)
class Obstacle:
    """What somebody did since, on which day."""

    name: str
    what: str
    author: str
    at: dt.datetime


def can_undo(dropped: DroppedFile, *, now: dt.datetime) -> bool:
    until = dropped.undoable_until
    return until is not None and now < until


def obstacles(dropped: DroppedFile) -> list[Obstacle]:
    """What was done since to the plan that it became, or to what it added to one; the last first."""
    rows = _since(dropped).order_by("-at", "-pk")[:SHOWN]
    return [
        Obstacle(row.name, row.label or row.get_event_display(), row.author_label, row.at) for row in rows
    ]


def undo(dropped: DroppedFile, *, by: Author, at: dt.datetime) -> None:
    """Put to the trash, in one batch, all that the file wrote and nothing else uses; raise `Obstructed`.

    Asked again, do nothing. The file may then be taken in anew.
    """
    batch = uuid.uuid4()
    with transaction.atomic():
        now = DroppedFile.objects.select_for_update(of=("self",)).get(pk=dropped.pk)
        if not now.is_imported:
            return
        if not can_undo(now, now=at) or _since(now).exists():
            raise Obstructed
        created = _created(now)
        if now.plan:
            tracking.trash(now.plan, by=by, at=at, batch=batch)
        else:
            for model in _THINGS:
                _trash(_standing(model, created), by=by, at=at, batch=batch)
            for model in _HEADINGS:
                _trash(_unused(model, created), by=by, at=at, batch=batch)
        _trash(_unused(Organisation, created), by=by, at=at, batch=batch)
        _forget(now, by=by, at=at, batch=batch)
        now.plan, now.imported_at, now.undone_at = None, None, at
        now.batch, now.outcome = None, {}
        now.save(update_fields=["plan", "imported_at", "undone_at", "batch", "outcome"])


def _written(dropped: DroppedFile) -> QuerySet[Change]:
    assert dropped.batch is not None
    return Change.objects.filter(batch=dropped.batch)


def _created(dropped: DroppedFile) -> dict[str, set[int]]:
    """The keys of what the file created, by kind."""
    created: dict[str, set[int]] = defaultdict(set)
    rows = _written(dropped).filter(event=Event.CREATED)
    for kind, pk in rows.values_list("kind", "object_id"):
        created[kind].add(pk)
    return created


def _since(dropped: DroppedFile) -> QuerySet[Change]:
    assert dropped.batch is not None
    others = Change.objects.exclude(batch=dropped.batch)
    if dropped.plan_id:
        return others.filter(plan_id=dropped.plan_id)
    created = _created(dropped)
    touched = Q(action_id__in=created["action"])
    for kind in (str(model._meta.model_name) for model in (*_THINGS, *_HEADINGS)):
        touched |= Q(kind=kind, object_id__in=created[kind])
    return others.filter(touched)


def _standing(model: type[Any], created: dict[str, set[int]]) -> list[Any]:
    return list(model._base_manager.filter(pk__in=created[str(model._meta.model_name)], trashed_at=None))


def _unused(model: type[Any], created: dict[str, set[int]]) -> list[Any]:
    return [thing for thing in _standing(model, created) if not _is_used(thing, created)]


def _is_used(thing: Any, created: dict[str, set[int]]) -> bool:
    """Whether something that the file did not write leads to it."""
    for relation in thing._meta.related_objects:
        model = relation.related_model
        if model in _FOLLOWING:
            continue
        users = model._base_manager.filter(**{relation.field.name: thing})
        users = users.exclude(pk__in=created[str(model._meta.model_name)])
        if "action" in {field.name for field in model._meta.concrete_fields}:
            users = users.exclude(action__in=created["action"])
        if users.exists():
            return True
    return False


def _trash(things: Iterable[Any], *, by: Author, at: dt.datetime, batch: uuid.UUID) -> None:
    for thing in things:
        tracking.trash(thing, by=by, at=at, batch=batch)


def _forget(dropped: DroppedFile, *, by: Author, at: dt.datetime, batch: uuid.UUID) -> None:
    """Take back the other names that organisations learnt from the file."""
    for row in _written(dropped).filter(event=Event.CHANGED, kind="organisation", field="aliases"):
        one = Organisation.objects.current().filter(pk=row.object_id).first()
        if one:
            learnt = set(row.after or []) - set(row.before or [])
            names = [name for name in one.other_names if name not in learnt]
            tracking.change(one, {"aliases": names}, by=by, at=at, batch=batch)
