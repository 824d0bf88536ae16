"""Reminders to those who have not finished: written by one command, as often as it runs.

On each of the campaign's days before the last one, in the morning, whoever still owes values gets a
letter. A run that comes late writes the latest one due, never two; nobody gets two letters of a campaign
in one day at one address, whichever organisations she answers for: the second leaves the day after.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from partners import outbox, tracking
from partners.models import Letter, Membership, Role
from partners.tracking import Author

from ..models import Campaign, Solicitation, Stage
from ..models.campaign import midnight
from . import mails
from .lifecycle import asked_of
from .owed import count_remaining
from .solicitations import contact_link, mail_time

#: Who signs what the command does.
COMMAND = Author("Relance automatique")
#: What the key of a letter is about, before the day for which it reminds.
_REMINDER = "reminder"


def days_of(campaign: Campaign) -> list[int]:
    """How many days before the last one the organisations are reminded, the earliest first."""
    return sorted({int(days) for days in re.findall(r"\d+", campaign.reminder_days)}, reverse=True)


def write_due_reminders(*, at: dt.datetime) -> int:
    """Write the reminders that are due in all campaigns, and return how many are new.

    None leaves from a territory that nobody coordinates: a plan that was loaded there is somebody else’s yet.
    """
    coordinated = Membership.objects.filter(role=Role.COORDINATOR).values("territory")
    launched = Campaign.objects.current().filter(
        launched_at__isnull=False, plan__trashed_at=None, plan__territory__in=coordinated
    )
    campaigns = [
        campaign
        for campaign in launched.select_related("plan__territory")
        if campaign.stage(at) in (Stage.OPEN, Stage.CLOSED)
    ]
    return sum(_remind_campaign(campaign, at=at) for campaign in campaigns)


def remind(solicitation: Solicitation, *, by: Author, at: dt.datetime) -> bool:
    """Remind an organisation now; false if it owes nothing, cannot answer, or was written to today."""
    with transaction.atomic():
        tracking.lock(solicitation.campaign)
        remaining = count_remaining([solicitation])[solicitation.pk]
        is_due = solicitation.contact_email and remaining and solicitation.is_open(at)
        if not is_due or addresses_written_to([solicitation], at=at):
            return False
        _write(solicitation, timezone.localdate(at), remaining, by=by, at=at)
    outbox.deliver_soon()
    return True


def addresses_written_to(solicitations: Iterable[Solicitation], *, at: dt.datetime) -> set[str]:
    """The contacts of these organisations to whom a letter of a campaign leaves on that day."""
    emails = {solicitation.contact_email.lower() for solicitation in solicitations}
    start = midnight(timezone.localdate(at))
    letters = Letter.objects.filter(
        key__startswith="campaign-",
        due_at__gte=start,
        due_at__lt=midnight(timezone.localdate(at) + dt.timedelta(days=1)),
    )
    return emails & {email.lower() for email in letters.values_list("to_email", flat=True)}


def _remind_campaign(campaign: Campaign, *, at: dt.datetime) -> int:
    with transaction.atomic():
        # Held, so that two runs at once see each other's letters.
        tracking.lock(campaign)
        open_ones = [
            solicitation
            for solicitation in asked_of(campaign)
            if solicitation.contact_email and solicitation.is_open(at)
        ]
        due = _due(campaign, open_ones, at=at)
        remaining = count_remaining(list(due)) if due else {}
        written = addresses_written_to(due, at=at) if due else set()
        count = 0
        for solicitation, day in due.items():
            email = solicitation.contact_email.lower()
            if remaining[solicitation.pk] and email not in written:
                _write(solicitation, day, remaining[solicitation.pk], by=COMMAND, at=at)
                written.add(email)
                count += 1
    return count


def _due(
    campaign: Campaign, solicitations: Collection[Solicitation], *, at: dt.datetime
) -> dict[Solicitation, dt.date]:
    """Those for whom a reminder is due and was not written yet, with its day."""
    told = _told(campaign)
    assert campaign.launched_at is not None
    launched_on = max(campaign.opens_on, timezone.localdate(campaign.launched_at))
    due = {}
    for solicitation in solicitations:
        last_day = mails.last_day_of(solicitation)
        planned = [last_day - dt.timedelta(days=count) for count in days_of(campaign)]
        passed = [day for day in planned if mail_time(day) <= at]
        if passed and max(passed) > max(told.get(solicitation.pk, launched_on), launched_on):
            due[solicitation] = max(passed)
    return due


def _told(campaign: Campaign) -> dict[int, dt.date]:
    """The last day on which, or for which, each organisation of a campaign was written to."""
    told: dict[int, dt.date] = {}
    letters = Letter.objects.filter(key__startswith=mails.prefix_of_campaign(campaign))
    for key, written_at in letters.values_list("key", "written_at"):
        _, place, about, detail = key.split("/", 3)
        pk = int(place.removeprefix("solicitation-"))
        day = dt.date.fromisoformat(detail) if about == _REMINDER else timezone.localdate(written_at)
        told[pk] = max(told.get(pk, day), day)
    return told


def _write(solicitation: Solicitation, day: dt.date, remaining: int, *, by: Author, at: dt.datetime) -> None:
    campaign = solicitation.campaign
    mails.write(
        solicitation,
        key=f"{_REMINDER}/{day}",
        subject=campaign.reminder_subject,
        text=campaign.reminder_message,
        values=mails.values_for(solicitation, remaining=remaining),
        link=contact_link(solicitation, by=by, at=at),
        at=at,
    )
