"""A figure beside its target, in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from ctg.web.numbers import write_number

from ..models.kind import Direction, Kind
from .totals import Total


class Aim(Protocol):
    """As much of a target as a comparison reads."""

    value: Decimal
    upper: Decimal | None


@dataclass(frozen=True)
class Comparison:
    """Whether the target is reached, when that can be said already, and the sentence."""

    words: str
    is_reached: bool | None = None


def compare(total: Total, target: Aim | None, *, kind: Kind, direction: str) -> Comparison:
    """« cible atteinte », « il manque 12 », « au moins 48 : il manque au plus 12 »."""
    if target is None or total.value is None or not kind.has_number:
        return Comparison("")
    low, high = _bounds(target, direction)
    below = low - total.value if low is not None else Decimal(0)
    above = total.value - high if high is not None else Decimal(0)
    if not total.is_partial:
        return _settled(below, above, kind)
    if not total.is_floor:
        return Comparison(f"pour l’instant, {_settled(below, above, kind).words}")
    return _at_least(total.value, below, above, kind, is_bounded=high is not None)


def _bounds(target: Aim, direction: str) -> tuple[Decimal | None, Decimal | None]:
    """Between which numbers the target is reached; up is good as long as nobody has said otherwise."""
    if direction == Direction.DOWN:
        return None, target.value
    return target.value, target.upper


def _settled(below: Decimal, above: Decimal, kind: Kind) -> Comparison:
    if below > 0:
        return Comparison(f"il manque {_gap(below, kind)}", is_reached=False)
    if above > 0:
        return Comparison(f"{_gap(above, kind)} de trop", is_reached=False)
    return Comparison("cible atteinte", is_reached=True)


def _at_least(value: Decimal, below: Decimal, above: Decimal, kind: Kind, *, is_bounded: bool) -> Comparison:
    """What can be said of a total that can only grow."""
    if above > 0:
        return Comparison(f"déjà {_gap(above, kind)} de trop", is_reached=False)
    if below > 0:
        said = f"au moins {write_number(value, 1)}\u00a0: il manque au plus {_gap(below, kind)}"
        return Comparison(said)
    if is_bounded:
        return Comparison(f"au moins {write_number(value, 1)}\u00a0: dans la cible pour l’instant")
    return Comparison("cible déjà atteinte", is_reached=True)


def _gap(number: Decimal, kind: Kind) -> str:
    """A distance: shares and notes are so many points apart."""
    if kind not in (Kind.SHARE, Kind.SCALE):
        return write_number(number)
    if number < Decimal("0.05"):
        return "moins de 0,1 point"
    return f"{write_number(number, 1)} point{'s' if number >= 2 else ''}"
