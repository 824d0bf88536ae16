"""The annual review in preparation: opening it, and the table of contents of the work."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Plan
from actions.views.forms import FormPage, form_page, trash_page
from actions.views.page import plan_page
from actions.views.plan_forms import KEPT, page_or_post, plan_to_edit
from ctg.reviews.facts.gathering import gather
from ctg.reviews.forms.reviews import ReviewForm
from ctg.reviews.models import Review
from ctg.reviews.preparing.checklist import group_gaps, read_checklist
from ctg.reviews.preparing.contents import explained, read_contents, say_contents
from ctg.reviews.preparing.sections import PROOFREADING
from ctg.web.http import Request
from partners.shell import Link

ROOM = "reviews"


@page_or_post
def review_add(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_edit(request, pk)
    initial = {"year": year_to_review(plan, timezone.localdate())}
    form = ReviewForm(request.POST or None, instance=Review(plan=plan), user=request.user, initial=initial)
    page = FormPage(
        title="Préparer un bilan annuel",
        lead="Les chiffres, les notes et les décisions de l’année y sont déjà\u00a0: vous les commentez.",
        links=links_to(plan),
        button="Commencer le bilan",
        done=lambda review: (
            f"{review} ouvert. Écrivez-le dans l’ordre que vous voulez, en une ou plusieurs fois."
        ),
        then=lambda review: review.get_absolute_url(),
        room=ROOM,
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@require_safe
def review_detail(request: Request, pk: int) -> HttpResponse:
    review = review_to_read(request, pk)
    frozen = getattr(review, "frozen", None)
    if frozen:
        return review_page(
            request, review, "reviews/review_frozen.html", {"links": links_to(review.plan), "frozen": frozen}
        )
    today = timezone.localdate()
    facts = gather(review, today=today)
    gaps = read_checklist(review, facts, today=today)
    entries = read_contents(review, facts)
    context = {
        "links": links_to(review.plan),
        "since": facts.since_last_year,
        "explained": explained(facts.since_last_year),
        "entries": entries,
        "sentence": say_contents(entries, len(gaps)),
        "gaps": group_gaps(gaps),
        "proofreading": PROOFREADING,
    }
    return review_page(request, review, "reviews/review_detail.html", context)


@page_or_post
def review_trash(request: Request, pk: int) -> HttpResponse:
    reviews = Review.objects.editable_by(request.user).select_related("plan__territory")
    review = get_object_or_404(reviews, pk=pk)
    return trash_page(
        request,
        review,
        review.plan,
        links=links_to(review.plan, review),
        consequences=[
            "Ses textes et ses faits marquants le suivent, et reviennent avec lui.",
            f"Si un autre bilan {review.year} est commencé d’ici là, celui-ci ne pourra plus revenir.",
            KEPT,
        ],
        then=reverse("reviews:register", args=[review.plan_id]),
        room=ROOM,
    )


def review_page(
    request: Request, review: Review, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {"review": review, "links": links_to(review.plan, review)} | context
    return plan_page(request, review.plan, template, context, current=ROOM, status=status)


def review_to_read(request: Request, pk: int) -> Review:
    """A review in preparation, or frozen: forms then refuse what is sent, with its words."""
    visible = Review.objects.visible_to(request.user).select_related("plan__territory", "frozen")
    return get_object_or_404(visible.defer("frozen__facts"), pk=pk)


def year_to_review(plan: Plan, today: dt.date) -> int:
    """The year that ends, from September on; before, the one that ended, unless it has its review."""
    reviewed = set(Review.objects.of_plan(plan).values_list("year", flat=True))
    return today.year if today.month >= 9 or today.year - 1 in reviewed else today.year - 1


def links_to(plan: Plan, review: Review | None = None) -> list[Link]:
    """The pages above one of a review."""
    links = [
        Link(plan.title, plan.get_absolute_url()),
        Link("Bilans", reverse("reviews:register", args=[plan.pk])),
    ]
    return [*links, Link(str(review), review.get_absolute_url())] if review else links
