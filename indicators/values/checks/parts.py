"""The parts of a value beside the whole."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from ctg.web.numbers import write_number

from ...models import Dimension, Indicator, Kind

#: Kinds whose parts add up to the whole.
_ADDED_UP = (Kind.COUNT, Kind.AMOUNT, Kind.SHARE)

WrongNumbers = Callable[[Indicator, Decimal | None, Decimal | None], dict[str, str]]


def wrong_portions(
    indicator: Indicator,
    amount: Decimal | None,
    base: Decimal | None,
    rows: Iterable[Any],
    wrong_numbers: WrongNumbers,
) -> str:
    """What is wrong in the first part that cannot be, or in their sum; a part may be missing."""
    portions = [(pair, _number(one), _number(two)) for *pair, one, two in rows]
    for _, one, two in portions:
        if errors := wrong_numbers(indicator, one, two):
            return next(iter(errors.values()))
    if indicator.kind not in _ADDED_UP:
        return ""
    first, second = _count(indicator.first_dimension), _count(indicator.second_dimension)
    for is_pair, expected in ((False, first), (True, first * second)):
        parts = [portion for portion in portions if (portion[0][1] is not None) == is_pair]
        is_complete = len(parts) >= expected
        amounts = [one for _, one, _ in parts if one is not None]
        bases = [two for *_, two in parts if two is not None]
        if wrong := _wrong_sum(amount, amounts, is_complete) or _wrong_sum(base, bases, is_complete):
            return wrong
    return ""


def _wrong_sum(whole: Decimal | None, parts: list[Decimal], is_complete: bool) -> str:
    if not parts:
        return ""
    if whole is None:
        return "Indiquez aussi le total."
    total = sum(parts, Decimal(0))
    if total > whole or (is_complete and total != whole):
        return f"La ventilation donne {write_number(total)}, et le total est de {write_number(whole)}."
    return ""


def _number(written: Decimal | str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def _count(dimension: Dimension | None) -> int:
    """In Python, for what a page has fetched beforehand."""
    return sum(not category.is_retired for category in dimension.categories.all()) if dimension else 0
