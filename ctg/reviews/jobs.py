"""The works of this floor that are done outside the request, each registered under its word."""

import datetime as dt
from contextlib import nullcontext
from typing import Any

from django.utils import timezone

from actions.models import Action
from ctg.documents.exports import Format
from ctg.documents.pdf.progress import tell_pages
from ctg.reviews.drafts import export_draft
from ctg.reviews.models import Review
from partners import jobs
from partners.jobs import Progress, Result
from partners.models import Job, User

#: Up to so many actions, a review is gathered and written in less than a second (2 cores, 2026-11).
AT_ONCE = {Format.PDF: 6, Format.DOCX: 20, Format.XLSX: 60, Format.PPTX: 60}

#: A review has about a page for each action, and these: enough to tell how far its PDF is.
PAGES_AROUND = 6

NAMES = {Format.PDF: "PDF", Format.DOCX: "Word", Format.XLSX: "Excel", Format.PPTX: "PowerPoint"}


def takes_long(review: Review, file_format: Format) -> bool:
    return Action.objects.of_plan(review.plan).count() > AT_ONCE[file_format]


def prepare(review: Review, file_format: Format, user: User, *, at: dt.datetime) -> Job:
    """Have the file written outside the request; the same one that waits already is answered again."""
    title = f"{review}, projet, {NAMES[file_format]} – {review.plan.title}"[:300]
    asked = {"review": review.pk, "file_format": file_format.value}
    return jobs.start(user, "review_file", asked, title=title, territory=review.plan.territory, at=at)


@jobs.register("review_file")
def review_file(params: dict[str, Any], user: User, progress: Progress) -> Result:
    visible = Review.objects.editable_by(user).select_related("plan__territory")
    review = visible.get(pk=params["review"])
    file_format, today = Format(params["file_format"]), timezone.localdate(progress.at)
    count = Action.objects.of_plan(review.plan).count()
    pages = count + PAGES_AROUND if file_format is Format.PDF else 0
    progress(0, pages + 2, f"Lecture de l’année de {count} actions.")
    with tell_pages(progress, pages) if pages else nullcontext():
        export = export_draft(review, today=today, file_format=file_format)
    if not pages:
        progress(2, 2, "Enregistrement du fichier.")
    return Result(export.name, export.content, export.content_type)
