"""What a value cannot be, whoever enters it and wherever."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ctg.web.numbers import write_number

from ...models import Gathering, Indicator, Kind
from .parts import wrong_portions

_NEGATIVE = "Un nombre ne peut pas être négatif."


def impossible(indicator: Indicator, values: Mapping[str, Any], *, today: dt.date) -> dict[str, str]:
    """The sentence to say beside each field that cannot be.

    `values` is what was read: `amount`, `base`, `done_on`, `finding`, `absence`, and `portions` as rows of
    two categories and two numbers. What is left out is empty.
    """
    amount, base, portions = values.get("amount"), values.get("base"), values.get("portions")
    if values.get("absence"):
        numbers = (values.get(name) is not None for name in ("amount", "base", "done_on"))
        if any(numbers) or values.get("finding") or portions:
            return {"absence": "Une valeur et « Non disponible » à la fois\u00a0: gardez l’un des deux."}
        return {}
    if indicator.kind == Kind.DELIVERABLE:
        return _wrong_deliverable(amount, values.get("done_on"), today)
    if errors := wrong_numbers(indicator, amount, base):
        return errors
    wrong = wrong_portions(indicator, amount, base, portions, wrong_numbers) if portions else ""
    return {"portions": wrong} if wrong else {}


def wrong_numbers(indicator: Indicator, amount: Decimal | None, base: Decimal | None) -> dict[str, str]:
    """What is wrong in the numbers of a value, or of a part of it."""
    match indicator.kind:
        case Kind.COUNT:
            return _wrong_count(amount)
        case Kind.SHARE:
            return _wrong_share(amount, base)
        case Kind.DURATION:
            negative = {"amount": _NEGATIVE} if amount is not None and amount < 0 else {}
            return negative or _wrong_people(indicator, amount, base, "le nombre de cas")
        case Kind.SCALE:
            people = "le nombre de répondants"
            return _out_of_scale(indicator, amount) or _wrong_people(indicator, amount, base, people)
    return {}


def _wrong_count(amount: Decimal | None) -> dict[str, str]:
    if amount is None:
        return {}
    if amount < 0:
        return {"amount": _NEGATIVE}
    read = f"lu\u00a0: {write_number(amount)}"
    return {} if _is_whole(amount) else {"amount": f"Écrivez un nombre entier\u00a0; {read}."}


def _wrong_share(amount: Decimal | None, base: Decimal | None) -> dict[str, str]:
    if amount is None and base is None:
        return {}
    if amount is None or base is None:
        return {"amount" if amount is None else "base": "Il manque un des deux nombres."}
    if amount < 0:
        return {"amount": _NEGATIVE}
    if base <= 0:
        return {"base": "Ce nombre doit dépasser zéro\u00a0; sinon, cochez « Non disponible »."}
    if amount > base:
        pair = f"{write_number(amount)} sur {write_number(base)}"
        return {"amount": f"{pair}\u00a0: le premier nombre ne peut pas dépasser le second."}
    return {}


def _out_of_scale(indicator: Indicator, amount: Decimal | None) -> dict[str, str]:
    if amount is None or indicator.scale_min <= amount <= indicator.scale_max:
        return {}
    bounds = f"{indicator.scale_min} à {indicator.scale_max}"
    return {"amount": f"La note va de {bounds}\u00a0; lu\u00a0: {write_number(amount)}."}


def _wrong_people(
    indicator: Indicator, amount: Decimal | None, base: Decimal | None, what: str
) -> dict[str, str]:
    """A mean counts for as many people as it was taken over."""
    if base is None:
        is_needed = amount is not None and indicator.gathering_rule == Gathering.WEIGHTED
        return {"base": f"Indiquez {what}\u00a0: le total du plan en dépend."} if is_needed else {}
    if amount is None:
        return {"amount": "Il manque ce nombre."}
    return {} if base > 0 and _is_whole(base) else {"base": f"Écrivez {what} en entier, à partir de 1."}


def _wrong_deliverable(amount: Decimal | None, done_on: dt.date | None, today: dt.date) -> dict[str, str]:
    if amount not in (None, 0, 1):
        return {"amount": "Écrivez 1 pour « fait », 0 pour « pas encore fait »."}
    if amount == 1 and done_on is None:
        return {"done_on": "Indiquez à quelle date c’était fait."}
    if amount != 1 and done_on is not None:
        return {"done_on": "Une date sans « fait »\u00a0: choisissez « fait », ou effacez la date."}
    if done_on is not None and done_on > today:
        return {"done_on": "Cette date est à venir\u00a0: choisissez « pas encore fait »."}
    return {}


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()
