"""The plan as it was signed, its amendments, and what changed since."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Plan
from actions.views.page import plan_page
from actions.views.plan_forms import page_or_post, plan_to_edit
from ctg.documents.exports import Export, Format, file_name, where
from ctg.documents.views.exports import download, plan_to_read
from ctg.reviews.facts.changes import read_changes_since_signature
from ctg.reviews.forms.freezing import AmendmentForm, SignatureForm
from ctg.reviews.keeping import jobs as freezing_jobs
from ctg.reviews.models import FrozenDocument, FrozenKind
from ctg.reviews.signature.annex import parts_of, write_changes
from ctg.reviews.views.freezing import FOREVER, ROOM, FreezePage, freeze_page, links_to
from ctg.web.http import Request
from partners.shell import Visitor

KEPT = "Le plan est gardé tel qu’il est aujourd’hui, avec tous ses textes, en PDF, en Word et en Excel."


@page_or_post
def plan_sign(request: Request, pk: int) -> HttpResponse:
    plan, now = plan_to_edit(request, pk), timezone.now()
    if signed := signed_version(plan):
        return redirect(signed)
    form = SignatureForm(request.POST or None, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        title = f"Figer le plan signé – {plan.title}"[:300]
        return redirect(freezing_jobs.ask(plan, "plan", form.params(), title=title, by=request.user, at=now))
    page = FreezePage(
        title="Figer le plan signé",
        links=links_to(plan),
        lead="La version signée de la convention, à laquelle on se réfère ensuite.",
        consequences=[
            KEPT,
            "Ce que le plan devient ensuite se lira comme «\u00a0modifications depuis la signature\u00a0».",
            FOREVER,
        ],
        button="Figer le plan signé",
    )
    return freeze_page(request, plan, form, page)


@page_or_post
def amendment_add(request: Request, pk: int) -> HttpResponse:
    plan, now = plan_to_edit(request, pk), timezone.now()
    if signed_version(plan) is None:  # An amendment amends something.
        return redirect("reviews:plan_sign", pk)
    form = AmendmentForm(request.POST or None, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        title = f"Figer\u00a0: {form.cleaned_data['title']} – {plan.title}"[:300]
        return redirect(
            freezing_jobs.ask(plan, "amendment", form.params(), title=title, by=request.user, at=now)
        )
    page = FreezePage(
        title="Ajouter un avenant",
        links=links_to(plan),
        lead="Mettez d’abord le plan à jour\u00a0: l’avenant garde ce qu’il est devenu.",
        consequences=[
            KEPT,
            "Une annexe dit ce qui a changé depuis la dernière version signée, pourquoi et par qui décidé.",
            FOREVER,
        ],
        button="Figer l’avenant",
    )
    return freeze_page(request, plan, form, page)


@require_safe
def since_signature(request: Request, pk: int) -> HttpResponse:
    """What was added, moved, dropped or postponed since the plan was signed; without one, how to keep it."""
    plan, visitor = plan_to_read(request, pk), Visitor(request.user)
    changes = read_changes_since_signature(plan, today=timezone.localdate())
    context = {
        "changes": changes,
        "parts": list(parts_of(changes)) if changes else [],
        "can_edit": visitor.coordinates(plan.territory_id),
        "register": reverse("reviews:register", args=[plan.pk]),
    }
    return plan_page(request, plan, "reviews/since_signature.html", context, current=ROOM, visitor=visitor)


@require_safe
def since_signature_document(request: Request, pk: int, file_format: Format) -> HttpResponse:
    plan, today = plan_to_read(request, pk), timezone.localdate()
    changes = read_changes_since_signature(plan, today=today)
    if changes is None:
        return redirect("reviews:since_signature", pk)
    name = file_name(["modifications-ctg", where(plan)], today, file_format)
    content = write_changes(plan.full_title, plan.territory, changes, file_format, None)
    return download(Export(name, content))


def signed_version(plan: Plan) -> FrozenDocument | None:
    return FrozenDocument.objects.of_plan(plan).filter(kind=FrozenKind.SIGNED_PLAN).first()
