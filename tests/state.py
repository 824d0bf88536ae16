"""What the database holds, reduced to something that can be compared."""

import hashlib

from django.apps import apps
from django.db import connection

#: What reading may renew: when a session was last seen, and when it will end.
RENEWED = {"partners_session": {"session_data", "expire_date", "seen_at"}, "partners_user": {"last_login"}}


def state_of(*, only=None):
    """A fingerprint of every table by its name, links between things included; `only` keeps some tables."""
    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.db_table: _fingerprint(model)
        for model in models
        if only is None or model._meta.db_table in only
    }


def difference(before, after):
    """The tables that are not what they were."""
    return sorted(table for table in before if before[table] != after[table])


def _fingerprint(model):
    table = model._meta.db_table
    columns = [
        field.column for field in model._meta.concrete_fields if field.column not in RENEWED.get(table, ())
    ]
    with connection.cursor() as cursor:
        quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
        cursor.execute(f"SELECT {quoted} FROM {connection.ops.quote_name(table)} ORDER BY 1")
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
