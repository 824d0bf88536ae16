"""The sheet of an action as a paper: everything that its page says to those who read the plan."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.text import capfirst

from actions.calendar import say
from actions.models import Factor, FactorKind, Milestone, Outcome
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
from ctg.documents.papers.budget import budget_of
from ctg.documents.papers.decisions import due_of, owner_of, state_of
from ctg.documents.papers.entries import (
    FACTORS,
    PARTNERS,
    about,
    as_written_indicators,
    fact,
    passages_of,
    priority_of,
)
from ctg.documents.papers.figures import figures_of
from ctg.documents.sheet_reading import SheetReading
from ctg.documents.wording import calendar, role_label

MILESTONES = (
    Column("Jalon", 45),
    Column("Échéance", 18),
    Column("Responsable", 19),
    Column("Où en est-on", 18),
)
FACTORS_KEPT = (Column(FACTORS, 40), Column("Lequel", 13), Column("Depuis", 27), Column("Qui agit", 20))
DECISIONS = (
    *(Column("Décision", 44), Column("Où elle en est", 20)),
    *(Column("Qui s’en charge", 20), Column("Pour le", 16)),
)


def sheet_paper(reading: SheetReading, today: date) -> Paper:
    action, plan = reading.action, reading.action.plan
    cover = Cover(
        territory=plan.territory.name,
        title=f"Action {action.number}\u00a0: {action.title}",
        subtitle=plan.full_title,
        running=f"{plan.territory.label} · Action {action.number}",
        data_on=today,
    )
    sections = [Section(2, title, blocks=blocks) for title, blocks in _parts(reading, today) if blocks]
    return Paper(cover, sections, has_title_page=False)


def _parts(reading: SheetReading, today: date) -> Iterator[tuple[str, list[Block]]]:
    action = reading.action
    yield "Où en est l’action", [standing_of(action, action.lateness(today))]
    yield "Blocages", [*_blockages(reading, today)]
    yield "Place dans le plan", [Fact(label, [title]) for label, title in reading.headings]
    yield "Texte voté", [*passages_of(action)]
    yield "Qui, pour qui, quand", [*_people(reading), *_calendar(reading)]
    yield "Champs du plan", [Fact(one.field.label, [one.said]) for one in reading.answers]
    yield FACTORS, _factors(reading)
    yield "Jalons", _milestones(reading, today)
    yield (
        "Indicateurs",
        [
            *figures_of(reading.indicators(today), today.year),
            *_as_written(as_written_indicators(action)),
        ],
    )
    yield "Budget", budget_of(reading.budget_lines, today.year)
    yield "Décisions", _decisions(reading)
    yield (
        "Notes",
        [Fact(f"Le {say(timezone.localdate(note.written_at))}", [note.text]) for note in reading.notes],
    )


def _people(reading: SheetReading) -> list[Fact]:
    action = reading.action
    as_written = fact(PARTNERS, action.partners_text)
    return [
        *(Fact(role_label(part, names), [", ".join(names)]) for part, names in reading.roles),
        *(_as_written(as_written) if reading.roles else as_written),
        *about(action),
        *priority_of(action, action.plan),
        *fact(action.plan.priority_reason_label, action.priority_reason),
    ]


def _as_written(facts: list[Fact]) -> list[Fact]:
    return [Fact(f"{said.label}, tels qu’écrits dans le plan", said.items) for said in facts]


def _calendar(reading: SheetReading) -> list[Fact]:
    action = reading.action
    return [*fact("Calendrier", action.calendar_text), *fact("Compris comme", calendar(action))]


def _factors(reading: SheetReading) -> list[Block]:
    as_written = fact("Tels qu’écrits dans le plan", reading.action.factors_text)
    rows = [
        [factor.text, _which(factor), _since(factor), factor.handler or "–"] for factor in reading.factors
    ]
    return [*as_written, *([Table(FACTORS, FACTORS_KEPT, rows)] if rows else [])]


def _which(factor: Factor) -> str:
    return capfirst(str(factor.get_kind_display())) if factor.kind else "À qualifier"


def _since(factor: Factor) -> str:
    ended = "n’agit plus depuis le" if factor.kind == FactorKind.LEVER else "levé le"
    parts = [
        f"depuis le {say(factor.since)}" if factor.since else "",
        f"{ended} {say(factor.removed_on)}" if factor.removed_on else "",
    ]
    return ", ".join(filter(None, parts)) or "–"


def _milestones(reading: SheetReading, today: date) -> list[Block]:
    rows = [
        [
            milestone.title,
            say(milestone.due_on) if milestone.due_on else "sans date",
            milestone.owner.name if milestone.owner else "–",
            _reached(milestone, today),
        ]
        for milestone in reading.milestones
    ]
    return [Table("Jalons", MILESTONES, rows)] if rows else []


def _reached(milestone: Milestone, today: date) -> str:
    if milestone.reached_on:
        return f"atteint le {say(milestone.reached_on)}"
    days = milestone.days_late(today)
    return f"en retard de {days} jour{'s' if days > 1 else ''}" if days else "à venir"


def _blockages(reading: SheetReading, today: date) -> Iterator[Block]:
    for blockage in reading.blockages:
        days = blockage.days(today)
        since = f"Bloquée depuis le {say(blockage.since)} ({days} jour{'s' if days > 1 else ''})"
        yield Passage(since, blockage.reason)
        if decision := blockage.asked:
            asked_of = f"{decision.asked_of}\u00a0: " if decision.asked_of else ""
            asked = f"{asked_of}{decision.subject} ({state_of(decision).lower()})"
            yield Fact("Décision demandée", [asked])


def _decisions(reading: SheetReading) -> list[Block]:
    rows = []
    for decision in reading.decisions:
        is_taken = decision.outcome == Outcome.TAKEN
        who = [owner_of(decision), due_of(decision)] if is_taken else ["–", "–"]
        rows.append([decision.subject, state_of(decision), *who])
    return [Table("Décisions", DECISIONS, rows)] if rows else []
