from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.web.htmx import render_page
from ctg.web.http import Request
from partners.models import Territory, Tracked
from partners.shell import Visitor, shell_for

from .. import operations
from ..models import Action, Plan
from ..trash import Discarded, restorable, trash_of_plan, trash_of_territory
from .page import way_back

PAGE_SIZE = 50


@require_safe
def trash_list(request: Request, pk: int) -> HttpResponse:
    """What was put in the trash of a plan for 30 days, and that the reader may take back."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    return contents_page(request, plan.territory, trash_of_plan(plan, request.user), plan=plan)


@require_safe
def territory_trash(request: Request, pk: int) -> HttpResponse:
    """The trash of a territory: its organisations, and its plans, which have no other page any more."""
    territory = get_object_or_404(Territory.objects.editable_by(request.user), pk=pk)
    return contents_page(request, territory, trash_of_territory(territory, request.user))


@require_POST
def trash_restore(request: Request, kind: str, pk: int) -> HttpResponse:
    things = restorable(kind, request.user)
    if things is None:
        raise Http404
    thing: Tracked = get_object_or_404(things, pk=pk)
    place = thing.place()
    by = Visitor(request.user).signature(place.territory_id)
    try:
        number = operations.restore(thing, by=by, at=timezone.now())
    except ValidationError as error:
        messages.warning(request, f"Rien n’est restauré. {error.message}")
        return redirect(way_back(request, reverse("actions:trash_list", args=[place.plan_id])))
    sentence = f"De retour\u00a0: {thing}."
    if number is not None:
        sentence += f" Son ancien numéro est pris depuis\u00a0: elle porte maintenant le {number}."
    messages.success(request, sentence)
    return redirect(way_back(request, page_of(thing)))


def contents_page(
    request: Request, territory: Territory, things: Sequence[Discarded], *, plan: Plan | None = None
) -> HttpResponse:
    context = {
        "shell": shell_for(Visitor(request.user), territory=territory, plan=plan, current="trash"),
        "territory": territory,
        "plan": plan,
        "page": Paginator(things, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render_page(request, "actions/trash.html", context)


def page_of(thing: Tracked) -> str:
    """Where a thing is seen again, when nobody says where to go back to."""
    if isinstance(thing, Plan | Action):
        return thing.get_absolute_url()
    place = thing.place()
    if place.plan_id:
        return reverse("actions:trash_list", args=[place.plan_id])
    return reverse("actions:territory_trash", args=[place.territory_id])
