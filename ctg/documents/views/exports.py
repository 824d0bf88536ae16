from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Action, Plan
from ctg.documents.exports import Export, Format, export_plan, export_sheet, export_table
from ctg.documents.order import Layout
from ctg.documents.selection import Selection, select
from ctg.web.http import Request


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


def plan_download(request: Request, pk: int, layout: Layout, file_format: Format) -> HttpResponse:
    plan = plan_to_read(request, pk)
    export = export_plan(
        plan,
        layout,
        with_follow_up=request.GET.get("suivi") == "1",
        today=timezone.localdate(),
        file_format=file_format,
        selection=selection_asked(request, plan),
        as_list=request.GET.get("liste") == "1",
    )
    return download(export)


def plan_to_read(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)


def selection_asked(request: Request, plan: Plan) -> Selection | None:
    return select(plan, request.user, params=request.GET.dict(), today=timezone.localdate())


def download(export: Export) -> HttpResponse:
    headers = {"Content-Disposition": export.disposition}
    return HttpResponse(export.content, content_type=export.content_type, headers=headers)
