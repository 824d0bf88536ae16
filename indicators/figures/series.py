"""The figures of an indicator from one plan to the next: its series goes on when the plan is renewed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from actions.models import Plan

from ..models import Indicator, Kind, Measurement, Target
from .yearly import Figures, read_figures


def read_series(
    plan: Plan,
    indicators: Sequence[Indicator],
    *,
    today: dt.date,
    targets: Iterable[Target] | None = None,
) -> dict[int, Figures]:
    """The same as `read_figures`, each with what its indicator was worth in the plans before.

    Nothing more is read of a plan that renews none; else as many queries again for each plan before.
    """
    figures = read_figures(plan, indicators, today=today, targets=targets)
    before = _read_before(plan, indicators, today)
    return {pk: _joined(own, before.get(own.indicator.renewed_from_id or 0)) for pk, own in figures.items()}


def values_before(plan: Plan, indicators: Iterable[Indicator]) -> Iterator[tuple[Indicator, Measurement]]:
    """What was sent in the plan before, each value with the indicator of this plan whose series it is of."""
    following = {one.renewed_from_id: one for one in indicators if one.renewed_from_id}
    before = _plan_before(plan) if following else None
    if before is None:
        return
    found = Measurement.objects.of_plan(before).filter(indicator__in=following)
    for value in found.select_related("indicator"):
        indicator = following[value.indicator_id]
        if says_the_same(indicator, value.indicator):
            yield indicator, value


def says_the_same(indicator: Indicator, other: Indicator) -> bool:
    """Whether their figures may stand in one line: an indicator that changes its sense begins anew."""
    scales = {(one.scale_min, one.scale_max) for one in (indicator, other) if one.kind == Kind.SCALE}
    return indicator.kind == other.kind and indicator.unit == other.unit and len(scales) < 2


def _read_before(plan: Plan, indicators: Sequence[Indicator], today: dt.date) -> dict[int, Figures]:
    """The figures from which these go on."""
    keys = {one.renewed_from_id for one in indicators if one.renewed_from_id}
    before = _plan_before(plan) if keys else None
    if before is None:
        return {}
    found = list(Indicator.objects.current().filter(plan=before, pk__in=keys))
    for indicator in found:
        indicator.plan = before
    return read_series(before, found, today=today)


def _plan_before(plan: Plan) -> Plan | None:
    """The plan that this one renews, which has the same readers; None once it is in the trash."""
    before = plan.renewed_from
    return before if before is not None and before.trashed_at is None else None


def _joined(own: Figures, earlier: Figures | None) -> Figures:
    """The figures with those before: these speak of the years before the plan, or its first value."""
    if earlier is None or not says_the_same(own.indicator, earlier.indicator):
        return own
    first, last = own.years[0], own.years[-1]
    begun = min([own.indicator.plan.first_year or first, *(row.year for row in own.rows)])
    return replace(own, earlier=earlier, years=range(min(max(begun, first), last), last + 1))
