"""Bringing a file: for a plan to come, or for one that exists."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from actions.models import Plan
from actions.views.plan_forms import page_or_post
from ctg.intake.forms.dropping import DropForm
from ctg.intake.models import DroppedFile
from ctg.intake.returned import plan_of, without_marks
from ctg.intake.returned.taking import keep as keep_returned
from ctg.intake.writing.importing import keep
from ctg.web.htmx import render_page
from ctg.web.http import Request
from ctg.web.uploads import is_oversized
from partners.models import Territory
from partners.shell import Visitor, shell_for

#: How many of the files brought before the page lists.
LISTED = 20


@page_or_post
def drop(request: Request, pk: int) -> HttpResponse:
    """Bring a file: read, it leads to what it would become; refused, it is told why."""
    territory = get_object_or_404(Territory.objects.editable_by(request.user), pk=pk)
    return drop_page(request, territory, None)


@page_or_post
def drop_into(request: Request, pk: int) -> HttpResponse:
    """The same, for actions that a plan lacks."""
    editable = Plan.objects.editable_by(request.user).select_related("territory")
    plan = get_object_or_404(editable, pk=pk)
    return drop_page(request, plan.territory, plan)


def drop_page(request: Request, territory: Territory, plan: Plan | None) -> HttpResponse:
    if request.method == "POST":
        form = DropForm(request.POST, request.FILES, is_oversized=is_oversized(request))
        if form.is_valid() and form.source:
            now = timezone.now()
            if ours := plan_of(form.source, request.user):
                return redirect(keep_returned(ours, form.source, user=request.user, at=now))
            source = without_marks(form.source)
            kept = keep(territory, source, form.content, user=request.user, at=now, into=plan)
            return redirect(kept)
    else:
        form = DropForm()
    room = "plan" if plan else "home"
    shell = shell_for(Visitor(request.user), territory=territory, plan=plan, current=room)
    files = DroppedFile.objects.editable_by(request.user).beside(territory, plan)
    context = {
        "shell": shell,
        "territory": territory,
        "plan": plan,
        "form": form,
        "files": files.select_related("plan", "into")[:LISTED],
    }
    return render_page(request, "intake/drop.html", context, status=422 if form.errors else 200)
