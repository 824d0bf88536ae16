"""What changed since the last COPIL, as the page of the élus tells it."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.models import Status
from actions.past import Past, Shift, ShiftKind, differences

from .wording import cut

#: What an élu reads of a change, in this order: a heading or a title that moved is the coordination's.
TOLD = (
    *(ShiftKind.STATUS, ShiftKind.ADDED, ShiftKind.DROPPED, ShiftKind.CONFIDENCE),
    *(ShiftKind.CALENDAR, ShiftKind.REACHED, ShiftKind.MISSED),
)
NOTE_LENGTH = 60

_WORDS = {"done": "réalisée", "planned": "de nouveau à venir"}
_MOODS = {
    "fine": "redevient sereine",
    "watch": "à surveiller",
    "hard": "passe en difficulté",
    "": "sans avis",
}


@dataclass(frozen=True)
class News:
    """One change, with its shape and its words."""

    shift: Shift
    icon: str
    words: str

    @property
    def is_of_milestone(self) -> bool:
        return self.shift.kind in (ShiftKind.REACHED, ShiftKind.MISSED)

    @property
    def title(self) -> str:
        """What changed: the action, or one of its milestones."""
        return self.shift.note if self.is_of_milestone else self.shift.title


def tell(before: Past, after: Past) -> Sequence[News]:
    shifts = [shift for shift in differences(before, after) if shift.kind in TOLD]
    shifts.sort(key=lambda shift: TOLD.index(shift.kind))
    return [News(shift, _icon(shift), _say(shift)) for shift in shifts]


def _icon(shift: Shift) -> str:
    if shift.kind in (ShiftKind.STATUS, ShiftKind.CONFIDENCE):
        return shift.value or "none"
    shapes = {ShiftKind.ADDED: "plus", ShiftKind.DROPPED: "abandoned", ShiftKind.CALENDAR: "postponed"}
    marks = {ShiftKind.REACHED: "milestone-reached", ShiftKind.MISSED: "late"}
    return (shapes | marks)[shift.kind]


def _say(shift: Shift) -> str:
    note = cut(shift.note, NOTE_LENGTH)
    if shift.kind == ShiftKind.STATUS:
        said = _status(shift)
        return f"{said}\u00a0: {note}" if note else said
    if shift.kind == ShiftKind.CONFIDENCE:
        return _MOODS[shift.value]
    if shift.kind == ShiftKind.CALENDAR:
        return note or f"calendrier\u00a0: {cut(shift.after, NOTE_LENGTH) or 'à préciser'}"
    if shift.kind in (ShiftKind.REACHED, ShiftKind.MISSED):
        return "jalon atteint" if shift.kind == ShiftKind.REACHED else "jalon manqué"
    return note or ("ajoutée au plan" if shift.kind == ShiftKind.ADDED else "retirée du plan")


def _status(shift: Shift) -> str:
    if shift.value == Status.ONGOING:
        return "commencée" if shift.before == Status.PLANNED.label else "reprise"
    return _WORDS.get(shift.value, str(Status(shift.value).label))
