"""All the facts of a review, read once."""

import datetime as dt

from actions.models import Plan
from ctg.documents.plan_reading import PlanReading
from ctg.reviews.models import Review

from .actions import tell_actions
from .changes import read_changes_since_last_year, read_changes_since_signature
from .governance import read_governance
from .indicators import read_indicators
from .progress import tell_progress
from .road_map import tell_road_map
from .shapes import HighlightFact, Identity, ReviewFacts, Texts


def gather(review: Review, *, today: dt.date) -> ReviewFacts:
    """What a review whose door was passed tells of its year, from the figures of today."""
    plan = review.plan
    reading = PlanReading(plan)
    summary, indicators = read_indicators(plan, review.year, today=today)
    meetings, decisions = read_governance(plan, review.year, today=today)
    return ReviewFacts(
        identity=identity_of(plan, year=review.year, signatories=review.signatories, today=today),
        texts=_texts(review),
        highlights=_highlights(review, reading),
        progress=tell_progress(reading, today=today),
        actions=tell_actions(review, reading, today=today),
        indicator_summary=summary,
        indicators=indicators,
        meetings=meetings,
        decisions=decisions,
        since_signature=read_changes_since_signature(plan, today=today),
        since_last_year=read_changes_since_last_year(review, today=today),
        road_map=tell_road_map(reading, review.year),
    )


def identity_of(plan: Plan, *, year: int, today: dt.date, signatories: str = "") -> Identity:
    """Which plan a document of a year is about; `signatories` are one on each line."""
    return Identity(
        territory=plan.territory.name,
        territory_label=plan.territory.label,
        plan=plan.full_title,
        years=plan.years,
        dated=plan.dated_text,
        signatories=tuple(line.strip() for line in signatories.splitlines() if line.strip()),
        year=year,
        data_on=today.isoformat(),
        ambition_label=plan.ambition_label,
        orientation_label=plan.orientation_label,
        theme_label=plan.theme_label,
    )


def _texts(review: Review) -> Texts:
    return Texts(
        opening=review.opening,
        progress=review.progress,
        findings=review.findings,
        difficulties=review.difficulties,
        governance=review.governance,
        participation=review.participation,
        changes=review.changes,
        outlook=review.outlook,
    )


def _highlights(review: Review, reading: PlanReading) -> tuple[HighlightFact, ...]:
    numbers = {action.pk: action.number for action in reading.actions}
    return tuple(
        HighlightFact(one.title, one.text, numbers.get(one.action_id or 0))
        for one in review.highlights.current().order_by("position", "pk")
    )
