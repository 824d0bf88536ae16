"""The catalogue of the whole installation: everybody reads it, administrators write it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actions.views.plan_forms import page_or_post
from ctg.web.htmx import render_page
from ctg.web.http import Request
from partners import receipts
from partners.shell import Visitor, personal_shell

from ..forms.common import CommonForm
from ..models import CommonIndicator, Indicator


@require_safe
def common_list(request: Request) -> HttpResponse:
    """The catalogue by themes, with how many indicators that the reader sees are mapped to each."""
    mapped = Indicator.objects.visible_to(request.user)
    known = CommonIndicator.objects.visible_to(request.user)
    counted = known.annotate(mapped=Count("indicators", filter=Q(indicators__in=mapped)))
    counted = counted.order_by("theme", "wording", "pk")  # counting forgets the order of the model
    context = {
        "current": counted.filter(retired_at=None),
        "retired": counted.exclude(retired_at=None) if request.user.is_administrator else [],
        "can_edit": request.user.is_administrator,
    }
    return catalogue_page(request, "indicators/common_list.html", context)


@page_or_post
def common_add(request: Request) -> HttpResponse:
    if not request.user.is_administrator:
        raise Http404
    form = CommonForm(request.POST or None, user=request.user)
    if form.is_valid():
        receipts.once(
            form.cleaned_data["token"],
            request.user,
            make=form.save,
            found=lambda pk: CommonIndicator.objects.administrable_by(request.user).get(pk=pk),
        )
        messages.success(request, "Indicateur ajouté au catalogue commun.")
        return redirect("indicators:common_list")
    if receipts.made_with(request.POST.get("token"), request.user):
        return redirect("indicators:common_list")
    return catalogue_page(request, "indicators/common_form.html", {"form": form, "common": None})


@page_or_post
def common_edit(request: Request, pk: int) -> HttpResponse:
    common = common_to_edit(request, pk)
    wording = common.wording
    form = CommonForm(request.POST or None, instance=common, user=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, f"Enregistré\u00a0: {common}.")
        return redirect("indicators:common_list")
    return catalogue_page(request, "indicators/common_form.html", {"form": form, "common": wording})


@require_POST
def common_retire(request: Request, pk: int) -> HttpResponse:
    """Offer it no more; the indicators that are mapped to it stay so."""
    common = common_to_edit(request, pk)
    common.retire(at=timezone.now())
    messages.success(request, f"Retiré du catalogue commun\u00a0: {common}.")
    return redirect("indicators:common_list")


@require_POST
def common_restore(request: Request, pk: int) -> HttpResponse:
    common = common_to_edit(request, pk)
    common.restore()
    messages.success(request, f"De retour au catalogue commun\u00a0: {common}.")
    return redirect("indicators:common_list")


def common_to_edit(request: Request, pk: int) -> CommonIndicator:
    return get_object_or_404(CommonIndicator.objects.administrable_by(request.user), pk=pk)


def catalogue_page(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    context["shell"] = personal_shell(Visitor(request.user), "common")
    status = 422 if "form" in context and context["form"].errors else 200
    return render_page(request, template, context, status=status)
