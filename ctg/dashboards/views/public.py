"""The page that inhabitants read, and the coordination’s hand on it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from actions.models import Plan
from actions.views.forms import FormPage, form_page
from actions.views.page import plan_page
from ctg.web.htmx import render_page
from ctg.web.http import Request, Visit
from partners.shell import Link, Shell

from ..forms.public import PublicPageForm
from ..models import PublicPage
from ..public.pages import address_of, open_page, page_of
from ..public.qr import draw_qr
from ..public.reading import read_public


@login_not_required  # The coordination opened it to everybody.
@require_safe
def public_page(request: Visit, slug: str) -> HttpResponse:
    return show(request, open_page(slug), is_preview=False)


@login_not_required  # As the page to which it leads.
@require_safe
def public_page_qr(request: Visit, slug: str) -> HttpResponse:
    """The QR code as a file, for a poster."""
    page = open_page(slug)
    response = HttpResponse(draw_qr(address_of(page)), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="qr-{page.slug}.svg"'
    return response


@require_safe
def public_page_detail(request: Request, pk: int) -> HttpResponse:
    """Where the coordination sees whether the page is open, its address and its QR code."""
    plan = plan_to_show(request, pk)
    page = page_of(plan)
    address = address_of(page)
    qr = mark_safe(draw_qr(address)) if page.is_open else ""
    context = {"page": page, "address": address, "qr": qr}
    return plan_page(request, plan, "dashboards/public_page_detail.html", context, current="public")


@require_http_methods(["GET", "HEAD", "POST"])
def public_page_edit(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_show(request, pk)
    own = reverse("dashboards:public_page_detail", args=[plan.pk])
    form = PublicPageForm(request.POST or None, instance=page_of(plan), user=request.user)
    page = FormPage(
        title="Régler la page publique",
        lead="Rien n’est montré tant que la page n’est pas ouverte. Relisez l’aperçu avant.",
        links=[Link(plan.title, plan.get_absolute_url()), Link("Page publique", own)],
        done=lambda saved: (
            "Page publique enregistrée\u00a0: elle est " + ("ouverte à tous." if saved.is_open else "fermée.")
        ),
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@require_safe
def public_page_preview(request: Request, pk: int) -> HttpResponse:
    """The page as inhabitants would read it, open or not."""
    return show(request, page_of(plan_to_show(request, pk)), is_preview=True)


def show(request: Visit, page: PublicPage, *, is_preview: bool) -> HttpResponse:
    public = read_public(page, timezone.localdate())
    address = address_of(page)
    context = {
        "page": page,
        "plan": page.plan,
        "public": public,
        "address": address,
        "qr": mark_safe(draw_qr(address)),
        "is_preview": is_preview,
        "shell": Shell(where=page.plan.territory.name),
    }
    return render_page(request, "dashboards/public_page.html", context)


def plan_to_show(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.editable_by(request.user).select_related("territory"), pk=pk)
