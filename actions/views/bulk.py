import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ctg.web.http import Request
from partners import receipts
from partners.shell import Visitor

from .. import undoing
from ..bulk import AT_ONCE, Left, apply, preview, reachable
from ..forms.bulk import BulkForm
from ..models import Plan
from ..reading import read_plan
from .page import back_to_plan, plan_page

#: More names than this in one message would not be read.
NAMED = 8


@require_safe
def bulk_edit(request: Request, pk: int) -> HttpResponse:
    plan, visitor = plan_to_change(request, pk)
    form = BulkForm(user=request.user, plan=plan, coordinates=visitor.coordinates(plan.territory_id))
    return bulk_page(request, plan, visitor, form)


@require_POST
def bulk_preview(request: Request, pk: int) -> HttpResponse:
    """Show each action before and after; nothing is written."""
    plan, visitor = plan_to_change(request, pk)
    form = BulkForm(
        request.POST, user=request.user, plan=plan, coordinates=visitor.coordinates(plan.territory_id)
    )
    if not form.is_valid():
        return bulk_page(request, plan, visitor, form, status=422)
    actions = form.actions()
    lines = preview(actions, form.change)
    return plan_page(
        request,
        plan,
        "actions/bulk_preview.html",
        {
            "form": form,
            "token": receipts.fresh_token(),
            "lines": lines,
            "same": len(actions) - len(lines),
            "foreign": len(form.sent) - len(actions),
        },
        visitor=visitor,
    )


@require_POST
def bulk_apply(request: Request, pk: int) -> HttpResponse:
    plan, visitor = plan_to_change(request, pk)
    form = BulkForm(
        request.POST, user=request.user, plan=plan, coordinates=visitor.coordinates(plan.territory_id)
    )
    if not form.is_valid():
        return bulk_page(request, plan, visitor, form, status=422)
    token = form.token_sent
    by = visitor.signature(plan.territory_id)
    left = apply(plan, form.change, form.sent, token=token, by=by, at=timezone.now())
    if count := undoing.count_written(token, request.user):
        words = f"{count} action{'s modifiées' if count > 1 else ' modifiée'}."
        url = reverse("actions:bulk_undo", args=[token])
        messages.success(request, format_html('{} <a href="{}">Annuler ce changement</a>', words, url))
    else:
        messages.info(request, "Aucune action n’a changé.")
    say_left(request, left)
    return redirect(plan)


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_undo(request: Request, batch: uuid.UUID) -> HttpResponse:
    """Show what would be put back, then put it back."""
    rows = undoing.written_in(batch, request.user)
    plan = (
        Plan.objects.visible_to(request.user)
        .select_related("territory")
        .filter(pk__in={r.plan_id for r in rows})
        .first()
    )
    if plan is None:
        raise Http404
    visitor = Visitor(request.user)
    if request.method != "POST":
        lines, left = undoing.preview_undo(rows, request.user)
        return plan_page(
            request,
            plan,
            "actions/bulk_undo.html",
            {"batch": batch, "lines": lines, "left": left},
            visitor=visitor,
        )
    by = visitor.signature(plan.territory_id)
    count, left = undoing.undo(rows, request.user, by=by, at=timezone.now())
    if count:
        messages.success(request, f"Changement annulé sur {count} action{'s' if count > 1 else ''}.")
    else:
        messages.info(request, "Il n’y avait plus rien à annuler.")
    say_left(request, left)
    return redirect(plan)


def plan_to_change(request: Request, pk: int) -> tuple[Plan, Visitor]:
    """A plan of which the user may change at least one action; the coordination, even an empty one."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    if (
        not visitor.coordinates(plan.territory_id)
        and not reachable(plan, request.user, is_follow_up=True).exists()
    ):
        raise Http404
    return plan, visitor


def bulk_page(
    request: Request, plan: Plan, visitor: Visitor, form: BulkForm, *, status: int = 200
) -> HttpResponse:
    """The actions that the filter keeps, ticked, and the change to choose; sent back, those ticked then."""
    organisations = {held.organisation_id for held in visitor.memberships if held.organisation_id}
    today = timezone.localdate()
    reading = read_plan(plan, request.user, params=request.GET.dict(), mine=organisations, today=today)
    kept = reachable(plan, request.user, is_follow_up=True).filter(pk__in=reading.filter.kept)
    shown = list(kept.only("number", "title", "status", "status_reason", "plan")[: AT_ONCE + 1])
    return plan_page(
        request,
        plan,
        "actions/bulk_edit.html",
        {
            "form": form,
            "coordinates": visitor.coordinates(plan.territory_id),
            "filter": reading.filter,
            "actions": shown[:AT_ONCE],
            "ticked": form.sent if form.is_bound else {action.pk for action in shown},
            "at_once": AT_ONCE if len(shown) > AT_ONCE else 0,
            "back": back_to_plan(plan),
        },
        visitor=visitor,
        status=status,
    )


def say_left(request: Request, left: Sequence[Left]) -> None:
    """Name the actions that were left alone, and why."""
    if not left:
        return
    named = "\u00a0; ".join(f"{item.name} ({item.why})" for item in left[:NAMED])
    more = f"\u00a0; et {len(left) - NAMED} autres" if len(left) > NAMED else ""
    messages.warning(request, f"Laissé tel quel\u00a0: {named}{more}.")
