from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Plan
from ctg.documents.exports import Export, export_values, export_values_as_csv
from ctg.web.http import Request


@require_safe
def value_workbook(request: Request, pk: int) -> HttpResponse:
    """Answer every value that the reader of the plan may see; « ?annee=2026 » keeps those of one year."""
    export = export_values(plan_to_read(request, pk), year=year_asked(request), today=timezone.localdate())
    return download(export)


@require_safe
def value_csv(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_read(request, pk)
    export = export_values_as_csv(plan, year=year_asked(request), today=timezone.localdate())
    return download(export)


def plan_to_read(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)


def year_asked(request: Request) -> int | None:
    """The year in the address; what is no year asks for all of them."""
    asked = request.GET.get("annee", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None


def download(export: Export) -> HttpResponse:
    headers = {"Content-Disposition": export.disposition}
    return HttpResponse(export.content, content_type=export.content_type, headers=headers)
