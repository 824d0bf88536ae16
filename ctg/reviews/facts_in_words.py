"""The facts of a review in words, the same for each of its files."""

import datetime as dt
from collections.abc import Sequence

from actions.calendar import say
from ctg.reviews.facts.shapes import (
    ActionFact,
    ChangeFact,
    Counts,
    Identity,
    IndicatorFact,
    MilestoneFact,
    RoadStep,
    Tally,
)
from ctg.reviews.keeping.seal import Seal

DRAFT = "Projet, non arrêté"
NO_OPINION = "sans avis"


def title_of(identity: Identity) -> str:
    return f"Bilan annuel {identity.year}"


def state_of(seal: Seal | None) -> str:
    """« Document n° 7, figé le 15 décembre 2026 », or that it is not."""
    return seal.sentence.removesuffix(".") if seal else DRAFT


def parse_day(iso: str) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


def day_of(identity: Identity) -> dt.date:
    """The day of the figures, which every review says."""
    return dt.date.fromisoformat(identity.data_on)


def say_day(iso: str) -> str:
    """« 1er mars 2026 », or nothing."""
    day = parse_day(iso)
    return say(day) if day else ""


def numbered(number: int | None, title: str) -> str:
    """« Action 3 : Aller vers les familles »; what is of no action keeps its title alone."""
    return title if number is None else f"Action {number}\u00a0: {title}"


def name_of(thing: ActionFact | ChangeFact | RoadStep) -> str:
    return numbered(thing.number, thing.title)


def numbers(actions: Sequence[int]) -> str:
    return ", ".join(map(str, actions))


def some(count: int, one: str, many: str) -> str:
    """« 1 réunion », « 3 réunions », « aucune réunion »"""
    return f"aucune {one}" if not count else f"{count} {one if count == 1 else many}"


def tallied(tallies: Sequence[Tally]) -> str:
    """« 3 à venir, 5 en cours »"""
    return ", ".join(f"{one.count} {one.words}" for one in tallies if one.count)


def say_counts(counts: Counts) -> str:
    """« Soutenir les parents : 5 actions (3 à venir, 2 en cours), dont 1 en retard »"""
    late = f", dont {counts.late} en retard" if counts.late else ""
    detail = f" ({tallied(counts.statuses)})" if counts.total else ""
    return f"{counts.title}\u00a0: {some(counts.total, 'action', 'actions')}{detail}{late}"


def confidence_of(action: ActionFact) -> str:
    return action.confidence_words or NO_OPINION


def percent(progress: int | None) -> str:
    return "" if progress is None else f"{progress}\u00a0%"


def state_of_milestone(milestone: MilestoneFact, data_on: str) -> str:
    """Where it was on the day of the data."""
    if milestone.reached_on:
        return f"atteint le {say_day(milestone.reached_on)}"
    return "non atteint" if milestone.due_on and milestone.due_on < data_on else "à venir"


def entered(indicator: IndicatorFact) -> str:
    """« Nombre, unité : familles »"""
    unit = f"unité\u00a0: {indicator.unit}" if indicator.unit else ""
    return ", ".join(filter(None, [indicator.kind_words, unit]))


def reached(indicator: IndicatorFact) -> str:
    """« atteinte », « non atteinte », or why one cannot tell."""
    if not indicator.has_target:
        return "sans cible"
    if indicator.is_reached is None:
        return "valeur partielle" if indicator.number else "pas de valeur"
    return "atteinte" if indicator.is_reached else "non atteinte"


def moved(change: ChangeFact) -> str:
    """« en cours → reportée »; what came or went has one end only."""
    return " → ".join(filter(None, [change.before, change.after]))


def change_words(change: ChangeFact) -> str:
    """What the change is, unless its end says it already, and from what to what, on a line each."""
    words = change.words if change.words != change.after else ""
    return "\n".join(filter(None, [words, moved(change)]))
