"""What was entered, said in words: the same everywhere that a value is shown."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ctg.web.numbers import write_number
from ctg.web.templatetags.ui import day
from ctg.web.words import in_singular

from ..models import Absence, Frequency, Indicator, Kind, Measurement
from ..periods import read_period

#: A value that is stored, or what a form has just read of one.
Entered = Measurement | Mapping[str, Any]


def say_value(indicator: Indicator, value: Entered) -> str:
    """« 1 240 personnes », « 27 sur 120, soit 22,5 % », « fait le 12 mars 2026 »; nothing for no answer."""
    if absence := part_of(value, "absence"):
        return f"non disponible\u00a0: {Absence(absence).label}"
    kind = Kind(indicator.kind)
    if kind == Kind.FINDING:
        return str(part_of(value, "finding") or "")
    amount, base = part_of(value, "amount"), part_of(value, "base")
    if amount is None:
        return ""
    if kind == Kind.DELIVERABLE:
        return _say_done(amount, part_of(value, "done_on"))
    if kind == Kind.SHARE:
        return _say_share(amount, base)
    if kind == Kind.SCALE:
        mean = f"{write_number(amount)} sur {indicator.scale_max}"
        return f"{mean} ({_counted(base, 'répondant')})" if base is not None else mean
    said = say_number(indicator, amount)
    return f"{said} ({write_number(base)} cas)" if kind == Kind.DURATION and base is not None else said


def say_number(indicator: Indicator, number: Decimal) -> str:
    """A number of an indicator with its unit: « 1 240 personnes », « 22,5 % », « 4,3 sur 5 »."""
    written = write_number(number)
    if indicator.kind == Kind.SHARE:
        return f"{write_number(number, 1)}\u00a0%"
    if indicator.kind == Kind.SCALE:
        return f"{written} sur {indicator.scale_max}"
    unit = indicator.unit if abs(number) >= 2 else in_singular(indicator.unit)
    return f"{written}\u00a0{unit}" if unit else written


def say_date(date: dt.date) -> str:
    """« 12 mars 2026 », « 1er mars 2026 »."""
    return day(date)


def say_when(value: Measurement) -> str:
    """« en 2025 », « en mars 2025 », « au 1er semestre 2025 »."""
    period = read_period(value.period)
    if period is None:
        return f"en {value.year}"
    return f"{'au' if period.frequency in (Frequency.SEMESTER, Frequency.QUARTER) else 'en'} {period.label}"


def part_of(value: Entered, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name)


def percent(amount: Decimal, base: Decimal) -> Decimal:
    return 100 * amount / base


def _say_share(amount: Decimal, base: Decimal | None) -> str:
    if base is None:
        return write_number(amount)
    said = f"{write_number(amount)} sur {write_number(base)}"
    return f"{said}, soit {write_number(percent(amount, base), 1)}\u00a0%" if base else said


def _say_done(amount: Decimal, done_on: dt.date | None) -> str:
    if not amount:
        return "pas encore fait"
    return f"fait le {say_date(done_on)}" if done_on else "fait"


def _counted(number: Decimal, noun: str) -> str:
    return f"{write_number(number)} {noun}{'s' if number >= 2 else ''}"
