"""Asking one organisation: what, whom, by which link."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from partners import outbox, tracking
from partners.models import Organisation
from partners.models.change import Event
from partners.tracking import Author

from ..models import Campaign, EntryLink, Indicator, Question, Solicitation
from . import links, mails
from .owed import count_remaining, expected_questions, keys_of

#: When mails leave on the day that a campaign opens, and on the days of reminders.
MAIL_HOUR = dt.time(8)


def mail_time(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, MAIL_HOUR))


def solicit(
    campaign: Campaign,
    organisation: Organisation,
    pairs: Iterable[tuple[Indicator, str]],
    *,
    by: Author,
    at: dt.datetime,
    batch: uuid.UUID,
) -> Solicitation:
    """Add an organisation with its contact and its questions, each an indicator and a period."""
    new = Solicitation(
        campaign=campaign,
        organisation=organisation,
        contact_name=organisation.contact_name,
        contact_email=organisation.contact_email,
    )
    solicitation = tracking.create(new, by=by, at=at, batch=batch)
    Question.objects.bulk_create(
        Question(solicitation=solicitation, indicator=indicator, period=key) for indicator, key in pairs
    )
    return solicitation


def add_organisation(
    campaign: Campaign, organisation: Organisation, *, by: Author, at: dt.datetime
) -> Solicitation:
    """Ask one more organisation for what it owes; once the campaign was launched, it is invited at once."""
    with transaction.atomic():
        tracking.lock(campaign)
        found = campaign.solicitations.current().filter(organisation=organisation).first()
        if found is not None:
            return found
        pairs = expected_questions(campaign.plan, campaign.period).get(organisation, [])
        solicitation = solicit(campaign, organisation, pairs, by=by, at=at, batch=uuid.uuid4())
        invite([solicitation], by=by, at=at)
    outbox.deliver_soon()
    return solicitation


def ask(
    solicitation: Solicitation, indicators: Collection[Indicator], *, by: Author, at: dt.datetime
) -> None:
    """Ask an organisation for these indicators and for no others."""
    period = solicitation.campaign.period
    wanted = {(indicator.pk, key) for indicator in indicators for key in keys_of(indicator, period)}
    with transaction.atomic():
        tracking.lock(solicitation)
        standing = {(one.indicator_id, one.period): one for one in _questions(solicitation)}
        left = [question for pair, question in standing.items() if pair not in wanted]
        new = sorted(wanted - set(standing))
        if left or new:
            before = {question.indicator.wording: None for question in standing.values()}
            solicitation.questions.filter(pk__in=[question.pk for question in left]).delete()
            Question.objects.bulk_create(
                Question(solicitation=solicitation, indicator_id=pk, period=key) for pk, key in new
            )
            tracking.record(
                solicitation,
                Event.CHANGED,
                by=by,
                at=at,
                label="ce qui est demandé",
                before_text=" · ".join(before),
                after_text=" · ".join(indicator.wording for indicator in indicators),
            )
        invite([solicitation], by=by, at=at)
    outbox.deliver_soon()


def change_contact(
    solicitation: Solicitation, values: Mapping[str, Any], *, by: Author, at: dt.datetime, seen: int | None
) -> None:
    """Say who answers for an organisation: another address gets its own link, the former one is closed."""
    batch = uuid.uuid4()
    with transaction.atomic():
        former = tracking.lock(solicitation).contact_email
        tracking.change(solicitation, values, by=by, at=at, seen=seen, batch=batch)
        if solicitation.contact_email.lower() != former.lower():
            outbox.cancel(prefix=mails.prefix_of(solicitation))
            for link in solicitation.links.filter(email__iexact=former):
                links.revoke(link, at=at)
            _remember_contact(solicitation, by=by, at=at, batch=batch)
            invite([solicitation], by=by, at=at)
    outbox.deliver_soon()


def withdraw(solicitation: Solicitation, *, by: Author, at: dt.datetime) -> None:
    """Ask this organisation no more: its links are closed, what it entered stays."""
    with transaction.atomic():
        outbox.cancel(prefix=mails.prefix_of(solicitation))
        tracking.trash(solicitation, by=by, at=at)


def invite(solicitations: Iterable[Solicitation], *, by: Author, at: dt.datetime) -> None:
    """Write to the contacts, each address once; not before the launch, nor after closing, nor for nothing.

    The mail leaves on the morning of the opening; once the campaign is open, at once.
    """
    solicitations = list(solicitations)
    asked = Question.objects.current().filter(solicitation__in=solicitations)
    counts = Counter(asked.order_by().values_list("solicitation", flat=True))
    for solicitation in solicitations:
        campaign, count = solicitation.campaign, counts[solicitation.pk]
        is_over = campaign.launched_at is None or at >= solicitation.closes_at
        if is_over or not solicitation.contact_email or not count:
            continue
        link = contact_link(solicitation, by=by, at=at)
        mails.write(
            solicitation,
            key=f"invitation/link-{link.pk}",
            subject=campaign.subject,
            text=campaign.message,
            values=mails.values_for(solicitation, remaining=count),
            link=link,
            at=at,
            due_at=mail_time(campaign.opens_on) if at < campaign.opens_at else at,
        )


def renew_link(link: EntryLink, *, by: Author, at: dt.datetime) -> EntryLink:
    """Close a link and send another to the same person; the one that she has already, if it was renewed."""
    solicitation = link.solicitation
    with transaction.atomic():
        links.revoke(link, at=at)
        new = links.link_for(solicitation, email=link.email, name=link.name, by=by, at=at)
        text, subject = mails.default_text("new_link"), "Votre nouveau lien de saisie"
        is_new = tell(new, key=f"new-link/link-{new.pk}", subject=subject, text=text, at=at)
        if is_new:
            _note_link(solicitation, "renouvelé", by=by, at=at)
    outbox.deliver_soon()
    return new


def revoke_link(link: EntryLink, *, by: Author, at: dt.datetime) -> None:
    """Close a link; the mails that would still carry it do not leave."""
    if link.revoked_at is not None:
        return
    with transaction.atomic():
        links.revoke(link, at=at)
        outbox.cancel(prefix=mails.prefix_of(link.solicitation), link_seed=link.seed)
        _note_link(link.solicitation, "révoqué", by=by, at=at)


def tell(link: EntryLink, *, key: str, subject: str, text: str, at: dt.datetime, **also: str) -> bool:
    """Write to the holder of a link, with what is left to enter; false if this was written before."""
    solicitation = link.solicitation
    remaining = count_remaining([solicitation])[solicitation.pk]
    values = mails.values_for(solicitation, remaining=remaining, name=link.name) | also
    letter = mails.write(
        solicitation,
        key=key,
        subject=f"{subject}\u00a0: {{organisme}}",
        text=text,
        values=values,
        link=link,
        at=at,
    )
    return letter.written_at == at


def contact_link(solicitation: Solicitation, *, by: Author, at: dt.datetime) -> EntryLink:
    return links.link_for(
        solicitation, email=solicitation.contact_email, name=solicitation.contact_name, by=by, at=at
    )


def _questions(solicitation: Solicitation) -> Iterable[Question]:
    return solicitation.questions.select_related("indicator")


def _remember_contact(solicitation: Solicitation, *, by: Author, at: dt.datetime, batch: uuid.UUID) -> None:
    """Keep the contact of an organisation that had none: the next campaign begins with it."""
    organisation = solicitation.organisation
    if solicitation.contact_email and not organisation.contact_email and not organisation.is_generic:
        contact = {"contact_name": solicitation.contact_name, "contact_email": solicitation.contact_email}
        tracking.change(organisation, contact, by=by, at=at, batch=batch)


def _note_link(solicitation: Solicitation, happened: str, *, by: Author, at: dt.datetime) -> None:
    tracking.record(solicitation, Event.CHANGED, by=by, at=at, label="lien de saisie", after_text=happened)
