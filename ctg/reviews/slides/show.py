"""Ten slides at most, whatever the plan: what was never written of leaves its slide out."""

from collections.abc import Iterator

from ctg.reviews.facts.shapes import ReviewFacts
from ctg.reviews.facts_in_words import DRAFT, day_of, say_day, state_of, title_of
from ctg.reviews.keeping.seal import Seal
from ctg.reviews.slides.around import changes_slide, closing_slide, governance_slide, road_map_slide
from ctg.reviews.slides.deck import Deck
from ctg.reviews.slides.shapes import Slide
from ctg.reviews.slides.year import (
    difficulties_slide,
    highlights_slide,
    indicators_slide,
    progress_slide,
    year_slide,
)

CONTENT = (
    *(year_slide, progress_slide, highlights_slide, indicators_slide, difficulties_slide),
    *(changes_slide, governance_slide, road_map_slide),
)


def write_show(facts: ReviewFacts, seal: Seal | None) -> bytes:
    identity = facts.identity
    title = title_of(identity)
    state = state_of(seal)
    deck = Deck(
        title=f"{title} – {identity.territory}",
        author=identity.territory,
        day=day_of(identity),
        foot=" · ".join([identity.territory_label, title, state if seal else DRAFT.lower()]),
    )
    lines = [line for line in _opening(facts, seal) if line]
    deck.open(title, lines, [title, *lines])
    for slide in slides_of(facts, seal):
        deck.add(slide)
    return deck.save()


def slides_of(facts: ReviewFacts, seal: Seal | None) -> Iterator[Slide]:
    """All but the first."""
    for make in CONTENT:
        slide = make(facts)
        if slide:
            yield slide
    yield closing_slide(facts, seal)


def _opening(facts: ReviewFacts, seal: Seal | None) -> Iterator[str]:
    identity = facts.identity
    yield identity.territory
    yield identity.plan
    if identity.years and identity.years not in identity.plan:
        yield f"Période\u00a0: {identity.years}"
    if identity.signatories:
        yield f"Signataires\u00a0: {', '.join(identity.signatories)}"
    yield f"Données du {say_day(identity.data_on)}"
    if seal is None:
        yield DRAFT
        return
    for fact in seal.as_facts():
        yield f"{fact.label}\u00a0: {fact.items[0]}"
