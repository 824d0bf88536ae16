"""The columns that follow-up adds at the right of a voted table: where each action stands today."""

from dataclasses import replace
from datetime import date

from actions.calendar import say
from actions.models import Action, Confidence, Status
from ctg.documents.plan_reading import PlanReading
from ctg.documents.wording import calendar, milestone_line
from ctg.documents.workbooks.plan_table import MUTED, TEXT, Column, Entry

EXCERPT = 1_500  # signs of a note or a reason that stay legible in a narrow cell

COLUMNS = (
    Column("N°", 4, key="number"),
    Column("Statut", 12, key="status"),
    Column("Météo", 12, key="confidence"),
    Column("Avancement", 13, key="progress"),
    Column("Retard", 12),
    Column("Motif", 15, EXCERPT, "status_reason"),
    Column("Porteurs", 17, key="carriers"),
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


def field_columns(reading: PlanReading) -> list[Column]:
    """The fields of the plan, at the right of the rest."""
    return [Column(field.label, 15, EXCERPT, field.name) for field in reading.fields]


def field_entries(reading: PlanReading, action: Action) -> list[Entry]:
    """One entry for each of `field_columns`."""
    return [Entry(field.say(action.custom_values.get(field.name))) for field in reading.fields]


def _confidence(action: Action) -> Entry:
    if not action.confidence:
        return Entry("sans avis", ABSENT)
    return Entry(action.get_confidence_display(), CONFIDENCE_STYLES[Confidence(action.confidence)])
