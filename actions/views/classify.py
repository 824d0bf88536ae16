from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ctg.web.http import Request
from partners.signing import author_of

from ..filters import PAGE, READING
from ..forms.classify import PlaceForm, save_places
from ..models import Action, Plan
from ..placement import Shelves, read_shelves
from ..reading import STRATEGIC, THEMATIC
from .page import plan_page
from .plan_forms import page_or_post, plan_to_edit

PAGE_SIZE = 50


@page_or_post
def plan_classify(request: Request, pk: int) -> HttpResponse:
    """The actions that have no full place in a reading, each with its choices; saved all at once."""
    plan = plan_to_edit(request, pk)
    shelves = read_shelves(plan, request.user, asked_way(request, plan))
    actions = Action.objects.editable_by(request.user).filter(plan=plan)
    actions = actions.order_by("position", "number", "pk")
    if request.method != "POST":
        return classify_page(request, plan, shelves, shelves.lacking(actions), [])
    sent = actions.filter(pk__in=[key for key in request.POST.getlist("action") if key.isdecimal()])
    rows = [PlaceForm(request.POST, action=action, shelves=shelves) for action in sent]
    saved = save_places(rows, by=author_of(request.user, plan.territory_id), at=timezone.now())
    if saved.count:
        messages.success(request, f"{saved.count} action{'s classées' if saved.count > 1 else ' classée'}.")
    if gone := len(set(request.POST.getlist("action"))) - len(rows):
        messages.warning(request, f"Laissées de côté\u00a0: {gone}, qui ne sont plus dans ce plan.")
    if saved.invalid or saved.disputed:
        status = 422 if saved.invalid else 409
        again = [*saved.invalid, *saved.disputed]
        return classify_page(request, plan, shelves, shelves.lacking(actions), again, status=status)
    return redirect(f"{request.path}?{READING}={shelves.way}")


def classify_page(
    request: Request,
    plan: Plan,
    shelves: Shelves,
    lacking: QuerySet[Action],
    again: Sequence[PlaceForm],
    *,
    status: int = 200,
) -> HttpResponse:
    """`again` are the rows that could not be saved; they come first."""
    page: Page[Action] = Paginator(lacking, PAGE_SIZE).get_page(request.GET.get(PAGE))
    shown = {row.action.pk for row in again}
    rows = [*again, *(PlaceForm(action=action, shelves=shelves) for action in page if action.pk not in shown)]
    context = {
        "shelves": shelves,
        "rows": rows,
        "again": again,
        "page": page,
        "remaining": page.paginator.count,
        "levels": [getattr(plan, f"{level}_label") for level in shelves.levels],
        "ways": ways(plan, shelves),
        "query": f"{READING}={shelves.way}",
    }
    return plan_page(request, plan, "actions/classify.html", context, status=status)


def asked_way(request: Request, plan: Plan) -> str:
    """The reading that the address asks for; without one, the one that the plan does not have."""
    way = request.GET.get(READING)
    if way in (STRATEGIC, THEMATIC):
        return way
    return THEMATIC if plan.ambitions.current().exists() and not plan.themes.current().exists() else STRATEGIC


def ways(plan: Plan, shelves: Shelves) -> list[tuple[str, str, bool]]:
    labels = {STRATEGIC: plan.ambition_label, THEMATIC: plan.theme_label}
    return [(f"{label}s", f"?{READING}={way}", way == shelves.way) for way, label in labels.items()]
