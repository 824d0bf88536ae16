"""The figures that pages show: values read once as light tuples, and what they make year by year."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db.models import Value
from django.db.models.functions import Coalesce

from actions.models import Plan

from ..models import Frequency, Indicator, Measurement, Question, Target
from ..periods import ONCE_KEY, keys_within, period_of, read_period
from .aggregation import Entry, Rules, total
from .comparison import Comparison, compare
from .totals import Total

#: The key of the figure of all years together.
WHOLE = "total"
#: A chart of more years than this is read by nobody.
MOST_YEARS = 12


class Row(NamedTuple):
    """A shown value: what totals read of it, and what pages name."""

    indicator_id: int
    measurement_id: int
    year: int
    finding: str
    entry: Entry

    def as_values(self) -> dict[str, object]:
        """The value as `wording.say_value` reads it."""
        return {**self.entry._asdict(), "finding": self.finding}


@dataclass(frozen=True)
class Figure:
    """What an indicator is worth in a year, or over all of them, beside what it aims at."""

    key: str
    #: The periods that make it, by their keys.
    periods: Sequence[str]
    total: Total
    target: Target | None
    comparison: Comparison
    #: Whether values are awaited: not of a year to come.
    is_due: bool


@dataclass(frozen=True)
class Figures:
    """The figures of one indicator."""

    indicator: Indicator
    years: Sequence[int]
    rows: Sequence[Row]
    targets: Mapping[int | None, Target]
    #: Who enters it, as long as no campaign has asked somebody else.
    contributors: Mapping[int, str]
    #: Whom launched campaigns have asked, by period.
    asked: Mapping[str, Mapping[int, str]]
    today: dt.date
    #: Those of the indicator that this one goes on from, in the plan before; see `series`.
    earlier: "Figures | None" = None
    _made: dict[int, Figure] = field(default_factory=dict)

    @cached_property
    def rules(self) -> Rules:
        return Rules.of(self.indicator)

    @cached_property
    def last_year(self) -> int | None:
        """The last one, not in the future, for which something was entered or asked."""
        asked = [period.year for key in self.asked if (period := read_period(key))]
        known = [*asked, *(row.year for row in self.rows)]
        before = self.earlier.last_year if self.earlier else None
        return max((year for year in known if year <= self.today.year), default=before)

    @cached_property
    def trend(self) -> list[Figure]:
        """One figure for each year, those without a value included."""
        return [self.of_year(year) for year in self.years]

    @cached_property
    def past(self) -> list[Figure]:
        """The figures of the plans before, from the first year that has a value."""
        if self.earlier is None:
            return []
        known = [*self.earlier.past, *(figure for figure in self.earlier.trend if figure.is_due)]
        found = [figure for figure in known if int(figure.key) < self.years[0]]
        while found and not found[0].total.included:
            found.pop(0)
        return found

    @cached_property
    def series(self) -> list[Figure]:
        """The trend with what came before it."""
        return [*self.past, *self.trend]

    @cached_property
    def whole(self) -> Figure:
        """All years together; what is entered once is the same every year."""
        past = sorted({*range(self.years[0], self.today.year + 1), *(row.year for row in self.rows)})
        keys = dict.fromkeys(key for year in past for key in self.keys_of(year))
        has_begun = self.years[0] <= self.today.year
        return self._figure(WHOLE, list(keys), self.rows, self.targets.get(None), is_due=has_begun)

    def of_year(self, year: int) -> Figure:
        if self.earlier is not None and year < self.years[0]:
            return self.earlier.of_year(year)
        if year not in self._made:
            self._made[year] = self._make(year)
        return self._made[year]

    def keys_of(self, year: int) -> list[str]:
        """The periods that make a year: those of the rhythm, or of an earlier one of its values."""
        keys = keys_within(self.rules.frequency, period_of(Frequency.YEAR, year))
        held = {row.entry.period_key for row in self.rows_of(year)}
        if held and not held & set(keys):
            return sorted(held)
        return keys

    def rows_of(self, year: int) -> list[Row]:
        """The values of a year; what was entered once stands from then on."""
        return [
            row
            for row in self.rows
            if row.year == year or (row.entry.period_key == ONCE_KEY and row.year < year)
        ]

    def expected_in(self, key: str) -> Mapping[int, str]:
        """Of whom a period is awaited: whom a campaign has asked, or the contributors once it has begun."""
        if key in self.asked:
            return self.asked[key]
        period = read_period(key)
        has_begun = period is None or period.starts_on <= self.today
        return self.contributors if has_begun else {}

    def _make(self, year: int) -> Figure:
        rows = self.rows_of(year)
        is_due = year <= self.today.year
        return self._figure(str(year), self.keys_of(year), rows, self.targets.get(year), is_due=is_due)

    def _figure(
        self, key: str, periods: Sequence[str], rows: Iterable[Row], target: Target | None, *, is_due: bool
    ) -> Figure:
        expected: dict[int, str] = {}
        asked = set()
        for period in periods:
            awaited = self.expected_in(period)
            expected |= awaited
            asked |= {(pk, period) for pk in awaited}
        found = total(self.rules, [row.entry for row in rows], expected, periods, asked=asked)
        direction = self.indicator.direction
        comparison = compare(found, target, kind=self.rules.kind, direction=direction)
        return Figure(key, periods, found, target, comparison, is_due)


def read_figures(
    plan: Plan,
    indicators: Sequence[Indicator],
    *,
    today: dt.date,
    targets: Iterable[Target] | None = None,
) -> dict[int, Figures]:
    """The figures of indicators of a plan whose door was passed, by their keys.

    Two queries for any number of them, and a third for the targets when these are not given.
    """
    keys = [indicator.pk for indicator in indicators]
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in _read_rows(plan, keys):
        rows[row.indicator_id].append(row)
    contributors: dict[int, dict[int, str]] = defaultdict(dict)
    asked: dict[int, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for indicator, organisation, name, period in _read_expected(plan, keys):
        whom = asked[indicator][period] if period else contributors[indicator]
        whom[organisation] = name
    aims: dict[int, dict[int | None, Target]] = defaultdict(dict)
    for target in Target.objects.filter(indicator__in=keys) if targets is None else targets:
        aims[target.indicator_id][target.year] = target
    return {
        indicator.pk: Figures(
            indicator=indicator,
            years=_years(plan, rows[indicator.pk], aims[indicator.pk], today),
            rows=rows[indicator.pk],
            targets=aims[indicator.pk],
            contributors=contributors[indicator.pk],
            asked=dict(asked[indicator.pk]),
            today=today,
        )
        for indicator in indicators
    }


def _read_rows(plan: Plan, keys: Sequence[int]) -> Iterable[Row]:
    found = Measurement.objects.of_plan(plan).filter(indicator__in=keys)
    for indicator, measurement, year, finding, *rest in found.order_by(
        "organisation__name", "organisation", "period"
    ).values_list(
        *("indicator_id", "pk", "year", "finding"),
        *("organisation_id", "organisation__name", "period", "state", "amount", "base", "done_on", "absence"),
        Coalesce("submitted_at", "entered_at"),
    ):
        entry = Entry(*rest)
        if entry.amount is not None or entry.absence or finding:
            yield Row(indicator, measurement, year, finding, entry)


def _read_expected(plan: Plan, keys: Sequence[int]) -> Iterable[tuple[int, int, str, str]]:
    """Indicator, organisation, its name, and the period for which a campaign asks it; "" for contributors."""
    contributors = Indicator.objects.current().filter(
        plan=plan, pk__in=keys, contributors__isnull=False, contributors__trashed_at=None
    )
    asked = Question.objects.current().filter(
        indicator__in=keys,
        solicitation__trashed_at=None,
        solicitation__campaign__plan=plan,
        solicitation__campaign__trashed_at=None,
        solicitation__campaign__launched_at__isnull=False,
    )
    organisation = ("solicitation__organisation_id", "solicitation__organisation__name")
    return (
        contributors.order_by()
        .values_list("pk", "contributors", "contributors__name", Value(""))
        .union(asked.order_by().values_list("indicator_id", *organisation, "period"), all=True)
    )


def _years(
    plan: Plan, rows: Iterable[Row], targets: Mapping[int | None, Target], today: dt.date
) -> Sequence[int]:
    """Those of the plan, and any other with a value or a target; up to today when nothing says more."""
    known = [row.year for row in rows] + [year for year in targets if year]
    known += [year for year in (plan.first_year, plan.last_year) if year]
    last = min(max([*known, today.year]), today.year + MOST_YEARS // 2)
    return range(max(min([*known, today.year]), last - MOST_YEARS + 1), last + 1)
