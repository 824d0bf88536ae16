"""What an indicator means, and whether a change makes it mean something else."""

from collections.abc import Mapping
from typing import Any

from partners import tracking
from partners.models.tracked import plain

from ..models import Indicator, Kind
from ..models.kind import ACCRUAL_OF, GATHERING_OF

#: The fields that say what a value stands for, and what it is compared with.
MEANING = (
    *("kind", "unit", "numerator_label", "denominator_label", "scale_min", "scale_max"),
    *("guidance", "exclusions", "frequency", "gathering", "accrual"),
    *("baseline", "targets", "is_without_target"),
)


def is_engaged(indicator: Indicator) -> bool:
    """Whether values or an aim rest on the definition: changing it then asks for a reason."""
    if indicator.pk is None:
        return False
    if indicator.is_without_target or indicator.baseline is not None:
        return True
    return indicator.targets.exists() or has_values(indicator)


def has_values(indicator: Indicator) -> bool:
    """Drafts and the trash count: what was entered for one kind cannot be read as another."""
    return indicator.pk is not None and indicator.measurements.exists()


def has_portions(indicator: Indicator) -> bool:
    return indicator.pk is not None and indicator.measurements.filter(portions__isnull=False).exists()


def redefined(indicator: Indicator, values: Mapping[str, Any], *, seen: int) -> list[str]:
    """The fields of `values` that say something else than what stood: saying what was unsaid is no change.

    `seen` is the version before the eyes of whoever typed them; what others changed since is not hers.
    """
    wanted = {name: plain(value) for name, value in values.items() if name in MEANING}
    wanted = {name: value for name, value in wanted.items() if value != indicator.read_tracked(name)}
    if seen != indicator.version:
        wanted, _ = tracking.merge(indicator, wanted, seen)  # What is disputed is asked about once settled.
    return [name for name, value in wanted.items() if _says_otherwise(indicator, name, value, values)]


def _says_otherwise(indicator: Indicator, name: str, value: Any, values: Mapping[str, Any]) -> bool:
    if name == "targets":
        return any(row not in value for row in indicator.read_tracked(name))
    if name in ("scale_min", "scale_max"):
        return indicator.kind == Kind.SCALE
    kind = Kind(values.get("kind") or indicator.kind)
    if name == "gathering":
        return (value or GATHERING_OF[kind]) != indicator.gathering_rule
    if name == "accrual":
        return (value or ACCRUAL_OF[kind]) != indicator.accrual_rule
    if name == "frequency":
        return (value or indicator.rhythm) != indicator.rhythm
    return indicator.read_tracked(name) not in ("", None, False)
