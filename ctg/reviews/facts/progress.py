"""Where the actions stand: how many have each status and each météo, in the plan and under each heading."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from actions.models import Action, Ambition, Confidence, Plan, Status
from ctg.documents.plan_reading import UNCLASSIFIED, PlanReading
from ctg.web.templatetags.ui import plural
from ctg.web.words import listing

from .shapes import Counts, Progress, Tally

NO_OPINION = "sans avis"

#: A heading, or what has none, and what it gathers.
Group = tuple[str, Sequence[Action]]


def read_progress(plan: Plan, *, today: dt.date) -> Progress:
    """The progress of a plan whose door was passed."""
    return tell_progress(PlanReading(plan), today=today)


def tell_progress(reading: PlanReading, *, today: dt.date) -> Progress:
    whole = _count("Ensemble du plan", reading.actions, today)
    return Progress(
        whole=whole,
        by_ambition=tuple(_count(*group, today) for group in _ambitions(reading)),
        by_theme=tuple(_count(*group, today) for group in _themes(reading)),
        sentence=_say(whole),
    )


def title_of(ambition: Ambition | None) -> str:
    """« 1. Renforcer le lien social », as the plan numbers it."""
    return f"{ambition.number}. {ambition.title}" if ambition else UNCLASSIFIED


def confidence_words(value: str) -> str:
    return str(Confidence(value).label) if value else NO_OPINION


def _ambitions(reading: PlanReading) -> list[Group]:
    """None for a plan without this reading: its actions do not wait to be classified in it."""
    if not any(group.ambition for group in reading.ambitions):
        return []
    return [
        (title_of(group.ambition), [action for below in group.orientations for action in below.actions])
        for group in reading.ambitions
    ]


def _themes(reading: PlanReading) -> list[Group]:
    if not any(group.heading for group in reading.themes):
        return []
    return [
        (group.heading.title if group.heading else UNCLASSIFIED, group.actions) for group in reading.themes
    ]


def _count(title: str, actions: Sequence[Action], today: dt.date) -> Counts:
    statuses = Counter(action.status for action in actions)
    confidences = Counter(action.confidence for action in actions)
    return Counts(
        title=title,
        total=len(actions),
        statuses=tuple(Tally(status.value, str(status.label), statuses[status.value]) for status in Status),
        confidences=tuple(
            Tally(value, confidence_words(value), confidences[value])
            for value in (*(mood.value for mood in Confidence), "")
        ),
        late=sum(action.is_late(today) for action in actions),
    )


def _say(whole: Counts) -> str:
    """« 17 actions : 9 en cours et 5 réalisées ; 2 en retard. »"""
    if not whole.total:
        return "Le plan ne compte aucune action."
    counted = listing([_agree(tally) for tally in whole.statuses if tally.count])
    late = f"\u00a0; {whole.late} en retard" if whole.late else ""
    return f"{whole.total} action{plural(whole.total)}\u00a0: {counted}{late}."


def _agree(tally: Tally) -> str:
    """« 2 réalisées », « 2 en cours »."""
    agrees = tally.code not in (Status.PLANNED, Status.ONGOING)
    return f"{tally.count} {tally.words}{plural(tally.count) if agrees else ''}"
