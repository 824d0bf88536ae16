"""A meeting as a paper: its agenda before, its minutes after."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils import timezone

from actions.calendar import say
from actions.models import AgendaItem, Decision, Meeting, Outcome
from ctg.documents.meeting_reading import MeetingReading, describe
from ctg.documents.papers.blocks import (
    Block,
    Column,
    Cover,
    Fact,
    Paper,
    Passage,
    Section,
    Table,
    standing_of,
)
from ctg.documents.papers.decisions import due_of, owner_of, state_of
from ctg.documents.papers.entries import fact

DECIDED = (Column("Décision", 58), Column("Qui s’en charge", 24), Column("Pour le", 18))
OPEN = (
    *(Column("Décision", 46), Column("Où en est-on", 18)),
    *(Column("Qui s’en charge", 20), Column("Pour le", 16)),
)


def agenda_paper(reading: MeetingReading, today: dt.date) -> Paper:
    """What the meeting will look at, with where each action stands."""
    cover = _cover(reading, "Ordre du jour", reading.plan.full_title, today)
    sections = [
        *_section("Qui est invité", fact("Membres", *map(describe, reading.seats))),
        *_section("Introduction", _text(reading.meeting.introduction)),
        *(Section(2, title, blocks=_to_look_at(reading, item, today)) for title, item in _points(reading)),
    ]
    return Paper(cover, sections or _nothing(), has_title_page=False)


def minutes_paper(reading: MeetingReading, today: dt.date) -> Paper:
    """Who was there, what was said and decided, and what is left to decide."""
    concluded_at = reading.meeting.concluded_at
    state = f"arrêté le {say(timezone.localdate(concluded_at))}" if concluded_at else "projet, non arrêté"
    cover = _cover(reading, "Compte rendu", f"{reading.plan.full_title}, {state}", today)
    sections = [
        *_section("Présences", [Fact(label, names) for label, names in reading.presences]),
        *_section("Relevé des échanges", _text(reading.meeting.minutes)),
        *(Section(2, title, blocks=_what_came_out(reading, item)) for title, item in _points(reading)),
        *_section("Autres décisions", list(_rulings(reading.beside))),
        *_section("Relevé des décisions", _table("Relevé des décisions", DECIDED, _decided(reading))),
        *_section("Décisions encore ouvertes", _table("Décisions encore ouvertes", OPEN, _open(reading))),
        *_section("Prochaine réunion", _next(reading.next)),
    ]
    return Paper(cover, sections or _nothing(), has_title_page=False)


def _cover(reading: MeetingReading, what: str, subtitle: str, today: dt.date) -> Cover:
    meeting, plan = reading.meeting, reading.plan
    return Cover(
        territory=plan.territory.name,
        title=f"{what}\u00a0: {meeting.body.name}, {say(meeting.held_on)}",
        subtitle=subtitle,
        running=f"{plan.territory.label} · {what} · {meeting.body.name}",
        data_on=today,
        facts=[*fact("Date", _when(meeting)), *fact("Lieu", meeting.place_text)],
    )


def _when(meeting: Meeting) -> str:
    hour = f", à {meeting.starts_at:%H\u00a0h\u00a0%M}" if meeting.starts_at else ""
    return f"{say(meeting.held_on)}{hour}"


def _section(title: str, blocks: Sequence[Block]) -> list[Section]:
    """One section, or none when there is nothing to say."""
    return [Section(2, title, blocks=blocks)] if blocks else []


def _nothing() -> list[Section]:
    return [Section(2, "Ordre du jour", "Aucun point n’est inscrit.")]


def _text(text: str) -> list[Passage]:
    return [Passage("", text)] if text else []


def _points(reading: MeetingReading) -> Iterator[tuple[str, AgendaItem]]:
    """Each point under its rank; what it was about may have left the plan since."""
    for rank, item in enumerate(reading.items, 1):
        about = item.title or item.decision or item.action or "Point retiré du plan"
        yield f"{rank}. {about}", item


def _to_look_at(reading: MeetingReading, item: AgendaItem, today: dt.date) -> list[Block]:
    blocks: list[Block] = []
    if item.action:
        if item.title:
            blocks += fact("Action", str(item.action))
        blocks += [standing_of(item.action, item.action.lateness(today))]
        blocks += fact("Porteurs", ", ".join(reading.carriers.get(item.action.pk, [])))
    if item.decision:
        if item.title:
            blocks += fact("Décision demandée", item.decision.subject)
        blocks += [Passage("Ce qu’il faut savoir", item.decision.context)] if item.decision.context else []
    return blocks


def _what_came_out(reading: MeetingReading, item: AgendaItem) -> list[Block]:
    said: list[Block] = [Passage("Ce qui s’est dit", item.summary)] if item.summary else []
    return [*said, *_rulings(reading.decided[item.pk])]


def _rulings(decisions: Sequence[Decision]) -> Iterator[Block]:
    for decision in decisions:
        yield Fact(f"Décision {decision.get_outcome_display()}", [decision.subject])
        if decision.ruling:
            yield Passage("Ce qui est décidé", decision.ruling)
        if decision.outcome == Outcome.TAKEN:
            yield Fact("Qui s’en charge", [owner_of(decision)])
            yield Fact("Pour le", [due_of(decision)])


def _table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[Table]:
    return [Table(caption, columns, rows)] if rows else []


def _decided(reading: MeetingReading) -> list[list[str]]:
    return [
        [decision.subject, owner_of(decision), due_of(decision)]
        for decision in reading.decisions
        if decision.outcome == Outcome.TAKEN
    ]


def _open(reading: MeetingReading) -> list[list[str]]:
    return [
        [decision.subject, state_of(decision), owner_of(decision), due_of(decision)]
        for decision in reading.left_open
    ]


def _next(meeting: Meeting | None) -> list[Fact]:
    if meeting is None:
        return []
    return [*fact("Date", _when(meeting)), *fact("Lieu", meeting.place_text)]
