from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.models import Action, Plan
from actions.operations import move
from actions.views.entries import trash_at_once
from actions.views.headings import is_up, say_move
from actions.views.page import plan_page, way_back
from ctg.web.http import Request
from partners.editing import conflict_page
from partners.shell import Visitor
from partners.signing import author_of
from partners.tracking import Conflict

from .. import operations, queries
from ..forms import IndicatorForm, NewIndicatorForm, SharedIndicatorForm
from ..models import Indicator

PAGE_SIZE = 50


@require_safe
def indicator_list(request: Request, pk: int) -> HttpResponse:
    """Every indicator of a plan: searched, or those of one action, or the key ones."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    actions = list(Action.objects.visible_to(request.user).filter(plan=plan).only("number", "title", "plan"))
    asked = request.GET.get("action", "")
    action = next((action for action in actions if str(action.number) == asked), None)
    search = request.GET.get("q", "").strip()
    only_keys = "cles" in request.GET
    catalogue = queries.read_catalogue(plan, request.user, search=search, action=action, only_keys=only_keys)
    page = Paginator(catalogue.found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = Indicator.objects.visible_to(request.user).filter(pk__in=list(page)).with_served()
    by_key = {row.pk: row for row in rows}
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "catalogue": catalogue,
        "page": page,
        "indicators": [by_key[pk] for pk in page],
        "actions": actions,
        "action": action,
        "search": search,
        "only_keys": only_keys,
        "query": query.urlencode(),
        "is_filtered": bool(search or action or only_keys),
        "can_edit": visitor.coordinates(plan.territory_id),
    }
    return plan_page(
        request, plan, "indicators/indicator_list.html", context, current="indicators", visitor=visitor
    )


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_add(request: Request, pk: int) -> HttpResponse:
    """A new indicator for an action; the same page offers those that the plan already has."""
    action = action_of(request, pk)
    data = request.POST if request.method == "POST" else None
    form = NewIndicatorForm(data, instance=Indicator(plan=action.plan), action=action)
    if form.is_valid():
        form.commit(request)
        messages.success(request, "Indicateur ajouté.")
        return redirect(action)
    return add_page(request, action, form, SharedIndicatorForm(action=action, user=request.user))


@require_POST
def indicator_share(request: Request, pk: int) -> HttpResponse:
    """Let an indicator of the plan serve this action too."""
    action = action_of(request, pk)
    form = SharedIndicatorForm(request.POST, action=action, user=request.user)
    if not form.is_valid():
        new = NewIndicatorForm(instance=Indicator(plan=action.plan), action=action)
        return add_page(request, action, new, form)
    by = author_of(request.user, action.plan.territory_id)
    operations.share(form.cleaned_data["indicator"], action=action, by=by, at=timezone.now())
    messages.success(request, "Indicateur ajouté à cette action.")
    return redirect(action)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_edit(request: Request, pk: int) -> HttpResponse:
    indicator = indicator_of(request, pk)
    back = way_back(request, reverse("indicators:indicator_list", args=[indicator.plan_id]))
    form = IndicatorForm(request.POST if request.method == "POST" else None, instance=indicator)
    if form.is_valid():
        try:
            form.commit(request)
        except Conflict as conflict:
            return conflict_page(request, form, conflict, back=back)
        messages.success(request, "Indicateur enregistré.")
        return redirect(back)
    served = Indicator.objects.visible_to(request.user).filter(pk=pk).with_served()[0].served
    context = {"indicator": indicator, "form": form, "back": back, "served": served}
    status = 422 if form.is_bound else 200
    return plan_page(
        request,
        indicator.plan,
        "indicators/indicator_edit.html",
        context,
        current="indicators",
        status=status,
    )


@require_POST
def indicator_trash(request: Request, pk: int) -> HttpResponse:
    indicator = indicator_of(request, pk)
    back = way_back(request, reverse("indicators:indicator_list", args=[indicator.plan_id]))
    return trash_at_once(request, indicator.plan, indicator, back=back)


@require_POST
def indicator_detach(request: Request, action_pk: int, pk: int) -> HttpResponse:
    action, indicator = pair_of(request, action_pk, pk)
    by = author_of(request.user, action.plan.territory_id)
    operations.detach(indicator, action=action, by=by, at=timezone.now())
    messages.success(request, "Indicateur retiré de cette action\u00a0; il reste dans la liste du plan.")
    return redirect(action)


@require_POST
def indicator_move(request: Request, action_pk: int, pk: int) -> HttpResponse:
    action, indicator = pair_of(request, action_pk, pk)
    moved = move(
        indicator,
        up=is_up(request),
        among=Indicator.objects.editable_by(request.user).filter(actions=action),
        whole=Indicator.objects.editable_by(request.user).filter(plan=action.plan),
        by=author_of(request.user, action.plan.territory_id),
        at=timezone.now(),
    )
    say_move(request, str(indicator), moved)
    return redirect(action)


def action_of(request: Request, pk: int) -> Action:
    """An action whose indicators the person may define."""
    editable = Action.objects.editable_by(request.user).select_related("plan__territory")
    return get_object_or_404(editable, pk=pk)


def indicator_of(request: Request, pk: int) -> Indicator:
    editable = Indicator.objects.editable_by(request.user).select_related("plan__territory")
    return get_object_or_404(editable, pk=pk)


def pair_of(request: Request, action_pk: int, pk: int) -> tuple[Action, Indicator]:
    """An action, and one of its own indicators."""
    action = action_of(request, action_pk)
    own = Indicator.objects.editable_by(request.user).select_related("plan").filter(actions=action)
    return action, get_object_or_404(own, pk=pk)


def add_page(
    request: Request, action: Action, form: NewIndicatorForm, shared: SharedIndicatorForm
) -> HttpResponse:
    status = 422 if form.is_bound or shared.is_bound else 200
    context = {"action": action, "form": form, "shared": shared}
    return plan_page(request, action.plan, "indicators/indicator_add.html", context, status=status)
