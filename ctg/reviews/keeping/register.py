"""What is frozen of a plan, in order, and what waits to be."""

import json
from dataclasses import dataclass

from django.db.models import Prefetch

from actions.models import Plan
from ctg.reviews.models import Evaluation, FrozenDocument, FrozenKind, Moment, Review
from ctg.reviews.models.frozen import FrozenDocumentQuerySet
from partners.models import User


@dataclass(frozen=True)
class Register:
    """`documents` come with their files and what follows them, the last one first."""

    documents: list[FrozenDocument]
    #: Of those who may write in the plan alone.
    reviews: list[Review]
    evaluations: list[Evaluation]
    #: The moments of which no evaluation was begun.
    moments: list[Moment]

    @property
    def is_signed(self) -> bool:
        return any(document.kind == FrozenKind.SIGNED_PLAN for document in self.documents)

    @property
    def has_drafts(self) -> bool:
        return bool(self.reviews or self.evaluations)


def read_register(plan: Plan, user: User) -> Register:
    """The register of a plan as `user` reads it, in as many queries whatever it holds."""
    begun = list(Evaluation.objects.visible_to(user).filter(plan=plan).select_related("frozen"))
    return Register(
        documents=list(in_register(FrozenDocument.objects.visible_to(user).filter(plan=plan))),
        reviews=list(Review.objects.editable_by(user).filter(plan=plan)),
        evaluations=[evaluation for evaluation in begun if not hasattr(evaluation, "frozen")],
        moments=[moment for moment in Moment if moment not in {one.moment for one in begun}],
    )


def in_register(documents: FrozenDocumentQuerySet) -> FrozenDocumentQuerySet:
    """Documents with what a page says of them, and without their facts, which are long."""
    followers = FrozenDocument.objects.defer("facts").order_by("number")
    return (
        documents.select_related("about")
        .defer("facts", "about__facts")
        .prefetch_related("files", Prefetch("followers", followers))
    )


def adopted_words(document: FrozenDocument) -> str:
    """The adoption as it was frozen, whatever the meeting is called since."""
    said: str = json.loads(document.facts).get("document", {}).get("adopted", "")
    return said
