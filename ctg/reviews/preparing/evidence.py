"""What the page of a section shows above its text: the source figures of that part, and no other."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from actions.models import Action
from ctg.documents.plan_reading import PlanReading
from ctg.reviews.facts.actions import read_actions, tell_actions
from ctg.reviews.facts.changes import read_changes_since_last_year, read_changes_since_signature
from ctg.reviews.facts.gathering import gather
from ctg.reviews.facts.governance import read_governance
from ctg.reviews.facts.indicators import read_indicators
from ctg.reviews.facts.progress import read_progress
from ctg.reviews.facts.road_map import read_road_map
from ctg.reviews.facts.shapes import ActionFact, IndicatorFact
from ctg.reviews.models import Review
from ctg.reviews.preparing.candidates import propose
from ctg.reviews.preparing.checklist import group_gaps, read_checklist
from ctg.reviews.preparing.contents import part, read_lines, say_highlights, say_lines
from ctg.reviews.preparing.sections import (
    ACTIONS,
    CHANGES,
    DIFFICULTIES,
    GOVERNANCE,
    HIGHLIGHTS,
    INDICATORS,
    PARTICIPATION,
    PROGRESS,
    PROOFREADING,
    ROAD_MAP,
    Section,
)
from ctg.reviews.sentences import say_difficulties, say_governance, say_road_map
from ctg.web.text import fold

#: In the wording of an indicator, what speaks of inhabitants.
INHABITANTS = ("habitant", "particip", "citoyen", "usager")


@dataclass(frozen=True)
class Grounds:
    """`shown` goes to the template of the section; `sentence` is offered as the beginning of its text."""

    shown: dict[str, Any] = field(default_factory=dict)
    sentence: str = ""


def read_evidence(section: Section, review: Review, today: dt.date) -> Grounds:
    """The part of the facts that a section rests on; a section without figures has none."""
    read = READERS.get(section.slug)
    return read(review, today) if read else Grounds()


def read_action_evidence(
    review: Review, action: Action, today: dt.date
) -> tuple[ActionFact, list[IndicatorFact]]:
    """One action as the review tells it, and its indicators."""
    reading = PlanReading(review.plan, only=[action.pk])
    [fact] = tell_actions(review, reading, today=today)
    _, indicators = read_indicators(review.plan, review.year, today=today)
    return fact, [one for one in indicators if action.number in one.actions]


def actions_beside(review: Review, number: int) -> tuple[int | None, int | None]:
    """The numbers of the actions before and after one, in the order of the plan."""
    actions = Action.objects.of_plan(review.plan).order_by("position", "number", "pk")
    numbers = [None, *actions.values_list("number", flat=True), None]
    rank = numbers.index(number)
    return numbers[rank - 1], numbers[rank + 1]


def texts_before(review: Review, section: Section) -> list[tuple[Review, str, str]]:
    """What the last review before this one said in a section: its own name, that of the text, the text."""
    before = Review.objects.of_plan(review.plan).filter(year__lt=review.year).first()
    if before is None:
        return []
    texts = [(before, before.label_tracked(name), getattr(before, name)) for name in section.fields]
    return [told for told in texts if told[2]]


def _progress(review: Review, today: dt.date) -> Grounds:
    progress = read_progress(review.plan, today=today)
    return Grounds({"progress": progress}, progress.sentence)


def _actions(review: Review, today: dt.date) -> Grounds:
    lines = read_lines(read_actions(review, today=today))
    return Grounds({"lines": lines}, say_lines(lines))


def _indicators(review: Review, today: dt.date) -> Grounds:
    summary, indicators = read_indicators(review.plan, review.year, today=today)
    return Grounds({"summary": summary, "indicators": indicators}, summary.sentence)


def _difficulties(review: Review, today: dt.date) -> Grounds:
    actions = read_actions(review, today=today)
    concerned = [one for one in actions if one.brakes or one.levers or one.factors or one.difficulties]
    return Grounds({"actions": concerned}, say_difficulties(actions) if concerned else "")


def _governance(review: Review, today: dt.date) -> Grounds:
    meetings, decisions = read_governance(review.plan, review.year, today=today)
    sentence = say_governance(meetings, decisions, review.year)
    return Grounds({"meetings": meetings, "decisions": decisions}, sentence)


def _participation(review: Review, today: dt.date) -> Grounds:
    _, indicators = read_indicators(review.plan, review.year, today=today)
    return Grounds(
        {"indicators": [one for one in indicators if any(word in fold(one.wording) for word in INHABITANTS)]}
    )


def _changes(review: Review, today: dt.date) -> Grounds:
    since_year = read_changes_since_last_year(review, today=today)
    since_signature = read_changes_since_signature(review.plan, today=today)
    both = [since for since in (since_year, since_signature) if since]
    parted = [(since, *part(since.changes)) for since in both]
    return Grounds({"periods": parted}, both[0].sentence if both else "")


def _highlights(review: Review, today: dt.date) -> Grounds:
    highlights = list(review.highlights.current().select_related("action").order_by("position", "pk"))
    shown = {"highlights": highlights, "candidates": propose(review, today)}
    return Grounds(shown, say_highlights(len(highlights)))


def _road_map(review: Review, today: dt.date) -> Grounds:
    steps = read_road_map(review.plan, review.year)
    return Grounds({"steps": steps}, say_road_map(steps, review.year))


def _proofreading(review: Review, today: dt.date) -> Grounds:
    gaps = read_checklist(review, gather(review, today=today), today=today)
    return Grounds({"groups": group_gaps(gaps)})


READERS: dict[str, Callable[[Review, dt.date], Grounds]] = {
    PROGRESS.slug: _progress,
    ACTIONS.slug: _actions,
    INDICATORS.slug: _indicators,
    DIFFICULTIES.slug: _difficulties,
    GOVERNANCE.slug: _governance,
    PARTICIPATION.slug: _participation,
    CHANGES.slug: _changes,
    HIGHLIGHTS.slug: _highlights,
    ROAD_MAP.slug: _road_map,
    PROOFREADING.slug: _proofreading,
}
