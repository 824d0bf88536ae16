"""The types of a request, as views see it."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from partners.models import User


class Visit(HttpRequest):
    """A request that knows whether htmx made it. Nobody need be signed in."""

    htmx: HtmxDetails


class Request(Visit):
    """A request past the login middleware: its user is signed in."""

    user: "User"
