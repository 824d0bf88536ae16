"""All the values of a plan in long format, the same rows for a workbook and for a CSV file.

Whoever builds a `ValueReading` answers for the door of the plan. Drafts and returned values are nobody
else's: in a file that travels they are missing, as the values that nobody entered.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q, prefetch_related_objects

from actions.models import Plan
from indicators.figures.yearly import Figures, read_figures
from indicators.models import Absence, Channel, Indicator, Kind, Measurement, Portion, State
from indicators.periods import ONCE_KEY, period_label, read_period
from indicators.values.wording import percent

MISSING = "manquante"
WHOLE, PART = "total", "part"

#: As many decimals as values have: what a share is worth goes on for ever.
DECIMALS = Decimal("0.0001")


class ValueRow(NamedTuple):
    """A row of the file, in the order of `ctg.documents.value_columns.COLUMNS`."""

    plan: str
    actions: str
    indicator: str
    kind: str
    unit: str
    organisation: str
    period: str
    period_key: str
    year: int
    state: str
    level: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    done_on: dt.date | None = None
    finding: str = ""
    verbatims: str = ""
    absence: str = ""
    comment: str = ""
    first_category: str = ""
    second_category: str = ""
    target: Decimal | None = None
    target_upper: Decimal | None = None
    channel: str = ""
    entered_at: dt.datetime | None = None


class _Value(NamedTuple):
    """A stored value, as much of it as a row tells."""

    pk: int
    indicator_id: int
    organisation_id: int
    organisation: str
    period: str
    year: int
    state: str
    amount: Decimal | None
    base: Decimal | None
    done_on: dt.date | None
    finding: str
    verbatims: str
    absence: str
    comment: str
    channel: str
    entered_at: dt.datetime | None


class _Part(NamedTuple):
    amount: Decimal
    base: Decimal | None
    first: str
    second: str


@dataclass(frozen=True)
class ValueReading:
    """The values of one year or of all, in a number of queries that does not grow with them."""

    plan: Plan
    today: dt.date
    year: int | None = None

    @cached_property
    def indicators(self) -> list[Indicator]:
        found = self.plan.indicators.current().with_served()
        prefetch_related_objects(found, "targets")
        return found

    @cached_property
    def figures(self) -> dict[int, Figures]:
        """The figures that the pages of the indicators show, by their keys."""
        targets = [target for indicator in self.indicators for target in indicator.targets.all()]
        return read_figures(self.plan, self.indicators, today=self.today, targets=targets)

    def years_of(self, indicator: Indicator) -> list[int]:
        return [year for year in self.figures[indicator.pk].years if self.year in (None, year)]

    def rows(self) -> Iterator[ValueRow]:
        """Each value that was sent, then its portions; and a row for each that is expected and missing."""
        by_indicator: dict[int, dict[tuple[int, str], _Value]] = defaultdict(dict)
        for value in self._values:
            by_indicator[value.indicator_id][value.organisation_id, value.period] = value
        for indicator in self.indicators:
            yield from self._rows_of(indicator, by_indicator[indicator.pk])

    def _rows_of(self, indicator: Indicator, values: dict[tuple[int, str], _Value]) -> Iterator[ValueRow]:
        names = self._expected(indicator)
        names |= {key: value.organisation for key, value in values.items()}
        targets = self.figures[indicator.pk].targets
        kind = str(Kind(indicator.kind).label)
        what = (self.plan.title, actions_of(indicator), indicator.wording, kind, unit_of(indicator))
        for place in sorted(names, key=lambda place: (names[place], place[0], _rank(place[1]))):
            value, key = values.get(place), place[1]
            year = value.year if value else self._year_of(key)
            if value and self.year not in (None, year):
                continue
            missing = ValueRow(*what, names[place], period_label(key), key, year, MISSING, WHOLE)
            if target := targets.get(year):
                missing = missing._replace(target=target.value, target_upper=target.upper)
            if value is None:
                yield missing
                continue
            yield _filled(missing, indicator, value)
            for part in self._parts.get(value.pk, ()):
                yield _partial(missing, indicator, value, part)

    def _expected(self, indicator: Indicator) -> dict[tuple[int, str], str]:
        """The organisations of whom values are awaited, by their key and that of the period."""
        figures = self.figures[indicator.pk]
        keys = dict.fromkeys(key for year in self.years_of(indicator) for key in figures.keys_of(year))
        return {(pk, key): name for key in keys for pk, name in figures.expected_in(key).items()}

    def _year_of(self, key: str) -> int:
        """The year of a missing value; what is entered once is missing today."""
        period = read_period(key)
        return period.year if period else self.year or self.today.year

    @cached_property
    def _values(self) -> list[_Value]:
        sent = Measurement.objects.of_plan(self.plan)
        if self.year is not None:
            sent = sent.filter(Q(year=self.year) | Q(period=ONCE_KEY))
        fields = ["organisation__name" if name == "organisation" else name for name in _Value._fields]
        return [_Value(*row) for row in sent.values_list(*fields)]

    @cached_property
    def _parts(self) -> dict[int, list[_Part]]:
        sent = Measurement.objects.of_plan(self.plan).values("pk")
        portions = Portion.objects.filter(measurement__in=sent)
        if self.year is not None:
            portions = portions.filter(Q(measurement__year=self.year) | Q(measurement__period=ONCE_KEY))
        held = defaultdict(list)
        names = ("first__dimension__name", "first__name", "second__dimension__name", "second__name")
        for pk, amount, base, *words in portions.values_list("measurement", "amount", "base", *names):
            held[pk].append(_Part(amount, base, _category(*words[:2]), _category(*words[2:])))
        return held


def actions_of(indicator: Indicator) -> str:
    return ", ".join(str(action.number) for action in indicator.served)


def unit_of(indicator: Indicator) -> str:
    return "%" if indicator.kind == Kind.SHARE else indicator.unit


def numbers_of(
    indicator: Indicator, amount: Decimal | None, base: Decimal | None
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value, numerator and denominator: a share is worth its percentage, the others their number."""
    if indicator.kind != Kind.SHARE:
        return amount, None, base
    if amount is None or not base:
        return None, amount, base
    return percent(amount, base).quantize(DECIMALS), amount, base


def _filled(row: ValueRow, indicator: Indicator, value: _Value) -> ValueRow:
    figure, numerator, denominator = numbers_of(indicator, value.amount, value.base)
    return row._replace(
        state=str(State(value.state).label),
        value=figure,
        numerator=numerator,
        denominator=denominator,
        done_on=value.done_on,
        finding=value.finding,
        verbatims=value.verbatims,
        absence=str(Absence(value.absence).label) if value.absence else "",
        comment=value.comment,
        channel=str(Channel(value.channel).label),
        entered_at=value.entered_at,
    )


def _partial(row: ValueRow, indicator: Indicator, value: _Value, part: _Part) -> ValueRow:
    """A portion stands under its value; it has neither its target nor its words."""
    figure, numerator, denominator = numbers_of(indicator, part.amount, part.base)
    return row._replace(
        state=str(State(value.state).label),
        level=PART,
        value=figure,
        numerator=numerator,
        denominator=denominator,
        first_category=part.first,
        second_category=part.second,
        target=None,
        target_upper=None,
    )


def _rank(key: str) -> tuple[dt.date, dt.date, str]:
    """In order of time; what is entered once comes first."""
    period = read_period(key)
    return (period.starts_on, period.ends_on, key) if period else (dt.date.min, dt.date.min, key)


def _category(dimension: str | None, name: str | None) -> str:
    """« Commune : Maule »."""
    return f"{dimension}\u00a0: {name}" if name else ""
