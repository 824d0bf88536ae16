"""Which mails a person wants, and the link that stops them in one click."""

from django.db import transaction

from . import outbox
from .models import MailChoice, User
from .tokens import digest_of, fresh_seed, token_of

#: What precedes the token in the address that stops the mails; the outbox adds the token.
STOP_PATH = "/courriels/arreter/"


def choice_of(user: User) -> MailChoice:
    """What she chose; both mails as long as she chose nothing."""
    seed = fresh_seed()
    made = {"seed": seed, "digest": digest_of(token_of(seed))}
    choice, _ = MailChoice.objects.get_or_create(user=user, defaults=made)
    return choice


def find_choice(token: str) -> MailChoice | None:
    return MailChoice.objects.filter(digest=digest_of(token)).select_related("user").first()


def choose(choice: MailChoice, *, wants_news: bool, wants_digest: bool) -> None:
    """Write what she wants; what waits to leave and is wanted no more does not leave."""
    with transaction.atomic():
        choice.wants_news, choice.wants_digest = wants_news, wants_digest
        choice.save(update_fields=["wants_news", "wants_digest"])
        if not wants_news:
            outbox.cancel(prefix=news_prefix(choice.user))
        if not wants_digest:
            outbox.cancel(prefix=digest_prefix(choice.user))


def forget_waiting(user: User) -> None:
    """Send no letter that was written under rights that she had."""
    outbox.cancel(prefix=news_prefix(user))
    outbox.cancel(prefix=digest_prefix(user))


def news_prefix(user: User) -> str:
    """How the keys of her letters of news begin; the day follows."""
    return f"news-{user.pk}/"


def digest_prefix(user: User) -> str:
    return f"digest-{user.pk}/"
