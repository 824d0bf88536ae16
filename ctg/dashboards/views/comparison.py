from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Plan
from actions.views.page import plan_page
from ctg.web.http import Request
from partners.shell import Visitor

from ..comparison.landmarks import read_landmarks
from ..comparison.reading import read_evolution
from ..forms.comparison import ComparisonForm


@require_safe
def comparison(request: Request, pk: int) -> HttpResponse:
    """The plan on two days, side by side: since the last COPIL unless the address says otherwise."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    today = timezone.localdate()
    visitor = Visitor(request.user)
    landmarks = read_landmarks(plan, request.user, today)
    asked = {
        "du": request.GET.get("du") or landmarks.default.day.isoformat(),
        "au": request.GET.get("au") or today.isoformat(),
    }
    form = ComparisonForm(asked, start=landmarks.start, today=today)
    context = {"form": form, "landmarks": landmarks, "asked": asked, "evolution": None}
    if form.is_valid():
        is_coordinator = visitor.coordinates(plan.territory_id)
        context["evolution"] = read_evolution(plan, *form.days, today=today, is_coordinator=is_coordinator)
    status = 200 if form.is_valid() else 422
    return plan_page(
        request,
        plan,
        "dashboards/comparison.html",
        context,
        current="comparison",
        visitor=visitor,
        status=status,
    )
