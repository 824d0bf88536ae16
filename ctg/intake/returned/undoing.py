"""Taking back what a returned workbook wrote, as long as nobody wrote there since."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction

from actions.models import Action, Ambition, BudgetLine, Factor, Need, Objective, Orientation, Plan, Theme
from actions.operations import next_number
from ctg.intake.models import ReturnedPlan
from indicators.models import Indicator
from partners import tracking
from partners.models import Change, Tracked
from partners.models.change import Event
from partners.models.tracked import TRASH_DAYS
from partners.tracking import Author

from .numbers import renumber

#: What a workbook writes to; the word is that of the history.
KINDS: dict[str, type[Tracked]] = {
    str(model._meta.model_name): model
    for model in (Action, Ambition, Orientation, Theme, Need, Objective, Factor, Indicator, BudgetLine)
}


@dataclass(frozen=True)
class Return:
    """One thing that gets back what it had; `why` says what stands in the way, if it stays as it is."""

    name: str
    words: str
    why: str
    thing: Tracked
    rows: list[Change]


def can_undo(returned: ReturnedPlan, at: dt.datetime) -> bool:
    return returned.applied_at is not None and at - returned.applied_at < dt.timedelta(days=TRASH_DAYS)


def preview(returned: ReturnedPlan) -> list[Return]:
    """What would come back, and what would not; nothing is written."""
    return list(_returns(returned.plan, returned.batch)) if returned.batch else []


def undo(returned: ReturnedPlan, *, by: Author, at: dt.datetime) -> list[Return]:
    """Put back what still holds what the workbook wrote; the workbook is then as before it was taken in.

    Asked again, do nothing. Return what was done and what was left.
    """
    with transaction.atomic():
        now = ReturnedPlan.objects.select_for_update().select_related("plan").get(pk=returned.pk)
        if now.batch is None:
            return []
        tracking.lock(now.plan)
        returns = preview(now)
        signed: dict[str, Any] = {"by": by, "at": at, "batch": uuid.uuid4()}
        numbers: dict[int, tuple[int, int]] = {}
        for one in returns:
            if not one.why:
                numbers |= _put_back(one, signed)
        renumber(now.plan, numbers, **signed)
        now.batch = now.applied_at = None
        now.save(update_fields=["batch", "applied_at"])
    return returns


def _returns(plan: Plan, batch: uuid.UUID) -> Iterator[Return]:
    rows = Change.objects.filter(batch=batch, kind__in=KINDS).order_by("kind", "object_id", "pk")
    for (kind, pk), group in groupby(rows, key=lambda row: (row.kind, row.object_id)):
        changes = _net(list(group))
        thing = KINDS[kind]._base_manager.filter(pk=pk).first()
        if thing:
            if isinstance(thing, Action):
                thing.plan = plan
            yield Return(str(thing), _words(changes), _obstacle(thing, changes), thing, changes)


def _net(rows: list[Change]) -> list[Change]:
    """One row for each field: a number may have passed through another one."""
    kept: dict[str, Change] = {}
    for row in rows:
        if row.field in kept:
            row.before, row.before_text = kept[row.field].before, kept[row.field].before_text
        kept[row.field] = row
    return list(kept.values())


def _words(rows: list[Change]) -> str:
    if rows[0].event == Event.CREATED:
        return "créée par le fichier : à la corbeille"
    if rows[0].event == Event.TRASHED:
        return "sort de la corbeille"
    return ", ".join(row.label for row in rows)


def _obstacle(thing: Tracked, rows: list[Change]) -> str:
    """Who wrote there since, and made it impossible."""
    event = rows[0].event
    if event == Event.TRASHED:
        return "" if thing.trashed_at else "déjà sortie de la corbeille"
    if thing.trashed_at:
        return "à la corbeille"
    if event == Event.CREATED:
        touched = thing.version != rows[0].version
    else:
        touched = any(thing.read_tracked(row.field) != row.after for row in rows)
    if not touched:
        return ""
    last = tracking.history_of(thing).order_by("pk").last()
    return f"modifiée depuis par {last.author_label}" if last else "modifiée depuis"


def _put_back(one: Return, signed: dict[str, Any]) -> dict[int, tuple[int, int]]:
    """Give a thing back what it had; its number comes after those of the others."""
    event, thing = one.rows[0].event, one.thing
    if event == Event.CREATED:
        tracking.trash(thing, **signed)
        return {}
    if event == Event.TRASHED:
        return _restore(thing, signed)
    before = {row.field: row.before for row in one.rows}
    number = before.pop("number", None)
    tracking.change(thing, before, seen=thing.version, **signed)
    return {} if number is None else {thing.pk: (number, thing.version)}


def _restore(thing: Tracked, signed: dict[str, Any]) -> dict[int, tuple[int, int]]:
    """Take out of the trash; another action may bear its number by now."""
    if isinstance(thing, Action) and thing.plan.actions.current().filter(number=thing.number).exists():
        tracking.change(thing, {"number": next_number(thing.plan)}, **signed)
    tracking.restore(thing, by=signed["by"], at=signed["at"])
    return {}
