"""An action as the papers of a plan tell it: the voted text, and where it stands when that is asked for."""

from collections.abc import Iterable
from datetime import date

from actions.calendar import say
from actions.models import Action, Plan
from ctg.documents.papers.blocks import Block, Fact, Passage, standing_of
from ctg.documents.plan_reading import PlanReading
from ctg.documents.wording import calendar, milestone_words, role_label, thematic_texts

FACTORS, QUANTITATIVE, QUALITATIVE, CALENDAR = (
    "Freins ou leviers",
    "Indicateurs quantitatifs",
    "Indicateurs qualitatifs",
    "Calendrier",
)
PARTNERS = "Porteurs et partenaires"


def blocks_of(reading: PlanReading, action: Action, today: date, *, with_follow_up: bool) -> list[Block]:
    standing: list[Block] = [standing_of(action, action.lateness(today))] if with_follow_up else []
    facts = _followed(reading, action, today) if with_follow_up else _voted(reading, action)
    return [*standing, *priority_of(action, reading.plan), *passages_of(action), *facts, *about(action)]


def passages_of(action: Action) -> list[Passage]:
    texts = (
        (action.purpose_label, action.purpose),
        (action.content_label, action.content),
        (action.methods_label, action.methods),
        (action.effects_label, action.effects),
    )
    return [Passage(label, text) for label, text in texts if text]


def fact(label: str, *items: str) -> list[Fact]:
    """One fact, or none when there is nothing to say."""
    said = [item for item in items if item]
    return [Fact(label, said)] if said else []


def _voted(reading: PlanReading, action: Action) -> Iterable[Fact]:
    """The cells of the voted document, as written."""
    labels = (FACTORS, PARTNERS, QUANTITATIVE, QUALITATIVE, CALENDAR)
    texts = thematic_texts(reading, action, composed=False)[3:]
    return [Fact(label, [text]) for label, text in zip(labels, texts, strict=True) if text]


def _followed(reading: PlanReading, action: Action, today: date) -> list[Fact]:
    """What is linked to the action now; the cell as written where nothing is."""
    note = reading.last_note(action)
    roles = [Fact(role_label(part, names), [", ".join(names)]) for part, names in reading.roles(action)]
    indicators = fact("Indicateurs", *reading.indicators(action))
    return [
        *fact(FACTORS, *(reading.factors(action) or [action.factors_text])),
        *(roles or fact(PARTNERS, action.partners_text)),
        *(indicators or as_written_indicators(action)),
        *fact(CALENDAR, action.calendar_text or calendar(action)),
        *fact("Jalons", *(milestone_words(milestone, today) for milestone in reading.milestones(action))),
        *(fact(f"Dernière note, le {say(note[0])}", note[1]) if note else []),
    ]


def as_written_indicators(action: Action) -> list[Fact]:
    return [*fact(QUANTITATIVE, action.quantitative_text), *fact(QUALITATIVE, action.qualitative_text)]


def priority_of(action: Action, plan: Plan) -> list[Fact]:
    return fact(plan.priority_label, "" if action.priority is None else str(action.priority))


def about(action: Action) -> list[Fact]:
    """What the sheet adds to the document that was voted."""
    return [
        *fact("Publics", action.audiences),
        *fact("Communes", action.municipalities),
        *fact("Élu référent", action.elected_lead),
    ]
