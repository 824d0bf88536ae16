"""The way in to the page of the élus, with an account or by a read link, and the frame of each."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils import timezone

from actions.views.page import plan_page
from ctg.web.htmx import render_page
from ctg.web.http import Request, Visit
from ctg.web.templatetags.ui import day
from indicators.views.answerers import turned_away
from partners.shell import Shell, Visitor

from ..models import ReadLink
from ..sharing import Reader, had_a_link, last_day_of, reader_of

ReaderView = Callable[[Visit, Reader], HttpResponse]


def for_readers(view: ReaderView) -> Callable[[Visit, int], HttpResponse]:
    """Open a page to whoever may read the plan, or holds a link to it, and turn away the others.

    It stands above the decorators that look at the method: a stranger learns nothing from them.
    """

    @login_not_required  # Élus without an account read by a link: who may is decided here.
    @wraps(view)
    def opened(request: Visit, pk: int) -> HttpResponse:
        reader = reader_of(request, pk, at=timezone.now())
        if reader is None:
            return (
                dead_link_page(request) if had_a_link(request, pk) else turned_away(request, has_link=False)
            )
        return view(request, reader)

    return opened


def framed(
    request: Visit, reader: Reader, template: str, context: dict[str, Any], visitor: Visitor | None
) -> HttpResponse:
    """Render a page in the frame of whoever reads; a link has no navigation, and its mark."""
    if reader.link is None:
        return plan_page(
            cast(Request, request), reader.plan, template, context, current="board", visitor=visitor
        )
    plan = reader.plan
    where = f"{plan.territory.label} · CTG {plan.years}".rstrip()
    context = {"plan": plan, "shell": Shell(where=where, mark=_mark(reader.link))} | context
    return kept_apart(render_page(request, template, context))


def dead_link_page(request: Visit) -> HttpResponse:
    """The same for every link that opens nothing: unknown, expired or revoked."""
    return kept_apart(render_page(request, "dashboards/read_link_dead.html", {}, status=404))


def kept_apart(response: HttpResponse) -> HttpResponse:
    """Let no other site learn the address of what a link opens, and no search engine keep it."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _mark(link: ReadLink) -> str:
    return f"Document de travail · lien de lecture valable jusqu’au {day(last_day_of(link))}"
