"""One letter a day at most for each person, written by one command, as often as it runs.

Who gets another mail that day waits for the next one. What she was told is remembered with the letter, in
one transaction, so nothing is told twice and nothing is lost: neither after days without a run, nor when
two runs meet.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from indicators.campaigns.solicitations import mail_time
from indicators.models.campaign import midnight
from partners import outbox
from partners.mail_choices import STOP_PATH, choice_of, digest_prefix, news_prefix
from partners.models import Letter, MailChoice

from .letters import Text, digest_letter, news_letter
from .readers import Reader, read_readers

#: A digest that could not leave on Monday still leaves on the two days after.
LAST_DIGEST_DAY = 2

#: What a person asked for herself does not count as a mail of the day.
_ASKED_FOR = "receipt-"


def write_news(*, at: dt.datetime) -> int:
    """Write what is due to everybody, from eight in the morning on; return how many letters are new."""
    today = timezone.localdate(at)
    if at < mail_time(today):
        return 0
    busy = _written_to(today)
    waiting = (reader for reader in read_readers(at=at) if reader.user.email.lower() not in busy)
    return sum(_write(reader, today, at=at) for reader in waiting)


def _write(reader: Reader, today: dt.date, *, at: dt.datetime) -> bool:
    if is_digest_due(reader, today):
        week_before = reader.from_day(at - dt.timedelta(days=7))
        return _keep(reader, digest_letter(week_before), today, at=at, is_digest=True)
    return reader.wants_news and _keep(reader, news_letter(reader), today, at=at, is_digest=False)


def is_digest_due(reader: Reader, today: dt.date) -> bool:
    """On Monday, or as soon after as no other mail stood in its way; never for what happened since."""
    monday = today - dt.timedelta(days=today.weekday())
    return reader.wants_digest and today.weekday() <= LAST_DIGEST_DAY and reader.since < midnight(monday)


def _keep(reader: Reader, text: Text | None, today: dt.date, *, at: dt.datetime, is_digest: bool) -> bool:
    """Remember what she is told and write the letter, unless another run or her own choice came first."""
    if text is None and not is_digest:
        return False
    user = reader.user
    with transaction.atomic():
        choice = choice_of(user)
        unchanged = MailChoice.objects.filter(
            pk=choice.pk,
            told_until=reader.told_until,
            wants_news=reader.wants_news,
            wants_digest=reader.wants_digest,
        )
        if user.email.lower() in _written_to(today) or not unchanged.update(told_until=reader.until):
            return False
        if text is None:
            return False
        prefix = digest_prefix(user) if is_digest else news_prefix(user)
        outbox.write(
            key=f"{prefix}{today}",
            to_email=user.email,
            to_name=str(user),
            subject=text.subject,
            body=text.body,
            territory=text.territory,
            at=at,
            stop_path=STOP_PATH,
            stop_seed=choice.seed,
        )
    return True


def _written_to(day: dt.date) -> set[str]:
    """The addresses that a mail of the outbox reaches on that day: it left, or is about to, late or not."""
    start, end = midnight(day), midnight(day + dt.timedelta(days=1))
    waits = Q(sent_at=None, due_at__lt=end, attempts__lt=outbox.TRIES)
    letters = Letter.objects.filter(waits | Q(sent_at__gte=start, sent_at__lt=end))
    emails = letters.exclude(key__startswith=_ASKED_FOR).values_list("to_email", flat=True)
    return {email.lower() for email in emails}
