from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from ctg.documents.exports import Format
from ctg.documents.views.exports import download
from ctg.reviews.drafts import export_draft
from ctg.reviews.jobs import prepare, takes_long
from ctg.reviews.models import Review
from ctg.web.http import Request


@require_safe
def review_file(request: Request, pk: int, file_format: Format) -> HttpResponse:
    """Answer a review in preparation as a file, or lead to where it is being written; frozen, it is kept."""
    visible = Review.objects.visible_to(request.user).select_related("plan__territory", "frozen")
    review = get_object_or_404(visible, pk=pk)
    if hasattr(review, "frozen"):
        return redirect(review.frozen)
    if not takes_long(review, file_format):
        return download(export_draft(review, today=timezone.localdate(), file_format=file_format))
    if request.method == "HEAD":  # A program that looks at links asks for nothing.
        return redirect("partners:job_list")
    return redirect(prepare(review, file_format, request.user, at=timezone.now()))
