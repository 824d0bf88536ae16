"""Write what a page of the entry grid changed: each value for itself, all as one gesture."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction

from partners.tracking import Author, Conflict

from ..models import Channel, Measurement
from ..values.entry import NotNow, answer, submit
from ..values.locking import Locked, Locks
from .lines import Line


class Outcome(NamedTuple):
    written: list[Measurement]
    #: The keys of the slots of which nothing was written.
    refused: set[str]


class Entered(NamedTuple):
    """What a person typed in one row, over the version `seen` of its value."""

    line: Line
    values: Mapping[str, Any]
    seen: int


def enter(
    rows: Iterable[Entered],
    *,
    channel: Channel,
    year: int,
    by: Author,
    at: dt.datetime,
    locks: Locks,
    is_sent: bool,
) -> Outcome:
    """Answer for each row; with `is_sent`, send what an organisation answers rather than keep it as drafts.

    A row is refused when its period was closed, its value validated or its fields written by somebody
    else in the very meantime; reading the rows again tells which.
    """
    batch, outcome = uuid.uuid4(), Outcome([], set())
    with transaction.atomic():
        for line, values, seen in rows:
            try:
                value = answer(
                    line.indicator,
                    line.organisation,
                    line.slot.period,
                    values,
                    year=year,
                    channel=channel,
                    by=by,
                    at=at,
                    seen=seen,
                    batch=batch,
                    locks=locks,
                )
            except (Conflict, Locked, NotNow):
                outcome.refused.add(line.slot.key)
            else:
                outcome.written.append(value)
        if is_sent:
            submit(outcome.written, by=by, at=at, batch=batch)
    return outcome
