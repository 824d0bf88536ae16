from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from .models import User


@register(Tags.database)
def no_demonstration_account(*, databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """Refuse the database of a demonstration elsewhere; `migrate` and `check --database default` ask."""
    if settings.DEMO:
        return []
    return [_found(name) for name in databases or () if _holds_one(name)]


def _holds_one(database: str) -> bool:
    # The first migration of all is checked before the table exists.
    if User._meta.db_table not in connections[database].introspection.table_names():
        return False
    return User.objects.using(database).filter(is_demo=True).exists()


def _found(database: str) -> CheckMessage:
    return Error(
        "Cette base contient les comptes de la démonstration.",
        hint="Donnez une autre base à cette installation (CTG_DATA_DIR ou DATABASE_URL), ou lancez bin/demo.",
        obj=database,
        id="partners.E001",
    )
