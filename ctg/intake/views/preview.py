"""What a file would become: shown, read again otherwise, taken away with its problems."""

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.intake.forms.choosing import ColumnsForm, ImportForm
from ctg.intake.models import DroppedFile
from ctg.intake.previewing.annotated import annotate
from ctg.intake.previewing.outcome import Choices
from ctg.intake.previewing.preview import Preview, preview_of
from ctg.intake.previewing.report import (
    counts_of,
    grades_in_words,
    outcome_in_words,
    report_of,
    rows_in_words,
)
from ctg.intake.previewing.row_counts import count_rows
from ctg.intake.previewing.telling import kept_outcome, lines_of, sections_of
from ctg.intake.tables import Refusal
from ctg.intake.writing.undoing import can_undo
from ctg.web.htmx import render_page
from ctg.web.http import Request
from ctg.web.uploads import XLSX
from partners.shell import Visitor, shell_for

#: How many actions a page of the preview shows.
PAGE_SIZE = 100


@require_safe
def preview(request: Request, pk: int) -> HttpResponse:
    return preview_page(request, file_to_read(request, pk))


@require_POST
def columns_edit(request: Request, pk: int) -> HttpResponse:
    """Read the file again as the person says; nothing of a plan is written."""
    dropped = file_to_read(request, pk)
    form = ColumnsForm(request.POST, preview=preview_of(dropped))
    if not form.is_valid():
        said = form.errors.get("sheets")
        told = " ".join(map(str, said)) if said else "Un de ces choix n’existe pas."
        messages.error(request, f"{told} Rien n’a changé.")
    elif not dropped.is_imported:
        dropped.choices = form.choices
        dropped.save(update_fields=["choices"])
    return redirect(dropped)


@require_safe
def annotated(request: Request, pk: int) -> FileResponse:
    """The file as it was read, with its problems in its cells, to be corrected and brought again."""
    dropped = file_to_read(request, pk)
    shown = preview_of(dropped)
    try:
        problems, headers = [one.problem for one in shown.problems], shown.looking.headers
    except Refusal:  # As it is read now, no action is left: the copy says nothing of it.
        problems, headers = [], {}
    content = BytesIO(annotate(shown.source, problems, headers))
    name = f"{PurePath(dropped.name).stem} – annoté.xlsx"
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)


def preview_page(request: Request, dropped: DroppedFile, form: ImportForm | None = None) -> HttpResponse:
    shown = preview_of(dropped)
    try:
        told, refusal = told_of(shown, request), ""
    except Refusal as refused:  # As it is read now, no action is left.
        told, refusal = {}, str(refused)
    initial = {"title": shown.title if told else ""}
    context = told | {
        "shell": shell_of(request, dropped),
        "dropped": dropped,
        "is_read": bool(told),
        "columns": ColumnsForm(preview=shown),
        "refusal": refusal,
        "done": kept_outcome(dropped.outcome),
        "can_undo": can_undo(dropped, now=timezone.now()),
        "form": form
        or ImportForm(dropped=dropped, user=request.user, offered=offered_for(told), initial=initial),
    }
    status = 422 if form and form.errors else 200
    return render_page(request, "intake/preview.html", context, status=status)


def told_of(shown: Preview, request: Request) -> dict[str, Any]:
    """What the page says of a file in which there are actions; raise `Refusal` for any other."""
    outcome = shown.outcome()
    return {
        "outcome": outcome,
        "can_renumber": any(one.is_of_number for one in shown.problems),
        "fates": outcome_in_words(outcome),
        "counts": counts_of(report_of(shown)),
        "rows": rows_in_words(count_rows(shown.source, shown.read)),
        "grades": grades_in_words(shown.problems),
        "sections": sections_of(shown.problems),
        "notes": shown.source.notes,
        "page": Paginator(lines_of(shown, outcome), PAGE_SIZE).get_page(request.GET.get("page")),
    }


def offered_for(told: dict[str, Any]) -> Choices:
    """The choices that would change something."""
    if not told:
        return Choices()
    return Choices(without_errors=told["outcome"].wrong > 0, renumber=told["can_renumber"])


def shell_of(request: Request, dropped: DroppedFile) -> Any:
    room = "plan" if dropped.target else "home"
    return shell_for(Visitor(request.user), territory=dropped.territory, plan=dropped.target, current=room)


def file_to_read(request: Request, pk: int) -> DroppedFile:
    editable = DroppedFile.objects.editable_by(request.user).select_related("territory", "plan", "into")
    return get_object_or_404(editable, pk=pk)
