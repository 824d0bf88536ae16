from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from ctg.web.htmx import target_number
from ctg.web.http import Request
from ctg.web.words import in_plural
from partners.shell import Visitor

from .. import queries, saved_views
from ..filters import READING
from ..models import Action, Plan, SavedView
from ..reading import STRATEGIC, THEMATIC, Reading, dress, read_plan
from .page import plan_page, views_menu


@require_safe
def plan_detail(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    today = timezone.localdate()
    organisations = {held.organisation_id for held in visitor.memberships if held.organisation_id}
    reading = read_plan(plan, request.user, params=request.GET.dict(), mine=organisations, today=today)
    row = saved_row(request, reading)
    if row is None:
        saved_views.remember(request.session, plan, reading.filter.query)
    return plan_page(
        request,
        plan,
        "actions/plan_detail.html",
        {
            "reading": reading,
            "filter": reading.filter,
            "facets": reading.filter.facets,
            "ways": ways(reading),
            "today": today,
            "can_edit": visitor.coordinates(plan.territory_id),
            "updatable": updatable(visitor, reading),
            "actions": [row] if row else [],
            "section": reading.section_of(row.pk) if row else None,
            "open": 0,
        }
        | views_menu(request, plan, SavedView.Page.PLAN),
        visitor=visitor,
        fragments=["plan-reading", "action"],
    )


def updatable(visitor: Visitor, reading: Reading) -> frozenset[int]:
    """Which rows have a « Modifier »: the same rule as `Action.updatable_by`, on what is read already."""
    if visitor.coordinates(reading.plan.territory_id):
        return frozenset(gist.pk for gist in reading.gists)
    return frozenset(reading.carried_by_reader)


def saved_row(request: Request, reading: Reading) -> Action | None:
    """The one row that htmx asks for after a save, shown even where a filter now leaves it out."""
    number = target_number(request, "action")
    row = queries.rows_of([number], request.user).filter(plan=reading.plan).first() if number else None
    return dress(row, queries.carriers_of(reading.plan), reading.today) if row else None


def ways(reading: Reading) -> list[tuple[str, str, bool]]:
    """The two readings, as the switch offers them: label, address, whether it is the current one."""
    plan = reading.plan
    labels = {STRATEGIC: plan.ambition_label, THEMATIC: plan.theme_label}
    return [
        (
            in_plural(label),
            reading.filter.url(**{READING: way, "ambition": "", "theme": ""}),
            way == reading.way,
        )
        for way, label in labels.items()
    ]
