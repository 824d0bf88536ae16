"""Two organisations that were one: everything that names the second names the first from now on."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.db import transaction

from ctg.web.templatetags.ui import plural
from partners import memberships, tracking
from partners.models import Membership, Organisation, User
from partners.models.change import Event
from partners.tracking import Author

from .models import Action, BudgetLine, Decision, Milestone, Seat
from .models.action import PARTS


class Follower(Protocol):
    """What stands above the actions, belongs to organisations, and follows them when they merge."""

    def announce(self, kept: Organisation, absorbed: Organisation) -> list[str]:
        """What would move, in a few French phrases."""

    def hand_over(
        self,
        kept: Organisation,
        absorbed: Organisation,
        *,
        by: Author,
        at: dt.datetime,
        reason: str,
        batch: uuid.UUID,
    ) -> None: ...


#: What belongs to one organisation, and the field that names it.
OWNED: tuple[tuple[type[Milestone | Seat | Decision | BudgetLine], str], ...] = (
    (Milestone, "owner"),
    (Seat, "organisation"),
    (Decision, "owner"),
    (BudgetLine, "funder"),
)

#: Apps above add theirs when they are ready (`AppConfig.ready`).
FOLLOWERS: list[Follower] = []


class PartGroup(NamedTuple):
    """The actions in which an organisation has one part, and those in which both organisations have it."""

    label: str
    actions: list[Action]
    shared: list[Action]


@dataclass(frozen=True)
class MergePreview:
    """What a merge would do, and the versions of both organisations for which that is true."""

    kept: Organisation
    absorbed: Organisation
    parts: list[PartGroup]
    milestones: list[Milestone]
    members: list[Membership]
    aliases: list[str]
    takes_contact: bool
    followed: list[str]

    @property
    def seen(self) -> str:
        return f"{self.kept.version}-{self.absorbed.version}"


class Stale(Exception):
    """One of the organisations changed since the preview that was agreed to."""


def preview(user: User, kept: Organisation, absorbed: Organisation) -> MergePreview:
    theirs = list(
        absorbed.involvements.visible_to(user).select_related("action").order_by("action__position")
    )
    ours = set(kept.involvements.visible_to(user).values_list("part", "action"))
    groups = [
        PartGroup(
            part.label,
            [it.action for it in theirs if it.part == part],
            [it.action for it in theirs if it.part == part and (part, it.action_id) in ours],
        )
        for part in PARTS.values()
    ]
    return MergePreview(
        kept=kept,
        absorbed=absorbed,
        parts=[group for group in groups if group.actions],
        milestones=list(absorbed.milestones.visible_to(user).select_related("action")),
        members=list(absorbed.memberships.visible_to(user).select_related("user")),
        aliases=_names(kept, absorbed),
        takes_contact=_contact(kept, absorbed) != {},
        followed=_named_in(user, absorbed)
        + [phrase for follower in FOLLOWERS for phrase in follower.announce(kept, absorbed)],
    )


def merge_organisations(
    kept: Organisation, absorbed: Organisation, *, seen: str, by: Author, at: dt.datetime
) -> None:
    """Hand over to `kept` all that `absorbed` is and has; raise `Stale`, nothing done, if either changed.

    Nothing is lost: the absorbed name becomes another name of `kept`, a part that both had in an action
    is kept once, and each thing touched tells it in its history. Things in the trash follow too.
    """
    batch = uuid.uuid4()
    reason = f"Fusion de « {absorbed} » dans « {kept} »"
    with transaction.atomic():
        # Always in the same order, so that two merges never wait for each other.
        locked = {pk: _lock(pk) for pk in sorted([kept.pk, absorbed.pk])}
        kept, absorbed = locked[kept.pk], locked[absorbed.pk]
        if seen != f"{kept.version}-{absorbed.version}" or kept.trashed_at or absorbed.trashed_at:
            raise Stale
        for action in Action.objects.filter(involvements__organisation=absorbed).distinct():
            lists = _rewritten_lists(tracking.lock(action), kept.pk, absorbed.pk)
            tracking.change(action, lists, by=by, at=at, reason=reason, batch=batch)
        for model, field in OWNED:
            for thing in model.objects.filter(**{field: absorbed}):
                tracking.change(thing, {field: kept}, by=by, at=at, reason=reason, batch=batch)
        memberships.hand_over(absorbed, kept, by=by, at=at)
        for follower in FOLLOWERS:
            follower.hand_over(kept, absorbed, by=by, at=at, reason=reason, batch=batch)
        gained = {"aliases": _names(kept, absorbed), **_contact(kept, absorbed)}
        tracking.change(kept, gained, by=by, at=at, reason=reason, batch=batch)
        tracking.record(kept, Event.MERGED, by=by, at=at, batch=batch, after_text=f"a absorbé « {absorbed} »")
        _retire(absorbed, kept, by=by, at=at, batch=batch)


def _named_in(user: User, absorbed: Organisation) -> list[str]:
    seats = absorbed.seats.visible_to(user).count()
    decisions = absorbed.decisions.visible_to(user).count()
    lines = absorbed.budget_lines.visible_to(user).count()
    phrases = {
        f"{seats} membre{plural(seats)} d’une instance": seats,
        f"{decisions} décision{plural(decisions)} dont il se charge": decisions,
        f"{lines} ligne{plural(lines)} de budget": lines,
    }
    return [phrase for phrase, count in phrases.items() if count]


def _lock(pk: int) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=pk)


def _rewritten_lists(action: Action, kept: int, absorbed: int) -> Mapping[str, list[int]]:
    lists: dict[str, list[int]] = {name: action.read_tracked(name) for name in PARTS}
    return {
        name: list(dict.fromkeys(kept if one == absorbed else one for one in organisations))
        for name, organisations in lists.items()
    }


def _names(kept: Organisation, absorbed: Organisation) -> list[str]:
    """All the names of both, but for the one that stays."""
    names = dict.fromkeys([*kept.other_names, absorbed.name, *absorbed.other_names])
    return [name for name in names if name != kept.name]


def _contact(kept: Organisation, absorbed: Organisation) -> dict[str, str]:
    if kept.contact_name or kept.contact_email or kept.is_generic:
        return {}
    contact = {"contact_name": absorbed.contact_name, "contact_email": absorbed.contact_email}
    return contact if any(contact.values()) else {}


def _retire(
    absorbed: Organisation, kept: Organisation, *, by: Author, at: dt.datetime, batch: uuid.UUID
) -> None:
    absorbed.merged_into, absorbed.trashed_at, absorbed.trashed_by = kept, at, by.user
    absorbed.version += 1
    absorbed.save(update_fields=["merged_into", "trashed_at", "trashed_by", "version"])
    tracking.record(absorbed, Event.MERGED, by=by, at=at, batch=batch, after_text=f"dans « {kept} »")
