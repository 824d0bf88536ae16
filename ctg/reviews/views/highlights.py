"""The faits marquants of a review: added, retained from what is proposed, changed, ordered."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from actions import operations
from actions.views.forms import FormPage, form_page, trash_page
from actions.views.headings import is_up, say_move
from actions.views.plan_forms import KEPT, page_or_post
from ctg.reviews.forms.reviews import HighlightForm, is_frozen
from ctg.reviews.models import Highlight, Review
from ctg.reviews.preparing.sections import HIGHLIGHTS
from ctg.web.http import Request
from partners.shell import Link
from partners.signing import author_of

from .reviews import ROOM, links_to, review_to_read
from .sections import section_url


@page_or_post
def highlight_add(request: Request, pk: int) -> HttpResponse:
    review = review_to_read(request, pk)
    page = FormPage(
        title="Ajouter un fait marquant",
        lead="Ce que l’on retiendra de l’année, en une phrase et quelques lignes.",
        links=links_to_highlights(review),
        button="Ajouter",
        done=lambda highlight: f"Retenu\u00a0: {highlight}.",
        room=ROOM,
    )
    return highlight_page(request, Highlight(review=review), page)


@page_or_post
def highlight_edit(request: Request, pk: int) -> HttpResponse:
    visible = Highlight.objects.visible_to(request.user)
    highlight = get_object_or_404(visible.select_related("review__plan__territory"), pk=pk)
    page = FormPage(
        title=f"Modifier\u00a0: {highlight}",
        links=links_to_highlights(highlight.review),
        done=lambda highlight: "Fait marquant enregistré.",
        room=ROOM,
    )
    return highlight_page(request, highlight, page)


@require_POST
def highlight_move(request: Request, pk: int) -> HttpResponse:
    highlight = highlight_to_edit(request, pk)
    up = is_up(request)
    review = highlight.review
    others = review.highlights.current().order_by("position", "pk")
    by = author_of(request.user, review.plan.territory_id)
    moved = operations.move(
        highlight, up=up, among=others, whole=others, by=by, at=timezone.now(), shelf=review
    )
    say_move(request, str(highlight), moved)
    return redirect(section_url(review, HIGHLIGHTS))


@page_or_post
def highlight_trash(request: Request, pk: int) -> HttpResponse:
    highlight = highlight_to_edit(request, pk)
    review = highlight.review
    return trash_page(
        request,
        highlight,
        review.plan,
        links=links_to_highlights(review),
        consequences=["Le fait marquant quitte le bilan\u00a0; l’action reste dans le plan.", KEPT],
        then=section_url(review, HIGHLIGHTS),
        room=ROOM,
    )


def highlight_page(request: Request, highlight: Highlight, page: FormPage) -> HttpResponse:
    plan = highlight.review.plan
    if request.method != "POST" and is_frozen(highlight.review):
        return redirect(highlight.review)
    form = HighlightForm(request.POST or None, instance=highlight, user=request.user)
    return form_page(request, form, page, territory=plan.territory, plan=plan)


def highlight_to_edit(request: Request, pk: int) -> Highlight:
    editable = Highlight.objects.editable_by(request.user)
    return get_object_or_404(editable.select_related("review__plan__territory"), pk=pk)


def links_to_highlights(review: Review) -> list[Link]:
    return [*links_to(review.plan, review), Link(HIGHLIGHTS.title, section_url(review, HIGHLIGHTS))]
