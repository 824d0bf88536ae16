"""From somebody’s file to a plan: bring it, correct how it is read, create."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actions.views.plan_forms import page_or_post
from ctg.documents.plan_files import PlanFileError
from ctg.intake.forms.choosing import ColumnsForm, ImportForm
from ctg.intake.forms.dropping import DropForm
from ctg.intake.importing import Preview, import_plan, keep, preview_of
from ctg.intake.models import DroppedFile
from ctg.intake.report import counts_of, report_of
from ctg.intake.tables import Refusal
from ctg.web.htmx import render_page
from ctg.web.http import Request
from ctg.web.uploads import is_oversized
from partners.models import Territory
from partners.shell import Visitor, territory_shell
from partners.signing import author_of
from partners.tracking import Author


@page_or_post
def drop(request: Request, pk: int) -> HttpResponse:
    """Bring a file: read, it leads to what it would become; refused, it is told why."""
    territory = get_object_or_404(Territory.objects.editable_by(request.user), pk=pk)
    if request.method == "POST":
        form = DropForm(request.POST, request.FILES, is_oversized=is_oversized(request))
        if form.is_valid() and form.source:
            now = timezone.now()
            return redirect(keep(territory, form.source, form.content, user=request.user, at=now))
    else:
        form = DropForm()
    shell = territory_shell(Visitor(request.user), territory, "home")
    context = {"shell": shell, "territory": territory, "form": form}
    return render_page(request, "intake/drop.html", context, status=422 if form.errors else 200)


@require_safe
def preview(request: Request, pk: int) -> HttpResponse:
    return preview_page(request, file_to_read(request, pk))


@require_POST
def columns_edit(request: Request, pk: int) -> HttpResponse:
    """Read the file again as the person says; nothing of a plan is written."""
    dropped = file_to_read(request, pk)
    form = ColumnsForm(request.POST, preview=preview_of(dropped))
    if not form.is_valid():
        messages.error(request, "Un de ces choix n’existe pas\u00a0: rien n’a changé.")
        return redirect(dropped)
    if dropped.plan:
        return redirect(dropped)
    dropped.choices = form.choices
    dropped.save(update_fields=["choices"])
    return redirect(dropped)


@require_POST
def plan_import(request: Request, pk: int) -> HttpResponse:
    """Create the plan, once however often it is asked."""
    dropped = file_to_read(request, pk)
    form = ImportForm(request.POST)
    if not form.is_valid():
        return preview_page(request, dropped, form)
    who = author_of(request.user, dropped.territory_id)
    by = Author(f"{who.label}, repris de {dropped.name}"[:300], request.user)
    try:
        plan = import_plan(dropped, title=form.cleaned_data["title"], by=by, at=timezone.now())
    except (PlanFileError, Refusal) as error:
        form.add_error("title", str(error))
        return preview_page(request, dropped, form)
    messages.success(request, f"Plan créé\u00a0: {plan}.")
    return redirect(plan)


def preview_page(request: Request, dropped: DroppedFile, form: ImportForm | None = None) -> HttpResponse:
    shown = preview_of(dropped)
    try:
        report, refusal = report_of(shown), ""
    except Refusal as refused:  # As it is read now, no action is left.
        report, refusal = None, str(refused)
    context = {
        "shell": territory_shell(Visitor(request.user), dropped.territory, "home"),
        "dropped": dropped,
        "columns": ColumnsForm(preview=shown),
        "report": report,
        "refusal": refusal,
        "counts": counts_of(report) if report else "",
        "lines": lines_of(shown) if report else [],
        "organisations": shown.organisations if report else [],
        "form": form or ImportForm(initial={"title": shown.title if report else ""}),
    }
    status = 422 if form and form.errors else 200
    return render_page(request, "intake/preview.html", context, status=status)


def lines_of(shown: Preview) -> list[tuple[object, object, object]]:
    """Each action as it was read, what its packed cells were cut into, and the number that it would bear."""
    entries = shown.plan_file("").actions
    return list(zip(shown.read.actions, shown.splits, entries, strict=True))


def file_to_read(request: Request, pk: int) -> DroppedFile:
    editable = DroppedFile.objects.editable_by(request.user).select_related("territory", "plan")
    return get_object_or_404(editable, pk=pk)
