"""The days from which one compares: the last COPIL, the end of the year, the beginning of the plan."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from actions.governance.reading import last_steering
from actions.models import Plan
from partners.models import Change, User


@dataclass(frozen=True)
class Landmark:
    name: str
    day: dt.date


@dataclass(frozen=True)
class Landmarks:
    today: dt.date
    #: The first day of which the history says something; none for a plan without history.
    start: dt.date | None
    offered: Sequence[Landmark]

    @property
    def default(self) -> Landmark:
        """The last COPIL, or else the day nearest to a year ago."""
        return next((mark for mark in self.offered if mark.name in (COPIL, YEAR)), self.offered[-1])


COPIL, YEAR = "le dernier COPIL", "il y a un an"


def read_landmarks(plan: Plan, user: User, today: dt.date) -> Landmarks:
    meeting = last_steering(plan, user, today)
    first = Change.objects.visible_to(user).filter(plan_id=plan.pk).aggregate(first=Min("at"))["first"]
    start = timezone.localdate(first) if first else None
    marks = [Landmark(COPIL, meeting.held_on)] if meeting else []
    marks.append(Landmark("le 31 décembre dernier", dt.date(today.year - 1, 12, 31)))
    marks.append(Landmark(YEAR, _a_year_before(today)))
    known = [mark for mark in marks if start is None or mark.day >= start]
    return Landmarks(today, start, [*known, *([Landmark("le début du plan", start)] if start else [])])


def _a_year_before(day: dt.date) -> dt.date:
    """The same day a year before; 28 February for the 29th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
