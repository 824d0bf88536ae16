import datetime as dt
from collections.abc import Callable
from typing import cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from .sessions import SessionStore

RENEWAL = dt.timedelta(minutes=5)


def renew_session(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Push back the end of a session in use, without a write at each request."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        session = cast(SessionStore, request.session)
        if request.user.is_authenticated and session.was_seen_before(timezone.now() - RENEWAL):
            session.modified = True
        return get_response(request)

    return middleware
