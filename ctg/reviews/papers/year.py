"""What happened around the actions in the year, and what comes in the next one."""

from collections.abc import Iterator, Sequence

from ctg.documents.papers.blocks import Block, Column, Passage, Section, Table
from ctg.documents.papers.entries import fact
from ctg.reviews.facts.shapes import ActionFact, ChangeFact, DecisionFact, MeetingFact, ReviewFacts, RoadStep
from ctg.reviews.facts_in_words import change_words, name_of, numbers, say_day
from ctg.reviews.sentences import say_difficulties, say_governance, say_road_map

MEETINGS = (
    *(Column("Date", 20), Column("Instance", 25), Column("Nature", 22)),
    *(Column("Présents", 11), Column("Points", 10), Column("Décisions", 12)),
)
DECISIONS = (
    *(Column("Décision", 32), Column("Où elle en est", 17), Column("Réunion", 15)),
    *(Column("Qui s’en charge", 15), Column("Pour le", 12), Column("Actions", 9)),
)
CHANGES = (
    *(Column("Action", 24), Column("Ce qui change", 24), Column("Quand", 13)),
    *(Column("Pourquoi", 22), Column("Décidé par", 17)),
)
STEPS = (Column("Quand", 18), Column("Quoi", 40), Column("De quoi il s’agit", 22), Column("Qui", 20))


def difficulties_of(facts: ReviewFacts) -> list[Section]:
    brakes, levers, factors = (_said(facts.actions, name) for name in ("brakes", "levers", "factors"))
    blocks: list[Block] = [
        *_text(facts.texts.difficulties),
        *fact("Freins", *brakes),
        *fact("Leviers", *levers),
        *fact("Freins ou leviers, à qualifier", *factors),
    ]
    return [Section(2, "Difficultés et leviers", say_difficulties(facts.actions), blocks)]


def _said(actions: Sequence[ActionFact], name: str) -> list[str]:
    return [f"{one} (action {action.number})" for action in actions for one in getattr(action, name)]


def governance_of(facts: ReviewFacts) -> Iterator[Section]:
    year, meetings, decisions = facts.identity.year, facts.meetings, facts.decisions
    summary = say_governance(meetings, decisions, year)
    blocks = [*_text(facts.texts.governance)]
    yield Section(2, "Gouvernance de l’année", summary, blocks)
    if meetings:
        held = Table("Réunions", MEETINGS, [_meeting(one) for one in meetings])
        yield Section(3, held.caption, blocks=[held])
    if decisions:
        asked = Table("Décisions", DECISIONS, [_decision(one) for one in decisions])
        rulings = [Passage(one.subject, one.ruling) for one in decisions if one.ruling]
        yield Section(3, asked.caption, blocks=[asked, *rulings])


def _meeting(meeting: MeetingFact) -> list[str]:
    counts = (meeting.present, meeting.points, meeting.decisions)
    return [say_day(meeting.on), meeting.body, meeting.kind_words, *map(str, counts)]


def _decision(decision: DecisionFact) -> list[str]:
    return [
        decision.subject,
        decision.state,
        decision.meeting or "–",
        decision.owner or "à désigner",
        say_day(decision.due_on) or "sans date",
        numbers(decision.actions) or "–",
    ]


def changes_of(facts: ReviewFacts) -> Iterator[Section]:
    known = [one for one in (facts.since_signature, facts.since_last_year) if one]
    if known or facts.texts.changes:
        yield Section(2, "Modifications du plan", blocks=_text(facts.texts.changes))
    for changes in known:
        table = Table(f"Depuis {changes.since_words}", CHANGES, _changed(changes.changes))
        yield Section(3, table.caption, changes.sentence, [table] if changes.changes else [])


def _changed(changes: Sequence[ChangeFact]) -> list[list[str]]:
    """The title of an action once, however often it changed in a row."""
    return [
        [
            name_of(one) if rank == 0 or changes[rank - 1].number != one.number else f"Action {one.number}",
            change_words(one),
            say_day(one.on) or "–",
            one.reason or "–",
            one.decided_by or "–",
        ]
        for rank, one in enumerate(changes)
    ]


def road_map_of(facts: ReviewFacts) -> list[Section]:
    year = facts.identity.year + 1
    steps = facts.road_map
    table = [Table(f"Feuille de route {year}", STEPS, [_step(one) for one in steps], 1)] if steps else []
    summary = say_road_map(steps, facts.identity.year)
    return [Section(2, f"Feuille de route {year}", summary, [*_text(facts.texts.outlook), *table])]


def _step(step: RoadStep) -> list[str]:
    return [step.when, name_of(step), step.what, step.who or "–"]


def _text(text: str) -> list[Block]:
    return [Passage("", text)] if text else []
