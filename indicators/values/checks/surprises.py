"""What would surprise in a value: a question to whoever enters it, never a refusal."""

from decimal import Decimal

from ctg.web.numbers import write_number

from ...models import Accrual, Frequency, Indicator, Kind, Measurement, Target
from ..wording import Entered, part_of, percent, say_number, say_value, say_when

#: What follows the sentence of `unusual` for whoever is entering the value.
INVITATION = "Corrigez, ou dites-nous pourquoi\u00a0; vous pouvez envoyer quand même."

#: The difference below which nothing surprises: in points of per cent for a share.
_NOTABLE = {Kind.SHARE: Decimal(25), Kind.SCALE: Decimal("1.5"), Kind.DURATION: Decimal(3)}
_NOTABLE_UNITS = Decimal(10)

#: A share of fewer people says nothing by its per cent.
_FEW = 10


def unusual(
    indicator: Indicator,
    values: Entered,
    *,
    before: Measurement | None,
    target: Target | None,
    year: int,
    previous: Measurement | None = None,
) -> str:
    """« Lu : 1 240 personnes, soit 13 fois plus qu’en 2025 (96). », or nothing.

    `before` is the value of the same period a year earlier, `target` that of `year`; `previous` is the
    value of the period just before in the same year, below which a running total does not fall.
    """
    number = _comparable(indicator, values)
    if number is None:
        return ""
    if previous is None and indicator.rhythm == Frequency.YEAR:
        previous = before
    said = (
        _below_what_it_includes(indicator, number, previous)
        or _far_from_before(indicator, number, before)
        or _far_above_target(indicator, number, target, year)
    )
    return f"Lu\u00a0: {say_value(indicator, values)}, {said}." if said else ""


def _comparable(indicator: Indicator, values: Entered) -> Decimal | None:
    """The number that two values are compared by; a share of few people is not compared."""
    amount, base = part_of(values, "amount"), part_of(values, "base")
    if amount is None or part_of(values, "absence") or not Kind(indicator.kind).has_number:
        return None
    if indicator.kind == Kind.SHARE:
        return percent(amount, base) if base is not None and base >= _FEW else None
    return Decimal(amount)


def _below_what_it_includes(indicator: Indicator, number: Decimal, previous: Measurement | None) -> str:
    past = None if previous is None else _comparable(indicator, previous)
    if past is None or indicator.accrual_rule != Accrual.RUNNING or number >= past:
        return ""
    assert previous is not None
    return f"moins qu’{say_when(previous)} ({say_number(indicator, past)}), que ce total comprend déjà"


def _far_from_before(indicator: Indicator, number: Decimal, before: Measurement | None) -> str:
    past = None if before is None else _comparable(indicator, before)
    if past is None or not _is_notable(indicator, number - past):
        return ""
    assert before is not None
    was = f"qu’{say_when(before)} ({_bare(indicator, past)})"
    if indicator.kind in (Kind.SHARE, Kind.SCALE):
        points = abs(number - past)
        counted = f"{write_number(points, 1)} point{'s' if points >= 2 else ''}"
        return f"{counted} de {'plus' if number > past else 'moins'} {was}"
    if past == 0 or number / past <= 0:
        return f"contre {_bare(indicator, past)} {say_when(before)}"
    ratio = number / past
    if ratio > 3:
        return f"soit {write_number(ratio, 0)} fois plus {was}"
    return f"soit {write_number(1 / ratio, 0)} fois moins {was}" if 1 / ratio > 3 else ""


def _far_above_target(indicator: Indicator, number: Decimal, target: Target | None, year: int) -> str:
    if target is None:
        return ""
    aim = target.value if target.upper is None else target.upper
    if aim <= 0 or number <= 2 * aim or not _is_notable(indicator, number - aim):
        return ""
    return f"soit {write_number(number / aim, 1)} fois la cible de {year} ({_bare(indicator, aim)})"


def _is_notable(indicator: Indicator, difference: Decimal) -> bool:
    least = _NOTABLE.get(Kind(indicator.kind), _NOTABLE_UNITS)
    # A step of a scale must exceed it; units reach it.
    return abs(difference) > least if indicator.kind == Kind.SCALE else abs(difference) >= least


def _bare(indicator: Indicator, number: Decimal) -> str:
    """The number beside one of the same unit: « 96 », « 22,5 % »."""
    return say_number(indicator, number) if indicator.kind == Kind.SHARE else write_number(number)
