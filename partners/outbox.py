"""Mails that are written with what they tell, and sent afterwards, each once.

A letter is written in the transaction of the gesture that it announces, so it exists exactly when that
gesture does. Sending claims one letter at a time in a transaction of its own, sends it, then marks it: a
process that dies in between leaves a claim that ends after `LEASE`, and the letter is taken up again under
the same Message-ID.
"""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from smtplib import SMTPDataError, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Letter, Territory
from .tokens import token_of

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=10)
TRIES = 8
FIRST_DELAY = dt.timedelta(minutes=5)
LONGEST_DELAY = dt.timedelta(days=1)

#: What stands in a body for the address of a personal link.
LINK = "{lien}"

#: How a body that can be stopped ends.
STOP = "Ne plus recevoir ces courriels\u00a0: "


def write(
    *,
    key: str,
    to_email: str,
    to_name: str,
    subject: str,
    body: str,
    territory: Territory | None,
    at: dt.datetime,
    due_at: dt.datetime | None = None,
    link_path: str = "",
    link_seed: str = "",
    reply_to: str = "",
    stop_path: str = "",
    stop_seed: str = "",
) -> Letter:
    """Write down a mail to send from `due_at` on, at once without it; the same `key` twice is one letter."""
    content = {"to_email": to_email, "to_name": to_name, "subject": subject, "body": body}
    links = {"link_path": link_path, "link_seed": link_seed, "stop_path": stop_path, "stop_seed": stop_seed}
    rest = {"territory": territory, "written_at": at, "due_at": due_at or at, "reply_to": reply_to}
    letter, _ = Letter.objects.get_or_create(key=key, defaults=content | links | rest)
    return letter


def deliver(*, at: dt.datetime, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Send what is due, and return how many letters left. Never call it inside a transaction.

    `goes_on` is asked before each letter; when it says no, the others wait for the next call.
    """
    now = _clock(at)
    server = mail.get_connection()
    sent = 0
    try:
        while goes_on() and (letter := _claim(now())):
            try:
                server.open()
                _message(letter, server).send()
            except Exception as error:  # Whatever is wrong with one letter must not hold up the others.
                _put_off(letter, error, now())
                server.close()
                if _is_away(error):
                    break  # The others wait without losing a try.
            else:
                Letter.objects.filter(pk=letter.pk).update(sent_at=now(), claimed_at=None, last_error="")
                sent += 1
    finally:
        server.close()
    return sent


def deliver_soon() -> None:
    """Send what is due once the transaction is committed, without holding up whoever waits for the page."""
    if settings.OUTBOX_IN_BACKGROUND:
        transaction.on_commit(_wake)


def unsent(*, prefix: str) -> QuerySet[Letter]:
    """The letters whose keys begin so and that failed at least once; `given_up` tells those left alone."""
    return Letter.objects.filter(key__startswith=prefix, sent_at=None).exclude(last_error="")


def given_up(letter: Letter) -> bool:
    return letter.sent_at is None and letter.attempts >= TRIES


def cancel(*, prefix: str, link_seed: str = "") -> None:
    """Forget the letters that did not leave: what they announce, or the link they carry, holds no more."""
    waiting = Letter.objects.filter(key__startswith=prefix, sent_at=None, claimed_at=None)
    (waiting.filter(link_seed=link_seed) if link_seed else waiting).delete()


def _claim(now: dt.datetime) -> Letter | None:
    """Take a letter that is due and that nobody holds; two processes never take the same."""
    is_free = Q(claimed_at=None) | Q(claimed_at__lte=now - LEASE)
    due = Letter.objects.filter(is_free, sent_at=None, due_at__lte=now, attempts__lt=TRIES)
    while (pk := due.values_list("pk", flat=True).first()) is not None:
        with transaction.atomic(durable=True):
            if due.filter(pk=pk).update(claimed_at=now, attempts=F("attempts") + 1):
                return Letter.objects.get(pk=pk)
    return None


def _put_off(letter: Letter, error: Exception, now: dt.datetime) -> None:
    logger.warning("Letter %s did not leave (try %s)", letter.pk, letter.attempts, exc_info=error)
    delay = min(FIRST_DELAY * 4 ** (letter.attempts - 1), LONGEST_DELAY)
    said = f"{type(error).__name__} : {error}"[:500]
    Letter.objects.filter(pk=letter.pk).update(claimed_at=None, due_at=now + delay, last_error=said)


def _is_away(error: Exception) -> bool:
    """Whether the server itself does not answer, rather than refuse this letter."""
    return isinstance(error, OSError) and not isinstance(error, SMTPRecipientsRefused | SMTPDataError)


def _message(letter: Letter, server: BaseEmailBackend) -> mail.EmailMessage:
    body = letter.body
    headers = {"Message-ID": message_id(letter), "Auto-Submitted": "auto-generated"}
    if letter.link_seed:
        body = body.replace(LINK, _address(letter.link_path, letter.link_seed))
    if letter.stop_seed:
        stop = _address(letter.stop_path, letter.stop_seed)
        body = f"{body.rstrip()}\n\n{STOP}{stop}\n"
        # RFC 8058: the mail program shows a button, and posts to this address when it is pressed.
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail.EmailMessage(
        subject=letter.subject,
        body=body,
        to=[letter.to_email],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
        connection=server,
    )


def _address(path: str, seed: str) -> str:
    return f"{settings.BASE_URL}{path}{token_of(seed)}/"


def message_id(letter: Letter) -> str:
    """The same at each try: what was sent just before a crash is recognised when it is sent again."""
    digest = salted_hmac("partners.outbox", letter.key, algorithm="sha256").hexdigest()
    return f"<{digest[:40]}@{urlsplit(settings.BASE_URL).hostname}>"


def _clock(at: dt.datetime) -> Callable[[], dt.datetime]:
    """What time it is, by who called: sending many letters takes longer than a claim lasts."""
    started = time.monotonic()
    return lambda: at + dt.timedelta(seconds=time.monotonic() - started)


_room = threading.Lock()
_asked = threading.Event()


def _wake() -> None:
    _asked.set()
    # Not a daemon: a process that ends waits for the letter in hand, which would else stay claimed.
    threading.Thread(target=_work, name="outbox").start()


def _work() -> None:
    """Send, one thread at a time: who finds the room taken leaves her request to whoever is inside."""
    while _asked.is_set() and _room.acquire(blocking=False):
        try:
            _asked.clear()
            deliver(at=timezone.now(), goes_on=threading.main_thread().is_alive)
        except Exception:  # The command that runs beside will send what stays.
            logger.exception("The letters did not leave")
        finally:
            connection.close()
            _room.release()
