"""Numbers as French people type and read them."""

import re
from decimal import ROUND_HALF_UP, Decimal

# A tab is not among them: it stands between two cells.
_SPACES = re.compile("[ \u00a0\u2007\u2009\u202f'’]")
_UNIT = re.compile(r" ?[%€]$")
_GROUPED = re.compile(r"[0-9]{1,3}( [0-9]{3})+(,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(,[0-9]+)?|,[0-9]+")
_NARROW = "\u202f"


def read_number(typed: str) -> Decimal | None:
    """Read « 1 234,5 » (any space), « 1.5 », « 1.234,5 », « 12 % » or « 8 400 € »; None if it is no number.

    Grouping must be by thousands: « 12 34 » is more likely two numbers than one. A lone point is a decimal
    one, as on a keypad: « 1.234 » is a little over one.
    """
    text = _UNIT.sub("", _SPACES.sub(" ", typed.strip()).replace("\u2212", "-"))
    sign = -1 if text.startswith("-") else 1
    text = _decimal_comma(text[1:].lstrip() if text[:1] in ("-", "+") else text)
    if not (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)):
        return None
    # Zero is added for « -0 », which compares as zero and is not written like it.
    return sign * Decimal(text.replace(" ", "").replace(",", ".")) + 0


def write_number(value: Decimal | int, places: int = 4) -> str:
    """Write 1234.50 as « 1 234,5 », rounded half up to `places` decimals, without useless zeros."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    groups = f"{int(whole):,}".replace(",", _NARROW)
    decimals = decimals.rstrip("0")
    sign = "-" if rounded < 0 else ""
    return f"{sign}{groups},{decimals}" if decimals else f"{sign}{groups}"


def write_euros(amount: Decimal | int) -> str:
    """Write an amount: « 12 500 € », and « 12 500,50 € » with its cents."""
    whole, comma, cents = write_number(amount, 2).partition(",")
    return f"{whole}{comma}{cents.ljust(2, '0') if comma else ''}\u00a0€"


def plain_decimal(value: Decimal) -> str:
    """The same number always as the same text, whatever zeros its source gave it: « 12.5 »."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal_comma(text: str) -> str:
    """The same number with spaces between its thousands and a comma before its decimals."""
    marks = [mark for mark in text if mark in ".,"]
    if len(set(marks)) == 2:
        return text.replace(marks[0], " ").replace(marks[-1], ",")
    # What stands twice parts thousands: « 1.234.567 ».
    return text.replace(marks[0], " ") if len(marks) > 1 else text.replace(".", ",")
