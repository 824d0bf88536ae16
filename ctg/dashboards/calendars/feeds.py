"""Calendars that one follows from one's own agenda: an address for each, closed when one likes."""

import datetime as dt

from django.db import transaction
from django.urls import reverse

from actions.elected import names
from actions.models import Action, Involvement, Plan
from actions.models.action import CARRYING
from ctg.web.text import fold
from partners import tracking
from partners.models import Membership, Organisation, Role, User
from partners.tokens import digest_of, fresh_seed, token_of

from ..models import ReadLink
from .entries import Scope


def scopes_for(plan: Plan, user: User) -> list[Scope]:
    """The calendars that a person may follow: the plan's, those of her organisations, hers as élue.

    The coordination, which hands them out, has that of everybody who carries or follows an action.
    """
    held = list(Membership.objects.held_by(user).filter(territory=plan.territory_id))
    if any(one.role == Role.COORDINATOR for one in held):
        carried = Involvement.objects.of_plan(plan).filter(part__in=CARRYING)
        carrying = Organisation.objects.visible_to(user).filter(pk__in=carried.values("organisation"))
        organisations = list(carrying.order_by("name"))
        followers = _elected_leads(plan)
    else:
        own = [one.organisation_id for one in held if one.organisation_id and one.role == Role.MEMBER]
        organisations = list(Organisation.objects.visible_to(user).filter(pk__in=own))
        followers = [name for name in _elected_leads(plan) if names(name, user.get_full_name())]
    return [
        Scope(plan),
        *(Scope(plan, organisation=organisation) for organisation in organisations),
        *(Scope(plan, elected_lead=name) for name in followers),
    ]


def name_of(scope: Scope) -> str:
    """« Tout le plan », « Ce que porte la Mission locale »… as a list of choices says it."""
    if scope.organisation:
        return f"Ce que porte\u00a0: {scope.organisation}"
    return f"Ce que suit\u00a0: {scope.elected_lead}" if scope.elected_lead else "Tout le plan"


def follow(scope: Scope, user: User, *, by: tracking.Author, at: dt.datetime) -> ReadLink:
    """The feed of a person for one calendar; asked again, the one that she has."""
    wanted = {"plan": scope.plan, "organisation": scope.organisation, "elected_lead": scope.elected_lead}
    with transaction.atomic():
        # Held, so that two clicks do not make two feeds.
        tracking.lock(scope.plan)
        feeds = ReadLink.objects.filter(**wanted, opens=ReadLink.Opens.CALENDAR, owner=user, revoked_at=None)
        if feed := feeds.first():
            return feed
        seed = fresh_seed()
        return ReadLink.objects.create(
            **wanted,
            opens=ReadLink.Opens.CALENDAR,
            owner=user,
            label=name_of(scope),
            seed=seed,
            digest=digest_of(token_of(seed)),
            created_at=at,
            created_label=by.label,
        )


def stop(feed: ReadLink, *, at: dt.datetime) -> None:
    """Close a feed at once; the first date stays."""
    if feed.revoked_at is None:
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])


def find_feed(token: str, *, at: dt.datetime) -> ReadLink | None:
    """The feed of this token, as long as whoever asked for it still reads the plan."""
    live = ReadLink.objects.live(at).filter(opens=ReadLink.Opens.CALENDAR, plan__trashed_at=None)
    found = live.filter(digest=digest_of(token)).select_related("plan__territory", "organisation", "owner")
    feed = found.first()
    if feed is None or feed.owner is None or not feed.owner.is_active:
        return None
    still_reads = Plan.objects.visible_to(feed.owner).filter(pk=feed.plan_id).exists()
    return feed if still_reads else None


def scope_of(feed: ReadLink) -> Scope:
    return Scope(feed.plan, feed.organisation, feed.elected_lead)


def address_of(feed: ReadLink) -> str:
    return reverse("dashboards:feed", args=[token_of(feed.seed)])


def _elected_leads(plan: Plan) -> list[str]:
    named = Action.objects.of_plan(plan).exclude(elected_lead="").values_list("elected_lead", flat=True)
    return sorted(set(named), key=fold)
