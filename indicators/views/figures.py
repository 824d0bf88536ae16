from collections.abc import Iterable, Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Action, Plan
from actions.views.page import plan_page
from ctg.web.http import Request
from partners.models import Role
from partners.shell import Visitor

from ..definition.words import define
from ..figures.breakdowns import read_breakdowns
from ..figures.explanations import explain
from ..figures.own import by_organisation
from ..figures.queries import find_indicators
from ..figures.reports import Report, line_of
from ..figures.sentences import say_figure, say_plan, say_rules
from ..figures.series import read_series
from ..figures.yearly import WHOLE, Figures
from ..models import Indicator
from ..values.wording import say_number

PAGE_SIZE = 50


@require_safe
def indicator_list(request: Request, pk: int) -> HttpResponse:
    """The indicators of a plan with their figures of a year: searched, of an action, or the key ones."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    actions = list(Action.objects.visible_to(request.user).filter(plan=plan).only("number", "title", "plan"))
    asked = request.GET.get("action", "")
    action = next((action for action in actions if str(action.number) == asked), None)
    search = request.GET.get("q", "").strip()
    only_keys = "cles" in request.GET
    indicators = Indicator.objects.visible_to(request.user).filter(plan=plan).with_served()
    catalogue = find_indicators(indicators, search=search, action=action, only_keys=only_keys)
    figures = read_series(plan, indicators, today=timezone.localdate())
    years = years_of(figures.values())
    year = asked_year(request, years, figures.values())
    page = Paginator(catalogue.found, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "catalogue": catalogue,
        "page": page,
        "reports": [Report(figures[indicator.pk], year) for indicator in page],
        "sentence": say_plan(figures.values(), year),
        "years": years,
        "year": year,
        "actions": actions,
        "action": action,
        "search": search,
        "only_keys": only_keys,
        "query": query.urlencode(),
        "is_filtered": bool(search or action or only_keys),
        "can_edit": visitor.coordinates(plan.territory_id),
        "can_enter": can_enter(visitor, plan, figures.values()),
    }
    return plan_page(
        request, plan, "indicators/indicator_list.html", context, current="indicators", visitor=visitor
    )


@require_safe
def indicator_detail(request: Request, pk: int) -> HttpResponse:
    """The sheet of an indicator: its figures year by year, who brings what, and what it means."""
    figures = figures_of(request, pk)
    indicator = figures.indicator
    visitor = Visitor(request.user)
    year = asked_year(request, figures.years, [figures])
    context = {
        "indicator": indicator,
        "report": Report(figures, year),
        "year": year,
        "earlier": [line_of(indicator, figure) for figure in figures.past],
        "past": [line_of(indicator, figure) for figure in figures.trend],
        "whole": line_of(indicator, figures.whole),
        "start": "" if indicator.baseline is None else say_number(indicator, indicator.baseline),
        "organisations": by_organisation(figures),
        "breakdowns": read_breakdowns(figures, year),
        "definition": define(figures),
        "rules": say_rules(figures.rules),
        "served": Indicator.objects.visible_to(request.user).filter(pk=pk).with_served()[0].served,
        "can_edit": visitor.coordinates(indicator.plan.territory_id),
    }
    return plan_page(
        request,
        indicator.plan,
        "indicators/indicator_detail.html",
        context,
        current="indicators",
        visitor=visitor,
    )


@require_safe
def figure_detail(request: Request, pk: int, period: str) -> HttpResponse:
    """« Pourquoi ce chiffre ? »: the rule, the values behind, and who is missing."""
    figures = figures_of(request, pk)
    explanation = explain(figures, period)
    if explanation is None:
        raise Http404
    context = {
        "indicator": figures.indicator,
        "figure": explanation.figure,
        "is_whole": period == WHOLE,
        "sentence": say_figure(figures.indicator, explanation.figure),
        "rules": say_rules(figures.rules),
        "reasons": explanation.reasons,
    }
    return plan_page(
        request, figures.indicator.plan, "indicators/figure_detail.html", context, current="indicators"
    )


def figures_of(request: Request, pk: int) -> Figures:
    related = ("plan__territory", "plan__renewed_from", "first_dimension", "second_dimension", "common")
    seen = Indicator.objects.visible_to(request.user).select_related(*related)
    indicator = get_object_or_404(seen, pk=pk)
    return read_series(indicator.plan, [indicator], today=timezone.localdate())[pk]


def can_enter(visitor: Visitor, plan: Plan, figures: Iterable[Figures]) -> bool:
    """Whether the grid has rows for this person: all of them, or those of her organisations."""
    if visitor.coordinates(plan.territory_id):
        return True
    held = {one.organisation_id for one in visitor.memberships if one.role == Role.MEMBER}
    return any(held & set(one.contributors) for one in figures)


def asked_year(request: Request, years: Sequence[int], figures: Iterable[Figures]) -> int:
    """The year of the address; else the last one for which something was entered or asked."""
    asked = request.GET.get("annee", "")
    if asked.isdecimal() and int(asked) in years:
        return int(asked)
    today = timezone.localdate()
    return max((one.last_year for one in figures if one.last_year), default=today.year)


def years_of(figures: Iterable[Figures]) -> list[int]:
    """The years of which anything is known, and this one."""
    return sorted({year for one in figures for year in one.years} | {timezone.localdate().year})
