"""A calendar as iCalendar (RFC 5545), for Outlook, Google Agenda, Thunderbird or a phone."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vDuration

from .entries import USUAL_LENGTH, Entry

MEDIA_TYPE = "text/calendar; charset=utf-8"
#: How often a calendar program comes back, in its own good time.
REFRESH = dt.timedelta(hours=6)


def write_calendar(name: str, entries: Iterable[Entry], *, at: dt.datetime) -> bytes:
    """The file of a calendar; hours are in UTC, which no clock change moves."""
    calendar = Calendar()
    calendar.add("prodid", "-//Plan CTG//plan-ctg//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        calendar.add_component(_event(entry, at))
    return bytes(calendar.to_ical())


def _event(entry: Entry, at: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("sequence", entry.version)
    event.add("summary", entry.title)
    if entry.starts_at:
        event.add("dtstart", entry.starts_at.astimezone(dt.UTC))
        event.add("dtend", (entry.starts_at + USUAL_LENGTH).astimezone(dt.UTC))
    else:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + dt.timedelta(days=1))
        # A day to keep in mind is no time that is taken.
        event.add("transp", "TRANSPARENT")
    address = f"{settings.BASE_URL}{entry.path}"
    event.add("url", address)
    event.add("description", "\n\n".join(text for text in (entry.about, address) if text))
    if entry.where:
        event.add("location", entry.where)
    return event
