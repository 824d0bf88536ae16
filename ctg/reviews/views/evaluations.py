"""The evaluation of a plan: its questions, each on its page with the evidence beside the answer."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actions.models import Plan
from actions.views.forms import trash_page
from actions.views.page import plan_page
from actions.views.plan_forms import KEPT, page_or_post
from ctg.documents.exports import Format
from ctg.documents.views.exports import download
from ctg.reviews.evaluation.drafts import export_evaluation
from ctg.reviews.evaluation.gathering import EvidenceReading
from ctg.reviews.evaluation.questions import QUESTIONS, Question
from ctg.reviews.forms.evaluations import answer_form
from ctg.reviews.forms.freezing import AdoptionForm
from ctg.reviews.keeping import jobs as freezing_jobs
from ctg.reviews.models import Evaluation, Moment
from ctg.reviews.views.freezing import FOREVER, FreezePage, freeze_page
from ctg.web.http import Request
from ctg.web.templatetags.ui import plural
from partners import tracking
from partners.editing import conflict_page
from partners.shell import Link
from partners.signing import author_of
from partners.tracking import Conflict

ROOM = "reviews"


@require_POST
def evaluation_add(request: Request, pk: int, moment: Moment) -> HttpResponse:
    """Begin an evaluation, or find the one that was begun."""
    plan = get_object_or_404(Plan.objects.editable_by(request.user), pk=pk)
    evaluation = Evaluation(plan=plan, moment=moment)
    try:
        with transaction.atomic():
            tracking.create(evaluation, by=author_of(request.user, plan.territory_id), at=timezone.now())
    except IntegrityError:  # Asked for twice, or by two people.
        evaluation = Evaluation.objects.visible_to(request.user).get(plan=plan, moment=moment)
    return redirect(evaluation)


@require_safe
def evaluation_detail(request: Request, pk: int) -> HttpResponse:
    evaluation = evaluation_to_read(request, pk)
    lines = [(question, getattr(evaluation, question.field)) for question in QUESTIONS]
    context = {
        "evaluation": evaluation,
        "lines": lines,
        "written": sum(bool(answer) for _, answer in lines),
        "can_edit": not hasattr(evaluation, "frozen"),
    }
    return plan_page(request, evaluation.plan, "reviews/evaluation_detail.html", context, current=ROOM)


@page_or_post
def evaluation_question(request: Request, pk: int, question: Question) -> HttpResponse:
    """One question: what the plan has to show, then the answer."""
    evaluation = evaluation_to_edit(request, pk)
    form = answer_form(question)(request.POST or None, instance=evaluation)
    after = question_after(question)
    if request.method == "POST" and form.is_valid():
        try:
            form.commit(request)
        except Conflict as conflict:
            return conflict_page(request, form, conflict, back=evaluation.get_absolute_url())
        messages.success(request, f"Réponse enregistrée\u00a0: {question.title}.")
        goes_on = after and "suite" in request.POST
        return redirect(address_of(evaluation, after) if goes_on and after else evaluation)
    context = {
        "evaluation": evaluation,
        "question": question,
        "exhibits": EvidenceReading(evaluation.plan, timezone.localdate()).of(question.slug),
        "form": form,
        "after": after,
        "trail": links_to(evaluation),
    }
    status = 422 if form.errors else 200
    template = "reviews/evaluation_question.html"
    return plan_page(request, evaluation.plan, template, context, current=ROOM, status=status)


@require_safe
def evaluation_document(request: Request, pk: int, file_format: Format) -> HttpResponse:
    evaluation = evaluation_to_read(request, pk)
    if hasattr(evaluation, "frozen"):
        return redirect(evaluation.frozen)
    return download(export_evaluation(evaluation, today=timezone.localdate(), file_format=file_format))


@page_or_post
def evaluation_freeze(request: Request, pk: int) -> HttpResponse:
    evaluation = evaluation_to_read(request, pk)
    if hasattr(evaluation, "frozen"):  # The form was sent twice, or by somebody else meanwhile.
        return redirect(evaluation.frozen)
    plan, now = evaluation.plan, timezone.now()
    form = AdoptionForm(request.POST or None, user=request.user, plan=plan, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        params, title = {"evaluation": pk} | form.params(), f"{evaluation} à figer – {plan.title}"[:300]
        return redirect(freezing_jobs.ask(plan, "evaluation", params, title=title, by=request.user, at=now))
    missing = sum(not getattr(evaluation, question.field) for question in QUESTIONS)
    page = FreezePage(
        title="Arrêter l’évaluation",
        links=links_to(evaluation),
        lead="Une fois adoptée, elle est numérotée, datée, gardée telle quelle.",
        consequences=["Elle est gardée en PDF et en Word, avec les chiffres d’aujourd’hui.", FOREVER],
        missing=f"{missing} question{plural(missing)} sans réponse." if missing else "",
        missing_url=evaluation.get_absolute_url(),
        button="Figer l’évaluation",
    )
    return freeze_page(request, plan, form, page)


@page_or_post
def evaluation_trash(request: Request, pk: int) -> HttpResponse:
    evaluation = evaluation_to_edit(request, pk)
    return trash_page(
        request,
        evaluation,
        evaluation.plan,
        links=links_to(evaluation),
        consequences=["Ses réponses partent avec elle.", KEPT],
        then=reverse("reviews:register", args=[evaluation.plan_id]),
        room=ROOM,
    )


def evaluation_to_read(request: Request, pk: int) -> Evaluation:
    readable = Evaluation.objects.visible_to(request.user).select_related("plan__territory", "frozen")
    return get_object_or_404(readable, pk=pk)


def evaluation_to_edit(request: Request, pk: int) -> Evaluation:
    editable = Evaluation.objects.editable_by(request.user).select_related("plan__territory")
    return get_object_or_404(editable, pk=pk)


def links_to(evaluation: Evaluation) -> list[Link]:
    register = reverse("reviews:register", args=[evaluation.plan_id])
    return [Link("Bilans", register), Link(str(evaluation), evaluation.get_absolute_url())]


def address_of(evaluation: Evaluation, question: Question) -> str:
    return reverse("reviews:evaluation_question", args=[evaluation.pk, question.slug])


def question_after(question: Question) -> Question | None:
    rank = QUESTIONS.index(question) + 1
    return QUESTIONS[rank] if rank < len(QUESTIONS) else None
