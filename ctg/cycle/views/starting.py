"""A territory without a plan: three ways to begin, one of which is the template."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Plan
from actions.views.entries import typed
from actions.views.plan_forms import page_or_post
from ctg.cycle.forms.starting import TemplateForm
from ctg.cycle.starting.template import read_template
from ctg.web.htmx import render_page
from ctg.web.http import Request
from partners.models import Territory
from partners.shell import Visitor, territory_shell


@require_safe
def start(request: Request, pk: int) -> HttpResponse:
    territory = territory_to_start(request, pk)
    context = {
        "shell": territory_shell(Visitor(request.user), territory, "home"),
        "territory": territory,
        "themes": len(read_template().themes),
        "plans": Plan.objects.visible_to(request.user).filter(territory=territory),
    }
    return render_page(request, "cycle/start.html", context)


@page_or_post
def template_choose(request: Request, pk: int) -> HttpResponse:
    """What to take of the template; the plan is created with it, and « À faire » leads on."""
    territory = territory_to_start(request, pk)
    form = TemplateForm(
        typed(request),
        instance=Plan(territory=territory),
        template=read_template(),
        today=timezone.localdate(),
    )
    if form.is_valid():
        plan = form.commit(request)
        messages.success(request, f"Plan créé\u00a0: {plan.full_title}. Il reste à écrire ses actions.")
        return redirect("dashboards:todo", plan.pk)
    context = {
        "shell": territory_shell(Visitor(request.user), territory, "home"),
        "territory": territory,
        "form": form,
    }
    return render_page(request, "cycle/template_choose.html", context, status=422 if form.is_bound else 200)


def territory_to_start(request: Request, pk: int) -> Territory:
    return get_object_or_404(Territory.objects.editable_by(request.user), pk=pk)
