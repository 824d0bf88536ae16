from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Plan
from actions.views.page import plan_page
from ctg.web.http import Request
from partners.shell import Visitor

from ..todo.reading import read_todo


@require_safe
def todo(request: Request, pk: int) -> HttpResponse:
    """What waits for whoever is reading; `voir=tout` shows every line."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    read = read_todo(plan, visitor, at=timezone.now(), whole=request.GET.get("voir") == "tout")
    return plan_page(request, plan, "dashboards/todo.html", {"todo": read}, current="todo", visitor=visitor)
