"""What happened between two days, in one sentence."""

import datetime as dt
from collections.abc import Sequence

from actions.calendar import say
from actions.past import Shift, say_counts
from ctg.web.words import listing

#: One of them, and several.
VALUES = ("chiffre d’indicateur nouveau ou changé", "chiffres d’indicateurs nouveaux ou changés")


def say_opening(since: dt.date, until: dt.date, today: dt.date, shifts: Sequence[Shift], values: int) -> str:
    """« Entre le 18 juin 2026 et aujourd’hui : 2 actions ajoutées et 5 changements de statut. »"""
    span = f"Entre le {say(since)} et {say_day(until, today)}"
    said = say_counts(shifts)
    if values:
        said.append(f"{values} {VALUES[values > 1]}")
    return f"{span}\u00a0: {listing(said)}." if said else f"{span}, rien n’a changé dans le plan."


def say_day(day: dt.date, today: dt.date) -> str:
    return "aujourd’hui" if day == today else f"le {say(day)}"
