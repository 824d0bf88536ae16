from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ctg.web.http import Request

from ..forms.blockages import BlockageForm, LiftedBlockageForm, LiftForm
from ..models import Action, Blockage
from .entries import entry_page, trash_entry, typed


@require_http_methods(["GET", "HEAD", "POST"])
def blockage_add(request: Request, pk: int) -> HttpResponse:
    action = get_object_or_404(Action.objects.updatable_by(request.user).select_related("plan"), pk=pk)
    return blockage_page(request, Blockage(action=action), BlockageForm, said="Blocage signalé.")


@require_http_methods(["GET", "HEAD", "POST"])
def blockage_edit(request: Request, pk: int) -> HttpResponse:
    blockage = blockage_of(request, pk)
    form = LiftedBlockageForm if blockage.lifted_on else BlockageForm
    return blockage_page(request, blockage, form, said="Blocage enregistré.")


@require_http_methods(["GET", "HEAD", "POST"])
def blockage_lift(request: Request, pk: int) -> HttpResponse:
    return blockage_page(request, blockage_of(request, pk), LiftForm, said="Blocage levé.")


@require_POST
def blockage_trash(request: Request, pk: int) -> HttpResponse:
    blockage = blockage_of(request, pk)
    return trash_entry(request, blockage.action, blockage)


def blockage_of(request: Request, pk: int) -> Blockage:
    """A blockage that the person may change."""
    updatable = Blockage.objects.updatable_by(request.user).select_related("action__plan", "decision")
    return get_object_or_404(updatable, pk=pk)


def blockage_page(
    request: Request, blockage: Blockage, form_class: type[BlockageForm] | type[LiftForm], *, said: str
) -> HttpResponse:
    form = form_class(typed(request), instance=blockage, user=request.user, today=timezone.localdate())
    return entry_page(request, blockage.action, form, name="blockage_form", said=said)
