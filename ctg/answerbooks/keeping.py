"""What was read of a file, kept between the moment it is dropped and the one it is taken in."""

import datetime as dt
from typing import Any

from ctg.answerbooks.models.brought import Brought
from ctg.intake.reading.wire import read_answer, write_answer
from ctg.intake.tables import SourceFile
from partners.models import User

#: How long what was dropped is kept.
KEPT = dt.timedelta(days=30)


def kept_of(source: SourceFile, *, user: User | None, at: dt.datetime) -> dict[str, Any]:
    """The fields of what is kept of a file."""
    tables = "\n".join(write_answer(source))
    name = source.name[:200] or "Tableau collé"
    return {"name": name, "tables": tables, "dropped_by": user, "dropped_at": at}


def source_of(brought: Brought) -> SourceFile:
    return read_answer(brought.tables.encode().splitlines(), brought.name)
