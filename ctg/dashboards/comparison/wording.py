"""What happened between two days, in one sentence."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from actions.calendar import say
from actions.past import Shift, ShiftKind
from ctg.web.words import listing

ABANDONED = "abandoned"

#: What the sentence counts, in order: one of them, and several.
_WORDS: dict[str, tuple[str, str]] = {
    ShiftKind.ADDED: ("action ajoutée", "actions ajoutées"),
    ShiftKind.DROPPED: ("action retirée du plan", "actions retirées du plan"),
    ABANDONED: ("action abandonnée", "actions abandonnées"),
    ShiftKind.STATUS: ("changement de statut", "changements de statut"),
    ShiftKind.CONFIDENCE: ("changement de météo", "changements de météo"),
    ShiftKind.CALENDAR: ("calendrier modifié", "calendriers modifiés"),
    ShiftKind.REACHED: ("jalon atteint", "jalons atteints"),
    ShiftKind.MISSED: ("jalon manqué", "jalons manqués"),
    "moved": ("action déplacée", "actions déplacées"),
    ShiftKind.TITLE: ("intitulé modifié", "intitulés modifiés"),
    "values": ("chiffre d’indicateur nouveau ou changé", "chiffres d’indicateurs nouveaux ou changés"),
}


def say_opening(since: dt.date, until: dt.date, today: dt.date, shifts: Sequence[Shift], values: int) -> str:
    """« Entre le 18 juin 2026 et aujourd’hui : 2 actions ajoutées et 5 changements de statut. »"""
    span = f"Entre le {say(since)} et {say_day(until, today)}"
    counts = _counts(shifts)
    counts["values"] = values
    said = [f"{counts[key]} {words[counts[key] > 1]}" for key, words in _words(counts).items() if counts[key]]
    return f"{span}\u00a0: {listing(said)}." if said else f"{span}, rien n’a changé dans le plan."


def say_day(day: dt.date, today: dt.date) -> str:
    return "aujourd’hui" if day == today else f"le {say(day)}"


def _words(counts: Counter[str]) -> dict[str, tuple[str, str]]:
    """The other changes of status, once the abandonments were told."""
    others = ("autre changement de statut", "autres changements de statut")
    return _WORDS | ({ShiftKind.STATUS: others} if counts[ABANDONED] else {})


def _counts(shifts: Sequence[Shift]) -> Counter[str]:
    """An abandonment is told apart from other changes of status; an action that moved twice counts once."""
    counts: Counter[str] = Counter(ABANDONED if shift.is_abandonment else shift.kind for shift in shifts)
    places = (ShiftKind.AMBITION, ShiftKind.THEME)
    counts["moved"] = len({shift.action_id for shift in shifts if shift.kind in places})
    return counts
