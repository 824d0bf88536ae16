"""The values of a year by category of a dimension, and whether they cover the total."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from ctg.web.numbers import write_number

from ..models import Gathering, Kind, Measurement
from .aggregation import Entry, total
from .sentences import say_total
from .totals import Total
from .yearly import Figures

#: Of these alone the parts add up to the whole.
ADDED_UP = (Kind.COUNT, Kind.AMOUNT, Kind.SHARE)


class Portioned(NamedTuple):
    """The part of a value that falls to a category, or to a pair of them."""

    measurement_id: int
    first: str
    second: str | None
    amount: Decimal
    base: Decimal | None


@dataclass(frozen=True)
class Breakdown:
    """One dimension: each category with what it makes, and what the whole leaves out."""

    name: str
    rows: Sequence[tuple[str, str]]
    #: « 321 sur 412 ; 91 restent sans catégorie », or nothing when parts do not add up.
    check: str


def read_breakdowns(figures: Figures, year: int) -> list[Breakdown]:
    """The breakdowns of a year, one for each dimension; one query."""
    indicator = figures.indicator
    if indicator.first_dimension is None or figures.rules.kind not in ADDED_UP:
        return []
    portions = _read_portions(figures, year)
    dimensions = ((indicator.first_dimension, "first"), (indicator.second_dimension, "second"))
    found = [
        _break_down(figures, year, str(dimension), [p for p in portions if getattr(p, part)], part)
        for dimension, part in dimensions
        if dimension
    ]
    return [breakdown for breakdown in found if breakdown.rows]


def _read_portions(figures: Figures, year: int) -> list[Portioned]:
    keys = figures.keys_of(year)
    shown = [row.measurement_id for row in figures.rows_of(year) if row.entry.period_key in keys]
    values = Measurement.objects.of_plan(figures.indicator.plan).filter(pk__in=shown, portions__isnull=False)
    rows = values.order_by(
        "portions__first__position", "portions__first", "portions__second__position", "portions__second"
    ).values_list(
        *("pk", "portions__first__name", "portions__second__name", "portions__amount", "portions__base")
    )
    return [Portioned(*row) for row in rows]


def _break_down(
    figures: Figures, year: int, name: str, portions: Sequence[Portioned], part: str
) -> Breakdown:
    values = {row.measurement_id: row.entry for row in figures.rows_of(year)}
    held: dict[str, dict[int, list[Portioned]]] = defaultdict(lambda: defaultdict(list))
    for portion in portions:
        held[getattr(portion, part)][portion.measurement_id].append(portion)
    keys = figures.keys_of(year)
    totals = {
        category: total(figures.rules, [_as_entry(values[pk], own) for pk, own in by_value.items()], {}, keys)
        for category, by_value in held.items()
    }
    rows = [(category, say_total(figures.indicator, found)) for category, found in totals.items()]
    return Breakdown(name, rows, _check(figures, figures.of_year(year).total, list(totals.values())))


def _as_entry(value: Entry, portions: Sequence[Portioned]) -> Entry:
    """The value reduced to one category."""
    bases = [portion.base for portion in portions if portion.base is not None]
    base = sum(bases, Decimal(0)) if len(bases) == len(portions) else None
    return value._replace(amount=sum((portion.amount for portion in portions), Decimal(0)), base=base)


def _check(figures: Figures, whole: Total, parts: Sequence[Total]) -> str:
    if figures.rules.kind == Kind.SHARE:
        # Of shares, the counted parts are compared.
        covered = sum((part.numerator for part in parts if part.numerator is not None), Decimal(0))
        value = whole.numerator
    else:
        covered = sum((part.value for part in parts if part.value is not None), Decimal(0))
        value = whole.value if figures.rules.gathering == Gathering.SUM else None
    if value is None:
        return ""
    left = value - covered
    said = f"{write_number(covered)} sur {write_number(value)} ont une catégorie"
    if not left:
        return "La ventilation couvre tout le total."
    return f"{said}\u00a0: {write_number(abs(left))} {'sans catégorie' if left > 0 else 'de trop'}."
