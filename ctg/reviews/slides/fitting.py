"""How much of a text a box shows: estimated without any font, rather too wide than too narrow."""

import re
from collections.abc import Sequence

from ctg.web.outline import parse
from ctg.web.text import clean_line

#: Widths in parts of the size of the letters, those of Calibri and a little more.
NARROW, USUAL, CAPITAL, WIDE, FULL = 0.32, 0.55, 0.66, 0.88, 1.1
_NARROW, _WIDE = frozenset("iljItf.,;:!'’|()[]-/ \u00a0\u202f"), frozenset("mwMW@%œæŒÆ…—→")
#: Georgia takes more room than Calibri.
SERIF = 1.14
LINE = 1.22
ELLIPSIS = "\u00a0…"
FULL_WIDTH = 0x2E80
#: More than any box holds: what comes after need not be read.
LONGEST = 3_000


def width_of(text: str) -> float:
    """In parts of the size of the letters."""
    return sum(map(_width, text))


def _width(sign: str) -> float:
    if sign in _NARROW:
        return NARROW
    if sign in _WIDE:
        return WIDE
    if ord(sign) >= FULL_WIDTH:
        return FULL
    return CAPITAL if sign.isupper() else USUAL


def lines_in(height: float, size: float) -> int:
    """How many lines a box of so many points holds."""
    return int(height / (size * LINE))


def wrap(text: str, room: float) -> list[str]:
    """The lines of a text in a box of that room; a word longer than a line goes on in the next."""
    lines: list[str] = [""]
    for word in text.split(" "):
        for piece in _pieces(word, room):
            longer = f"{lines[-1]} {piece}".lstrip()
            if width_of(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines if lines[0] else lines[1:] or [""]


def _pieces(word: str, room: float) -> list[str]:
    if width_of(word) <= room:
        return [word]
    pieces, used = [""], 0.0
    for sign in word:
        used += _width(sign)
        if used > room and pieces[-1]:
            pieces.append("")
            used = _width(sign)
        pieces[-1] += sign
    return pieces


def count_lines(text: str, *, width: float, size: float) -> int:
    """How many lines of `width` points the text takes."""
    return len(wrap(clean_line(text[:LONGEST]), width / size))


def shorten(text: str, *, width: float, size: float, lines: int = 1, serif: bool = False) -> str:
    """The text on one line or a few of `width` points, cut after a word with « … » when it is longer."""
    said = clean_line(text[:LONGEST])
    room = width / size / (SERIF if serif else 1)
    wrapped = wrap(said, room)
    if len(wrapped) <= lines and len(text) <= LONGEST:
        return said
    kept = wrapped[:lines]
    last = kept[-1]
    while last and width_of(last + ELLIPSIS) > room:
        last = last.rpartition(" ")[0] if " " in last else last[:-1]
    return re.sub(r"[\s,;:–(]+$", "", " ".join([*kept[:-1], last])) + ELLIPSIS


def flat(text: str) -> str:
    """A text of several lines as one."""
    return " ".join(line.text for line in parse(text))


def remaining(things: Sequence[object], shown: int) -> str:
    """« et 12 autres dans le bilan », or nothing."""
    left = len(things) - shown
    return f"et {left} autre{'s' if left > 1 else ''} dans le bilan" if left > 0 else ""
