"""Cells of an action that say what nobody understands, or more than their field holds."""

import datetime as dt
import re
from collections.abc import Iterator

from actions.models import Status
from ctg.intake.previewing.annotated import Grade
from ctg.intake.previewing.entries import CALENDAR_LENGTH, LEAD_LENGTH, NAME_LENGTH, WORDING_LENGTH
from ctg.intake.previewing.packed import Split

from ..content import ReadAction
from ..content.splitting import read_calendar, read_priority, read_progress, read_status
from ..layout import Field, Spot
from .found import Found, Looking

STATUSES = f"Statuts compris\u00a0: {', '.join(status.label for status in Status)}."
PRIORITIES = "Priorités comprises\u00a0: 1, 2, 3, ou haute, moyenne, basse."
PROGRESSES = "Écrivez une part de 0 à 100, par exemple «\u00a050\u00a0%\u00a0»."
CALENDARS = "Par exemple\u00a0: «\u00a02027\u00a0», «\u00a0juin 2027\u00a0», «\u00a02e semestre 2027\u00a0»."
DATES = "Écrivez un jour qui existe, par exemple «\u00a030/06/2027\u00a0»."
KEPT = "Le texte est gardé tel quel, sans date."

CALENDAR = (Field.CALENDAR, Field.STARTS, Field.ENDS, Field.PERIOD)
_ORGANISATIONS = (Field.ORGANISATIONS, Field.LEADS, Field.CO_LEADS, Field.PARTNERS, Field.FUNDERS)
_INDICATORS = (Field.INDICATORS, Field.QUANTITATIVE, Field.QUALITATIVE)
_DAY = re.compile(r"(?<![\d/])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/])")


def problems_of_cells(looking: Looking, rank: int, action: ReadAction, cut: Split) -> Iterator[Found]:
    yield from _vocabularies(looking, rank, action)
    yield from _calendar(looking, rank, action)
    yield from _too_long(looking, rank, action, cut)


def _vocabularies(looking: Looking, rank: int, action: ReadAction) -> Iterator[Found]:
    is_status = action.status_text and read_status(action.status_text) is None
    is_priority = action.priority_text and read_priority(action.priority_text) is None
    # « En cours » under « Avancement » says a status, when nothing else does.
    said = read_progress(action.progress_text) is not None or read_status(action.progress_text) is not None
    checks = (
        (is_status, Field.STATUS, "Ce statut n’est pas compris.", STATUSES),
        (is_priority, Field.PRIORITY, "Cette priorité n’est pas comprise.", PRIORITIES),
        (
            action.progress_text and not said,
            Field.PROGRESS,
            "Cet avancement n’est pas compris.",
            PROGRESSES,
        ),
    )
    for is_wrong, field, reason, accepted in checks:
        if is_wrong and (spot := looking.spot_of(action, field)):
            yield looking.found(Grade.ERROR, spot, reason, accepted, rank)


def _calendar(looking: Looking, rank: int, action: ReadAction) -> Iterator[Found]:
    spot = looking.spot_of(action, *CALENDAR)
    if not action.calendar_text or spot is None:
        return
    if impossible := next((day[0] for day in _DAY.finditer(action.calendar_text) if not _exists(day)), ""):
        reason = f"«\u00a0{impossible}\u00a0» n’est pas une date."
        yield looking.found(
            Grade.ERROR, _cell_saying(looking, action, impossible) or spot, reason, DATES, rank
        )
        return
    period = read_calendar(action.calendar_text)
    if period is None:
        reason = f"Aucune date n’est comprise dans ce calendrier. {KEPT}"
        yield looking.found(Grade.WARNING, spot, reason, CALENDARS, rank)
    elif period.starts_on and period.ends_on and period.ends_on < period.starts_on:
        reason = "La fin vient avant le début."
        yield looking.found(Grade.ERROR, looking.spot_of(action, Field.ENDS) or spot, reason, DATES, rank)


def _exists(day: re.Match[str]) -> bool:
    try:
        dt.date(int(day[3]), int(day[2]), int(day[1]))
    except ValueError:
        return False
    return True


def _cell_saying(looking: Looking, action: ReadAction, words: str) -> Spot | None:
    for field in CALENDAR:
        for spot in action.cells.get(field, ()):
            if words in looking.source.tables[spot.table].cells[spot.place].text:
                return spot
    return None


def _too_long(looking: Looking, rank: int, action: ReadAction, cut: Split) -> Iterator[Found]:
    texts = (
        (action.calendar_text, CALENDAR_LENGTH, CALENDAR, "calendrier"),
        (action.elected_lead, LEAD_LENGTH, (Field.ELECTED_LEAD,), "élu référent"),
        *((one.wording, WORDING_LENGTH, _INDICATORS, "indicateur") for one in cut.indicators),
        *((one.organisation.name, NAME_LENGTH, _ORGANISATIONS, "organisme") for one in cut.parts),
    )
    for text, most, fields, words in texts:
        spot = looking.spot_of(action, *fields)
        if len(text) > most and spot:
            reason = f"Ce texte est trop long pour un {words} ({len(text)} signes, {most} au plus)."
            kept = "Le texte entier est gardé avec l’action."
            yield looking.found(Grade.WARNING, spot, reason, kept, rank)
