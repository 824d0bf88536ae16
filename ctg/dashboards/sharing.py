"""Read links: made, shown again, found by what a visitor brings, revoked; and who reads a page by one.

The address that carries the token is visited once: the browser is given a cookie and an address without
the token. The page of the élus is projected in meetings and printed, where a browser writes the address
of the page at the foot of the paper: a token left there would be handed to everybody in the room.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from actions.models import Plan
from actions.models.plan import PlanQuerySet
from ctg.web.http import Visit
from partners import tracking
from partners.models import User
from partners.models.change import Event
from partners.tokens import digest_of, fresh_seed, token_of
from partners.tracking import Author

from .board.reading import steering_days
from .models import ReadLink

#: How long a link lasts when no COPIL is planned, and the longest it may.
USUAL, LONGEST = dt.timedelta(days=30), dt.timedelta(days=366)
#: The cookie outlives the link: who comes back too late is told so, rather than asked to sign in.
GRACE = dt.timedelta(days=30)

_COOKIE = settings.SESSION_COOKIE_NAME.replace("session", "lecture-")

#: What the history calls what was handed out.
_NAMES = {ReadLink.Opens.BOARD: "lien de lecture", ReadLink.Opens.DATA: "clé d’accès aux données"}


@dataclass(frozen=True)
class Reader:
    """Who reads the page of a plan: somebody with an account, or else whoever holds a link to it."""

    plan: Plan
    user: User | None = None
    link: ReadLink | None = None


def usual_last_day(next_steering_on: dt.date | None, today: dt.date) -> dt.date:
    """The day after the next COPIL; in a month when none is planned."""
    return next_steering_on + dt.timedelta(days=1) if next_steering_on else today + USUAL


def make_link(
    plan: Plan,
    *,
    label: str,
    last_day: dt.date | None,
    by: Author,
    at: dt.datetime,
    opens: ReadLink.Opens = ReadLink.Opens.BOARD,
) -> ReadLink:
    """A link to the page of the élus, or a key to the open data, good until the end of `last_day`."""
    seed = fresh_seed()
    end = last_day + dt.timedelta(days=1) if last_day else None
    with transaction.atomic():
        _note(plan, opens, f"créé pour {label}", by=by, at=at)
        return ReadLink.objects.create(
            plan=plan,
            opens=opens,
            label=label,
            seed=seed,
            digest=digest_of(token_of(seed)),
            created_at=at,
            created_label=by.label,
            expires_at=timezone.make_aware(dt.datetime.combine(end, dt.time.min)) if end else None,
        )


def revoke(link: ReadLink, *, by: Author, at: dt.datetime) -> None:
    """Close a link at once; the first date stays."""
    if link.revoked_at is None:
        with transaction.atomic():
            link.revoked_at = at
            link.save(update_fields=["revoked_at"])
            _note(link.plan, ReadLink.Opens(link.opens), f"révoqué, pour {link.label}", by=by, at=at)


def address_of(link: ReadLink) -> str:
    """Where the link leads; its token follows from its seed, so that it can be shown again."""
    return reverse("dashboards:read_link_open", args=[token_of(link.seed)])


def last_day_of(link: ReadLink) -> dt.date | None:
    """The last day on which a link opens."""
    return timezone.localdate(link.expires_at - dt.timedelta(microseconds=1)) if link.expires_at else None


def find_link(
    token: str, *, at: dt.datetime, opens: ReadLink.Opens = ReadLink.Opens.BOARD
) -> ReadLink | None:
    """The link of this token to the page of the élus, or the key to the open data, if it opens it now."""
    live = ReadLink.objects.live(at).filter(opens=opens, plan__trashed_at=None)
    return live.filter(digest=digest_of(token)).first()


def reader_of(visit: Visit, pk: int, *, at: dt.datetime) -> Reader | None:
    """Who reads the page of plan `pk`: rights are read again at each visit."""
    if isinstance(visit.user, User):
        plan = _dated(Plan.objects.visible_to(visit.user).filter(pk=pk), at)
        if plan is not None:
            return Reader(plan, user=visit.user)
    link = link_of(visit, pk, at=at)
    plan = _dated(Plan.objects.current().filter(pk=pk), at) if link else None
    return Reader(plan, link=link) if plan else None


def remember(response: HttpResponse, link: ReadLink) -> None:
    """Let this browser read until the link expires, without the token in any address."""
    response.set_cookie(
        cookie_of(link.plan_id),
        token_of(link.seed),
        expires=link.expires_at + GRACE if link.expires_at else None,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def cookie_of(plan_id: int) -> str:
    return f"{_COOKIE}{plan_id}"


def link_of(visit: Visit, pk: int, *, at: dt.datetime) -> ReadLink | None:
    """The live link to plan `pk` that this browser was given."""
    token = visit.COOKIES.get(cookie_of(pk), "")
    link = find_link(token, at=at) if token else None
    return link if link is not None and link.plan_id == pk else None


def had_a_link(visit: Visit, pk: int) -> bool:
    """Whether this browser was given a link to plan `pk`, live or not."""
    return cookie_of(pk) in visit.COOKIES


def _dated(plans: PlanQuerySet, at: dt.datetime) -> Plan | None:
    today = timezone.localdate(at)
    return plans.select_related("territory").annotate(**steering_days(today)).first()


def _note(plan: Plan, opens: ReadLink.Opens, happened: str, *, by: Author, at: dt.datetime) -> None:
    tracking.record(plan, Event.CHANGED, by=by, at=at, label=_NAMES[opens], after_text=happened)
