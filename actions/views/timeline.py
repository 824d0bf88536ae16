from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from ctg.web.http import Request
from ctg.web.words import in_plural
from partners.shell import Visitor

from .. import saved_views
from ..models import Plan, SavedView
from ..timeline.geometry import Scale
from ..timeline.grouping import BY_AMBITION, BY_LEAD, BY_THEME
from ..timeline.reading import RANGE, SCALE, Timeline, read_timeline
from ..timeline.wording import in_letters
from .page import plan_page, views_menu

#: How wide a division is at the least, in pixels: below, its name would not hold.
LEAST_WIDTH = {Scale.YEARS: 64, Scale.QUARTERS: 44, Scale.MONTHS: 26}

SCALES = {Scale.YEARS: "Années", Scale.QUARTERS: "Trimestres", Scale.MONTHS: "Mois"}


@require_safe
def timeline(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    today = timezone.localdate()
    mine = {held.organisation_id for held in visitor.memberships if held.organisation_id}
    drawn = read_timeline(plan, request.user, params=request.GET.dict(), mine=mine, today=today)
    saved_views.remember(request.session, plan, drawn.reading.filter.query)
    return plan_page(
        request,
        plan,
        "actions/timeline.html",
        {
            "timeline": drawn,
            "axis": drawn.axis,
            "filter": drawn.reading.filter,
            "reading": drawn.reading,
            "ways": ways(drawn),
            "scales": scales(drawn),
            "names": names(drawn),
            "years_at": [(day, drawn.axis.at(day)) for day in drawn.axis.divisions(Scale.YEARS)],
            "rules": drawn.axis.rules(grid(drawn.scale)),
            "year_rules": drawn.axis.rules(Scale.YEARS),
            "width": LEAST_WIDTH[drawn.scale] * drawn.axis.years * 12 // drawn.scale.months,
            "years": in_letters(drawn.axis.years),
            "today": today,
            "today_at": drawn.axis.at(today) if drawn.axis.holds(today) else None,
            "today_days": (today - drawn.axis.first).days,
        }
        | views_menu(request, plan, SavedView.Page.TIMELINE),
        visitor=visitor,
        current="timeline",
    )


def grid(scale: Scale) -> Scale:
    """The thin lines: quarters, unless months are asked for."""
    return scale if scale == Scale.MONTHS else Scale.QUARTERS


def ways(drawn: Timeline) -> list[tuple[str, str, bool]]:
    """By what the actions may be ranged: label, address, whether it is so now."""
    plan = drawn.reading.plan
    labels = {
        BY_AMBITION: in_plural(plan.ambition_label),
        BY_THEME: in_plural(plan.theme_label),
        BY_LEAD: "Porteurs",
    }
    return [(label, drawn.url(**{RANGE: way}), way == drawn.way) for way, label in labels.items()]


def scales(drawn: Timeline) -> list[tuple[str, str, bool]]:
    return [
        (label, drawn.url(**{SCALE: scale.value}), scale == drawn.scale) for scale, label in SCALES.items()
    ]


def names(drawn: Timeline) -> list[tuple[str, float]]:
    """The names of the divisions finer than a year: « T1 », or the first letter of a month."""
    if drawn.scale == Scale.YEARS:
        return []
    quarters = drawn.scale == Scale.QUARTERS
    return [
        (f"T{(day.month + 2) // 3}" if quarters else "JFMAMJJASOND"[day.month - 1], place)
        for day, place in drawn.axis.middles(drawn.scale)
    ]
