"""The annual review as a paper, from its facts alone: the same sections as PDF and as Word."""

from collections.abc import Iterator, Sequence

from ctg.documents.papers.blocks import Block, Column, Cover, Fact, Paper, Passage, Section, Table
from ctg.documents.papers.entries import fact
from ctg.reviews.facts.shapes import HighlightFact, ReviewFacts
from ctg.reviews.facts_in_words import DRAFT, confidence_of, day_of, percent, title_of
from ctg.reviews.keeping.seal import Seal
from ctg.reviews.papers.actions import actions_of
from ctg.reviews.papers.indicators import indicators_of
from ctg.reviews.papers.progress import progress_of
from ctg.reviews.papers.year import changes_of, difficulties_of, governance_of, road_map_of

TOP, MIDDLE = 2, 3
ALL_ACTIONS = (
    *(Column("N°", 6), Column("Action", 34), Column("Statut", 12), Column("Météo", 13)),
    *(Column("Avancement", 12), Column("Calendrier", 23)),
)
TITLE = 1


def review_paper(facts: ReviewFacts, seal: Seal | None) -> Paper:
    """A draft says that it is one on its cover and at the top of each page."""
    return Paper(_cover(facts, seal), list(_sections(facts)))


def _cover(facts: ReviewFacts, seal: Seal | None) -> Cover:
    identity = facts.identity
    title = title_of(identity)
    return Cover(
        territory=identity.territory,
        title=title,
        subtitle=identity.plan,
        running=" · ".join([identity.territory_label, title, *([] if seal else [DRAFT.lower()])]),
        data_on=day_of(identity),
        facts=[
            *fact("Période", identity.years),
            *fact("Document voté", identity.dated),
            *fact("Signataires", ", ".join(identity.signatories)),
            *(seal.as_facts() if seal else [Fact("État", [DRAFT])]),
        ],
    )


def _sections(facts: ReviewFacts) -> Iterator[Section]:
    """What the coordination alone writes is left out when she wrote nothing; figures always stand there."""
    texts = facts.texts
    yield from _written("Mot d’ouverture", texts.opening)
    yield from _highlights(facts.highlights)
    yield from progress_of(facts)
    yield from actions_of(facts)
    yield from indicators_of(facts)
    yield from difficulties_of(facts)
    yield from _written("Participation des habitants", texts.participation)
    yield from governance_of(facts)
    yield from changes_of(facts)
    yield from road_map_of(facts)
    yield from _all_actions(facts)


def _written(title: str, text: str) -> list[Section]:
    return [Section(TOP, title, blocks=[Passage("", text)])] if text else []


def _highlights(highlights: Sequence[HighlightFact]) -> Iterator[Section]:
    if highlights:
        yield Section(TOP, "Faits marquants")
    for one in highlights:
        text: list[Block] = [Passage("", one.text)] if one.text else []
        about = "" if one.action is None else f"Action {one.action}"
        yield Section(MIDDLE, one.title, about, text)


def _all_actions(facts: ReviewFacts) -> list[Section]:
    if not facts.actions:
        return []
    rows = [
        [
            str(action.number),
            action.title,
            action.status_words,
            confidence_of(action),
            percent(action.progress),
            "\n".join(filter(None, [action.calendar, action.lateness])),
        ]
        for action in facts.actions
    ]
    table = Table("Toutes les actions du plan", ALL_ACTIONS, rows, TITLE)
    return [Section(TOP, "Annexe\u00a0: toutes les actions", blocks=[table], starts_page=True)]
