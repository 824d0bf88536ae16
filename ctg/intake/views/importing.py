"""Taking a file in, once, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from actions.views.plan_forms import page_or_post
from ctg.documents.plan_files import PlanFileError
from ctg.intake import jobs
from ctg.intake.forms.choosing import ImportForm
from ctg.intake.models import DroppedFile
from ctg.intake.previewing.preview import preview_of
from ctg.intake.previewing.telling import kept_outcome
from ctg.intake.tables import Refusal
from ctg.intake.writing.importing import NothingToCreate, import_plan
from ctg.intake.writing.undoing import Obstructed, can_undo, obstacles, undo
from ctg.web.htmx import render_page
from ctg.web.http import Request

from .preview import file_to_read, preview_page, shell_of


@require_POST
def plan_import(request: Request, pk: int) -> HttpResponse:
    """Create what the file says, once however often it is asked; what takes long is done outside."""
    dropped = file_to_read(request, pk)
    if dropped.target and dropped.is_imported:
        return redirect(dropped.target)
    form = ImportForm(request.POST, dropped=dropped, user=request.user)
    if not form.is_valid():
        return preview_page(request, dropped, form)
    asked: dict[str, Any] = {"title": form.cleaned_data.get("title", ""), "choices": form.choices}
    now = timezone.now()
    try:
        outcome = preview_of(dropped).outcome(form.choices)
        if len(outcome.created) > jobs.AT_ONCE:
            return redirect(jobs.ask(dropped, **asked, by=request.user, at=now))
        plan = import_plan(dropped, **asked, by=jobs.author_for(dropped, request.user), at=now)
    except (PlanFileError, Refusal, NothingToCreate) as error:
        words = jobs.NOTHING if isinstance(error, NothingToCreate) else str(error)
        form.add_error("title" if "title" in form.fields else None, words)
        return preview_page(request, dropped, form)
    dropped.refresh_from_db(fields=["outcome"])
    sentence = f"{plan}\u00a0: {kept_outcome(dropped.outcome)}."
    way = format_html('{} <a href="{}">Revoir le fichier</a>', sentence, dropped.get_absolute_url())
    messages.success(request, way)
    return redirect(plan)


@page_or_post
def import_undo(request: Request, pk: int) -> HttpResponse:
    """Say what taking the file back would do, or what stands in the way; then do it."""
    dropped = file_to_read(request, pk)
    if not dropped.is_imported:
        return redirect(dropped)
    status = 200
    if request.method == "POST":
        by = jobs.author_for(dropped, request.user)
        try:
            undo(dropped, by=by, at=timezone.now())
        except Obstructed:
            status = 409
        else:
            messages.success(request, f"Repris en arrière\u00a0: {dropped}. Tout est à la corbeille.")
            return redirect("intake:preview", dropped.pk)
    return undo_page(request, dropped, status)


def undo_page(request: Request, dropped: DroppedFile, status: int) -> HttpResponse:
    context = {
        "shell": shell_of(request, dropped),
        "dropped": dropped,
        "done": kept_outcome(dropped.outcome),
        "is_open": can_undo(dropped, now=timezone.now()),
        "obstacles": obstacles(dropped),
    }
    return render_page(request, "intake/import_undo.html", context, status=status)
