"""What was done in the year, and what it is worth: the first half of the presentation."""

from collections.abc import Sequence

from ctg.reviews.facts.shapes import ActionFact, IndicatorFact, ReviewFacts
from ctg.reviews.facts_in_words import reached, say_counts, some
from ctg.reviews.sentences import say_difficulties, say_governance
from ctg.reviews.slides.fitting import flat
from ctg.reviews.slides.shapes import Bars, Figures, Grid, Item, Lists, Slide
from ctg.web.words import listing

#: Beyond so many actions, one tells how many.
MOST_NUMBERS = 6

COUNTED = {"done": "action réalisée,actions réalisées", "ongoing": "action en cours,actions en cours"}


def year_slide(facts: ReviewFacts) -> Slide:
    whole, summary = facts.progress.whole, facts.indicator_summary
    counts = {one.code: one.count for one in whole.statuses}
    figures = [(whole.total, "action dans le plan,actions dans le plan")]
    if whole.total:
        figures += [(counts.get(code, 0), words) for code, words in COUNTED.items()]
        figures += [(whole.late, "action en retard,actions en retard")]
    shown = [(str(count), words.split(",")[count > 1]) for count, words in figures]
    if summary.total:
        shown += [(f"{summary.complete} / {summary.total}", "indicateurs dont la valeur est complète")]
    if summary.with_target:
        shown += [(f"{summary.reached} / {summary.with_target}", "cibles atteintes")]
    year = facts.identity.year
    notes = [
        facts.progress.sentence,
        summary.sentence,
        say_governance(facts.meetings, facts.decisions, year),
        facts.texts.opening,
        facts.texts.progress,
    ]
    return Slide(f"L’année {year} en bref", facts.progress.sentence, Figures(shown), notes)


def progress_slide(facts: ReviewFacts) -> Slide | None:
    """By ambition, by theme where a plan has no ambition, else the whole plan as one bar."""
    progress, identity = facts.progress, facts.identity
    if not progress.whole.total:
        return None
    label, groups = identity.ambition_label.lower(), progress.by_ambition
    if not groups:
        label, groups = identity.theme_label.lower(), progress.by_theme
    sentences = [f"{say_counts(group)}." for group in groups or [progress.whole]]
    title = f"Avancement par {label}" if groups else "Avancement"
    lead = f"{some(progress.whole.total, 'action', 'actions')}, par {label} et par statut." if groups else ""
    bars = Bars(" ".join(sentences), groups or [progress.whole])
    return Slide(title, lead or progress.sentence, bars, [progress.sentence, *sentences])


def highlights_slide(facts: ReviewFacts) -> Slide | None:
    highlights = facts.highlights
    if not highlights:
        return None
    items = [Item(one.title, flat(one.text)) for one in highlights]
    many = ["fait marquant", "faits marquants"]
    lead = f"{some(len(highlights), *many)} en {facts.identity.year}."
    notes = [f"{one.title}\u00a0: {one.text}" for one in highlights]
    return Slide("Faits marquants", lead, Lists([("", items)], most=5), notes)


def indicators_slide(facts: ReviewFacts) -> Slide | None:
    """The key ones, or all where none is."""
    key = [one for one in facts.indicators if one.is_key]
    found = key or list(facts.indicators)
    if not found:
        return None
    titles = (
        ("Indicateur", 38),
        (f"Valeur {facts.identity.year}", 25),
        ("Cible", 17),
        ("Cible atteinte\u00a0?", 20),
    )
    rows = [[one.wording, one.value, one.target or "sans cible", reached(one)] for one in found]
    title = "Indicateurs clés" if key else "Indicateurs"
    sentence = facts.indicator_summary.sentence
    notes = [sentence, facts.texts.findings, *map(_said, found)]
    return Slide(title, sentence, Grid(title, titles, rows), notes)


def _said(indicator: IndicatorFact) -> str:
    figure = ", ".join(filter(None, [indicator.value, indicator.contents, indicator.trend]))
    aim = ", ".join(filter(None, [indicator.target, indicator.comparison]))
    findings = [f"{one.organisation}\u00a0: {one.text}" for one in indicator.findings]
    return "\n".join([f"{indicator.wording}\u00a0: {figure}. Cible\u00a0: {aim or 'sans cible'}.", *findings])


def difficulties_slide(facts: ReviewFacts) -> Slide | None:
    """What the coordination wrote comes first; without it, how many there are."""
    brakes, levers = (_gathered(facts.actions, name) for name in ("brakes", "levers"))
    written = facts.texts.difficulties
    if not (brakes or levers or written):
        return None
    sentence = say_difficulties(facts.actions)
    notes = [sentence, written]
    for one in facts.actions:
        notes += [f"Action {one.number}, frein\u00a0: {said}" for said in one.brakes]
        notes += [f"Action {one.number}, levier\u00a0: {said}" for said in one.levers]
    lists = Lists([("Freins", brakes), ("Leviers", levers)], most=5)
    return Slide("Difficultés et leviers", flat(written) or sentence, lists, notes)


def _gathered(actions: Sequence[ActionFact], name: str) -> list[Item]:
    """The same words in several actions are one item."""
    found: dict[str, list[int]] = {}
    for action in actions:
        for one in getattr(action, name):
            found.setdefault(flat(one), []).append(action.number)
    return [Item(_served(numbers), text) for text, numbers in found.items()]


def _served(numbers: Sequence[int]) -> str:
    """« Action 3 », « Actions 3, 5 et 8 », « 40 actions »"""
    if len(numbers) > MOST_NUMBERS:
        return f"{len(numbers)} actions"
    return f"Action{'s' if len(numbers) > 1 else ''}\u00a0{listing([str(number) for number in numbers])}"
