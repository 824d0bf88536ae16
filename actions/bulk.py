"""One change for many actions: seen before it is made, made once, undone as one."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from partners import receipts, tracking
from partners.models import Organisation, User
from partners.tracking import Author, Conflict

from .models import Action, Involvement, Part, Plan, Status
from .models.status import NEEDS_REASON

#: More at once would hold the others up for too long.
AT_ONCE = 200

SET_STATUS, REPLACE_LEADS, ADD_LEADS = "statut", "remplacer", "ajouter"

#: What a bulk change may write, and what its undoing puts back.
FOLLOW_UP, CARRIERS = ("status", "status_reason"), ("leads", "co_leads")

#: The values of some fields, for each action.
Standing = dict[int, dict[str, Any]]


@dataclass(frozen=True)
class BulkChange:
    kind: str
    status: str = ""
    reason: str = ""
    organisations: Sequence[Organisation] = ()

    @property
    def is_follow_up(self) -> bool:
        return self.kind == SET_STATUS

    def values(self, standing: Mapping[str, Any]) -> dict[str, Any]:
        """What one action gets, given what it has. A co-porteur made porteur is no co-porteur any more."""
        if self.is_follow_up:
            reason = self.reason if self.status in NEEDS_REASON else ""
            return {"status": self.status, "status_reason": reason}
        chosen = [organisation.pk for organisation in self.organisations]
        kept = standing["leads"] if self.kind == ADD_LEADS else []
        leads = [*kept, *(pk for pk in chosen if pk not in kept)]
        return {"leads": leads, "co_leads": [pk for pk in standing["co_leads"] if pk not in leads]}

    def differs(self, standing: Mapping[str, Any]) -> bool:
        """Whether it would change anything; the reason alone is no change."""
        after = self.values(standing)
        return any(after[name] != standing[name] for name in after if name != "status_reason")


@dataclass(frozen=True)
class Line:
    """One action before and after: in a preview, or in the preview of an undoing."""

    action: Action
    before: str
    after: str


@dataclass(frozen=True)
class Left:
    """An action that was not touched, and why."""

    name: str
    why: str


def reachable(plan: Plan, user: User, *, is_follow_up: bool) -> QuerySet[Action]:
    """The actions to which the user may bring a change: of their follow-up, or of their porteurs."""
    return door(user, is_follow_up).filter(plan=plan).order_by("position", "number", "pk")


def preview(actions: Sequence[Action], change: BulkChange) -> list[Line]:
    """Each action that would change, before and after."""
    standing = standing_of(actions)
    after = {pk: values | change.values(values) for pk, values in standing.items() if change.differs(values)}
    names = _names([*standing.values(), *after.values()])
    return [
        Line(action, _words(standing[action.pk], change, names), _words(after[action.pk], change, names))
        for action in actions
        if action.pk in after
    ]


def apply(
    plan: Plan,
    change: BulkChange,
    seen: Mapping[int, int],
    *,
    token: uuid.UUID,
    by: Author,
    at: dt.datetime,
) -> list[Left]:
    """Bring the change to the actions of `seen`, whose versions the preview showed; once for each token.

    An action whose same fields somebody touched since the preview is left alone, and told. `token`
    is the batch under which the history keeps the change.
    """
    user = by.user
    assert user is not None
    left: list[Left] = []

    def make() -> Plan:
        actions = list(reachable(plan, user, is_follow_up=change.is_follow_up).filter(pk__in=seen))
        gone = len(seen) - len(actions)
        if gone:
            left.append(Left(f"{gone} action{'s' if gone > 1 else ''}", "à la corbeille, ou plus à vous"))
        standing = standing_of(actions)
        for action in sorted(actions, key=lambda action: action.pk):
            if change.differs(standing[action.pk]):
                values = change.values(standing[action.pk])
                left.extend(write(action, values, seen[action.pk], by, at, token, change.reason))
        return plan

    receipts.once(token, user, make=make, found=lambda pk: plan)
    return left


def standing_of(actions: Iterable[Action]) -> Standing:
    """What the actions have now of all that a bulk change may write, in one query."""
    standing: Standing = {
        action.pk: {
            "status": action.status,
            "status_reason": action.status_reason,
            "leads": [],
            "co_leads": [],
        }
        for action in actions
    }
    parts = {Part.LEAD.value: "leads", Part.CO_LEAD.value: "co_leads"}
    rows = Involvement.objects.filter(action__in=list(standing), part__in=parts).order_by("position", "pk")
    for action, part, organisation in rows.values_list("action", "part", "organisation"):
        standing[action][parts[part]].append(organisation)
    return standing


def door(user: User, is_follow_up: bool) -> QuerySet[Action]:
    return Action.objects.updatable_by(user) if is_follow_up else Action.objects.editable_by(user)


def write(
    action: Action,
    values: Mapping[str, Any],
    seen: int,
    by: Author,
    at: dt.datetime,
    batch: uuid.UUID,
    reason: str,
) -> list[Left]:
    """Write to one action of many; over what somebody else touched, leave it alone and say who."""
    try:
        with transaction.atomic():
            tracking.change(action, values, by=by, at=at, seen=seen, reason=reason, batch=batch)
    except Conflict as conflict:
        return [Left(str(action), f"modifiée entre-temps par {conflict.clashes[0].author}")]
    return []


def _names(standings: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    keys = {pk for values in standings for name in CARRIERS for pk in values[name]}
    return dict(Organisation._base_manager.filter(pk__in=keys).values_list("pk", "name"))


def _words(values: Mapping[str, Any], change: BulkChange, names: Mapping[int, str]) -> str:
    """« reportée (motif : travaux) », « CCAS, Caf ; avec MSA »."""
    if change.is_follow_up:
        label = str(Status(values["status"]).label)
        return f"{label} (motif\u00a0: {values['status_reason']})" if values["status_reason"] else label
    leads, others = (", ".join(names.get(pk, "") for pk in values[name]) for name in CARRIERS)
    return f"{leads or 'aucun'}\u00a0; co-porteurs\u00a0: {others}" if others else leads or "aucun"
