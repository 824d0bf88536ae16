"""How many differences of each sort there are, in words."""

from collections import Counter
from collections.abc import Sequence

from .shifts import Shift, ShiftKind

ABANDONED, MOVED = "abandoned", "moved"

#: What is counted, in order: one of them, and several.
_WORDS: dict[str, tuple[str, str]] = {
    ShiftKind.ADDED: ("action ajoutée", "actions ajoutées"),
    ShiftKind.DROPPED: ("action retirée du plan", "actions retirées du plan"),
    ABANDONED: ("action abandonnée", "actions abandonnées"),
    ShiftKind.STATUS: ("changement de statut", "changements de statut"),
    ShiftKind.CONFIDENCE: ("changement de météo", "changements de météo"),
    ShiftKind.CALENDAR: ("calendrier modifié", "calendriers modifiés"),
    ShiftKind.REACHED: ("jalon atteint", "jalons atteints"),
    ShiftKind.MISSED: ("jalon manqué", "jalons manqués"),
    MOVED: ("action déplacée", "actions déplacées"),
    ShiftKind.TITLE: ("intitulé modifié", "intitulés modifiés"),
}


def say_counts(shifts: Sequence[Shift]) -> list[str]:
    """« 2 actions ajoutées », « 5 changements de statut »: what there is of each sort, in order."""
    counts = _counts(shifts)
    return [f"{counts[key]} {words[counts[key] > 1]}" for key, words in _words(counts).items() if counts[key]]


def _words(counts: Counter[str]) -> dict[str, tuple[str, str]]:
    """The other changes of status, once the abandonments were told."""
    others = ("autre changement de statut", "autres changements de statut")
    return _WORDS | ({ShiftKind.STATUS: others} if counts[ABANDONED] else {})


def _counts(shifts: Sequence[Shift]) -> Counter[str]:
    """An abandonment is told apart from other changes of status; an action that moved twice counts once."""
    counts: Counter[str] = Counter(ABANDONED if shift.is_abandonment else shift.kind for shift in shifts)
    places = (ShiftKind.AMBITION, ShiftKind.THEME)
    counts[MOVED] = len({shift.action_id for shift in shifts if shift.kind in places})
    return counts
