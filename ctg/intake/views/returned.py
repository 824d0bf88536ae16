"""A workbook that comes back to its plan: bring it, choose line by line, take it in, take that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actions.models import Plan
from actions.views.page import plan_page
from actions.views.plan_forms import page_or_post
from ctg.intake.forms.returned import ReturnForm, TakingForm
from ctg.intake.models import ReturnedPlan
from ctg.intake.returned.numbers import NumberTaken
from ctg.intake.returned.shapes import MOST_LINES
from ctg.intake.returned.shown import shown_of, written_by
from ctg.intake.returned.taking import diff_of, keep, take_in
from ctg.intake.returned.undoing import can_undo, preview, undo
from ctg.web.http import Request
from ctg.web.uploads import is_oversized
from partners.signing import author_of
from partners.tracking import Author, Conflict

WROTE_SINCE = (
    "{} vient d’écrire dans «\u00a0{}\u00a0»\u00a0: rien n’est enregistré. "
    "Voyez ce qui a changé, puis choisissez."
)
TOO_LATE = (
    "Ce classeur a été repris il y a plus de 30 jours\u00a0: "
    "l’historique du plan dit encore ce qu’il y avait avant."
)


@page_or_post
def returned_add(request: Request, pk: int) -> HttpResponse:
    """Bring a workbook that went out of the plan; nothing is written before one agrees."""
    plan = get_object_or_404(Plan.objects.editable_by(request.user).select_related("territory"), pk=pk)
    posted = request.method == "POST"
    form = ReturnForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        plan=plan,
        is_oversized=posted and is_oversized(request),
    )
    if posted and form.is_valid() and form.source:
        return redirect(keep(plan, form.source, user=request.user, at=timezone.now()))
    status = 422 if form.errors else 200
    return plan_page(request, plan, "intake/returned_add.html", {"form": form}, status=status)


@require_safe
def returned(request: Request, pk: int) -> HttpResponse:
    return returned_page(request, workbook_to_read(request, pk))


@require_POST
def returned_apply(request: Request, pk: int) -> HttpResponse:
    """Write what was ticked, once however often it is sent; over fresh words of others, nothing."""
    workbook = workbook_to_read(request, pk)
    if workbook.applied_at:
        return redirect(workbook)
    form = TakingForm(request.POST, diff=diff_of(workbook))
    if not form.is_valid():
        return returned_page(request, workbook, form, status=422)
    who = author_of(request.user, workbook.plan.territory_id)
    by = Author(f"{who.label}, repris de {workbook.name}"[:300], request.user)
    try:
        take_in(workbook, form.taken, form.seen, by=by, at=timezone.now())
    except (Conflict, NumberTaken) as refusal:
        told = str(refusal)
        if isinstance(refusal, Conflict):
            told = WROTE_SINCE.format(refusal.clashes[0].author, refusal.thing)
        return returned_page(request, workbook, form, status=409, refusal=told)
    messages.success(request, "Le classeur est repris dans le plan.")
    return redirect(workbook)


@page_or_post
def returned_undo(request: Request, pk: int) -> HttpResponse:
    """Show what would come back and what stands in the way, then put it back."""
    workbook = workbook_to_read(request, pk)
    now = timezone.now()
    if not can_undo(workbook, now):
        if workbook.applied_at:
            messages.warning(request, TOO_LATE)
        return redirect(workbook)
    if request.method != "POST":
        context = {"workbook": workbook, "returns": preview(workbook)}
        return plan_page(request, workbook.plan, "intake/returned_undo.html", context)
    done = undo(workbook, by=author_of(request.user, workbook.plan.territory_id), at=now)
    if left := [f"{one.name} ({one.why})" for one in done if one.why]:
        told = "\u00a0; ".join(left[:8])
        messages.warning(request, f"Laissé tel quel\u00a0: {told}.")
    messages.success(request, "Ce qui venait du classeur est annulé. Il peut être repris à nouveau.")
    return redirect(workbook)


def returned_page(
    request: Request,
    workbook: ReturnedPlan,
    form: TakingForm | None = None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """What the workbook would change; once taken in, what it changed."""
    context = {
        "workbook": workbook,
        "refusal": refusal,
        "most": MOST_LINES,
        "form": form,
        "written": [],
        "can_undo": can_undo(workbook, timezone.now()),
    }
    if workbook.applied_at:
        context |= {"shown": None, "written": written_by(workbook, request.user)}
    else:
        diff = diff_of(workbook)
        form = TakingForm(request.POST, diff=diff) if form else TakingForm(diff=diff)
        context |= {"form": form, "shown": shown_of(diff, form)}
    return plan_page(request, workbook.plan, "intake/returned.html", context, status=status)


def workbook_to_read(request: Request, pk: int) -> ReturnedPlan:
    editable = ReturnedPlan.objects.editable_by(request.user).select_related("plan__territory")
    return get_object_or_404(editable, pk=pk)
