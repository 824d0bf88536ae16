"""A campaign: prepared, launched once, closed, opened again for some."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from partners import outbox, tracking
from partners.tracking import Author

from ..models import Campaign, Question, Solicitation, Stage
from . import mails
from .owed import expected_questions
from .solicitations import contact_link, invite, solicit, tell


class NotReady(Exception):
    """The campaign cannot be launched: nobody is asked anything, or its last day has passed."""


class PeriodTaken(Exception):
    """The plan has a campaign for this period, which somebody else has just prepared."""


def prepare(campaign: Campaign, *, by: Author, at: dt.datetime) -> Campaign:
    """Save a new campaign, with all that its period asks of the contributors of the plan."""
    batch = uuid.uuid4()
    with transaction.atomic():
        tracking.lock(campaign.plan)
        if Campaign.objects.current().filter(plan=campaign.plan, period=campaign.period).exists():
            raise PeriodTaken
        tracking.create(campaign, by=by, at=at, batch=batch)
        for organisation, pairs in expected_questions(campaign.plan, campaign.period).items():
            solicit(campaign, organisation, pairs, by=by, at=at, batch=batch)
    return campaign


def asked_of(campaign: Campaign) -> QuerySet[Solicitation]:
    return campaign.solicitations.current().select_related("organisation")


def launch(campaign: Campaign, *, by: Author, at: dt.datetime) -> bool:
    """Open a campaign to those who are asked, and write to them; false if it was launched before."""
    with transaction.atomic():
        if tracking.lock(campaign).launched_at is not None:
            return False
        solicitations = asked_of(campaign)
        questions = Question.objects.current().filter(solicitation__in=solicitations)
        if not questions.exists() or at >= campaign.closes_at:
            raise NotReady
        tracking.change(campaign, {"launched_at": at}, by=by, at=at)
        invite(solicitations, by=by, at=at)
    outbox.deliver_soon()
    return True


def change_campaign(
    campaign: Campaign, values: Mapping[str, Any], *, by: Author, at: dt.datetime, seen: int | None
) -> None:
    """Change dates and texts; the invitations that did not leave yet follow."""
    with transaction.atomic():
        was_waiting = tracking.lock(campaign).stage(at) == Stage.SCHEDULED
        tracking.change(campaign, values, by=by, at=at, seen=seen)
        if was_waiting:
            outbox.cancel(prefix=mails.prefix_of_campaign(campaign))
            invite(asked_of(campaign), by=by, at=at)
    outbox.deliver_soon()


def close(campaign: Campaign, *, by: Author, at: dt.datetime) -> None:
    """Receive and send nothing more from now on; what was received is still read again."""
    with transaction.atomic():
        if tracking.lock(campaign).closed_at is None:
            tracking.change(campaign, {"closed_at": at}, by=by, at=at)
            outbox.cancel(prefix=mails.prefix_of_campaign(campaign))


def reopen(
    solicitations: Iterable[Solicitation], *, until: dt.date, by: Author, at: dt.datetime
) -> list[Solicitation]:
    """Let some organisations answer again until a day, and tell them; return those for which it is new."""
    batch, reopened = uuid.uuid4(), []
    with transaction.atomic():
        for solicitation in solicitations:
            if not tracking.change(solicitation, {"reopened_until": until}, by=by, at=at, batch=batch):
                continue
            reopened.append(solicitation)
            if solicitation.contact_email:
                link = contact_link(solicitation, by=by, at=at)
                text = mails.default_text("reopened")
                tell(link, key=f"reopened/{until}", subject="La saisie est rouverte", text=text, at=at)
    outbox.deliver_soon()
    return reopened
