"""The mails of a campaign: texts in which what stands in braces is put in for each organisation."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.loader import get_template
from django.utils import timezone

from partners import outbox
from partners.models import Letter

from ..models import Campaign, EntryLink, Solicitation
from ..periods import period_label
from ..values.wording import say_date
from .links import LINK_PATH

#: What a text may name in braces, and what stands there in the mail.
PLACEHOLDERS = {
    "organisme": "le nom de l’organisme",
    "contact": "le nom du contact, ou «\u00a0Madame, Monsieur\u00a0»",
    "periode": "«\u00a02026\u00a0», «\u00a01er semestre 2026\u00a0»",
    "nombre": "ce qui reste à saisir\u00a0: «\u00a06 valeurs\u00a0»",
    "date_limite": "le dernier jour",
    "lien": "le lien personnel",
    "coordination": "à qui répondre",
}
_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_LONGEST_SUBJECT = 200


def default_text(name: str) -> str:
    """A text of templates/indicators/mails, its braces still in place."""
    return get_template(f"indicators/mails/{name}.txt").render().strip()


def unknown_placeholders(text: str) -> list[str]:
    return [f"{{{name}}}" for name in _IN_BRACES.findall(text) if name not in PLACEHOLDERS]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; what they themselves hold in braces stays as it is, and so does `{lien}`."""
    return _IN_BRACES.sub(lambda found: values.get(found[1], found[0]), text)


def values_for(solicitation: Solicitation, *, remaining: int, name: str = "") -> dict[str, str]:
    """What the braces stand for in the mails to an organisation; its link comes when they leave."""
    campaign = solicitation.campaign
    contact = name or solicitation.contact_name
    return {
        "organisme": solicitation.organisation.name,
        "contact": contact or "Madame, Monsieur",
        "periode": period_label(campaign.period),
        "nombre": f"{remaining} valeur{'s' if remaining >= 2 else ''}",
        "date_limite": say_date(last_day_of(solicitation)),
        "coordination": ", ".join(filter(None, (campaign.sender_name, campaign.sender_contact))),
    }


def last_day_of(solicitation: Solicitation) -> dt.date:
    """The last day on which this organisation answers."""
    return timezone.localdate(solicitation.closes_at - dt.timedelta(seconds=1))


def write(
    solicitation: Solicitation,
    *,
    key: str,
    subject: str,
    text: str,
    values: Mapping[str, str],
    link: EntryLink,
    at: dt.datetime,
    due_at: dt.datetime | None = None,
) -> Letter:
    """Write down a mail to the holder of a link; `key` is what it is about, within this solicitation."""
    return outbox.write(
        key=f"{prefix_of(solicitation)}{key}",
        to_email=link.email,
        to_name=link.name,
        subject=fill(subject, values)[:_LONGEST_SUBJECT],
        body=fill(text, values),
        territory=solicitation.campaign.plan.territory,
        at=at,
        due_at=due_at,
        link_path=LINK_PATH,
        link_seed=link.seed,
        reply_to=reply_address(solicitation.campaign),
    )


def prefix_of(solicitation: Solicitation) -> str:
    """How the keys of all letters of a solicitation begin."""
    return f"{prefix_of_campaign(solicitation.campaign)}solicitation-{solicitation.pk}/"


def prefix_of_campaign(campaign: Campaign) -> str:
    return f"campaign-{campaign.pk}/"


def reply_address(campaign: Campaign) -> str:
    """Where answers to the mails go: what says how to join the sender, if it is an address."""
    try:
        validate_email(campaign.sender_contact)
    except ValidationError:
        return ""
    return campaign.sender_contact


def preview(solicitation: Solicitation, *, count: int) -> Iterator[tuple[str, str, str]]:
    """The invitation and the reminder as they will leave: a name, a subject and a text with a false link."""
    campaign = solicitation.campaign
    values = values_for(solicitation, remaining=count) | {"lien": f"{settings.BASE_URL}{LINK_PATH}…"}
    yield "Invitation", fill(campaign.subject, values), fill(campaign.message, values)
    yield "Relance", fill(campaign.reminder_subject, values), fill(campaign.reminder_message, values)
