"""What must not reach everybody: addresses and numbers of people, counts so small that they name somebody."""

import re

from indicators.figures.totals import Total
from indicators.models import Indicator, Kind

#: Below this, a count of people could be a person.
SMALLEST = 5

MASKED = f"moins de {SMALLEST}"
TOO_FEW = "trop peu de réponses pour être montré"

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Ten digits by pairs, as French numbers are written, or after +33.
_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+|00)33[\s.\u00a0\u202f-]*(?:\(0\)\s*)?|0)[1-9](?:[\s.\u00a0\u202f-]*\d{2}){4}(?!\d)"
)
REMOVED = "[coordonnée retirée]"


def without_contacts(text: str) -> str:
    """A text of the plan without the electronic addresses and telephone numbers that it may hold."""
    return _PHONE.sub(REMOVED, _EMAIL.sub(REMOVED, text))


def mask(indicator: Indicator, total: Total) -> str:
    """What to say instead of a figure that is too small to be shown, or nothing when it may be."""
    kind = Kind(indicator.kind)
    if total.value is None or kind in (Kind.AMOUNT, Kind.DELIVERABLE):
        return ""
    if kind == Kind.COUNT:
        return MASKED if 0 < total.value < SMALLEST else ""
    if kind == Kind.SHARE and total.numerator is not None and total.denominator is not None:
        rest = total.denominator - total.numerator
        return TOO_FEW if 0 < total.numerator < SMALLEST or 0 < rest < SMALLEST else ""
    # A mean says who answered as long as few did.
    return TOO_FEW if total.denominator is not None and total.denominator < SMALLEST else ""
