"""The one door through which tracked things are created, changed, trashed and restored.

Each write locks its row, records who changed what, and — given the version that a person had before
her eyes — merges field by field: what only one of two people touched goes through; what both touched
comes back as a `Conflict`, and nothing is saved.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction

from .models import Change, Place, Tracked, User
from .models.change import Event
from .models.tracked import plain

T = TypeVar("T", bound=Tracked)


@dataclass(frozen=True)
class Author:
    """Who signs a change: a person with her organisation, or « Import du plan voté »."""

    label: str
    user: User | None = None


@dataclass(frozen=True)
class Clash:
    """A field that two people touched: both values, and who wrote the one that stands."""

    field: str
    label: str
    mine: Any
    theirs: Any
    mine_text: str
    theirs_text: str
    author: str
    at: dt.datetime


class Conflict(Exception):
    """Nothing was saved: somebody else touched the same fields since they were read.

    `kept` are the fields that nobody disputes and that the person did change.
    """

    def __init__(self, thing: Tracked, clashes: list[Clash], kept: set[str]) -> None:
        super().__init__(", ".join(clash.field for clash in clashes))
        self.thing = thing
        self.clashes = clashes
        self.kept = kept


def create(
    thing: T,
    *,
    by: Author,
    at: dt.datetime,
    links: Mapping[str, Any] | None = None,
    batch: uuid.UUID | None = None,
) -> T:
    """Save a new thing and its `links` (tracked fields that live outside its row)."""
    with transaction.atomic(savepoint=False):
        thing.derive()
        thing.save(force_insert=True)
        for name, value in (links or {}).items():
            thing.write_tracked(name, plain(value))
        Change.objects.create(**_row(thing, by, at, Event.CREATED, batch or uuid.uuid4()))
    return thing


def change(
    thing: T,
    values: Mapping[str, Any],
    *,
    by: Author,
    at: dt.datetime,
    seen: int | None = None,
    reason: str = "",
    batch: uuid.UUID | None = None,
    beside: Mapping[str, Any] | None = None,
) -> list[Change]:
    """Write the fields of `values` that differ, and return what was recorded (nothing if nothing differs).

    `seen` is the version of the thing when its reader began to edit; leave it out only for changes
    that cannot overwrite anybody's words. `beside` are columns of the row that follow the change without
    a line of their own in the history: who entered a value, and when. Raise `Conflict`, with nothing
    saved, when somebody else touched one of the same fields since. `thing` takes the state that stands.
    """
    with transaction.atomic(savepoint=False):
        now = lock(thing)
        wanted = {name: plain(value) for name, value in values.items()}
        standing = {name: now.read_tracked(name) for name in wanted}
        wanted = {name: value for name, value in wanted.items() if value != standing[name]}
        clashes: list[Clash] = []
        if seen is not None and seen != now.version:
            wanted, clashes = merge(now, wanted, seen)
        rows = [] if clashes else _write(now, wanted, standing, by, at, thing.place(), reason, batch, beside)
    # Nothing was written: the transaction ends well, and whoever opened it decides what a conflict undoes.
    if clashes:
        raise Conflict(now, clashes, kept=set(wanted))
    become(thing, now)
    return rows


def _write(
    now: Tracked,
    wanted: Mapping[str, Any],
    standing: Mapping[str, Any],
    by: Author,
    at: dt.datetime,
    place: Place,
    reason: str,
    batch: uuid.UUID | None,
    beside: Mapping[str, Any] | None,
) -> list[Change]:
    if not wanted:
        return []
    beside = beside or {}
    for name, value in beside.items():
        setattr(now, name, value)
    now.version += 1
    was_private = now.is_private
    saved = [name for name, value in wanted.items() if now.write_tracked(name, value)]
    now.save(update_fields={*saved, *beside, *now.derive(), "version"})
    if now.is_private and not was_private:
        # What is withdrawn from sight takes its past along.
        history_of(now).update(is_private=True)
    if now.is_private:
        # What was public and is no longer leaves the history that everybody reads.
        history_of(now).filter(is_private=False).update(is_private=True)
    shared = _row(now, by, at, Event.CHANGED, batch or uuid.uuid4(), place) | {"reason": reason}
    # The words of a thing that opens to all were written for the coordination.
    shared["is_private"] = was_private or now.is_private
    rows = [
        Change(
            **shared,
            field=name,
            label=now.label_tracked(name),
            before=standing[name],
            after=value,
            before_text=now.describe_tracked(name, standing[name]),
            after_text=now.describe_tracked(name, value),
        )
        for name, value in wanted.items()
    ]
    return Change.objects.bulk_create(rows)


def merge(now: Tracked, wanted: dict[str, Any], seen: int) -> tuple[dict[str, Any], list[Clash]]:
    """What is left to write of `wanted`, read at version `seen`, and what others wrote there since."""
    first: dict[str, Change] = {}
    last: dict[str, Change] = {}
    since = history_of(now).filter(event=Event.CHANGED, version__gt=seen, field__in=wanted)
    for past in since.order_by("version", "pk"):
        first.setdefault(past.field, past)
        last[past.field] = past
    clashes = []
    kept = {}
    for name, mine in wanted.items():
        if name not in first:
            kept[name] = mine
        elif mine != first[name].before:
            clashes.append(
                Clash(
                    field=name,
                    label=now.label_tracked(name),
                    mine=mine,
                    theirs=last[name].after,
                    mine_text=now.describe_tracked(name, mine),
                    theirs_text=last[name].after_text,
                    author=last[name].author_label,
                    at=last[name].at,
                )
            )
    return kept, clashes


def trash(thing: Tracked, *, by: Author, at: dt.datetime, batch: uuid.UUID | None = None) -> None:
    _move(thing, by, at, Event.TRASHED, trashed_at=at, batch=batch)


def restore(thing: Tracked, *, by: Author, at: dt.datetime) -> None:
    _move(thing, by, at, Event.RESTORED, trashed_at=None)


def lock(thing: T) -> T:
    """The thing as it stands now, held until the end of the transaction."""
    return type(thing)._base_manager.select_for_update().get(pk=thing.pk)


def become(thing: T, now: T) -> None:
    """Give the caller's copy of a thing the state that was written."""
    for field in thing._meta.concrete_fields:
        setattr(thing, field.attname, getattr(now, field.attname))


def history_of(thing: Tracked) -> models.QuerySet[Change]:
    return Change.objects.filter(kind=thing._meta.model_name, object_id=thing.pk)


def record(
    thing: Tracked,
    event: Event,
    *,
    by: Author,
    at: dt.datetime,
    batch: uuid.UUID | None = None,
    **details: Any,
) -> Change:
    """Write down something that happened to a thing beside its fields, such as a merge."""
    return Change.objects.create(**_row(thing, by, at, event, batch or uuid.uuid4()), **details)


def _move(
    thing: Tracked,
    by: Author,
    at: dt.datetime,
    event: Event,
    trashed_at: dt.datetime | None,
    batch: uuid.UUID | None = None,
) -> None:
    with transaction.atomic(savepoint=False):
        now = lock(thing)
        if (now.trashed_at is None) == (trashed_at is None):
            return
        now.trashed_at = trashed_at
        now.trashed_by = by.user if trashed_at else None
        now.version += 1
        now.save(update_fields=["trashed_at", "trashed_by", "version"])
        Change.objects.create(**_row(now, by, at, event, batch or uuid.uuid4()))
    become(thing, now)


def _row(
    thing: Tracked, by: Author, at: dt.datetime, event: Event, batch: uuid.UUID, place: Place | None = None
) -> dict[str, Any]:
    place = place or thing.place()
    return {
        "territory_id": place.territory_id,
        "plan_id": place.plan_id,
        "action_id": place.action_id,
        "kind": thing._meta.model_name,
        "object_id": thing.pk,
        "name": str(thing),
        "event": event,
        "is_private": thing.is_private,
        "version": thing.version,
        "batch": batch,
        "author": by.user,
        "author_label": by.label,
        "at": at,
    }
