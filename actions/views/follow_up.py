import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.web.http import Request
from partners.editing import conflict_page
from partners.signing import author_of
from partners.tracking import Conflict

from .. import queries
from ..forms.follow_up import NOTE_LABELS, FollowUpForm
from ..models import Action, Status
from ..reading import dress
from .page import plan_page, way_back


@require_safe
def follow_up_edit(request: Request, pk: int) -> HttpResponse:
    """The quick form of an action: under its row, on its sheet, or on a page of its own.

    The address may choose a status beforehand: one that asks for a reason, from the columns by status.
    """
    action = get_object_or_404(
        Action.objects.updatable_by(request.user).select_related("plan__territory"), pk=pk
    )
    asked = request.GET.get("statut")
    initial = {"status": asked} if asked in Status.values else {}
    return follow_up_page(request, action, FollowUpForm(instance=action, initial=initial))


@require_POST
def follow_up_save(request: Request, pk: int) -> HttpResponse:
    action = get_object_or_404(
        Action.objects.updatable_by(request.user).select_related("plan__territory"), pk=pk
    )
    form = FollowUpForm(request.POST, instance=action)
    if not form.is_valid():
        return follow_up_page(request, action, form, status=422)
    back = way_back(request, action.get_absolute_url())
    try:
        form.save_follow_up(by=author_of(request.user, action.plan.territory_id), at=timezone.now())
    except Conflict as conflict:
        return conflict_page(request, form, conflict, back=back)
    messages.success(request, f"Action {action.number} enregistrée\u00a0: {in_words(action)}.")
    return redirect(back)


def follow_up_page(
    request: Request, action: Action, form: FollowUpForm, *, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    row = dress(queries.rows_of([action.pk], request.user)[0], queries.carriers_of(action.plan), today)
    return plan_page(
        request,
        action.plan,
        "actions/follow_up_edit.html",
        {
            "action": action,
            "actions": [row],
            "form": form,
            "note_labels": json.dumps(NOTE_LABELS),
            "back": way_back(request, action.get_absolute_url()),
            "open": action.pk,
            "today": today,
            "updatable": {action.pk},
        },
        fragments=["action", "follow-up"],
        status=status,
    )


def in_words(action: Action) -> str:
    """« en cours, à surveiller, 30 % »."""
    progress = "" if action.progress is None else f"{action.progress}\u00a0%"
    words = [action.get_status_display(), action.get_confidence_display(), progress]
    return ", ".join(str(word) for word in words if word)
