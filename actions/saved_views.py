"""Filters that come back: those kept under a name, those a role begins with, and the last ones used."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.urls import reverse

from partners.models import User

from .facets import CUSTOM, FACETS
from .filters import READING, SEARCH
from .models import Plan, SavedView

#: The words of an address that a view keeps; those of the timeline say how it is drawn.
WORDS = (READING, SEARCH, *FACETS, "ranger", "echelle")

#: The fields of a plan, whichever it has.
CUSTOM_WORD = re.compile(rf"{CUSTOM}\d{{1,4}}")

#: Where the session keeps the last filters of each plan.
REMEMBERED = "plan_filters"

PAGES = {
    SavedView.Page.PLAN: "actions:plan_detail",
    SavedView.Page.TIMELINE: "actions:timeline",
    SavedView.Page.KANBAN: "actions:kanban",
}


@dataclass(frozen=True)
class Shortcut:
    """A saved view as the menu of a plan offers it."""

    view: SavedView
    url: str
    is_current: bool


def kept_words(query: str) -> str:
    """The part of an address that a view keeps: its filters, without the page nor anything foreign."""
    given = dict(parse_qsl(query.removeprefix("?")))
    words = [*WORDS, *sorted(word for word in given if CUSTOM_WORD.fullmatch(word))]
    return urlencode({word: given[word] for word in words if given.get(word)})


def address_of(view: SavedView) -> str:
    """Where a view leads; an empty one shows the whole plan."""
    page = reverse(PAGES[SavedView.Page(view.page)], args=[view.plan_id])
    return f"{page}?{view.query}" if view.query else page


def shortcuts(plan: Plan, user: User, *, page: str, query: str) -> list[Shortcut]:
    """The views that the user may open, the current one told by its page and its filters."""
    here = kept_words(query)
    views = SavedView.objects.visible_to(user).filter(plan=plan)
    return [Shortcut(view, address_of(view), view.page == page and view.query == here) for view in views]


def save(view: SavedView) -> SavedView:
    """Keep a view; the role that opens the plan on it leaves the view on which it opened before."""
    with transaction.atomic():
        if view.default_for:
            view.is_shared = True
            before = SavedView.objects.filter(plan=view.plan_id, default_for=view.default_for)
            before.exclude(pk=view.pk).update(default_for="")
        view.save()
    return view


def remember(session: SessionBase, plan: Plan, query: str) -> None:
    """Keep the filters in force for when the person comes back; written only when they change."""
    kept = session.get(REMEMBERED, {})
    query = kept_words(query)
    if kept.get(str(plan.pk)) != query:
        session[REMEMBERED] = kept | {str(plan.pk): query}


def return_address(session: SessionBase, plan: Plan, user: User, roles: Iterable[str]) -> str:
    """The plan as the person left it; the first time, the view that her role begins with."""
    remembered = session.get(REMEMBERED, {}).get(str(plan.pk))
    if remembered is None:
        views = SavedView.objects.visible_to(user).filter(plan=plan, default_for__in=list(roles))
        view = views.first()
        return address_of(view) if view else plan.get_absolute_url()
    return f"{plan.get_absolute_url()}?{remembered}" if remembered else plan.get_absolute_url()
