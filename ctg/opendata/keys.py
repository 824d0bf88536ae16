"""Keys: what a program shows to read the open data of one plan. A key is a `ReadLink`, without an address."""

import datetime as dt

from django.core.cache import cache
from django.http import HttpRequest

from ctg.dashboards.models import ReadLink
from ctg.dashboards.sharing import find_link

#: How many times a minute a key is answered.
RATE = 60

_MINUTE = dt.timedelta(minutes=1)


def key_of(request: HttpRequest, *, at: dt.datetime) -> ReadLink | None:
    """The live key that the header of a request brings; an address never carries one, nor does a cookie."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return None
    return find_link(token.strip(), at=at, opens=ReadLink.Opens.DATA)


def is_too_often(key: ReadLink, *, at: dt.datetime) -> bool:
    """Count a reading, and tell whether it is one too many for the minute."""
    minute = int(at.timestamp() // _MINUTE.total_seconds())
    name = f"opendata:{key.pk}:{minute}"
    cache.add(name, 0, 2 * _MINUTE.total_seconds())
    try:
        return cache.incr(name) > RATE
    except ValueError:  # Washed out of the cache in between: the count begins again.
        return False


def seconds_left(at: dt.datetime) -> int:
    """How long until the next minute."""
    return 60 - int(at.timestamp()) % 60
