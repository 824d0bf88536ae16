"""What the trash of a plan or of a territory holds for somebody: every tracked thing, whatever its app."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.text import capfirst

from partners.models import Territory, Tracked, User
from partners.models.tracked import TRASH_DAYS

from .kinds import KINDS
from .models import Plan

#: From a thing to the plan or to the territory whose trash lists it, by the first of these that it has.
OWNERS = {
    "plan": "plan",
    "review": "review__plan",
    "meeting": "meeting__body__plan",
    "body": "body__plan",
    "discussion": "discussion__action__plan",
    "action": "action__plan",
    "territory": "territory",
}

#: What names a thing, or says where it was, and is read along with it.
NAMING = {
    "plan": "plan",
    "action": "action",
    "review": "review",
    "meeting": "meeting__body",
    "body": "body",
    "discussion": "discussion__action",
    "decision": "decision",
    "seat": "seat",
}


@dataclass(frozen=True)
class Discarded:
    """A thing of the trash: its kind in the address, what it is, where it was."""

    kind: str
    thing: Any

    @property
    def label(self) -> str:
        """Its sort, unless its name begins with it: « Action 3 : … »."""
        heading = KINDS.get(self.kind)
        label = heading.label(self.thing.plan) if heading else capfirst(str(self.thing._meta.verbose_name))
        return "" if str(self.thing).startswith(label) else label

    @property
    def where(self) -> str:
        """The review, the meeting, the body or the action to whose page it belongs."""
        for name in ("review", "meeting", "body", "discussion"):
            owner = getattr(self.thing, name, None)
            if owner:
                return str(owner)
        action = getattr(self.thing, "action", None)
        return f"Action {action.number}" if action else ""

    @property
    def until(self) -> dt.datetime:
        until: dt.datetime = self.thing.trashed_at + dt.timedelta(days=TRASH_DAYS)
        return until


def restorable(kind: str, user: User) -> QuerySet[Any] | None:
    """The things of one kind that the user may take back; None for a word that names no kind."""
    model = _kinds().get(kind)
    # Every tracked model has this door; those of the apps above are known only by what they are.
    return model.objects.restorable_by(user) if model else None


def trash_of_plan(plan: Plan, user: User) -> list[Discarded]:
    keys = dict.fromkeys(OWNERS, plan.pk) | {"territory": plan.territory_id}
    return _sorted(_found(user, keys))


def trash_of_territory(territory: Territory, user: User) -> list[Discarded]:
    """What belongs to the territory itself: its plans and its organisations."""
    return _sorted(_found(user, {"territory": territory.pk}))


def _kinds() -> dict[str, Any]:
    return {str(model._meta.model_name): model for model in apps.get_models() if issubclass(model, Tracked)}


def _found(user: User, keys: dict[str, int]) -> Iterable[Discarded]:
    for kind, model in _kinds().items():
        fields = {field.name for field in model._meta.concrete_fields}
        owner = next((name for name in keys if name in fields), None)
        if owner is None:
            continue
        things = model.objects.restorable_by(user).filter(**{OWNERS[owner]: keys[owner]})
        named = (path for name, path in NAMING.items() if name in fields)
        for thing in things.select_related("trashed_by", *named):
            yield Discarded(kind, thing)


def _sorted(found: Iterable[Discarded]) -> list[Discarded]:
    return sorted(found, key=lambda item: (item.thing.trashed_at, item.kind, item.thing.pk), reverse=True)
