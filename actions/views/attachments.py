"""Documents joined to actions and to meetings."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from ctg.web import uploads
from ctg.web.http import Request
from partners.shell import Link

from .. import attaching
from ..forms.attachments import AttachmentForm, LinkForm, NewAttachmentForm
from ..models import Action, Attachment, Meeting, Plan
from .discussions import file_links
from .entries import typed
from .forms import FormPage, form_page, trash_page
from .plan_forms import KEPT, page_or_post


@page_or_post
def attachment_add(request: Request, pk: int) -> HttpResponse:
    kept = Action.objects.updatable_by(request.user).select_related("plan__territory")
    action = get_object_or_404(kept, pk=pk)
    return add_page(request, Attachment(plan=action.plan, action=action))


@page_or_post
def meeting_attachment_add(request: Request, pk: int) -> HttpResponse:
    coordinated = Meeting.objects.editable_by(request.user).select_related("body__plan__territory")
    meeting = get_object_or_404(coordinated, pk=pk)
    return add_page(request, Attachment(plan=meeting.body.plan, meeting=meeting))


def add_page(request: Request, attachment: Attachment) -> HttpResponse:
    page = FormPage(
        title="Joindre un document",
        lead="Un fichier, ou l’adresse d’une page.",
        links=links_to(attachment),
        button="Joindre",
        done=lambda attachment: f"Document joint\u00a0: {attachment}.",
        room=room_of(attachment),
    )
    is_post = request.method == "POST"
    form = NewAttachmentForm(
        typed(request),
        request.FILES if is_post else None,
        instance=attachment,
        coordinates=coordinates(request, attachment.plan),
        is_oversized=is_post and uploads.is_oversized(request),
    )
    return form_page(request, form, page, territory=attachment.plan.territory, plan=attachment.plan)


@require_safe
def attachment_open(request: Request, pk: int) -> HttpResponseBase:
    """A file, to be downloaded and never shown; or the page to which a link leads."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    if found.url:
        return redirect(found.url)
    return uploads.as_download(found.stored_as, attaching.download_name(found), found.media_type)


@page_or_post
def attachment_edit(request: Request, pk: int) -> HttpResponse:
    attachment = attachment_of(request, pk)
    page = FormPage(
        title="Modifier le document",
        lead=attachment.format_text,
        links=links_to(attachment),
        done=lambda attachment: f"Document enregistré\u00a0: {attachment}.",
        room=room_of(attachment),
    )
    form_class = LinkForm if attachment.url else AttachmentForm
    may_choose = coordinates(request, attachment.plan)
    form = form_class(typed(request), instance=attachment, coordinates=may_choose)
    return form_page(request, form, page, territory=attachment.plan.territory, plan=attachment.plan)


@page_or_post
def attachment_trash(request: Request, pk: int) -> HttpResponse:
    attachment = attachment_of(request, pk)
    links = links_to(attachment)
    return trash_page(
        request, attachment, attachment.plan, links=links, consequences=[KEPT], then=links[-1].url
    )


def attachment_of(request: Request, pk: int) -> Attachment:
    """A document that the person may change."""
    editable = Attachment.objects.editable_by(request.user)
    return get_object_or_404(
        editable.select_related("plan__territory", "action__plan", "meeting__body"), pk=pk
    )


def coordinates(request: Request, plan: Plan) -> bool:
    return Plan.objects.editable_by(request.user).filter(pk=plan.pk).exists()


def links_to(attachment: Attachment) -> list[Link]:
    """The pages above those of a document; the last one shows it."""
    if attachment.action:
        return file_links(attachment.action)
    assert attachment.meeting
    plan = attachment.plan
    return [
        Link(plan.title, plan.get_absolute_url()),
        Link(str(attachment.meeting), attachment.meeting.get_absolute_url()),
    ]


def room_of(attachment: Attachment) -> str:
    """The room of the navigation in which the document stands."""
    return "governance" if attachment.meeting_id else "plan"
