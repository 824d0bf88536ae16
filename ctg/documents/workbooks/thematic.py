"""The thematic layout: a band for each theme, a row for each action with its need and objective repeated."""

from datetime import date

from actions.models import Action, Plan
from ctg.documents.plan_reading import UNCLASSIFIED, PlanReading
from ctg.documents.workbooks import follow_up
from ctg.documents.workbooks.book import Book
from ctg.documents.workbooks.plan_table import Column, Entry, PlanTable
from indicators.models import Nature

TITLES = (
    "Besoins repérés - cf. diagnostic (enjeux)",
    "Objectifs (changements souhaités / résultats attendus)",
    "Action(s) prévue(s) plusieurs actions peuvent répondre à 1 objectif",
    "Freins ou leviers identifiés",
    "Porteurs du projet / Partenaires associés",
    "Indicateurs d'évaluation QUANTITATIFS",
    "Indicateurs d'évaluation QUALITATIFS",
    "Calendrier de mise en œuvre (mois et année)",
)
WIDTHS = (28, 28, 34, 30, 34, 28, 22, 14)
NARROW_WIDTHS = (17, 17, 22, 18, 19, 17, 14, 11)
SEPARATOR = " - "


def write_thematic(book: Book, plan: Plan, *, today: date, with_follow_up: bool) -> None:
    reading = PlanReading(plan)
    widths = NARROW_WIDTHS if with_follow_up else WIDTHS
    table = PlanTable(
        book,
        plan,
        "Thématiques",
        voted=[Column(title, width) for title, width in zip(TITLES, widths, strict=True)],
        follow_up=follow_up.COLUMNS if with_follow_up else (),
        as_of=today if with_follow_up else None,
        frozen_columns=3 if with_follow_up else 0,
    )
    for group in reading.themes:
        title = group.heading.title if group.heading else UNCLASSIFIED
        table.band(title, follow_up.tally(group.actions, today))
        for action in group.actions:
            entries = [Entry(text) for text in thematic_texts(reading, action, composed=with_follow_up)]
            if with_follow_up:
                entries += follow_up.follow_up(reading, action, today)
            table.row(entries)


def thematic_texts(reading: PlanReading, action: Action, *, composed: bool) -> list[str]:
    """The eight cells of an action: as written in the voted document, or composed from what is linked to it.

    A cell that was voted empty stays so, unless `composed` asks for what was linked since.
    """
    as_written = [
        action.factors_text,
        action.partners_text,
        action.quantitative_text,
        action.qualitative_text,
        action.calendar_text,
    ]
    # A calendar alone may have been typed here, on an action that no document ever held.
    if composed or not any(as_written[:-1]):
        linked = [
            reading.factors(action),
            reading.partners(action),
            reading.indicators(action, Nature.QUANTITATIVE),
            reading.indicators(action, Nature.QUALITATIVE),
            [follow_up.calendar(action)],
        ]
        as_written = [text or SEPARATOR.join(texts) for text, texts in zip(as_written, linked, strict=True)]
    need = reading.needs.get(action.need_id, "") if action.need_id else ""
    objective = reading.objectives.get(action.objective_id, "") if action.objective_id else ""
    return [need, objective, action.title, *as_written]
