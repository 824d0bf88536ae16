from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Action, Plan
from ctg.documents.exports import Export, Format, export_indicator, export_sheet, export_table
from ctg.documents.jobs import AskedFile, prepare
from ctg.documents.order import Layout
from ctg.documents.selection import Selection, select
from ctg.web.http import Request
from indicators.models import Indicator


@require_safe
def plan_workbook(request: Request, pk: int, layout: Layout) -> HttpResponse:
    """Answer the plan as a workbook, in the layout of one of the two source documents.

    « ?suivi=1 » adds where it stands; the filters of the plan’s page apply here too.
    """
    return plan_download(request, pk, layout, Format.XLSX)


@require_safe
def plan_document(request: Request, pk: int, layout: Layout, file_format: Format) -> HttpResponse:
    """Answer the same as a document to print; « ?liste=1 » asks for one line per action."""
    return plan_download(request, pk, layout, file_format)


@require_safe
def action_table(request: Request, pk: int) -> HttpResponse:
    """Answer one row per action, for pivot tables, under the same filters."""
    plan = plan_to_read(request, pk)
    selection = selection_asked(request, plan)
    return download(export_table(plan, today=timezone.localdate(), selection=selection))


@require_safe
def action_document(request: Request, pk: int, file_format: Format) -> HttpResponse:
    headings = ("plan__territory", "ambition", "orientation", "theme", "need", "objective")
    visible = Action.objects.visible_to(request.user).select_related(*headings)
    action = get_object_or_404(visible, pk=pk)
    return download(export_sheet(action, today=timezone.localdate(), file_format=file_format))


@require_safe
def indicator_document(request: Request, pk: int, file_format: Format) -> HttpResponse:
    related = ("plan__territory", "common", "first_dimension", "second_dimension")
    visible = Indicator.objects.visible_to(request.user).select_related(*related)
    indicator = get_object_or_404(visible, pk=pk)
    return download(export_indicator(indicator, today=timezone.localdate(), file_format=file_format))


def plan_download(request: Request, pk: int, layout: Layout, file_format: Format) -> HttpResponse:
    """Answer the file at once, or lead to where it is being prepared if that takes more than a second."""
    plan, asked = plan_to_read(request, pk), request.GET
    selection = selection_asked(request, plan)
    file = AskedFile(
        plan.pk,
        layout,
        file_format,
        with_follow_up=asked.get("suivi") == "1",
        as_list=asked.get("liste") == "1",
        filters=asked.dict() if selection else {},
    )
    if not file.takes_long(plan, selection):
        return download(file.write(plan, selection, today=timezone.localdate()))
    if request.method == "HEAD":  # A program that looks at links asks for nothing.
        return redirect("partners:job_list")
    return redirect(prepare(file, plan, selection, request.user, at=timezone.now()))


def plan_to_read(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)


def selection_asked(request: Request, plan: Plan) -> Selection | None:
    return select(plan, request.user, params=request.GET.dict(), today=timezone.localdate())


def download(export: Export) -> HttpResponse:
    headers = {"Content-Disposition": export.disposition}
    return HttpResponse(export.content, content_type=export.content_type, headers=headers)
