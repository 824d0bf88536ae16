"""The workbooks of a campaign, for its coordination: one for each organisation, and those that came back."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from actions.views.page import plan_page
from ctg.answerbooks.forms.dropping import BooksForm
from ctg.answerbooks.jobs import prepare_archive, takes_long
from ctg.answerbooks.models import ReturnedAnswers
from ctg.answerbooks.returned.keeping import keep_for_campaign
from ctg.answerbooks.writing.answer_book import (
    ZIP,
    archive_name,
    write_answer_book,
    write_archive,
)
from ctg.documents.views.exports import download
from ctg.intake.reading import read_safely
from ctg.intake.tables import Refusal
from ctg.web.http import Request
from ctg.web.uploads import is_oversized
from indicators.models import Campaign, Solicitation
from indicators.views.campaigns import campaign_of


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_books(request: Request, pk: int) -> HttpResponse:
    """Take the workbooks away; brought back, each is recognised and leads to what it would change."""
    campaign = campaign_of(request, pk)
    if request.method != "POST":
        return books_page(request, campaign, BooksForm())
    form = BooksForm(request.POST, request.FILES, is_oversized=is_oversized(request))
    if not form.is_valid():
        return books_page(request, campaign, form)
    kept = receive(request, campaign, form)
    if form.errors:
        return books_page(request, campaign, form)
    if len(kept) == 1:
        return redirect(kept[0])
    messages.success(request, f"{len(kept)} classeurs reçus\u00a0: relisez-les un par un.")
    return redirect("answerbooks:campaign_books", campaign.pk)


@require_safe
def solicitation_book(request: Request, pk: int) -> HttpResponse:
    """The workbook of one organisation for the coordination, before the campaign opens and after too."""
    related = ("organisation", "campaign__plan__territory")
    held = Solicitation.objects.editable_by(request.user).select_related(*related)
    return download(write_answer_book(get_object_or_404(held, pk=pk), at=timezone.now()))


@require_safe
def campaign_books_archive(request: Request, pk: int) -> HttpResponse:
    """All workbooks in one file; a large campaign leads to where it is being prepared."""
    campaign, at = campaign_of(request, pk), timezone.now()
    if takes_long(campaign):
        if request.method == "HEAD":  # A program that looks at links asks for nothing.
            return redirect("partners:job_list")
        return redirect(prepare_archive(campaign, request.user, at=at))
    content = write_archive(solicited(request, campaign), at=at)
    name = archive_name(campaign, timezone.localdate(at))
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(content, content_type=ZIP, headers={"Content-Disposition": disposition})


def receive(request: Request, campaign: Campaign, form: BooksForm) -> list[ReturnedAnswers]:
    """Keep each file that is of this campaign, and say of each other why it is not taken."""
    kept, at = [], timezone.now()
    for file in form.brought:
        name = file.name or "classeur"
        try:
            source = read_safely(file.read(), name)
            kept.append(keep_for_campaign(campaign, source, user=request.user, at=at))
        except Refusal as refusal:
            form.add_error("books", f"{name}\u00a0: {refusal}" if len(form.brought) > 1 else str(refusal))
    return kept


def books_page(request: Request, campaign: Campaign, form: BooksForm) -> HttpResponse:
    returned = ReturnedAnswers.objects.editable_by(request.user).filter(solicitation__campaign=campaign)
    context = {
        "campaign": campaign,
        "form": form,
        "solicitations": solicited(request, campaign),
        "returned": returned.select_related("solicitation__organisation", "dropped_by", "link")[:50],
    }
    status = 422 if form.errors else 200
    template = "answerbooks/campaign_books.html"
    return plan_page(request, campaign.plan, template, context, current="campaigns", status=status)


def solicited(request: Request, campaign: Campaign) -> Iterable[Solicitation]:
    current = Q(questions__indicator__trashed_at=None)
    held = Solicitation.objects.editable_by(request.user).filter(campaign=campaign)
    found = held.annotate(asked=Count("questions", filter=current)).filter(asked__gt=0)
    related = found.select_related("organisation", "campaign__plan__territory")
    return related.order_by("organisation__name", "pk")
