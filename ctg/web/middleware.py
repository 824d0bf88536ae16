from collections.abc import Callable

from django.contrib.auth import middleware as auth
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django_htmx.http import HttpResponseClientRefresh

from .http import Visit

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def security_headers(get_response: GetResponse) -> GetResponse:
    """Add the headers that neither Django nor django-csp sets."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        return response

    return middleware


def no_store(get_response: GetResponse) -> GetResponse:
    """Leave no page on a shared desk. Static files are served further out and stay cached."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Cache-Control"] = "no-store"
        return response

    return middleware


class LoginRequiredMiddleware(auth.LoginRequiredMiddleware):
    """Send a stale htmx page to the login form whole, not inside a fragment."""

    def handle_no_permission(  # type: ignore[override]  # The stubs promise a redirect.
        self, request: Visit, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.htmx:
            return HttpResponseClientRefresh()
        return super().handle_no_permission(request, view_func)


class HtmxMessagesMiddleware:
    """Deliver pending messages with an htmx fragment, as a page would."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Visit) -> HttpResponseBase:
        response = self.get_response(request)
        if request.htmx and isinstance(response, HttpResponse) and self._is_fragment(response):
            pending = get_messages(request)
            if isinstance(pending, BaseStorage) and len(pending) and not pending.used:
                response.write(
                    render_to_string("components/_messages.html", {"messages": pending, "oob": True})
                )
        return response

    @staticmethod
    def _is_fragment(response: HttpResponse) -> bool:
        return bool(response.content) and response["Content-Type"].startswith("text/html")
