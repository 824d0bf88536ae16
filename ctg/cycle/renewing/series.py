"""The indicators of the next plan: the same definitions, and series that go on."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from actions.models import Action, Plan
from indicators.figures.yearly import Figures, read_figures
from indicators.models import Indicator, Kind

from .copying import Copier

#: What a number keeps after the comma.
PLACES = Decimal("0.0001")


def go_on(before: Plan, plan: Plan, actions: Mapping[int, Action], copier: Copier) -> None:
    """Copy the indicators of the actions that go on, and those that serve none.

    The last value becomes the start of the new series; targets of the years of the new plan stay,
    those of years gone by and that of the end of the plan before do not.
    """
    today = timezone.localdate(copier.at)
    indicators = before.indicators.current().with_served()
    prefetch_related_objects(indicators, "targets")
    figures = read_figures(before, indicators, today=today)
    for indicator in indicators:
        indicator.plan = before
        served = [actions[one.pk] for one in indicator.served if one.pk in actions]
        if indicator.served and not served:
            continue
        if not indicator.served and indicator.actions.exists():
            continue  # It serves actions of the trash alone.
        copier.copy(
            indicator,
            plan=plan,
            actions=[action.pk for action in served],
            targets=_targets(indicator, plan),
            **_start(figures[indicator.pk], before, today),
        )


def _targets(indicator: Indicator, plan: Plan) -> list[list[Any]]:
    first = plan.first_year
    return [
        target.as_row()
        for target in indicator.targets.all()
        if first is not None and target.year is not None and target.year >= first
    ]


def _start(figures: Figures, before: Plan, today: dt.date) -> dict[str, Any]:
    """The last complete value as a start, else the last, with its day and where it comes from."""
    if not Kind(figures.indicator.kind).has_number:
        return {}
    known = [one for one in figures.trend if one.total.value is not None and int(one.key) <= today.year]
    if not known:
        return {}
    last = next((one for one in reversed(known) if one.total.is_complete), known[-1])
    source = f"Valeur {last.key} de «\u00a0{before.full_title}\u00a0»\u00a0: {last.total.contents}"
    return {
        "baseline": (last.total.value or Decimal(0)).quantize(PLACES),
        "baseline_on": min(today, dt.date(int(last.key), 12, 31)),
        "baseline_source": source[:300],
    }
