"""The pages on which a review is written: one section each, and one action each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from actions.views.plan_forms import page_or_post
from ctg.reviews.forms.reviews import ReviewedActionForm, SectionForm, is_frozen
from ctg.reviews.models import Review, ReviewedAction
from ctg.reviews.preparing.contents import NOTHING
from ctg.reviews.preparing.evidence import actions_beside, read_action_evidence, read_evidence, texts_before
from ctg.reviews.preparing.sections import ACTIONS, Section, neighbours
from ctg.web.http import Request
from partners.editing import TrackedForm, conflict_page
from partners.shell import Link
from partners.tracking import Conflict

from .reviews import links_to, review_page, review_to_read

#: What `reprendre` in the address asks for, to begin a text that is still empty.
SENTENCE, NONE = "phrase", "rien"


@page_or_post
def review_section(request: Request, pk: int, section: Section) -> HttpResponse:
    review = review_to_read(request, pk)
    if request.method == "POST":
        if not section.fields:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        form = SectionForm(request.POST, instance=review, section=section)
        here, (_, after) = section_url(review, section), neighbours(section)
        said, then = f"Enregistré\u00a0: {section.title}.", section_url(review, after) if after else here
        return receive(request, form, said=said, here=here, then=then) or section_page(
            request, review, section, form
        )
    return redirect(review) if is_frozen(review) else section_page(request, review, section)


def section_page(
    request: Request, review: Review, section: Section, form: SectionForm | None = None
) -> HttpResponse:
    """The source figures of a section, and its text under them if it has one."""
    today = timezone.localdate()
    evidence = read_evidence(section, review, today)
    if section.fields and not form:
        offered = {SENTENCE: evidence.sentence, NONE: f"{NOTHING} en {review.year}."}
        asked = offered.get(request.GET.get("reprendre", ""), "")
        form = SectionForm(instance=review, section=section, offered=asked)
    before, after = neighbours(section)
    context: dict[str, Any] = {
        "section": section,
        "before": before,
        "after": after,
        "form": form,
        "sentence": evidence.sentence,
        "today": today,
        "last_texts": texts_before(review, section),
        **evidence.shown,
    }
    status = 422 if form and form.errors else 200
    return review_page(request, review, "reviews/review_section.html", context, status=status)


@page_or_post
def review_action(request: Request, pk: int, number: int) -> HttpResponse:
    review = review_to_read(request, pk)
    action = get_object_or_404(Action.objects.visible_to(request.user), plan=review.plan_id, number=number)
    written = ReviewedAction.objects.visible_to(request.user).filter(review=review, action=action).first()
    thing = written or ReviewedAction(review=review, action=action)
    if request.method == "POST":
        form = ReviewedActionForm(request.POST, instance=thing)
        here, (_, after) = action_url(review, number), actions_beside(review, number)
        said = f"Action {number} enregistrée dans le bilan."
        then = action_url(review, after) if after else section_url(review, ACTIONS)
        return receive(request, form, said=said, here=here, then=then) or action_page(
            request, review, action, form
        )
    if is_frozen(review):
        return redirect(review)
    return action_page(request, review, action, ReviewedActionForm(instance=thing))


def action_page(request: Request, review: Review, action: Action, form: ReviewedActionForm) -> HttpResponse:
    """What the plan knows of an action in the year, and the three texts that the review adds."""
    today = timezone.localdate()
    fact, indicators = read_action_evidence(review, action, today)
    if "reprendre" in request.GET and not form.is_bound:
        form.offer(fact.notes)
    before, after = actions_beside(review, action.number)
    context = {
        "section": ACTIONS,
        "links": [*links_to(review.plan, review), Link(ACTIONS.title, section_url(review, ACTIONS))],
        "action": action,
        "fact": fact,
        "day_of_data": today.isoformat(),
        "indicators": indicators,
        "form": form,
        "before": before,
        "after": after,
        "today": today,
    }
    return review_page(
        request, review, "reviews/review_action.html", context, status=422 if form.errors else 200
    )


def receive(
    request: Request, form: TrackedForm[Any], *, said: str, here: str, then: str
) -> HttpResponse | None:
    """Save what was typed, and stay `here` or go on; None when it must be shown again."""
    if not form.is_valid():
        return None
    try:
        form.commit(request)
    except Conflict as conflict:
        return conflict_page(request, form, conflict, back=here)
    messages.success(request, said)
    return redirect(then if "suite" in request.POST else here)


def section_url(review: Review, section: Section) -> str:
    return reverse("reviews:review_section", args=[review.pk, section])


def action_url(review: Review, number: int) -> str:
    return reverse("reviews:review_action", args=[review.pk, number])
