"""« Modifications depuis la signature » as a paper: what came, left or moved, why, and who decided it."""

from collections.abc import Iterator, Sequence

from actions.past import ShiftKind
from ctg.documents.exports import Format, write_paper
from ctg.documents.papers.blocks import Column, Cover, Fact, Paper, Section, Table
from ctg.reviews.facts.shapes import ChangeFact, Changes
from ctg.reviews.facts_in_words import change_words, name_of, parse_day, say_day
from ctg.reviews.keeping.seal import Seal
from partners.models import Territory

TITLE = "Modifications depuis la signature"

#: What one reads of them, in this order.
PARTS = (
    ("Actions ajoutées", (ShiftKind.ADDED,)),
    ("Actions retirées", (ShiftKind.DROPPED,)),
    ("Statuts modifiés", (ShiftKind.STATUS,)),
    ("Calendriers modifiés", (ShiftKind.CALENDAR,)),
    ("Actions déplacées", (ShiftKind.AMBITION, ShiftKind.THEME)),
    ("Intitulés modifiés", (ShiftKind.TITLE,)),
)

COLUMNS = (
    *(Column("Action", 30), Column("Ce qui change", 26), Column("Le", 12)),
    *(Column("Motif", 16), Column("Décidé par", 16)),
)


def parts_of(changes: Changes) -> Iterator[tuple[str, list[ChangeFact]]]:
    for title, kinds in PARTS:
        if found := [change for change in changes.changes if change.kind in kinds]:
            yield title, found


def changes_paper(plan: str, territory: Territory, changes: Changes, seal: Seal | None) -> Paper:
    until = parse_day(changes.until)
    assert until
    cover = Cover(
        territory=territory.name,
        title=TITLE,
        subtitle=plan,
        running=f"{territory.label} · {TITLE}",
        data_on=until,
        facts=[Fact("Depuis", [changes.since_words]), *(seal.as_facts() if seal else [])],
    )
    first = Section(2, "L’essentiel", changes.sentence)
    return Paper(cover, [first, *_sections(changes)], has_title_page=False)


def _sections(changes: Changes) -> Iterator[Section]:
    for title, found in parts_of(changes):
        yield Section(2, title, blocks=[Table(title, COLUMNS, _rows(found))])


def _rows(changes: Sequence[ChangeFact]) -> list[list[str]]:
    return [
        [
            name_of(change),
            change_words(change),
            say_day(change.on) or "–",
            change.reason or "–",
            change.decided_by or "–",
        ]
        for change in changes
    ]


def write_changes(
    plan: str, territory: Territory, changes: Changes, file_format: Format, seal: Seal | None
) -> bytes:
    return write_paper(changes_paper(plan, territory, changes, seal), file_format, territory)
