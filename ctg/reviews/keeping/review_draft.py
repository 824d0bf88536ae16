"""The annual review as it is about to be frozen."""

import datetime as dt
from functools import partial
from typing import Any

from django.db.models import Max

from actions.models import Plan
from ctg.documents.exports import where
from ctg.reviews.drafts import REVIEW_FORMATS, write_review
from ctg.reviews.facts.gathering import gather
from ctg.reviews.keeping.adoption import adoption_asked
from ctg.reviews.keeping.sealing import Draft
from ctg.reviews.models import FrozenKind, Review
from partners.models import Change, User


def draft_review(plan: Plan, params: dict[str, Any], user: User, today: dt.date) -> Draft:
    reviews = Review.objects.visible_to(user).filter(plan=plan).select_related("plan__territory")
    review = reviews.get(pk=params["review"])
    before = _last_written(plan)
    facts = gather(review, today=today)
    name = f"bilan-ctg-{where(plan)}-{review.year}"
    return Draft(
        kind=FrozenKind.REVIEW,
        title=f"Bilan annuel {review.year}",
        content=facts,
        files={
            f"{name}.{ending}": partial(write_review, facts, file_format=ending, territory=plan.territory)
            for ending in REVIEW_FORMATS
        },
        review=review,
        adoption=adoption_asked(plan, params, user),
        is_current=lambda: _last_written(plan) == before,
    )


def _last_written(plan: Plan) -> int | None:
    """The last line of the history about the texts of reviews of a plan."""
    written = Change.objects.filter(plan_id=plan.pk, kind__in=("review", "highlight", "reviewedaction"))
    last: int | None = written.aggregate(last=Max("pk"))["last"]
    return last
