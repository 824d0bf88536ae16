"""Hand the entry over to a colleague, who gets a link of her own to the same draft."""

from django.db import transaction
from django.template.loader import get_template
from django.utils import timezone

from partners import outbox, tracking

from ..campaigns import links, mails
from ..models import EntryLink
from .answering import Answerer
from .asking import progress_of, read_asks

#: How many colleagues a solicitation may be handed over to: a link must not become a way to write to anybody.
MOST = 5
TOO_MANY = f"{MOST} collègues ont déjà un lien\u00a0: demandez à la coordination."


class TooMany(Exception):
    pass


def hand_over(answerer: Answerer, *, name: str, email: str) -> EntryLink:
    """Write to the colleague, at most once a day; raise `TooMany` beyond what one organisation needs."""
    solicitation, at = answerer.solicitation, answerer.at
    with transaction.atomic():
        # Held, so that the links are counted by one request at a time.
        tracking.lock(solicitation)
        others = solicitation.links.exclude(email__iexact=solicitation.contact_email)
        if others.exclude(email__iexact=email).count() >= MOST:
            raise TooMany
        link = links.link_for(solicitation, email=email, name=name, by=answerer.by, at=at)
        remaining = progress_of(read_asks(solicitation, at=at))
        values = mails.values_for(solicitation, remaining=remaining.asked - remaining.sent, name=name)
        mails.write(
            solicitation,
            key=f"hand-over-{link.pk}/{timezone.localdate(at)}",
            subject="À vous de saisir\u00a0: {organisme}",
            text=get_template("indicators/answer_handed_over.txt").render(),
            values=values | {"confie_par": answerer.by.label},
            link=link,
            at=at,
        )
        outbox.deliver_soon()
    return link
