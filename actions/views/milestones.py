from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ctg.web.http import Request

from ..forms.entries import MilestoneForm
from ..models import Action, Milestone
from .entries import change_at_once, entry_page, named, trash_entry, typed


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_add(request: Request, pk: int) -> HttpResponse:
    action = get_object_or_404(Action.objects.updatable_by(request.user).select_related("plan"), pk=pk)
    return milestone_page(request, Milestone(action=action), said="Jalon ajouté.")


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_edit(request: Request, pk: int) -> HttpResponse:
    return milestone_page(request, milestone_of(request, pk), said="Jalon enregistré.")


@require_POST
def milestone_reach(request: Request, pk: int) -> HttpResponse:
    milestone = milestone_of(request, pk)
    values = {"reached_on": timezone.localdate()}
    said = f"Jalon atteint\u00a0: {named(milestone)}."
    return change_at_once(request, milestone.action, milestone, values, said=said)


@require_POST
def milestone_reopen(request: Request, pk: int) -> HttpResponse:
    milestone = milestone_of(request, pk)
    said = f"Jalon rouvert\u00a0: {named(milestone)}."
    return change_at_once(request, milestone.action, milestone, {"reached_on": None}, said=said)


@require_POST
def milestone_trash(request: Request, pk: int) -> HttpResponse:
    milestone = milestone_of(request, pk)
    return trash_entry(request, milestone.action, milestone)


def milestone_of(request: Request, pk: int) -> Milestone:
    """A milestone that the person may change."""
    updatable = Milestone.objects.updatable_by(request.user).select_related("action__plan")
    return get_object_or_404(updatable, pk=pk)


def milestone_page(request: Request, milestone: Milestone, *, said: str) -> HttpResponse:
    form = MilestoneForm(typed(request), instance=milestone, user=request.user, today=timezone.localdate())
    return entry_page(request, milestone.action, form, name="milestone_form", said=said)
