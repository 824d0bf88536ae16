"""The columns that follow-up adds at the right of a voted table: where each action stands today."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from actions.calendar import say
from actions.models import Action, Confidence, Milestone, Status
from ctg.documents.plan_reading import PlanReading
from ctg.documents.workbooks.plan_table import MUTED, TEXT, Column, Entry

EXCERPT = 1_500  # signs of a note or a reason that stay legible in a narrow cell

COLUMNS = (
    Column("N°", 4),
    Column("Statut", 12),
    Column("Météo", 12),
    Column("Avancement", 13),
    Column("Retard", 12),
    Column("Motif", 15, EXCERPT),
    Column("Porteurs", 17),
    Column("Calendrier compris", 14),
    Column("Jalons", 22, EXCERPT),
    Column("Dernière note", 26, EXCERPT),
)

NUMBER = replace(TEXT, horizontal="center", indent=0)
PERCENTAGE = replace(NUMBER, number_format="0 %")
ABSENT = replace(TEXT, color=MUTED)
LATE = replace(TEXT, bold=True, color="AE2A1F")
STATUS_STYLES = {
    Status.PLANNED: replace(TEXT, bold=True, color="5A6670"),
    Status.ONGOING: replace(TEXT, bold=True, color="1B5C9E"),
    Status.DONE: replace(TEXT, bold=True, color="2A6B3C"),
    Status.POSTPONED: replace(TEXT, bold=True, color="85560A"),
    Status.SUSPENDED: replace(TEXT, bold=True, color="69508A"),
    Status.ABANDONED: replace(TEXT, bold=True, color="7A3434"),
}
CONFIDENCE_STYLES = {
    Confidence.FINE: TEXT,
    Confidence.WATCH: replace(TEXT, color="85560A"),
    Confidence.HARD: replace(TEXT, color="AE2A1F"),
}


def follow_up(reading: PlanReading, action: Action, today: date) -> list[Entry]:
    """One entry for each of `COLUMNS`."""
    note = reading.last_note(action)
    return [
        Entry(action.number, NUMBER),
        Entry(action.get_status_display(), STATUS_STYLES[Status(action.status)]),
        _confidence(action),
        Entry(None if action.progress is None else action.progress / 100, PERCENTAGE),
        Entry(action.lateness(today), LATE),
        Entry(action.status_reason),
        Entry("\n".join(reading.carriers(action))),
        Entry(calendar(action)),
        Entry("\n".join(milestone_line(milestone, today) for milestone in reading.milestones(action))),
        Entry(f"{say(note[0])}\u00a0: {note[1]}" if note else ""),
    ]


def tally(actions: Sequence[Action], today: date) -> str:
    """« 6 actions, dont 2 en retard »"""
    if not actions:
        return "aucune action dans le plan"
    late = sum(action.is_late(today) for action in actions)
    count = "1 action" if len(actions) == 1 else f"{len(actions)} actions"
    if not late:
        return count
    return f"{count}, en retard" if len(actions) == 1 else f"{count}, dont {late} en retard"


def calendar(action: Action) -> str:
    words = action.period_in_words
    understood = words[:1].upper() + words[1:]
    return f"{understood} Récurrente.".strip() if action.recurring else understood


def milestone_line(milestone: Milestone, today: date) -> str:
    if milestone.reached_on:
        return f"◆ Atteint le {say(milestone.reached_on)}\u00a0: {milestone.title}"
    if not milestone.due_on:
        return f"◇ À venir\u00a0: {milestone.title}"
    late = ", non atteint" if milestone.days_late(today) else ""
    return f"◇ Prévu le {say(milestone.due_on)}{late}\u00a0: {milestone.title}"


def _confidence(action: Action) -> Entry:
    if not action.confidence:
        return Entry("sans avis", ABSENT)
    return Entry(action.get_confidence_display(), CONFIDENCE_STYLES[Confidence(action.confidence)])
