"""The pages from which something is frozen: what will be kept, what is missing, and who adopted it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from actions.models import Plan
from actions.views.page import plan_page
from actions.views.plan_forms import page_or_post
from ctg.reviews.facts.gathering import gather
from ctg.reviews.forms.freezing import AdoptionForm, ErratumForm
from ctg.reviews.keeping import jobs as freezing_jobs
from ctg.reviews.keeping.erratum import freeze_erratum
from ctg.reviews.models import FrozenDocument, Review
from ctg.reviews.preparing.checklist import read_checklist
from ctg.web.forms import HouseForm
from ctg.web.http import Request
from ctg.web.templatetags.ui import plural
from partners.shell import Link

ROOM = "reviews"

FOREVER = "Rien ne pourra plus en être changé ni retiré, par personne. Une erreur se corrige par un erratum."


@dataclass(frozen=True)
class FreezePage:
    """`links` are the pages above, the last one is where « Annuler » goes; `missing` is to look at first."""

    title: str
    links: Sequence[Link]
    consequences: Sequence[str]
    button: str
    lead: str = ""
    missing: str = ""
    missing_url: str = ""

    @property
    def back(self) -> str:
        return self.links[-1].url


@page_or_post
def review_freeze(request: Request, pk: int) -> HttpResponse:
    readable = Review.objects.visible_to(request.user).select_related("plan__territory", "frozen")
    review = get_object_or_404(readable, pk=pk)
    if hasattr(review, "frozen"):  # The form was sent twice, or by somebody else meanwhile.
        return redirect(review.frozen)
    plan, now = review.plan, timezone.now()
    form = AdoptionForm(request.POST or None, user=request.user, plan=plan, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        params, title = {"review": review.pk} | form.params(), f"Figer\u00a0: {review} – {plan.title}"
        return redirect(freezing_jobs.ask(plan, "review", params, title=title[:300], by=request.user, at=now))
    return freeze_page(request, plan, form, page_of_review(review, timezone.localdate(now)))


def page_of_review(review: Review, today: dt.date) -> FreezePage:
    missing = count_gaps(review, today)
    return FreezePage(
        title=f"Arrêter le bilan {review.year}",
        links=[*links_to(review.plan), Link(str(review), review.get_absolute_url())],
        lead="Une fois adopté, il est figé\u00a0: numéroté, daté, gardé tel quel.",
        consequences=[
            "Il est gardé en PDF, en Word, en Excel et en présentation, avec les chiffres d’aujourd’hui.",
            "Tous ceux qui lisent le plan le liront.",
            FOREVER,
        ],
        missing=f"{missing} point{plural(missing)} de ce bilan reste{plural(missing, 'nt')} à regarder."
        if missing
        else "",
        missing_url=review.get_absolute_url(),
        button="Figer le bilan",
    )


@page_or_post
def erratum_add(request: Request, pk: int) -> HttpResponse:
    correctable = FrozenDocument.objects.correctable_by(request.user).select_related("plan__territory")
    document = get_object_or_404(correctable, pk=pk)
    form = ErratumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erratum = freeze_erratum(document, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Erratum figé sous le n°\u00a0{erratum.number}.")
        return redirect(erratum)
    page = FreezePage(
        title="Corriger par un erratum",
        links=[*links_to(document.plan), Link(document.title, document.get_absolute_url())],
        lead=f"Document n°\u00a0{document.number}\u00a0: {document.title}",
        consequences=[
            "Le document corrigé reste tel quel\u00a0; sa page dit qu’un erratum le corrige.",
            "L’erratum est gardé en PDF et en Word, numéroté et daté d’aujourd’hui.",
            FOREVER,
        ],
        button="Figer l’erratum",
    )
    return freeze_page(request, document.plan, form, page)


def freeze_page(request: Request, plan: Plan, form: HouseForm, page: FreezePage) -> HttpResponse:
    """Ask once more before something is kept for ever; sent back with its errors, what was typed stays."""
    status = 422 if form.errors else 200
    context = {"form": form, "page": page}
    return plan_page(request, plan, "reviews/freeze_form.html", context, current=ROOM, status=status)


def links_to(plan: Plan) -> list[Link]:
    return [
        Link(plan.full_title, reverse("actions:plan_return", args=[plan.pk])),
        Link("Bilans et documents figés", reverse("reviews:register", args=[plan.pk])),
    ]


def count_gaps(review: Review, today: dt.date) -> int:
    """How many points the checklist of a review still shows."""
    return len(read_checklist(review, gather(review, today=today), today=today))
