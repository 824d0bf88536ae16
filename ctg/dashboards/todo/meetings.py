"""The meetings to come: what their agenda holds already, and what it asks of whom."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q

from actions.models import BodyKind, Meeting
from ctg.web.templatetags.ui import day, plural
from ctg.web.words import listing
from partners.models import Role

from .desk import Desk
from .lines import Batch, Button, Line

#: From how near on a meeting is prepared.
SOON = dt.timedelta(days=21)


def read_meetings(desk: Desk) -> Sequence[Any]:
    kept = Q(items__trashed_at=None)
    found = Meeting.objects.of_plan(desk.plan).coming(desk.today).filter(concluded_at=None)
    return list(
        found.select_related("body").annotate(
            decision_count=Count(
                "items", filter=kept & Q(items__decision__trashed_at=None, items__decision__isnull=False)
            ),
            action_count=Count(
                "items", filter=kept & Q(items__action__trashed_at=None, items__action__isnull=False)
            ),
        )
    )


def next_steering(meetings: Sequence[Any]) -> Any:
    """The next COPIL, if it has a date."""
    return next((meeting for meeting in meetings if meeting.body.kind == BodyKind.STEERING), None)


def to_prepare(desk: Desk, meetings: Sequence[Any]) -> Batch:
    soon = [one for one in meetings if desk.coordinates and one.held_on <= desk.today + SOON]
    return Batch([_to_prepare(meeting) for meeting in soon])


def to_decide(desk: Desk, meetings: Sequence[Any]) -> Batch:
    """For those who will sit there, the COPIL that has decisions to take."""
    sits = {Role.OFFICIAL, Role.CAF} & set(desk.roles) and not desk.coordinates
    meeting = next_steering(meetings)
    is_near = meeting is not None and meeting.held_on <= desk.today + SOON
    return Batch([_to_decide(meeting)] if sits and is_near and meeting.decision_count else [])


def _to_prepare(meeting: Any) -> Line:
    url = meeting.get_absolute_url()
    title = f"L’ordre du jour\u00a0: {meeting.body}, {day(meeting.held_on)}"
    held = [
        f"{count} {noun}{plural(count)}"
        for count, noun in ((meeting.decision_count, "décision"), (meeting.action_count, "action"))
        if count
    ]
    there = sum((meeting.decision_count, meeting.action_count))
    why = (
        f"{listing(held)} y {'sont' if there > 1 else 'est'} déjà."
        if held
        else "Rien n’y est encore inscrit."
    )
    return Line("Réunion", title, url, why, [Button("Préparer", url, str(meeting))])


def _to_decide(meeting: Any) -> Line:
    url, count = meeting.get_absolute_url(), meeting.decision_count
    title = f"{count} décision{plural(count)} à prendre le {day(meeting.held_on)}"
    why = f"{meeting.body}. Lisez avant la réunion ce qu’il faut savoir pour décider."
    return Line("Réunion", title, url, why, [Button("Lire l’ordre du jour", url, str(meeting))])
