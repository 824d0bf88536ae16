"""One value with what proves it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.views.page import plan_page
from ctg.web import uploads
from ctg.web.htmx import render_page
from ctg.web.http import Request, Visit
from partners import tracking

from ..answers.keeping import Keeper, keeper_of_evidence, keeper_of_value
from ..forms.evidence import EvidenceForm
from ..models import Evidence, Measurement
from ..periods import period_label, read_period
from ..values import evidence as proofs
from ..values.wording import say_value
from .answerers import link_shell, turned_away


@require_safe
def measurement_detail(request: Request, pk: int) -> HttpResponse:
    """One value: what was said, by whom, what proves it, and all that it was before."""
    seen = Measurement.objects.visible_to(request.user)
    value = get_object_or_404(seen.select_related("indicator__plan__territory", "organisation"), pk=pk)
    keeper = keeper_of_value(request, pk, at=timezone.now())
    changes = tracking.history_of(value).order_by("-at", "-pk")
    context = {
        "value": value,
        "said": say_value(value.indicator, value),
        "period": period_label(value.period) if read_period(value.period) else str(value.year),
        "portions": value.describe_tracked("portions", value.read_tracked("portions")),
        "evidence": value.evidence.filter(removed_at=None),
        "changes": changes if keeper else changes.filter(is_private=False),
        "keeps": keeper is not None,
        "may_write": keeper is not None and keeper.may_write,
    }
    plan = value.indicator.plan
    return plan_page(request, plan, "indicators/measurement_detail.html", context, current="indicators")


@require_safe
def evidence_detail(request: Request, pk: int) -> HttpResponseBase:
    """A file, to be downloaded and never shown; or the page that the evidence names."""
    found = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    if found.url:
        return redirect(found.url)
    return uploads.as_download(found.stored_as, found.name, found.media_type)


@login_not_required  # A partner joins a file to what she answers by link: `keeper_of_value` decides.
def evidence_add(request: Visit, pk: int) -> HttpResponse:
    keeper = keeper_of_value(request, pk, at=timezone.now())
    if keeper is None:
        return turned_away(request, has_link=False)
    if not keeper.may_write:
        return too_late(request, keeper)
    is_post = request.method == "POST"
    sent = (request.POST, request.FILES) if is_post else ()
    form = EvidenceForm(*sent, is_oversized=is_post and uploads.is_oversized(request))
    if not form.is_valid():
        return add_page(request, keeper, form, status=422 if is_post else 200)
    read = form.cleaned_data
    if read["file"]:
        proofs.add_file(
            keeper.value, read["file"], form.media_type, name=read["name"], by=keeper.by, at=keeper.at
        )
    else:
        proofs.add_address(keeper.value, read["url"], name=read["name"], by=keeper.by, at=keeper.at)
    messages.success(request, "Justificatif ajouté.")
    return redirect(way_back(keeper))


@login_not_required  # As for `evidence_add`.
def evidence_remove(request: Visit, pk: int) -> HttpResponse:
    found = keeper_of_evidence(request, pk, at=timezone.now())
    if found is None:
        return turned_away(request, has_link=False)
    evidence, keeper = found
    if request.method != "POST":
        return remove_page(request, keeper, evidence)
    if not keeper.may_write:
        return too_late(request, keeper)
    proofs.remove(evidence, by=keeper.by, at=keeper.at)
    messages.success(request, "Justificatif retiré.")
    return redirect(way_back(keeper))


def add_page(request: Visit, keeper: Keeper, form: EvidenceForm, *, status: int) -> HttpResponse:
    return keeper_page(request, keeper, "indicators/evidence_add.html", {"form": form}, status=status)


def remove_page(request: Visit, keeper: Keeper, evidence: Evidence) -> HttpResponse:
    return keeper_page(request, keeper, "indicators/evidence_remove.html", {"evidence": evidence})


def keeper_page(
    request: Visit, keeper: Keeper, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    context = {"value": keeper.value, "back": way_back(keeper)} | context
    if keeper.solicitation:
        context["shell"] = link_shell(keeper.solicitation)
        return render_page(request, template, context, status=status)
    plan = keeper.value.indicator.plan
    return plan_page(cast(Request, request), plan, template, context, current="indicators", status=status)


def too_late(request: Visit, keeper: Keeper) -> HttpResponse:
    messages.error(request, "Cette valeur est validée ou close\u00a0: rien n’a changé.")
    return redirect(way_back(keeper))


def way_back(keeper: Keeper) -> str:
    if keeper.solicitation:
        return reverse("indicators:answer_edit", args=[keeper.solicitation.pk])
    return keeper.value.get_absolute_url()
