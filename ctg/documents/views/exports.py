from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Plan
from ctg.documents.exports import XLSX, Layout, export_plan
from ctg.web.http import Request


@require_safe
def plan_workbook(request: Request, pk: int, layout: Layout) -> HttpResponse:
    """Answer the plan in the layout of one of the two source documents; « ?suivi=1 » adds where it stands."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    with_follow_up = request.GET.get("suivi") == "1"
    export = export_plan(plan, layout, with_follow_up=with_follow_up, today=timezone.localdate())
    headers = {"Content-Disposition": export.disposition}
    return HttpResponse(export.content, content_type=XLSX, headers=headers)
