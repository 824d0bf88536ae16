"""A tracked thing written again in another plan, whatever fields it has by then."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, TypeVar

from partners import tracking
from partners.models import Tracked
from partners.tracking import Author

T = TypeVar("T", bound=Tracked)

#: What belongs to one row, and is never that of another.
OWN = {"id", "version", "trashed_at", "trashed_by", "renewed_from"}

#: The column of those that say what they go on from.
ORIGIN = "renewed_from"


@dataclass(frozen=True)
class Copier:
    """Who copies, and the gesture in which all of it is written."""

    by: Author
    at: dt.datetime
    batch: uuid.UUID

    def copy(self, source: T, **differing: Any) -> T:
        """Save the same thing anew, but for what differs: columns, or lists that live outside the row.

        A field that somebody adds to the model one day is copied without a word here.
        """
        columns = {field.name: field.attname for field in source._meta.concrete_fields}
        row = {
            attname: getattr(source, attname)
            for name, attname in columns.items()
            if name not in OWN and name not in differing
        }
        row |= {name: value for name, value in differing.items() if name in columns}
        row |= {ORIGIN: source} if ORIGIN in columns else {}
        links = {
            name: differing[name] if name in differing else source.read_tracked(name)
            for name in source.tracked_fields
            if name not in columns
        }
        # What is empty is so already.
        held = {name: value for name, value in links.items() if value}
        return tracking.create(type(source)(**row), by=self.by, at=self.at, batch=self.batch, links=held)
