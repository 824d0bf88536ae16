from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ctg.web.http import Request
from partners.models import Change

from ..forms.entries import CoordinationNoteForm, NoteForm
from ..models import Action, Plan, ProgressNote
from ..sheet import note_entry
from .entries import entry_page, trash_entry, typed
from .page import plan_page

PAGE_SIZE = 20


@require_safe
def note_list(request: Request, pk: int) -> HttpResponse:
    """Every note of an action, newest first."""
    action = get_object_or_404(
        Action.objects.visible_to(request.user).select_related("plan__territory"), pk=pk
    )
    notes = ProgressNote.objects.visible_to(request.user).filter(action=action)
    page = Paginator(notes, PAGE_SIZE).get_page(request.GET.get("page"))
    changes = list(Change.objects.visible_to(request.user).filter(batch__in=[note.batch for note in page]))
    own = set(
        ProgressNote.objects.updatable_by(request.user).filter(action=action).values_list("pk", flat=True)
    )
    context = {
        "action": action,
        "page": page,
        "entries": [note_entry(note, changes, is_editable=note.pk in own) for note in page],
    }
    return plan_page(request, action.plan, "actions/note_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def note_add(request: Request, pk: int) -> HttpResponse:
    action = get_object_or_404(Action.objects.commentable_by(request.user).select_related("plan"), pk=pk)
    return note_page(request, ProgressNote(action=action), said="Note enregistrée.")


@require_http_methods(["GET", "HEAD", "POST"])
def note_edit(request: Request, pk: int) -> HttpResponse:
    return note_page(request, note_of(request, pk), said="Note enregistrée.")


@require_POST
def note_trash(request: Request, pk: int) -> HttpResponse:
    note = note_of(request, pk)
    return trash_entry(request, note.action, note)


def note_of(request: Request, pk: int) -> ProgressNote:
    """A note that the person may change."""
    updatable = ProgressNote.objects.updatable_by(request.user).select_related("action__plan")
    return get_object_or_404(updatable, pk=pk)


def note_page(request: Request, note: ProgressNote, *, said: str) -> HttpResponse:
    coordinates = Plan.objects.editable_by(request.user).filter(pk=note.action.plan_id).exists()
    form = (CoordinationNoteForm if coordinates else NoteForm)(
        typed(request), instance=note, user=request.user
    )
    return entry_page(request, note.action, form, name="note_form", said=said)
