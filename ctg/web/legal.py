"""The pages that the law asks of every public service, signed in or not."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from .htmx import render_page
from .http import Visit


@login_not_required  # Whoever cannot sign in must be able to read why, and whom to write to.
@require_safe
def accessibility(request: Visit) -> HttpResponse:
    return legal_page(request, "legal/accessibility.html")


@login_not_required  # One reads what becomes of one's data before giving them.
@require_safe
def privacy(request: Visit) -> HttpResponse:
    return legal_page(request, "legal/privacy.html")


@login_not_required  # The law wants it open to all.
@require_safe
def legal(request: Visit) -> HttpResponse:
    return legal_page(request, "legal/legal.html")


def legal_page(request: Visit, template: str) -> HttpResponse:
    context = {
        "publisher": settings.PUBLISHER,
        "contact": settings.CONTACT_EMAIL,
        "address": settings.BASE_URL,
    }
    return render_page(request, template, context)
