"""The register of a plan: what was frozen, handed out as it was or not at all."""

import hashlib
import logging
import secrets

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from actions.models import Meeting, Plan
from actions.views.page import plan_page
from ctg.reviews.facts.canonical import digest_of
from ctg.reviews.keeping.register import adopted_words, in_register, read_register
from ctg.reviews.models import FrozenDocument, FrozenFile
from ctg.web import uploads
from ctg.web.http import Request
from partners.shell import Visitor

logger = logging.getLogger(__name__)

ROOM = "reviews"


@require_safe
def register(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    context = {
        "register": read_register(plan, request.user),
        "can_edit": visitor.coordinates(plan.territory_id),
    }
    return plan_page(request, plan, "reviews/register.html", context, current=ROOM, visitor=visitor)


@require_safe
def frozen_detail(request: Request, pk: int) -> HttpResponse:
    visible = in_register(FrozenDocument.objects.visible_to(request.user))
    document = get_object_or_404(visible.select_related("plan__territory").defer(None), pk=pk)
    plan, visitor = document.plan, Visitor(request.user)
    context = {
        "document": document,
        "adopted": adopted_words(document),
        "meeting": Meeting.objects.visible_to(request.user).filter(frozen_documents=document).first(),
        "can_correct": FrozenDocument.objects.correctable_by(request.user).filter(pk=pk).exists(),
    }
    return plan_page(request, plan, "reviews/frozen_detail.html", context, current=ROOM, visitor=visitor)


@require_safe
def frozen_facts(request: Request, pk: int) -> HttpResponse:
    """The very text whose digest the files print."""
    visible = FrozenDocument.objects.visible_to(request.user).select_related("plan__territory")
    document = get_object_or_404(visible, pk=pk)
    if digest_of(document.facts) != document.sha256:
        return refused(request, document, "son contenu")
    name = f"document-{document.number}-contenu.json"
    return handed_out(document.facts.encode(), name, "application/json")


@require_safe
def frozen_file(request: Request, pk: int) -> HttpResponse:
    visible = FrozenFile.objects.visible_to(request.user).select_related("document__plan__territory")
    file = get_object_or_404(visible, pk=pk)
    try:
        with uploads.open_stored(file.stored_as) as stored:
            content = stored.read()
    except FileNotFoundError:
        return refused(request, file.document, file.name)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        return refused(request, file.document, file.name)
    return handed_out(content, file.name, file.media_type)


def handed_out(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to be kept: the bytes that were compared, which nobody reads anew."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    response = HttpResponse(content, content_type=media_type, headers=headers)
    response._csp_update = {"sandbox": True}  # type: ignore[attr-defined]  # As the decorators of csp do.
    return response


def refused(request: Request, document: FrozenDocument, what: str) -> HttpResponse:
    """Say that something is no longer what was frozen, and hand out nothing of it."""
    incident = secrets.token_hex(3).upper()
    logger.error("Incident %s: %s of frozen document %s is lost or altered", incident, what, document.pk)
    context = {"document": document, "what": what, "incident": incident}
    return plan_page(request, document.plan, "reviews/frozen_broken.html", context, current=ROOM, status=500)
