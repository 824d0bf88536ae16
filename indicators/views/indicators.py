from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from actions.models import Action
from actions.operations import move
from actions.views.entries import trash_at_once, typed
from actions.views.headings import is_up, say_move
from actions.views.page import plan_page, way_back
from actions.views.plan_forms import page_or_post
from ctg.web.http import Request
from partners.editing import conflict_page
from partners.models import Change, User
from partners.signing import author_of
from partners.tracking import Conflict

from ..definition import sharing
from ..definition.meaning import MEANING
from ..forms.additions import BeginningForm, NewIndicatorForm, SharedIndicatorForm, definition_named, name_of
from ..forms.definition import IndicatorForm
from ..models import Indicator

PAST_SHOWN = 50


@page_or_post
def indicator_add(request: Request, pk: int) -> HttpResponse:
    """A new indicator for an action; the same page offers those that the plan already has."""
    action = action_of(request, pk)
    form = new_form(request, action, typed(request))
    if form.is_valid():
        indicator = form.commit(request)
        messages.success(request, f"Indicateur ajouté. Type\u00a0: {indicator.get_kind_display()}.")
        return redirect(action)
    return add_page(request, action, form, SharedIndicatorForm(action=action, user=request.user))


@require_POST
def indicator_share(request: Request, pk: int) -> HttpResponse:
    """Let an indicator of the plan serve this action too."""
    action = action_of(request, pk)
    form = SharedIndicatorForm(request.POST, action=action, user=request.user)
    if not form.is_valid():
        return add_page(request, action, new_form(request, action, None), form)
    by = author_of(request.user, action.plan.territory_id)
    sharing.share(form.cleaned_data["indicator"], action=action, by=by, at=timezone.now())
    messages.success(request, "Indicateur ajouté à cette action.")
    return redirect(action)


@page_or_post
def indicator_edit(request: Request, pk: int) -> HttpResponse:
    indicator = indicator_of(request, pk)
    back = way_back(request, reverse("indicators:indicator_list", args=[indicator.plan_id]))
    form = IndicatorForm(typed(request), instance=indicator, user=request.user, today=timezone.localdate())
    if form.is_valid():
        try:
            form.commit(request)
        except Conflict as conflict:
            return conflict_page(request, form, conflict, back=back)
        messages.success(request, "Indicateur enregistré.")
        return redirect(back)
    context = {
        "indicator": indicator,
        "wording": form.initial["wording"],
        "form": form,
        "back": back,
        "served": Indicator.objects.visible_to(request.user).filter(pk=pk).with_served()[0].served,
        "changes": past_of(indicator, request.user),
    }
    status = 422 if form.is_bound else 200
    template = "indicators/indicator_edit.html"
    return plan_page(request, indicator.plan, template, context, current="indicators", status=status)


@require_POST
def indicator_trash(request: Request, pk: int) -> HttpResponse:
    indicator = indicator_of(request, pk)
    back = way_back(request, reverse("indicators:indicator_list", args=[indicator.plan_id]))
    return trash_at_once(request, indicator.plan, indicator, back=back)


@require_POST
def indicator_detach(request: Request, action_pk: int, pk: int) -> HttpResponse:
    action, indicator = pair_of(request, action_pk, pk)
    by = author_of(request.user, action.plan.territory_id)
    sharing.detach(indicator, action=action, by=by, at=timezone.now())
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


def new_form(request: Request, action: Action, data: QueryDict | None) -> NewIndicatorForm:
    """The form of a new indicator, beginning with the definition that the address names, if any."""
    return NewIndicatorForm(
        data,
        instance=Indicator(plan=action.plan),
        action=action,
        user=request.user,
        today=timezone.localdate(),
        beginning=definition_named(request.GET.get("depart", ""), action, request.user),
    )


def add_page(
    request: Request, action: Action, form: NewIndicatorForm, shared: SharedIndicatorForm
) -> HttpResponse:
    context = {
        "action": action,
        "form": form,
        "shared": shared,
        "beginnings": BeginningForm(request.GET or None, action=action, user=request.user),
        "own": set(action.indicators.values_list("pk", flat=True)),
        "beginning": name_of(form.beginning) if form.beginning else "",
    }
    status = 422 if form.is_bound or shared.is_bound else 200
    return plan_page(request, action.plan, "indicators/indicator_add.html", context, status=status)


def past_of(indicator: Indicator, user: User) -> list[Change]:
    """What its definition and its targets were, latest first."""
    changes = Change.objects.visible_to(user).filter(kind="indicator", object_id=indicator.pk)
    return list(changes.filter(field__in=MEANING)[:PAST_SHOWN])
