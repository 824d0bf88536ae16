"""A returned workbook on its way into its plan: kept, compared again, written once."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction

from actions.models import Action, Plan
from actions.operations import next_number, next_position
from ctg.intake.models import ReturnedPlan
from ctg.intake.reading.wire import read_answer, write_answer
from ctg.intake.tables import SourceFile
from partners import tracking
from partners.models import Tracked, User
from partners.tracking import Author

from .comparing import Comparison
from .numbers import renumber
from .reasons import UNREADABLE
from .shapes import Deed, Diff, Line, Untaken


def keep(plan: Plan, source: SourceFile, *, user: User, at: dt.datetime) -> ReturnedPlan:
    """Keep what was read of a workbook of the plan; raise `LookupError` for any other file."""
    Comparison(source, plan)
    return ReturnedPlan.objects.create(
        plan=plan,
        name=source.name[:200],
        tables="\n".join(write_answer(source)),
        dropped_by=user,
        dropped_at=at,
    )


def source_of(returned: ReturnedPlan) -> SourceFile:
    return read_answer(returned.tables.encode().splitlines(), returned.name)


def diff_of(returned: ReturnedPlan) -> Diff:
    try:
        return Comparison(source_of(returned), returned.plan).diff
    except LookupError:  # The key that signs the marks was changed since it was brought.
        return Diff([], [], [], [], [Untaken(returned.name, "", "", UNREADABLE)], [])


def thing_key(thing: Tracked) -> str:
    """« action-12 », by which a page says which version of a thing it showed."""
    return f"{thing._meta.model_name}-{thing.pk}"


def take_in(
    returned: ReturnedPlan,
    keys: Collection[str],
    seen: Mapping[str, int],
    *,
    by: Author,
    at: dt.datetime,
) -> ReturnedPlan:
    """Write the lines of these keys, all or none; asked again, answer what was written.

    `seen` are the versions that the page showed. Raise `tracking.Conflict` over what somebody wrote since
    then, and `NumberTaken`.
    """
    with transaction.atomic():
        now = ReturnedPlan.objects.select_for_update().select_related("plan__territory").get(pk=returned.pk)
        if now.applied_at:
            return now
        tracking.lock(now.plan)
        batch = uuid.uuid4()
        lines = [line for line in diff_of(now).lines if line.key in keys]
        _Writing(now.plan, seen, by, at, batch).write(lines)
        now.batch, now.applied_at = batch, at
        now.save(update_fields=["batch", "applied_at"])
    return now


class _Writing:
    def __init__(
        self, plan: Plan, seen: Mapping[str, int], by: Author, at: dt.datetime, batch: uuid.UUID
    ) -> None:
        self.plan, self.seen, self.batch = plan, seen, batch
        self.signed: dict[str, Any] = {"by": by, "at": at, "batch": batch}

    def write(self, lines: Iterable[Line]) -> None:
        changes: dict[str, dict[str, Any]] = defaultdict(dict)
        things: dict[str, Tracked] = {}
        new: list[Line] = []
        for line in lines:
            if line.deed is Deed.CHANGE:
                key = thing_key(line.thing)
                things.setdefault(key, line.thing)
                changes[key] |= line.values
            elif line.deed is Deed.TRASH:
                self._owned(line.thing)
                tracking.trash(line.thing, **self.signed)
            else:
                new.append(line)
        numbers = {
            things[key].pk: (values.pop("number"), self._seen(things[key]))
            for key, values in changes.items()
            if "number" in values
        }
        renumber(self.plan, numbers, **self.signed)
        for key, values in changes.items():
            thing = things[key]
            self._owned(thing)
            tracking.change(thing, values, seen=self._seen(thing), **self.signed)
        for line in new:
            self._create(line)

    def _seen(self, thing: Tracked) -> int:
        return self.seen.get(thing_key(thing), thing.version)

    def _owned(self, thing: Tracked) -> None:
        """Spare a query for each action: its place in the history asks for its plan."""
        if isinstance(thing, Action):
            thing.plan = self.plan

    def _create(self, line: Line) -> None:
        thing = line.thing
        if isinstance(thing, Action):
            current = self.plan.actions.current()
            if not thing.number or current.filter(number=thing.number).exists():
                thing.number = next_number(self.plan)
            thing.position = next_position(current)
        tracking.create(thing, links=line.links, **self.signed)
