"""A workbook that came back: what it would change, and the decision to take it in."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.answerbooks.keeping import source_of
from ctg.answerbooks.models import ReturnedAnswers
from ctg.answerbooks.returned.comparing import Comparison, compare
from ctg.answerbooks.returned.keeping import find_returned
from ctg.answerbooks.taking_in import Outdated, take_in
from ctg.web.http import Visit
from indicators.answers.answering import Answerer, answerer_of, had_a_link
from indicators.models import Channel
from indicators.views.answerers import closed_page, framed, turned_away

from .deciding import OUTDATED, annotated_file, decision_of, say_taken

ReturnedView = Callable[[Visit, ReturnedAnswers, Answerer], HttpResponse]


def for_answerers_of_file(view: ReturnedView) -> Callable[[Visit, int], HttpResponse]:
    """Open a view on a returned workbook to whoever may answer for its organisation, now."""

    @login_not_required  # Partners come by a personal link: `answerer_of` decides.
    @wraps(view)
    def opened(request: Visit, pk: int) -> HttpResponse:
        returned = find_returned(pk)
        if returned is None:
            return turned_away(request, has_link=False)
        asked = returned.solicitation_id
        answerer = answerer_of(request, asked, at=timezone.now())
        if answerer is None:
            return turned_away(request, has_link=had_a_link(request, asked))
        if not answerer.solicitation.is_open(answerer.at):
            return closed_page(request, answerer)
        return view(request, returned, answerer)

    return opened


@for_answerers_of_file
@require_safe
def returned_answers(request: Visit, returned: ReturnedAnswers, answerer: Answerer) -> HttpResponse:
    return returned_page(request, returned, answerer)


@for_answerers_of_file
@require_safe
def returned_answers_annotated(request: Visit, returned: ReturnedAnswers, answerer: Answerer) -> HttpResponse:
    """The same file with what is wrong written in its cells, to be corrected and dropped again."""
    return annotated_file(returned, compared(returned, answerer))


@for_answerers_of_file
@require_POST
def returned_answers_apply(request: Visit, returned: ReturnedAnswers, answerer: Answerer) -> HttpResponse:
    """Drafts for the partner; the coordination may validate what it takes in."""
    is_coordination = answerer.channel == Channel.COORDINATION
    decision = decision_of(request, may_validate=is_coordination)
    try:
        taken = take_in(
            returned,
            lambda: compared(returned, answerer),
            decision,
            plan=answerer.solicitation.campaign.plan,
            by=answerer.by,
            at=answerer.at,
        )
    except Outdated:
        messages.warning(request, OUTDATED)
        return returned_page(request, returned, answerer, status=409)
    say_taken(request, taken, decision)
    if is_coordination:
        return redirect("answerbooks:campaign_books", answerer.solicitation.campaign_id)
    return redirect("indicators:answer_review", answerer.solicitation.pk)


def compared(returned: ReturnedAnswers, answerer: Answerer) -> Comparison:
    return compare(source_of(returned), answerer.solicitation, at=answerer.at)


def returned_page(
    request: Visit, returned: ReturnedAnswers, answerer: Answerer, *, status: int = 200
) -> HttpResponse:
    is_coordination = answerer.channel == Channel.COORDINATION
    page, pk = ("answerbooks:campaign_books", answerer.solicitation.campaign_id)
    if not is_coordination:
        page, pk = "answerbooks:answer_book", answerer.solicitation.pk
    context = {
        "returned": returned,
        "comparison": compared(returned, answerer),
        "can_validate": is_coordination,
        "back": reverse(page, args=[pk]),
        "apply_url": reverse("answerbooks:returned_answers_apply", args=[returned.pk]),
        "annotated_url": reverse("answerbooks:returned_answers_annotated", args=[returned.pk]),
    }
    return framed(request, answerer, "answerbooks/returned_answers.html", context, status=status)
