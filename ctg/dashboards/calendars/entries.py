"""What a calendar of a plan holds: its meetings, milestones, ends of actions, decisions and campaigns.

An end that is known to the year or to the semester only is no day of anybody's calendar: it stays out.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from actions.calendar import Precision
from actions.models import Action, Decision, Meeting, Milestone, Outcome, Plan, Status
from actions.models.action import CARRYING
from indicators.models import Campaign
from partners.models import Organisation

#: The ends of actions that name a day people can work towards.
PRECISE = (Precision.DAY, Precision.MONTH, Precision.QUARTER)
#: A meeting whose end nobody wrote down lasts so long.
USUAL_LENGTH = dt.timedelta(hours=2)
#: What is over for longer leaves the calendar.
KEPT = dt.timedelta(days=365)


@dataclass(frozen=True)
class Scope:
    """Whose calendar it is: the whole plan’s, that of one organisation, or that of one élu."""

    plan: Plan
    organisation: Organisation | None = None
    elected_lead: str = ""

    @property
    def is_whole(self) -> bool:
        return self.organisation is None and not self.elected_lead

    def actions(self) -> QuerySet[Action]:
        actions = Action.objects.of_plan(self.plan)
        if self.organisation:
            carried = {"involvements__organisation": self.organisation, "involvements__part__in": CARRYING}
            return actions.filter(**carried).distinct()
        return actions.filter(elected_lead=self.elected_lead) if self.elected_lead else actions


@dataclass(frozen=True)
class Entry:
    """One event: a whole day, or from `starts_at` on when the hour is known."""

    key: str
    version: int
    title: str
    day: dt.date
    path: str
    starts_at: dt.datetime | None = None
    where: str = ""
    about: str = ""


def entries_of(scope: Scope, today: dt.date) -> list[Entry]:
    """The events of a calendar, in a number of queries that does not grow."""
    since = today - KEPT
    found = [
        *_meetings(scope, since),
        *_milestones(scope, since),
        *_ends(scope, since),
        *_decisions(scope, since),
        *_campaigns(scope, since),
    ]
    return sorted(found, key=lambda entry: (entry.day, entry.key))


def _meetings(scope: Scope, since: dt.date) -> Iterator[Entry]:
    meetings = Meeting.objects.of_plan(scope.plan).filter(held_on__gte=since).select_related("body")
    if scope.organisation:
        seated = {"body__seats__organisation": scope.organisation, "body__seats__trashed_at": None}
        meetings = meetings.filter(**seated).distinct()
    elif scope.elected_lead:
        meetings = meetings.steering()
    for meeting in meetings:
        starts_at = None
        if meeting.starts_at:
            starts_at = timezone.make_aware(dt.datetime.combine(meeting.held_on, meeting.starts_at))
        yield Entry(
            key=f"reunion-{meeting.pk}",
            version=meeting.version,
            title=meeting.body.name,
            day=meeting.held_on,
            path=meeting.get_absolute_url(),
            starts_at=starts_at,
            where=meeting.place_text,
            about=meeting.introduction,
        )


def _milestones(scope: Scope, since: dt.date) -> Iterator[Entry]:
    milestones = Milestone.objects.of_plan(scope.plan).filter(due_on__gte=since).select_related("action")
    if scope.organisation:
        milestones = milestones.filter(Q(action__in=scope.actions()) | Q(owner=scope.organisation))
    elif not scope.is_whole:
        milestones = milestones.filter(action__in=scope.actions())
    for milestone in milestones:
        reached = " (atteint)" if milestone.reached_on else ""
        assert milestone.due_on is not None
        yield Entry(
            key=f"jalon-{milestone.pk}",
            version=milestone.version,
            title=f"Jalon\u00a0: {milestone.title}{reached}",
            day=milestone.due_on,
            path=milestone.action.get_absolute_url(),
            about=str(milestone.action),
        )


def _ends(scope: Scope, since: dt.date) -> Iterator[Entry]:
    ends = scope.actions().filter(ends_on__gte=since, precision__in=PRECISE, recurring=False)
    for action in ends.exclude(status__in=(Status.DONE, Status.ABANDONED, Status.SUSPENDED)):
        assert action.ends_on is not None
        yield Entry(
            key=f"action-{action.pk}",
            version=action.version,
            title=f"Fin prévue\u00a0: action {action.number}",
            day=action.ends_on,
            path=action.get_absolute_url(),
            about=f"{action.title}\n{action.calendar_text}",
        )


def _decisions(scope: Scope, since: dt.date) -> Iterator[Entry]:
    decisions = Decision.objects.of_plan(scope.plan).filter(
        outcome=Outcome.TAKEN, done_on=None, due_on__gte=since
    )
    if scope.organisation:
        decisions = decisions.filter(owner=scope.organisation)
    elif not scope.is_whole:
        decisions = decisions.filter(actions__in=scope.actions()).distinct()
    for decision in decisions:
        assert decision.due_on is not None
        yield Entry(
            key=f"decision-{decision.pk}",
            version=decision.version,
            title=f"Décision à appliquer\u00a0: {decision.subject}",
            day=decision.due_on,
            path=decision.get_absolute_url(),
        )


def _campaigns(scope: Scope, since: dt.date) -> Iterator[Entry]:
    if scope.elected_lead:
        return
    campaigns = Campaign.objects.current().filter(
        plan=scope.plan, launched_at__isnull=False, closes_on__gte=since
    )
    if scope.organisation:
        asked = {"solicitations__organisation": scope.organisation, "solicitations__trashed_at": None}
        campaigns = campaigns.filter(**asked).distinct()
    for campaign in campaigns:
        yield Entry(
            key=f"campagne-{campaign.pk}",
            version=campaign.version,
            title=f"Dernier jour de saisie\u00a0: {campaign}",
            day=campaign.closes_on,
            path=reverse("indicators:answer_list") if scope.organisation else campaign.get_absolute_url(),
        )
