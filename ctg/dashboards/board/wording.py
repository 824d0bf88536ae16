"""French for the page of the élus."""

import datetime as dt
from typing import NamedTuple

from django.utils.text import Truncator

from ctg.web.templatetags.ui import day

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_COUNTS = ("aucune", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


class Piece(NamedTuple):
    """A few words of a sentence; those that hold a figure lead to the list behind it."""

    text: str
    url: str = ""


def in_words(count: int) -> str:
    """« deux », of something feminine; « 12 » beyond ten."""
    return _COUNTS[count] if count < len(_COUNTS) else str(count)


def cut(text: str, length: int = 60) -> str:
    """The beginning of a text on one line, cut between two words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    kept = Truncator(line).chars(length, truncate="")
    # A single word that is too long is cut inside.
    return f"{(kept if line[len(kept)] == ' ' else kept.rpartition(' ')[0] or kept).rstrip(' ,;:.–-')}…"


def plural(count: int, ending: str = "s") -> str:
    return ending if count >= 2 else ""


def weekday(date: dt.date) -> str:
    """« mardi 8 décembre 2026 »."""
    return f"{_DAYS[date.weekday()]} {day(date)}"
