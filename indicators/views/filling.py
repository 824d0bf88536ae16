from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from actions.models import Action, Plan
from actions.views.page import plan_page
from actions.views.plan_forms import page_or_post, plan_to_edit
from ctg.web.http import Request
from ctg.web.text import fold
from partners.models import Organisation, OrganisationKind
from partners.signing import author_of

from ..definition.completeness import CONTRIBUTORS, GAPS, TARGET, Gap, count_gaps, first_gap
from ..forms.definition import years_of
from ..forms.filling import Answer, Row, save_rows
from ..forms.gaps import STEPS
from ..models import Indicator

PAGE_SIZE = 50


@page_or_post
def definition_fill(request: Request, pk: int) -> HttpResponse:
    """What is missing over a plan, one thing at a time, filled for many indicators at once."""
    plan = plan_to_edit(request, pk)
    indicators = indicators_of(request, plan)
    gap = GAPS.get(request.GET.get("etape", "")) or GAPS[first_gap(count_gaps(indicators))]
    if request.method != "POST":
        return filling_page(request, plan, gap, answer_of(request, plan, gap), [])
    answer = answer_of(request, plan, gap, is_sent=True)
    sent = indicators.filter(pk__in=[key for key in request.POST.getlist("indicator") if key.isdecimal()])
    rows = [STEPS[gap].row(request.POST, indicator=one, answer=answer) for one in sent]
    if not answer.is_valid():
        return filling_page(request, plan, gap, answer, rows, status=422)
    saved = save_rows(rows, by=author_of(request.user, plan.territory_id), at=timezone.now())
    say_saved(request, saved.count)
    if saved.again:
        status = 409 if saved.is_disputed else 422
        return filling_page(request, plan, gap, answer, saved.again, status=status)
    return redirect(f"{request.path}?etape={gap.slug}")


def filling_page(
    request: Request, plan: Plan, gap: Gap, answer: Answer, again: list[Row], *, status: int = 200
) -> HttpResponse:
    """`again` are the rows that could not be saved; they come first."""
    indicators = indicators_of(request, plan)
    counts = count_gaps(indicators)
    lacking = indicators.filter(gap.lacking).exclude(pk__in=[row.indicator.pk for row in again])
    page: Page[Any] = Paginator(lacking, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "gap": gap,
        "answer": answer,
        "again": again,
        "is_refused": bool(answer.errors),
        "rows": [*again, *(STEPS[gap].row(indicator=one, answer=answer) for one in page)],
        "page": page,
        "query": f"etape={gap.slug}",
        "steps": [(one, counts[slug]) for slug, one in GAPS.items()],
        "remaining": counts[gap.slug],
        "following": GAPS[first_gap(counts)] if any(counts.values()) else None,
    }
    template = "indicators/definition_fill.html"
    return plan_page(request, plan, template, context, current="indicators", status=status)


def indicators_of(request: Request, plan: Plan) -> QuerySet[Indicator]:
    """The indicators of the plan, with their actions and who takes part in them."""
    actions = Action.objects.editable_by(request.user).prefetch_related("involvements__organisation")
    whole = Indicator.objects.editable_by(request.user).filter(plan=plan)
    return whole.order_by("position", "pk").prefetch_related(Prefetch("actions", actions))


def answer_of(request: Request, plan: Plan, gap: Gap, *, is_sent: bool = False) -> Answer:
    details: dict[str, Any] = {}
    if gap is CONTRIBUTORS:
        known = Organisation.objects.editable_by(request.user).filter(territory=plan.territory_id)
        asked = known.exclude(kind=OrganisationKind.GENERIC)
        details["known"] = {fold(one.name): one for one in asked}
    if gap is TARGET:
        details["years"] = years_of(plan, timezone.localdate())
    return STEPS[gap].answer(request.POST if is_sent else None, prefix="toutes", **details)


def say_saved(request: Request, count: int) -> None:
    if count:
        messages.success(request, f"{count} indicateur{'s complétés' if count > 1 else ' complété'}.")
