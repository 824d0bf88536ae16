from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.web.http import Request
from ctg.web.templatetags.ui import plural
from partners import tracking
from partners.shell import Link, Visitor
from partners.signing import author_of
from partners.tracking import Conflict

from ..attaching import attachments_of
from ..forms.governance import SEALED, MeetingForm
from ..governance.sheet import read_meeting
from ..governance.wording import meeting_sentence, whereabouts
from ..models import Meeting
from .bodies import ROOM, body_to_edit, links_to
from .entries import version_seen
from .forms import FormPage, form_page, trash_page
from .page import plan_page
from .plan_forms import KEPT, page_or_post


@require_safe
def meeting_detail(request: Request, pk: int) -> HttpResponse:
    meetings = Meeting.objects.visible_to(request.user).select_related("body__plan__territory")
    meeting = get_object_or_404(meetings, pk=pk)
    plan = meeting.body.plan
    visitor = Visitor(request.user)
    can_edit = visitor.coordinates(plan.territory_id)
    sheet = read_meeting(meeting, request.user, timezone.localdate())
    context = {
        "meeting": meeting,
        "sheet": sheet,
        "where": whereabouts(meeting),
        "sentence": meeting_sentence(meeting, sheet),
        "can_edit": can_edit,
        "can_write": can_edit and not meeting.concluded_at,
        "attachments": attachments_of(meeting, request.user, coordinates=can_edit),
        "can_attach": can_edit,
        "attach_url": reverse("actions:meeting_attachment_add", args=[meeting.pk]),
    }
    return plan_page(
        request,
        plan,
        "actions/meeting_detail.html",
        context,
        current=ROOM,
        visitor=visitor,
        fragments=["agenda"],
    )


@page_or_post
def meeting_add(request: Request, pk: int) -> HttpResponse:
    body = body_to_edit(request, pk)
    form = MeetingForm(request.POST or None, instance=Meeting(body=body), today=timezone.localdate())
    page = FormPage(
        title=f"Nouvelle réunion\u00a0: {body}",
        lead="Si elle est à venir, son ordre du jour s’ouvre sur les décisions en cours.",
        links=links_to(body.plan, body),
        button="Créer la réunion",
        done=opening,
        then=lambda meeting: meeting.get_absolute_url(),
        room=ROOM,
    )
    return form_page(request, form, page, territory=body.plan.territory, plan=body.plan)


@page_or_post
def meeting_edit(request: Request, pk: int) -> HttpResponse:
    meeting = meeting_to_edit(request, pk)
    plan = meeting.body.plan
    form = MeetingForm(request.POST or None, instance=meeting, today=timezone.localdate())
    page = FormPage(
        title=f"Modifier\u00a0: {meeting}",
        links=links_to_meeting(meeting),
        done=lambda meeting: "Réunion enregistrée.",
        room=ROOM,
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@page_or_post
def meeting_trash(request: Request, pk: int) -> HttpResponse:
    meeting = meeting_to_edit(request, pk)
    return trash_page(
        request,
        meeting,
        meeting.body.plan,
        links=links_to_meeting(meeting),
        consequences=[
            "Son ordre du jour, ses présences et son compte rendu la suivent, et reviennent avec elle.",
            "Les décisions qui y ont été prises restent dans le plan.",
            KEPT,
        ],
        then=meeting.body.get_absolute_url(),
        room=ROOM,
    )


@require_POST
def meeting_conclude(request: Request, pk: int) -> HttpResponse:
    """Close the minutes: nothing of the meeting changes any more, unless somebody opens them again."""
    meeting = meeting_to_edit(request, pk)
    if meeting.held_on > timezone.localdate():
        messages.warning(
            request, "Cette réunion n’a pas encore eu lieu\u00a0: son compte rendu reste ouvert."
        )
        return redirect(meeting)
    return seal(request, meeting, is_sealed=True, said="Compte rendu arrêté.")


@require_POST
def meeting_reopen(request: Request, pk: int) -> HttpResponse:
    return seal(request, meeting_to_edit(request, pk), is_sealed=False, said="Compte rendu rouvert.")


def seal(request: Request, meeting: Meeting, *, is_sealed: bool, said: str) -> HttpResponse:
    if bool(meeting.concluded_at) == is_sealed:
        return redirect(meeting)
    at = timezone.now()
    values = {"concluded_at": at if is_sealed else None}
    by = author_of(request.user, meeting.body.plan.territory_id)
    try:
        tracking.change(meeting, values, by=by, at=at, seen=version_seen(request))
    except Conflict:
        messages.warning(request, "Rien n’est changé\u00a0: quelqu’un vient de faire de même. Relisez.")
    else:
        messages.success(request, said)
    return redirect(meeting)


def meeting_to_edit(request: Request, pk: int) -> Meeting:
    meetings = Meeting.objects.editable_by(request.user).select_related("body__plan__territory")
    return get_object_or_404(meetings, pk=pk)


def refuse_if_sealed(request: Request, meeting: Meeting) -> bool:
    """Say that the minutes are closed, to whoever pressed a button drawn before they were."""
    if meeting.concluded_at:
        messages.warning(request, SEALED)
    return bool(meeting.concluded_at)


def opening(meeting: Meeting) -> str:
    """What the agenda of a new meeting opens on."""
    count = meeting.items.current().count()
    if not count:
        return "Réunion créée. Composez son ordre du jour."
    return (
        f"Réunion créée. Son ordre du jour s’ouvre sur {count} décision{plural(count)} en cours\u00a0: "
        "complétez-le."
    )


def links_to_meeting(meeting: Meeting) -> list[Link]:
    links = links_to(meeting.body.plan, meeting.body)
    return [*links, Link(f"Réunion du {meeting.held_on:%d/%m/%Y}", meeting.get_absolute_url())]
