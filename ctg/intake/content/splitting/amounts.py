"""Amounts beside the names of those who give them: « Caf : 1 500 € », « MSA (20 %) »."""

import re

#: Bounded, as texts are anyone's.
_AMOUNT = re.compile(
    r"(?:[:=(]\s{0,3})?\b\d[\d\s\u00a0\u202f.,]{0,20}(?:[kM]?[\s\u00a0\u202f]{0,3}€|euros?\b|%)\)?",
    re.IGNORECASE,
)


def names_amount(text: str) -> bool:
    return bool(_AMOUNT.search(text))


def without_amounts(text: str) -> str:
    """The names alone; nothing where amounts stand alone."""
    names = _AMOUNT.sub("", text)
    return names if any(letter.isalpha() for letter in names) else ""
