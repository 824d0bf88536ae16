"""Values in bulk: a table of them brought to a plan, read back before anything is written."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actions.views.page import plan_page
from actions.views.plan_forms import page_or_post
from ctg.answerbooks.bulk.comparing import compare_values
from ctg.answerbooks.bulk.keeping import keep_values
from ctg.answerbooks.bulk.model import write_model
from ctg.answerbooks.forms.importing import ValuesForm
from ctg.answerbooks.keeping import source_of
from ctg.answerbooks.models import DroppedValues
from ctg.answerbooks.returned.comparing import Comparison
from ctg.answerbooks.taking_in import Outdated, take_in
from ctg.documents.views.exports import download
from ctg.intake.tables import Refusal
from ctg.web.http import Request
from ctg.web.uploads import is_oversized
from indicators.views.campaigns import plan_of
from partners.signing import author_of

from .deciding import OUTDATED, annotated_file, decision_of, say_taken


@page_or_post
def value_import(request: Request, pk: int) -> HttpResponse:
    plan, at = plan_of(request, pk), timezone.now()
    form = ValuesForm()
    if request.method == "POST":
        form = ValuesForm(request.POST, request.FILES, is_oversized=is_oversized(request))
        if form.is_valid() and form.source:
            try:
                return redirect(keep_values(plan, form.source, user=request.user, at=at))
            except Refusal as refusal:
                form.add_error("file" if form.cleaned_data["file"] else "pasted", str(refusal))
    status = 422 if form.errors else 200
    template = "answerbooks/value_import.html"
    return plan_page(request, plan, template, {"form": form}, current="indicators", status=status)


@require_safe
def value_import_model(request: Request, pk: int) -> HttpResponse:
    return download(write_model(plan_of(request, pk), request.user, today=timezone.localdate()))


@require_safe
def dropped_values(request: Request, pk: int) -> HttpResponse:
    return dropped_page(request, dropped_of(request, pk))


@require_safe
def dropped_values_annotated(request: Request, pk: int) -> HttpResponse:
    dropped = dropped_of(request, pk)
    return annotated_file(dropped, compared(request, dropped))


@require_POST
def dropped_values_apply(request: Request, pk: int) -> HttpResponse:
    dropped, at = dropped_of(request, pk), timezone.now()
    decision = decision_of(request, may_validate=True)
    by = author_of(request.user, dropped.plan.territory_id)
    try:
        taken = take_in(
            dropped, lambda: compared(request, dropped), decision, plan=dropped.plan, by=by, at=at
        )
    except Outdated:
        messages.warning(request, OUTDATED)
        return dropped_page(request, dropped, status=409)
    say_taken(request, taken, decision)
    return redirect("indicators:indicator_list", dropped.plan_id)


def dropped_of(request: Request, pk: int) -> DroppedValues:
    held = DroppedValues.objects.editable_by(request.user).select_related("plan__territory")
    return get_object_or_404(held, pk=pk)


def compared(request: Request, dropped: DroppedValues) -> Comparison:
    return compare_values(source_of(dropped), dropped.plan, request.user, at=timezone.now())


def dropped_page(request: Request, dropped: DroppedValues, *, status: int = 200) -> HttpResponse:
    context = {
        "returned": dropped,
        "comparison": compared(request, dropped),
        "can_validate": True,
        "back": reverse("answerbooks:value_import", args=[dropped.plan_id]),
        "apply_url": reverse("answerbooks:dropped_values_apply", args=[dropped.pk]),
        "annotated_url": reverse("answerbooks:dropped_values_annotated", args=[dropped.pk]),
    }
    template = "answerbooks/dropped_values.html"
    return plan_page(request, dropped.plan, template, context, current="indicators", status=status)
