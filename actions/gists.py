"""Actions and those who carry them, as light as filters and counts need: 2,000 are read at once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from .models import Status
from .models.status import CAN_BE_LATE


class Gist(NamedTuple):
    """As much of an action as filters and counts need."""

    pk: int
    number: int
    status: str
    confidence: str
    priority: int | None
    ambition: int | None
    theme: int | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    recurring: bool
    #: Since when what blocks it stands, if anything does.
    blocked_since: dt.date | None
    last_news_on: dt.date | None
    #: After how many days without news its plan calls it silent.
    silent_days: int
    #: What it says in the fields of the plan, by their names.
    custom_values: Mapping[str, Any]

    @property
    def is_blocked(self) -> bool:
        return self.blocked_since is not None

    def is_late(self, today: dt.date) -> bool:
        """The rule of `Action.is_late`, which a test holds to be the same."""
        return (
            self.ends_on is not None
            and self.ends_on < today
            and not self.recurring
            and self.status in CAN_BE_LATE
        )

    def is_silent(self, today: dt.date) -> bool:
        """An action under way of which nothing was heard for a while."""
        if self.status != Status.ONGOING:
            return False
        return self.last_news_on is None or (today - self.last_news_on).days > self.silent_days


class Carrier(NamedTuple):
    """An organisation that carries an action, as pages name it."""

    organisation: int
    name: str
    part: str
