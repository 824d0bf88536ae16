from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from actions.models import Plan
from actions.views.page import plan_page
from ctg.web.http import Request
from ctg.web.text import clean_line

from ..searching import search_everything


@require_safe
def search(request: Request, pk: int) -> HttpResponse:
    """Find anything of a plan, from the box that stands on each of its pages."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    query = clean_line(request.GET.get("q", ""))[:200]
    findings = search_everything(plan, request.user, query) if query else []
    count = sum(finding.count for finding in findings)
    context = {"query": query, "findings": findings, "count": count}
    return plan_page(request, plan, "dashboards/search.html", context, current="search")
