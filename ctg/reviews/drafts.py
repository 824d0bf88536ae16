"""The files of a review, written from its facts alone; before it is frozen, they say that they are drafts."""

import datetime as dt

from ctg.documents.exports import PAPER_FORMATS, Export, Format, file_name, where, write_paper
from ctg.reviews.annex import write_annex
from ctg.reviews.facts.gathering import gather
from ctg.reviews.facts.shapes import ReviewFacts
from ctg.reviews.keeping.seal import Seal
from ctg.reviews.models import Review
from ctg.reviews.papers.review import review_paper
from ctg.reviews.slides import write_slides
from partners.models import Territory

#: The one to read first, then the one to edit, the figures, and what is shown to those who meet.
REVIEW_FORMATS = (*PAPER_FORMATS, Format.XLSX, Format.PPTX)


def write_review(facts: ReviewFacts, seal: Seal | None, file_format: str, territory: Territory) -> bytes:
    """One of the files; papers stand under the letterhead of their territory."""
    file_format = Format(file_format)
    if file_format is Format.XLSX:
        return write_annex(facts, seal)
    if file_format is Format.PPTX:
        return write_slides(facts, seal)
    return write_paper(review_paper(facts, seal), file_format, territory)


def export_draft(review: Review, *, today: dt.date, file_format: Format) -> Export:
    """A review in preparation, as it stands today; it comes with its plan and territory."""
    facts = gather(review, today=today)
    words = ["bilan", str(review.year), where(review.plan), "projet"]
    content = write_review(facts, None, file_format, review.plan.territory)
    return Export(file_name(words, today, file_format), content)
