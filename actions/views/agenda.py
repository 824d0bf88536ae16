"""The points of an agenda, one by one or gathered by filters."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ctg.web.http import Request
from ctg.web.templatetags.ui import plural
from partners.shell import Visitor
from partners.signing import author_of

from .. import operations
from ..forms.governance import ItemForm, ItemNoteForm
from ..governance.agenda import add_items
from ..governance.proposals import propose
from ..models import Action, AgendaItem, Decision, Meeting
from .bodies import ROOM
from .forms import FormPage, form_page, trash_page
from .headings import is_up, say_move
from .meetings import links_to_meeting, meeting_to_edit, refuse_if_sealed
from .page import plan_page
from .plan_forms import KEPT, page_or_post


@page_or_post
def meeting_fill(request: Request, pk: int) -> HttpResponse:
    """Complete an agenda from what filters gather; what is ticked is added in one gesture."""
    meeting = meeting_to_edit(request, pk)
    if request.method == "POST":
        return add_ticked(request, meeting)
    proposals = propose(meeting, request.user, timezone.localdate(), by=request.GET.get("lecture", ""))
    return plan_page(
        request,
        meeting.body.plan,
        "actions/meeting_fill.html",
        {"meeting": meeting, "links": links_to_meeting(meeting), "proposals": proposals},
        current=ROOM,
        visitor=Visitor(request.user),
    )


def add_ticked(request: Request, meeting: Meeting) -> HttpResponse:
    if refuse_if_sealed(request, meeting):
        return redirect(meeting)
    plan = meeting.body.plan
    added = add_items(
        meeting,
        actions=Action.objects.visible_to(request.user).filter(plan=plan, pk__in=ticked(request, "action")),
        decisions=Decision.objects.visible_to(request.user).filter(
            plan=plan, pk__in=ticked(request, "decision")
        ),
        by=author_of(request.user, plan.territory_id),
        at=timezone.now(),
    )
    count = len(added)
    if count:
        messages.success(request, f"{count} point{plural(count)} ajouté{plural(count)} à l’ordre du jour.")
    else:
        messages.info(request, "Rien n’est ajouté\u00a0: cochez ce qui entre à l’ordre du jour.")
    return redirect(meeting)


@page_or_post
def item_add(request: Request, pk: int) -> HttpResponse:
    meeting = meeting_to_edit(request, pk)
    form = ItemForm(request.POST or None, instance=AgendaItem(meeting=meeting), user=request.user)
    page = FormPage(
        title="Ajouter un point à l’ordre du jour",
        links=links_to_meeting(meeting),
        button="Ajouter",
        done=lambda item: f"Ajouté à l’ordre du jour\u00a0: {item}.",
        room=ROOM,
    )
    return form_page(request, form, page, territory=meeting.body.plan.territory, plan=meeting.body.plan)


@page_or_post
def item_edit(request: Request, pk: int) -> HttpResponse:
    item = item_to_edit(request, pk)
    plan = item.meeting.body.plan
    form = ItemNoteForm(request.POST or None, instance=item)
    page = FormPage(
        title=f"Point de l’ordre du jour\u00a0: {item}",
        links=links_to_meeting(item.meeting),
        done=lambda item: "Point enregistré.",
        room=ROOM,
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@require_POST
def item_move(request: Request, pk: int) -> HttpResponse:
    item = item_to_edit(request, pk)
    up = is_up(request)
    if refuse_if_sealed(request, item.meeting):
        return redirect(item.meeting)
    points = item.meeting.items.current().order_by("position", "pk")
    by = author_of(request.user, item.meeting.body.plan.territory_id)
    moved = operations.move(
        item, up=up, among=points, whole=points, by=by, at=timezone.now(), shelf=item.meeting
    )
    say_move(request, str(item), moved)
    return redirect(item.meeting)


@page_or_post
def item_trash(request: Request, pk: int) -> HttpResponse:
    item = item_to_edit(request, pk)
    if refuse_if_sealed(request, item.meeting):
        return redirect(item.meeting)
    return trash_page(
        request,
        item,
        item.meeting.body.plan,
        links=links_to_meeting(item.meeting),
        consequences=[
            "Le point quitte l’ordre du jour\u00a0; l’action ou la décision reste dans le plan.",
            KEPT,
        ],
        then=item.meeting.get_absolute_url(),
        room=ROOM,
    )


def item_to_edit(request: Request, pk: int) -> AgendaItem:
    items = AgendaItem.objects.editable_by(request.user)
    return get_object_or_404(
        items.select_related("meeting__body__plan__territory", "action", "decision"), pk=pk
    )


def ticked(request: Request, name: str) -> list[int]:
    return [int(key) for key in request.POST.getlist(name) if key.isdecimal() and len(key) < 18]
