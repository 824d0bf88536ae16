from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ctg.web.http import Request
from partners.models import Change

from ..forms.history import HistoryForm
from ..kinds import KINDS
from ..models import Action, Plan
from ..undoing import undoable_among
from .page import plan_page

PAGE_SIZE = 50


@require_safe
def plan_history(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    changes = Change.objects.visible_to(request.user).filter(plan_id=plan.pk)
    return history_page(request, plan, changes)


@require_safe
def action_history(request: Request, pk: int) -> HttpResponse:
    action = get_object_or_404(
        Action.objects.visible_to(request.user).select_related("plan__territory"), pk=pk
    )
    changes = Change.objects.visible_to(request.user).filter(action_id=action.pk)
    return history_page(request, action.plan, changes, action=action)


def history_page(
    request: Request, plan: Plan, changes: QuerySet[Change], *, action: Action | None = None
) -> HttpResponse:
    """The changes of a plan, or of one of its actions, that the address asks for."""
    form = HistoryForm(request.GET, changes=changes)
    page = Paginator(form.found(), PAGE_SIZE).get_page(request.GET.get("page"))
    for change in page:
        if change.kind in KINDS:
            change.kind_label = KINDS[change.kind].label(plan)  # type: ignore[attr-defined]
    asked = request.GET.copy()
    asked.pop("page", None)
    return plan_page(
        request,
        plan,
        "actions/history.html",
        {
            "action": action,
            "form": form,
            "page": page,
            "query": asked.urlencode(),
            "undoable": undoable_among({change.batch for change in page}, request.user),
        },
        current="plan" if action else "history",
    )
