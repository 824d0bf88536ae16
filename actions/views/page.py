"""What the pages of a plan share: their frame, and the way back."""

from collections.abc import Collection
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from ctg.web.htmx import render_page
from ctg.web.http import Request
from partners.shell import Visitor, shell_for

from .. import saved_views
from ..models import Plan, SavedView


def plan_page(
    request: Request,
    plan: Plan,
    template: str,
    context: dict[str, Any],
    *,
    current: str = "plan",
    visitor: Visitor | None = None,
    fragments: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a page of a plan in its frame; `current` names the room of the navigation."""
    visitor = visitor or Visitor(request.user)
    shell = shell_for(visitor, territory=plan.territory, plan=plan, current=current)
    context = {"plan": plan, "shell": shell} | context
    return render_page(request, template, context, fragments=fragments, status=status)


def views_menu(request: Request, plan: Plan, page: SavedView.Page) -> dict[str, Any]:
    """What the menu « Vues » of a page of the plan shows; read only where the menu is."""
    query = saved_views.kept_words(request.GET.urlencode())
    views = SimpleLazyObject(lambda: saved_views.shortcuts(plan, request.user, page=page, query=query))
    return {"views": views, "views_page": page, "views_query": query}


def way_back(request: Request, default: str) -> str:
    """Where a form leads when it is done: the page it was opened from, if that page is ours.

    It travels in the form as `retour`; the first time it is the page that htmx or the browser names.
    """
    opened_from = request.htmx.current_url_abs_path if request.htmx else request.headers.get("Referer")
    back = request.POST.get("retour") or request.GET.get("retour") or opened_from or default
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return default
    path = back.removeprefix(f"{request.scheme}://{request.get_host()}")
    return path if path.startswith(_PLACES) else default


#: The pages from which a form of the plan is opened and to which it may lead back.
_PLACES = (
    *("/plans/", "/actions/", "/indicateurs/", "/campagnes/"),
    *("/instances/", "/reunions/", "/decisions/"),
)


def back_to_plan(plan: Plan) -> str:
    return reverse("actions:plan_detail", args=[plan.pk])
