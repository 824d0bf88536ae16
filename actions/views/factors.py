from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ctg.web.http import Request

from ..forms.entries import FactorForm
from ..models import Action, Factor, FactorKind
from ..operations import next_position
from .entries import change_at_once, entry_page, named, trash_entry, typed


@require_http_methods(["GET", "HEAD", "POST"])
def factor_add(request: Request, pk: int) -> HttpResponse:
    action = get_object_or_404(Action.objects.updatable_by(request.user).select_related("plan"), pk=pk)
    return factor_page(
        request,
        Factor(action=action, position=next_position(action.factors.all())),
        said="Ajouté à la fiche.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def factor_edit(request: Request, pk: int) -> HttpResponse:
    return factor_page(request, factor_of(request, pk), said="Enregistré.")


@require_POST
def factor_qualify(request: Request, pk: int) -> HttpResponse:
    """Say what the voted document does not: whether this is a frein or a levier."""
    factor = factor_of(request, pk)
    kind = request.POST.get("kind")
    if kind not in FactorKind.values:
        raise Http404
    said = f"C’est un {FactorKind(kind).label}\u00a0: {named(factor)}."
    return change_at_once(request, factor.action, factor, {"kind": kind}, said=said)


@require_POST
def factor_remove(request: Request, pk: int) -> HttpResponse:
    """From today the frein is gone, or the levier no longer helps; it stays on the sheet."""
    factor = factor_of(request, pk)
    values = {"removed_on": timezone.localdate()}
    said = "N’agit plus" if factor.kind == FactorKind.LEVER else "Levé aujourd’hui"
    return change_at_once(request, factor.action, factor, values, said=f"{said}\u00a0: {named(factor)}.")


@require_POST
def factor_trash(request: Request, pk: int) -> HttpResponse:
    factor = factor_of(request, pk)
    return trash_entry(request, factor.action, factor)


def factor_of(request: Request, pk: int) -> Factor:
    """A frein or a levier that the person may change."""
    updatable = Factor.objects.updatable_by(request.user).select_related("action__plan")
    return get_object_or_404(updatable, pk=pk)


def factor_page(request: Request, factor: Factor, *, said: str) -> HttpResponse:
    form = FactorForm(typed(request), instance=factor, user=request.user, today=timezone.localdate())
    return entry_page(request, factor.action, form, name="factor_form", said=said)
