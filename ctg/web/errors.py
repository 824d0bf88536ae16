"""What a person sees when a request fails. None of these pages shows a trace."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

logger = logging.getLogger(__name__)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer without a context: nothing of the request is to be trusted, its host included."""
    return HttpResponse(render_to_string("errors/400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Log the exception being handled under a number, and tell the number to the person.

    The page asks nothing of the database, the session or the user: one of them may be what failed.
    Scripts read the number from the X-Incident header.
    """
    incident = secrets.token_hex(3).upper()
    logger.exception("Incident %s: %s %s", incident, request.method, request.path)
    page = render_to_string("errors/500.html", {"incident": incident})
    return HttpResponse(page, status=500, headers={"X-Incident": incident})
