"""What the coordination makes of the values received: accept them, or send them back with a question."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping

from django.conf import settings
from django.db import transaction

from partners import outbox, tracking
from partners.models import User
from partners.tracking import Author

from ..models import Channel, EntryLink, Measurement, Solicitation
from ..values import entry
from ..values.locking import read_locks
from ..values.wording import say_value
from . import mails
from .links import sign_link
from .solicitations import contact_link

_SUBJECT = "Une question sur une valeur de {organisme}"


def validate_seen(
    measurements: Collection[Measurement], seen: Mapping[int, int], *, by: Author, at: dt.datetime
) -> list[Measurement]:
    """Accept the values that still are as they were shown, in one gesture; leave the others."""
    with transaction.atomic():
        unchanged = [one for one in measurements if tracking.lock(one).version == seen.get(one.pk)]
        return entry.validate(unchanged, by=by, at=at, batch=uuid.uuid4())


def solicitation_of(measurement: Measurement) -> Solicitation | None:
    """The latest campaign that asked for this value."""
    asked = Solicitation.objects.current().filter(
        organisation=measurement.organisation_id,
        campaign__trashed_at=None,
        campaign__launched_at__isnull=False,
        questions__indicator=measurement.indicator_id,
        questions__period=measurement.period,
    )
    related = asked.select_related("campaign__plan__territory", "organisation")
    return related.order_by("-campaign__launched_at", "-pk").first()


def is_closed(measurement: Measurement, *, at: dt.datetime) -> bool:
    """Whether the organisation could not answer the question without a new delay."""
    locks = read_locks(measurement.indicator.plan, at=at)
    return locks.is_locked(measurement.period, measurement.organisation_id)


def send_back(
    measurement: Measurement, *, note: str, reopen_until: dt.date | None, by: Author, at: dt.datetime
) -> str:
    """Return a value with a question to whoever entered it; a closed organisation is opened again first.

    Return the address that is written to, empty when there is none. Raise `Locked` when it is closed and
    no day is given, `NotNow` for a value that was not sent.
    """
    solicitation = solicitation_of(measurement)
    with transaction.atomic():
        if reopen_until is not None and solicitation is not None:
            tracking.change(solicitation, {"reopened_until": reopen_until}, by=by, at=at)
        said = say_value(measurement.indicator, measurement)
        entry.send_back(measurement, note=note, by=by, at=at)
        address = _write(measurement, solicitation, said, by=by, at=at) if solicitation else ""
    outbox.deliver_soon()
    return address


def _write(
    measurement: Measurement, solicitation: Solicitation, said: str, *, by: Author, at: dt.datetime
) -> str:
    values = mails.values_for(solicitation, remaining=1) | {
        "indicateur": measurement.indicator.wording,
        "valeur": said,
        "note": measurement.return_note,
    }
    key = f"returned/value-{measurement.pk}-{measurement.version}"
    text = mails.default_text("returned")
    member = measurement.entered_by if measurement.channel == Channel.ACCOUNT else None
    if member is not None and member.is_active:
        return _write_to_member(member, solicitation, key, text, values, at=at)
    link = _link_of(measurement, solicitation, by=by, at=at)
    if link is None:
        return ""
    values["contact"] = link.respondent_name or link.name or values["contact"]
    mails.write(solicitation, key=key, subject=_SUBJECT, text=text, values=values, link=link, at=at)
    return link.email


def _write_to_member(
    member: User, solicitation: Solicitation, key: str, text: str, values: dict[str, str], *, at: dt.datetime
) -> str:
    """She signs in as usual: no link opens what she entered."""
    address = settings.BASE_URL + solicitation.get_absolute_url()
    values |= {"contact": str(member), "lien": address}
    outbox.write(
        key=f"{mails.prefix_of(solicitation)}{key}",
        to_email=member.email,
        to_name=str(member),
        subject=mails.fill(_SUBJECT, values)[:200],
        body=mails.fill(text, values),
        territory=solicitation.campaign.plan.territory,
        at=at,
        reply_to=mails.reply_address(solicitation.campaign),
    )
    return member.email


def _link_of(
    measurement: Measurement, solicitation: Solicitation, *, by: Author, at: dt.datetime
) -> EntryLink | None:
    """The link through which the value came; else that of the contact."""
    signed = measurement.entered_label
    for link in solicitation.links.filter(revoked_at=None).select_related("solicitation__organisation"):
        if sign_link(link).label == signed:
            return link
    return contact_link(solicitation, by=by, at=at) if solicitation.contact_email else None
