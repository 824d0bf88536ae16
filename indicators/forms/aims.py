"""What cannot be aimed at, by the kind of an indicator and the way it should go."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..models import Direction, Kind


def wrong_aims(cleaned: Mapping[str, Any]) -> dict[str, str]:
    """The sentence to say beside `targets`, `is_without_target` or `baseline`, when they cannot be."""
    kind, rows = cleaned.get("kind"), cleaned.get("targets") or []
    errors: dict[str, str] = {}
    if not kind:
        return errors
    if rows and cleaned.get("is_without_target"):
        errors["is_without_target"] = "Une cible et «\u00a0sans cible\u00a0» à la fois\u00a0: gardez l’une."
    if problem := _wrong_targets(Kind(kind), rows, cleaned):
        errors["targets"] = problem
    baseline = cleaned.get("baseline")
    if baseline is not None and (problem := _out_of_reach(Kind(kind), baseline, cleaned)):
        errors["baseline"] = problem
    return errors


def _wrong_targets(kind: Kind, rows: list[list[Any]], cleaned: Mapping[str, Any]) -> str:
    if rows and kind == Kind.FINDING:
        return "Un constat n’a pas de cible en chiffres\u00a0: effacez-la, ou choisissez un autre type."
    is_between = cleaned.get("direction") == Direction.BETWEEN
    if not is_between and any(row[2] is not None for row in rows):
        return "Une seconde borne demande le sens «\u00a0à garder entre deux bornes\u00a0»."
    if is_between and any(row[2] is None for row in rows):
        return "À garder entre deux bornes\u00a0: indiquez les deux."
    numbers = [Decimal(number) for row in rows for number in row[1:] if number is not None]
    return next((said for number in numbers if (said := _out_of_reach(kind, number, cleaned))), "")


def _out_of_reach(kind: Kind, number: Decimal, cleaned: Mapping[str, Any]) -> str:
    if kind == Kind.SHARE and not 0 <= number <= 100:
        return "Une part va de 0 à 100\u00a0%."
    low, high = cleaned.get("scale_min"), cleaned.get("scale_max")
    if kind == Kind.SCALE and low is not None and high is not None and not low <= number <= high:
        return f"La note va de {low} à {high}."
    if kind in (Kind.COUNT, Kind.DURATION, Kind.DELIVERABLE) and number < 0:
        return "Un nombre ne peut pas être négatif."
    return ""
