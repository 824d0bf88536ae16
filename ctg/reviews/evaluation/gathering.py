"""All that an evaluation tells, or what one of its questions has to show."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from actions.models import Plan
from ctg.documents.plan_reading import PlanReading
from ctg.reviews.evaluation import figure_exhibits, plan_exhibits, work_exhibits
from ctg.reviews.evaluation.questions import QUESTIONS
from ctg.reviews.evaluation.shapes import Answer, EvaluationFacts, Exhibit
from ctg.reviews.facts.changes import read_changes_since_signature
from ctg.reviews.facts.gathering import identity_of
from ctg.reviews.facts.indicators import read_indicators
from ctg.reviews.facts.progress import read_progress
from ctg.reviews.facts.shapes import Changes, IndicatorFact, IndicatorSummary
from ctg.reviews.models import Evaluation


@dataclass(frozen=True)
class EvidenceReading:
    """What the plan has to show; each part is read when it is asked for, as facts of `today`."""

    plan: Plan
    today: dt.date

    def of(self, question: str) -> tuple[Exhibit, ...]:
        """The evidence for a question, named by its slug; the conclusion has none of its own."""
        readers = {
            "pertinence": self._relevance,
            "coherence": self._coherence,
            "efficacite": self._effectiveness,
            "efficience": self._efficiency,
            "impact": self._impact,
        }
        return readers[question]() if question in readers else ()

    def _relevance(self) -> tuple[Exhibit, ...]:
        return (plan_exhibits.coverage(self._reading), plan_exhibits.adaptation(self._changes))

    def _coherence(self) -> tuple[Exhibit, ...]:
        return (plan_exhibits.partnership(self._reading), plan_exhibits.loose_ends(self._reading))

    def _effectiveness(self) -> tuple[Exhibit, ...]:
        progress = read_progress(self.plan, today=self.today)
        labels = (self.plan.ambition_label, self.plan.theme_label)
        return (work_exhibits.standing(progress, *labels), work_exhibits.targets(*self._indicators))

    def _efficiency(self) -> tuple[Exhibit, ...]:
        return (
            work_exhibits.postponements(self._changes),
            work_exhibits.gatherings(self.plan, self.today),
            work_exhibits.obstacles(self.plan, self.today),
            work_exhibits.completeness(self._indicators[0]),
        )

    def _impact(self) -> tuple[Exhibit, ...]:
        return (
            figure_exhibits.intentions(self._reading),
            figure_exhibits.trends(figure_exhibits.read_reports(self.plan, self.today)),
            figure_exhibits.testimonies(self._indicators[1]),
            figure_exhibits.lasting(self._reading),
        )

    @cached_property
    def _reading(self) -> PlanReading:
        return PlanReading(self.plan)

    @cached_property
    def _changes(self) -> Changes | None:
        return read_changes_since_signature(self.plan, today=self.today)

    @cached_property
    def _indicators(self) -> tuple[IndicatorSummary, tuple[IndicatorFact, ...]]:
        return read_indicators(self.plan, self.today.year, today=self.today)


def gather(evaluation: Evaluation, *, today: dt.date) -> EvaluationFacts:
    """`evaluation` comes with its plan and territory."""
    evidence = EvidenceReading(evaluation.plan, today)
    return EvaluationFacts(
        identity=identity_of(evaluation.plan, year=today.year, today=today),
        name=str(evaluation),
        answers=tuple(
            Answer(one.title, one.question, evidence.of(one.slug), getattr(evaluation, one.field))
            for one in QUESTIONS
            if one.field != "conclusion"
        ),
        conclusion=evaluation.conclusion,
    )
