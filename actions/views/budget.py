"""The budget of the actions, for the plans that keep one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ctg.web.http import Request
from partners.shell import Visitor

from ..budget.reading import read_action_budget, read_plan_budget
from ..forms.budget import BudgetLineForm
from ..models import Action, BudgetLine, Plan
from ..reading import filter_reading
from .entries import change_at_once, entry_page, trash_entry, typed
from .page import plan_page
from .plans import ways


@require_safe
def plan_budget(request: Request, pk: int) -> HttpResponse:
    kept = Plan.objects.visible_to(request.user).filter(has_budget=True)
    plan = get_object_or_404(kept.select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    mine = {held.organisation_id for held in visitor.memberships if held.organisation_id}
    today = timezone.localdate()
    reading = filter_reading(plan, request.user, params=request.GET.dict(), mine=mine, today=today)
    context = {
        "reading": reading,
        "filter": reading.filter,
        "ways": ways(reading),
        "budget": read_plan_budget(reading),
    }
    return plan_page(request, plan, "actions/budget.html", context, visitor=visitor)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_line_add(request: Request, pk: int) -> HttpResponse:
    action = get_object_or_404(Action.objects.budgetable_by(request.user).select_related("plan"), pk=pk)
    return budget_line_page(request, BudgetLine(action=action), said="Ligne de budget ajoutée.")


@require_http_methods(["GET", "HEAD", "POST"])
def budget_line_edit(request: Request, pk: int) -> HttpResponse:
    return budget_line_page(request, line_of(request, pk), said="Ligne de budget enregistrée.")


@require_POST
def budget_line_trash(request: Request, pk: int) -> HttpResponse:
    line = line_of(request, pk)
    return trash_entry(request, line.action, line)


@require_POST
def budget_funders_note(request: Request, pk: int) -> HttpResponse:
    """Note as funders of an action those whom its budget names."""
    editable = Action.objects.editable_by(request.user).filter(plan__has_budget=True)
    action = get_object_or_404(editable.select_related("plan"), pk=pk)
    noted = action.read_tracked("funders")
    budget = read_action_budget(action, request.user, noted=noted, today=timezone.localdate())
    paying = [funder.pk for funder in budget.unnoted] if budget else []
    values = {"funders": [*noted, *paying]}
    return change_at_once(request, action, action, values, said="Financeurs de l’action\u00a0: enregistré.")


def line_of(request: Request, pk: int) -> BudgetLine:
    updatable = BudgetLine.objects.updatable_by(request.user).select_related("action__plan", "funder")
    return get_object_or_404(updatable, pk=pk)


def budget_line_page(request: Request, line: BudgetLine, *, said: str) -> HttpResponse:
    form = BudgetLineForm(typed(request), instance=line, user=request.user, today=timezone.localdate())
    return entry_page(request, line.action, form, name="budget_line_form", said=said)
