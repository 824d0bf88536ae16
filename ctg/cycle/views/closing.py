"""« Clore et archiver la convention »: what is left to settle, and the package that holds everything."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actions.models import Plan
from actions.views.page import plan_page
from ctg.cycle.closing.readme import is_over
from ctg.cycle.closing.steps import steps_of
from ctg.cycle.jobs import prepare_package
from ctg.web.http import Request


@require_safe
def closing(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_close(request, pk)
    today = timezone.localdate()
    over = is_over(plan, today)
    ends = over or plan.last_year == today.year
    context = {"is_over": over, "steps": steps_of(plan, request.user) if ends else []}
    return plan_page(request, plan, "cycle/closing.html", context, current="reviews")


@require_POST
def package_prepare(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_close(request, pk)
    return redirect(prepare_package(plan, request.user, at=timezone.now()))


def plan_to_close(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.editable_by(request.user).select_related("territory"), pk=pk)
