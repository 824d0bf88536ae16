"""The figures of indicators on two days, made by the rules that hold today from the values shown then."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models.functions import Coalesce

from actions.models import Plan
from actions.past.rewinding import Steps, read_steps
from indicators.figures.aggregation import Entry
from indicators.figures.sentences import say_total
from indicators.figures.yearly import Figures, Row, read_figures
from indicators.models import Indicator, Measurement
from indicators.models.measurement import SHOWN

FIELDS = ("state", "amount", "base", "done_on", "finding", "absence")
WITHDRAWN = "valeur reprise depuis"


@dataclass(frozen=True)
class ValueShift:
    """A figure of a year that differs, and from how many contributors it came on each day."""

    indicator: Indicator
    year: int
    before: str
    before_from: int
    after: str
    after_from: int


class Value(NamedTuple):
    """A value as it stands now, whatever its state."""

    row: Row
    is_there: bool


#: An indicator and a year.
Key = tuple[int, int]


def read_value_shifts(
    plan: Plan, since: dt.date, until: dt.date, *, today: dt.date, is_coordinator: bool
) -> list[ValueShift]:
    """In the order of the indicators and of the years, in five queries at most.

    A value that was taken back since is told to the coordination alone: whatever is withdrawn from sight
    takes its past along.
    """
    steps = read_steps(plan.pk, since, {"measurement": FIELDS})["measurement"]
    if not steps.of:
        return []
    values = _read_values(plan)
    days = {day: _shown_on(day, values, steps) for day in (since, until)}
    changed = _changed(days[since], days[until])
    hidden = {day: set() if is_coordinator else _withdrawn(day, values, steps) for day in days}
    indicators = Indicator.objects.current().filter(plan=plan, pk__in={indicator for indicator, _ in changed})
    shifts = []
    for figures in read_figures(plan, list(indicators), today=today, targets=()).values():
        for year in sorted(year for indicator, year in changed if indicator == figures.indicator.pk):
            key = (figures.indicator.pk, year)
            before, after = (
                (WITHDRAWN, 0) if key in hidden[day] else _say(figures, year, rows.values(), day)
                for day, rows in days.items()
            )
            if before == after:
                after = ("même chiffre, valeurs modifiées", after[1])
            shifts.append(ValueShift(figures.indicator, year, *before, *after))
    return shifts


def _say(figures: Figures, year: int, rows: Iterable[Row], day: dt.date) -> tuple[str, int]:
    """The figure that these rows make, and how many contributors are in it."""
    own = [row for row in rows if row.indicator_id == figures.indicator.pk]
    then = replace(figures, rows=own, today=day, _made={})
    total = then.of_year(year).total
    return (
        (say_total(figures.indicator, total), len(total.included)) if total.included else ("pas de valeur", 0)
    )


def _shown_on(day: dt.date, values: Iterable[Value], steps: Steps) -> dict[int, Row]:
    """The values that all who read the plan saw at the end of a day, by their keys."""
    found = {}
    for now, is_there in values:
        if not steps.was_there(now.measurement_id, day, is_there=is_there):
            continue
        undone = {name: step.before for name, step in steps.undone(now.measurement_id, day).items()}
        row = now._replace(finding=undone.pop("finding", now.finding), entry=_entry(now.entry, undone))
        if row.entry.state in SHOWN and (_held(row) or row.entry.absence):
            found[row.measurement_id] = row
    return found


def _entry(now: Entry, undone: Mapping[str, Any]) -> Entry:
    readers: dict[str, Callable[[str], Any]] = {
        "amount": Decimal,
        "base": Decimal,
        "done_on": dt.date.fromisoformat,
    }
    return now._replace(
        **{
            name: readers[name](value) if name in readers and value is not None else value
            for name, value in undone.items()
        }
    )


def _changed(before: Mapping[int, Row], after: Mapping[int, Row]) -> set[Key]:
    """The years of indicators of which a value came, went or differs; being accepted changes none."""
    return {
        (row.indicator_id, row.year)
        for rows in (before, after)
        for pk, row in rows.items()
        if _held(before.get(pk)) != _held(after.get(pk))
    }


def _held(row: Row | None) -> tuple[object, ...]:
    """What a value says, nothing for an absence."""
    if row is None or (row.entry.amount is None and not row.finding):
        return ()
    return (row.entry.amount, row.entry.base, row.entry.done_on, row.finding)


def _withdrawn(day: dt.date, values: Iterable[Value], steps: Steps) -> set[Key]:
    """The figures that held on a day a value which is no longer shown, or was not for a while since."""
    shown = _shown_on(day, values, steps)
    return {
        (row.indicator_id, row.year)
        for row, is_there in values
        if row.measurement_id in shown
        if not is_there
        or row.entry.state not in SHOWN
        or any(
            step.field == "state" and step.before not in SHOWN
            for step in steps.later(row.measurement_id, day)
        )
    }


def _read_values(plan: Plan) -> list[Value]:
    found = Measurement.objects.filter(indicator__plan=plan).order_by(
        "organisation__name", "organisation", "period"
    )
    rows = found.values_list(
        *("trashed_at", "indicator_id", "pk", "year", "finding"),
        *("organisation_id", "organisation__name", "period", "state", "amount", "base", "done_on", "absence"),
        Coalesce("submitted_at", "entered_at"),
    )
    return [
        Value(Row(indicator, pk, year, finding, Entry(*entry)), trashed_at is None)
        for trashed_at, indicator, pk, year, finding, *entry in rows
    ]
