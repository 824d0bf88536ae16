"""The files of an evaluation, and the evaluation as it is about to be frozen."""

import datetime as dt
from functools import partial
from typing import Any

from actions.models import Plan
from ctg.documents.exports import PAPER_FORMATS, Export, Format, file_name, where, write_paper
from ctg.reviews.evaluation.gathering import gather
from ctg.reviews.evaluation.papers import evaluation_paper
from ctg.reviews.evaluation.shapes import EvaluationFacts
from ctg.reviews.keeping.adoption import adoption_asked
from ctg.reviews.keeping.seal import Seal
from ctg.reviews.keeping.sealing import Draft
from ctg.reviews.models import Evaluation, FrozenKind
from partners.models import Territory, User


def export_evaluation(evaluation: Evaluation, *, today: dt.date, file_format: Format) -> Export:
    """An evaluation in preparation, as it stands today; it comes with its plan and territory."""
    plan = evaluation.plan
    words = ["evaluation", evaluation.moment, where(plan), "projet"]
    content = _write(gather(evaluation, today=today), None, file_format=file_format, territory=plan.territory)
    return Export(file_name(words, today, file_format), content)


def draft_evaluation(plan: Plan, params: dict[str, Any], user: User, today: dt.date) -> Draft:
    evaluations = Evaluation.objects.visible_to(user).filter(plan=plan).select_related("plan__territory")
    evaluation = evaluations.get(pk=params["evaluation"])
    facts = gather(evaluation, today=today)
    name = f"evaluation-ctg-{where(plan)}-{evaluation.moment}"
    return Draft(
        kind=FrozenKind.EVALUATION,
        title=str(evaluation),
        content=facts,
        files={
            f"{name}.{ending}": partial(_write, facts, file_format=ending, territory=plan.territory)
            for ending in PAPER_FORMATS
        },
        evaluation=evaluation,
        adoption=adoption_asked(plan, params, user),
        is_current=lambda: evaluations.filter(pk=evaluation.pk, version=evaluation.version).exists(),
    )


def _write(facts: EvaluationFacts, seal: Seal | None, *, file_format: Format, territory: Territory) -> bytes:
    return write_paper(evaluation_paper(facts, seal), file_format, territory)
