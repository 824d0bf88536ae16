from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.web.http import Request
from partners.editing import conflict_page
from partners.shell import Visitor
from partners.signing import author_of
from partners.tracking import Conflict

from .. import saved_views
from ..forms.follow_up import FollowUpForm
from ..kanban import read_kanban
from ..models import Action, Plan, SavedView
from .follow_up import in_words
from .page import plan_page, views_menu, way_back
from .plans import updatable


@require_safe
def kanban(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    mine = {held.organisation_id for held in visitor.memberships if held.organisation_id}
    board = read_kanban(plan, request.user, params=request.GET.dict(), mine=mine, today=timezone.localdate())
    saved_views.remember(request.session, plan, board.reading.filter.query)
    return plan_page(
        request,
        plan,
        "actions/kanban.html",
        {
            "board": board,
            "reading": board.reading,
            "filter": board.reading.filter,
            "updatable": updatable(visitor, board.reading),
            "back": request.get_full_path(),
        }
        | views_menu(request, plan, SavedView.Page.KANBAN),
        visitor=visitor,
        fragments=["kanban"],
    )


@require_POST
def kanban_move(request: Request, pk: int) -> HttpResponse:
    """Give an action another status; what must be explained is asked on the page of its follow-up."""
    action = get_object_or_404(
        Action.objects.updatable_by(request.user).select_related("plan__territory"), pk=pk
    )
    back = way_back(request, reverse("actions:kanban", args=[action.plan_id]))
    form = FollowUpForm(status_alone(request.POST, action), instance=action)
    if not form.is_valid():
        asked = urlencode({"statut": request.POST.get("status", ""), "retour": back})
        return redirect(f"{reverse('actions:follow_up_edit', args=[action.pk])}?{asked}")
    try:
        form.save_follow_up(by=author_of(request.user, action.plan.territory_id), at=timezone.now())
    except Conflict as conflict:
        return conflict_page(request, form, conflict, back=back)
    messages.success(request, f"Action {action.number} enregistrée\u00a0: {in_words(action)}.")
    return redirect(back)


def status_alone(sent: QueryDict, action: Action) -> QueryDict:
    """What the form of a card sends, completed with what it leaves as it is."""
    data = sent.copy()
    data.setdefault("confidence", action.confidence)
    data.setdefault("progress", "" if action.progress is None else str(action.progress))
    return data
