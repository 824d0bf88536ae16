"""Beside the lines: how the open campaign goes, and what was done lately."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from django.urls import reverse

from indicators.models import Campaign
from indicators.models.campaign import midnight
from partners.models import Change
from partners.models.change import Event
from partners.templatetags.changes import rubric, subject

from .desk import Desk

#: How many gestures the page tells, among how many changes they are looked for.
GESTURES, CHANGES = 6, 60

#: The fields of a sheet of which the new value is worth a word here.
SAID = ("status", "confidence", "progress", "calendar_text", "priority")


@dataclass(frozen=True)
class CampaignState:
    """How many organisations have sent everything, have begun, have not."""

    campaign: Campaign
    complete: int
    started: int
    untouched: int

    @property
    def asked(self) -> int:
        return self.complete + self.started + self.untouched

    @property
    def gauge(self) -> str:
        return f"{self.complete / self.asked:.3g}" if self.asked else "0"


@dataclass(frozen=True)
class Gesture:
    """What somebody did at once, and where it is read."""

    at: dt.datetime
    author: str
    what: str
    url: str


def state_of_campaign(desk: Desk, asked: Sequence[Any]) -> CampaignState | None:
    """The open campaign that closes first, for the coordination."""
    waiting = [one for one in asked if one.asked and one.campaign.stage(desk.at) == "open"]
    if not desk.coordinates or not waiting:
        return None
    campaign = waiting[0].campaign
    own = [one for one in waiting if one.campaign == campaign]
    complete = sum(one.sent == one.asked for one in own)
    untouched = sum(not one.begun for one in own)
    return CampaignState(campaign, complete, len(own) - complete - untouched, untouched)


def last_monday(today: dt.date) -> dt.date:
    """The Monday of this week; on a Monday, that of the week before."""
    return today - dt.timedelta(days=today.weekday() or 7)


def gestures_since(desk: Desk, first_day: dt.date) -> list[Gesture]:
    """What was done on the actions, the latest first, one entry for what was done at once."""
    changes = Change.objects.visible_to(desk.user).filter(
        plan_id=desk.plan.pk, action_id__isnull=False, at__gte=midnight(first_day)
    )
    known = [change for change in changes[:CHANGES] if change.action_id in desk.cases]
    groups = groupby(known, key=lambda change: (change.batch, change.action_id))
    return [_gesture(desk, list(group)) for _, group in islice(groups, GESTURES)]


def _gesture(desk: Desk, changes: Sequence[Change]) -> Gesture:
    first = changes[0]
    assert first.action_id
    done = ", ".join(dict.fromkeys(map(_words, reversed(changes))))
    return Gesture(
        at=first.at,
        author="vous" if first.author_id == desk.user.pk else first.author_label,
        what=f"Action\u00a0{desk.cases[first.action_id].number}\u00a0: {done}",
        url=reverse("actions:action_detail", args=[first.action_id]),
    )


def _words(change: Change) -> str:
    """« jalon », « note »; for the sheet itself what it says now: « avancement 25 % »."""
    if change.kind != "action":
        words = subject(change).partition("\u00a0:")[0].partition(" du ")[0]
        return words[:1].lower() + words[1:]
    if change.event != Event.CHANGED:
        return rubric(change).lower()
    return f"{change.label} {change.after_text}".strip() if change.field in SAID else change.label
