"""The letterhead of a territory: the page where its coordination chooses it, and its files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from ctg.documents.forms.letterhead import FORMS, LetterheadForm
from ctg.documents.letterheads import Part, letterhead_of, read_template, remove_file
from ctg.documents.models import Letterhead
from ctg.web import uploads
from ctg.web.htmx import render_page
from ctg.web.http import Request
from partners.models import Change, Territory
from partners.shell import Visitor, territory_shell
from partners.signing import author_of
from partners.tracking import Conflict

SAID = {Part.LOGO: "Le logo", Part.TEMPLATE: "Le modèle Word"}


@require_safe
def letterhead(request: Request, pk: int) -> HttpResponse:
    return letterhead_page(request, letterhead_of(territory_of(request, pk)))


@require_POST
def letterhead_replace(request: Request, pk: int, part: Part) -> HttpResponse:
    used = letterhead_of(territory_of(request, pk))
    typed, files = request.POST, request.FILES  # Read before one asks whether they were too many.
    form = FORMS[part](typed, files, letterhead=used, is_oversized=uploads.is_oversized(request))
    if not form.is_valid():
        return letterhead_page(request, used, bound=form, status=422)
    try:
        form.make(request.user, by=author_of(request.user, pk), at=timezone.now())
    except Conflict as conflict:
        return conflict_page(request, used, part, conflict)
    messages.success(request, f"{SAID[part]} est en service\u00a0: les prochains documents le prennent.")
    return redirect(used)


@require_POST
def letterhead_remove(request: Request, pk: int, part: Part) -> HttpResponse:
    used = letterhead_of(territory_of(request, pk))
    seen = request.POST.get("seen", "")
    try:
        kept = remove_file(
            used,
            part,
            seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0,
            by=author_of(request.user, pk),
            at=timezone.now(),
        )
    except Conflict as conflict:
        return conflict_page(request, used, part, conflict)
    if part.of(kept) is None:
        messages.success(request, f"{SAID[part]} est retiré.")
    return redirect(used)


@require_safe
def letterhead_logo(request: Request, pk: int) -> HttpResponse:
    """The logo as a picture, for the page that shows it."""
    visible = Letterhead.objects.visible_to(request.user)
    stored = get_object_or_404(visible, territory=pk).logo_file
    if stored is None:
        raise Http404
    try:
        return uploads.as_picture(stored.stored_as, stored.media_type)
    except FileNotFoundError as error:
        raise Http404 from error


@require_safe
def letterhead_template(request: Request, pk: int) -> HttpResponseBase:
    """The Word template in use, ours when the territory gave none."""
    stored = letterhead_of(territory_of(request, pk)).template_file
    if stored is None:
        return starting_template(request, pk)
    try:
        return uploads.as_download(stored.stored_as, stored.name, stored.media_type)
    except FileNotFoundError as error:
        raise Http404 from error


@require_safe
def starting_template(request: Request, pk: int) -> HttpResponse:
    """The template that the tool comes with, to be dressed as one’s own."""
    from ctg.documents.word.template import SHIPPED

    territory_of(request, pk)
    name = content_disposition_header(True, "modele-plan-ctg.docx")
    headers = {"Content-Disposition": name or ""}
    return HttpResponse(SHIPPED.read_bytes(), content_type=uploads.DOCX, headers=headers)


def letterhead_page(
    request: Request,
    used: Letterhead,
    *,
    bound: LetterheadForm | None = None,
    changed: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = {part.field: form(letterhead=used) for part, form in FORMS.items()}
    if bound:
        forms[bound.part.field] = bound
    history = Change.objects.visible_to(request.user).filter(kind="letterhead", object_id=used.pk)
    context = {
        "letterhead": used,
        "territory": used.territory,
        "logo": used.logo_file,
        "template": used.template_file,
        "trouble": trouble_of(used),
        "forms": forms,
        "bound": bound,
        "changed": changed,
        "changes": list(history[:50]),
        "shell": territory_shell(Visitor(request.user), used.territory, "letterhead"),
    }
    return render_page(request, "documents/letterhead.html", context, status=status)


def conflict_page(request: Request, used: Letterhead, part: Part, conflict: Conflict) -> HttpResponse:
    """The page as it stands now, and who changed what in between; nothing was saved."""
    clash = conflict.clashes[0]
    changed = {"what": SAID[part], "author": clash.author, "at": clash.at}
    return letterhead_page(request, letterhead_of(used.territory), changed=changed, status=409)


def trouble_of(used: Letterhead) -> str:
    """Why the template of the territory cannot serve any more, so that papers are written with ours."""
    content = read_template(used)
    if content is None:
        return "Son fichier est perdu." if used.template_file else ""
    from ctg.documents.word.template import TemplateError, open_template

    try:
        open_template(content)
    except TemplateError as error:
        return str(error)
    return ""


def territory_of(request: Request, pk: int) -> Territory:
    return get_object_or_404(Territory.objects.editable_by(request.user), pk=pk)
