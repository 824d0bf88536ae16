"""The key indicators of the year beside their targets, each with what it contains."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, FilteredRelation, Q

from actions.models import Plan
from indicators.figures.charts import short
from indicators.figures.reports import Report
from indicators.figures.sentences import say_total
from indicators.figures.totals import Total
from indicators.figures.yearly import Figures, read_figures
from indicators.models import Direction, Indicator, Kind, Target
from indicators.values.wording import say_number

from .addresses import Addresses, ListKind

#: Where the mark of the target stands on a bar that does not go beyond, in per cent of its length.
TARGET_AT = 80


@dataclass(frozen=True)
class Bullet:
    """A bar and the mark of its target, in per cent of the length."""

    fill: float
    target: float | None
    is_partial: bool


@dataclass(frozen=True)
class Key:
    report: Report
    value: str
    aim: str
    bullet: Bullet | None
    url: str

    @property
    def total(self) -> Total:
        return self.report.total

    @property
    def wording(self) -> str:
        return self.report.indicator.wording

    @property
    def contents(self) -> str:
        return "" if self.report.indicator.kind == Kind.FINDING else self.total.contents_in_short


@dataclass(frozen=True)
class Keys:
    year: int
    rows: Sequence[Key]


def read_keys(plan: Plan, addresses: Addresses, today: dt.date) -> Keys:
    """The figures of this year, or of the last one as long as nothing was entered or asked for this one.

    Three queries: a target is read with its indicator, for want of one row for each year.
    """
    years = (today.year, today.year - 1)
    aims = {f"aim_{year}": FilteredRelation("targets", condition=Q(targets__year=year)) for year in years}
    parts = {f"{aim}_{part}": F(f"{aim}__{part}") for aim in aims for part in ("value", "upper")}
    indicators = list(plan.indicators.current().filter(is_key=True).annotate(**aims).annotate(**parts))
    targets = [
        Target(indicator=one, year=year, value=value, upper=getattr(one, f"aim_{year}_upper"))
        for one in indicators
        for year in years
        if (value := getattr(one, f"aim_{year}_value")) is not None
    ]
    if not indicators:
        return Keys(today.year, [])
    figures = read_figures(plan, indicators, today=today, targets=targets)
    is_begun = any(one.last_year == today.year for one in figures.values())
    year = today.year if is_begun or not any(one.last_year for one in figures.values()) else today.year - 1
    return Keys(year, [_key(figures[one.pk], year, addresses) for one in indicators])


def _key(figures: Figures, year: int, addresses: Addresses) -> Key:
    report = Report(figures, year)
    indicator, total = report.indicator, report.total
    kind = Kind(indicator.kind)
    behind = addresses.of("indicators:figure_detail", indicator.pk, year)
    return Key(
        report=report,
        value=_say(indicator, kind, total),
        aim=_say_aim(indicator, kind, report.figure.target) if kind.has_number else "",
        bullet=draw(kind, total, report.figure.target, scale_max=indicator.scale_max),
        url=behind or f"{addresses.listing(ListKind.KEYS)}#indicateur-{indicator.pk}",
    )


def draw(kind: Kind, total: Total, target: Target | None, *, scale_max: int) -> Bullet | None:
    """Against the target; else against all that there can be; None when nothing says how much is much."""
    value, whole = total.value, None
    if kind == Kind.DELIVERABLE:
        value, whole = total.numerator, total.denominator
    elif kind in (Kind.SCALE, Kind.SHARE):
        whole = Decimal(scale_max if kind == Kind.SCALE else 100)
    if value is None or value < 0:
        return None
    if target is not None and target.value > 0 and kind.has_number:
        length = max(target.value * 100 / TARGET_AT, value)
        return Bullet(_share(value, length), _share(target.value, length), total.is_partial)
    return Bullet(_share(value, whole), None, total.is_partial) if whole else None


def _share(value: Decimal, whole: Decimal) -> float:
    return round(min(100.0, float(100 * value / whole)), 2)


def _say(indicator: Indicator, kind: Kind, total: Total) -> str:
    if total.value is None:
        # What is missing stands in the contents already.
        return "pas de valeur" if total.is_partial else total.why_not
    if kind == Kind.DELIVERABLE:
        return say_total(indicator, total)
    return say_number(indicator, total.value) if kind == Kind.AMOUNT else short(total.value, kind)


def _say_aim(indicator: Indicator, kind: Kind, target: Target | None) -> str:
    """« sur 600 », of what adds up to it; « cible 30 % », « sans cible »."""
    if target is None:
        return "sans cible" if indicator.is_without_target else "cible à fixer"
    if target.upper is not None:
        return f"cible {target.in_words}"
    said = say_number(indicator, target.value) if kind == Kind.AMOUNT else short(target.value, kind)
    adds_up = kind in (Kind.COUNT, Kind.AMOUNT) and indicator.direction in ("", Direction.UP)
    return f"sur {said}" if adds_up else f"cible {said}"
