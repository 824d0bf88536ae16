"""A form sent twice is received once."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation
from django.db import models, transaction

from .models import Receipt, User

T = TypeVar("T", bound=models.Model)


def once(token: uuid.UUID, user: User, make: Callable[[], T], found: Callable[[int], T]) -> tuple[T, bool]:
    """What `make` makes, the first time that `user` sends `token`; later, what it made then (by `found`).

    Fifty identical requests at once make one thing: the unique token makes the others wait for it.
    The second value tells whether it was made now.
    """
    with transaction.atomic():
        receipt, is_new = Receipt.objects.get_or_create(token=token, defaults={"user": user})
        if receipt.user_id != user.pk:
            raise ForeignToken
        if not is_new and receipt.object_id is not None:
            try:
                return found(receipt.object_id), False
            except ObjectDoesNotExist as error:
                raise ForeignToken from error
        made = make()
        receipt.object_id = made.pk
        receipt.save(update_fields=["object_id"])
    return made, True


def made_with(token: str | None, user: User) -> int | None:
    """The key of what `user` made with `token`, if anything.

    Ask it of a form that is refused: sent again, a form often contradicts what it made the first time.
    """
    with suppress(ValueError, TypeError):
        return (
            Receipt.objects.filter(token=uuid.UUID(token), user=user)
            .values_list("object_id", flat=True)
            .first()
        )
    return None


class ForeignToken(SuspiciousOperation):
    """The token of another person or of another form was sent: it is copied, never the result of a slip."""


def fresh_token() -> Any:
    return uuid.uuid4()
