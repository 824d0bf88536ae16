"""Send what an organisation has answered, and write the receipt of it."""

import uuid

from django.db import transaction
from django.template.loader import render_to_string

from partners import outbox

from ..campaigns.links import LINK_PATH
from ..campaigns.mails import reply_address
from ..values import entry
from .answering import Answerer
from .asking import Ask, progress_of, read_asks


def send(answerer: Answerer) -> list[Ask]:
    """Send every answer that is ready, and return them; the same form sent again sends nothing more."""
    batch = uuid.uuid4()
    with transaction.atomic():
        asks = read_asks(answerer.solicitation, at=answerer.at)
        ready = [ask.measurement for ask in asks if ask.is_to_send and ask.measurement]
        moved = {one.pk for one in entry.submit(ready, by=answerer.by, at=answerer.at, batch=batch)}
        sent = [ask for ask in asks if ask.measurement and ask.measurement.pk in moved]
        if sent and answerer.email:
            _write_receipt(answerer, asks, sent, batch)
    return sent


def _write_receipt(answerer: Answerer, asks: list[Ask], sent: list[Ask], batch: uuid.UUID) -> None:
    solicitation, link = answerer.solicitation, answerer.link
    context = {
        "answerer": answerer,
        "solicitation": solicitation,
        "sent": sent,
        "empty": [ask for ask in asks if not ask.is_answered],
        "progress": progress_of(asks),
    }
    count = f"{len(sent)} réponse{'s' if len(sent) >= 2 else ''}"
    outbox.write(
        key=f"receipt-{solicitation.pk}/{batch}",
        to_email=answerer.email,
        to_name=answerer.person,
        subject=f"Reçu\u00a0: {count} pour {solicitation.organisation}"[:200],
        body=render_to_string("indicators/answer_receipt.txt", context),
        territory=solicitation.campaign.plan.territory,
        at=answerer.at,
        link_path=LINK_PATH if link else "",
        link_seed=link.seed if link else "",
        reply_to=reply_address(solicitation.campaign),
    )
    outbox.deliver_soon()
