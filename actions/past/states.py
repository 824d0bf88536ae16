"""What a plan was at the end of a day, as light as a comparison needs."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ..calendar import say
from ..models.status import CAN_BE_LATE
from .rewinding import Steps, day_of


class ActionThen(NamedTuple):
    """An action as it stood; the titles of its headings are those that they had when it left them."""

    pk: int
    number: int
    position: int
    title: str
    status: str
    status_reason: str
    confidence: str
    calendar_text: str
    dates_given: bool
    starts_on: dt.date | None
    ends_on: dt.date | None
    recurring: bool
    ambition: int | None
    theme: int | None
    elected_lead: str
    ambition_title: str
    theme_title: str

    def is_late(self, on: dt.date) -> bool:
        """The rule of `Action.is_late`, which a test holds to be the same."""
        return (
            self.ends_on is not None
            and self.ends_on < on
            and not self.recurring
            and self.status in CAN_BE_LATE
        )

    @property
    def calendar(self) -> str:
        """« 2e semestre 2026 », with the dates when they were given by hand."""
        words = [self.calendar_text] if self.calendar_text else []
        if self.dates_given and self.starts_on and self.ends_on:
            words.append(f"du {say(self.starts_on)} au {say(self.ends_on)}")
        elif self.dates_given and self.starts_on:
            words.append(f"à partir du {say(self.starts_on)}")
        elif self.dates_given and self.ends_on:
            words.append(f"jusqu’au {say(self.ends_on)}")
        if self.recurring:
            words.append("récurrente")
        return ", ".join(words)


class MilestoneThen(NamedTuple):
    pk: int
    action: int
    title: str
    due_on: dt.date | None
    reached_on: dt.date | None


@dataclass(frozen=True)
class Past:
    """What was in the plan at the end of a day; what was in the trash, or not yet made, is not there."""

    on: dt.date
    #: In the order of the plan as it was.
    actions: Mapping[int, ActionThen]
    #: Those of the actions that were there.
    milestones: Mapping[int, MilestoneThen]
    #: What happened since the earliest day that was read, by kind of thing.
    steps: Mapping[str, Steps] = field(repr=False)

    @property
    def day(self) -> dt.date:
        return day_of(self.on)

    @cached_property
    def statuses(self) -> Counter[str]:
        return Counter(action.status for action in self.actions.values())

    @cached_property
    def confidences(self) -> Counter[str]:
        return Counter(action.confidence for action in self.actions.values())

    @cached_property
    def milestones_of(self) -> dict[int, list[MilestoneThen]]:
        of: dict[int, list[MilestoneThen]] = {}
        for milestone in self.milestones.values():
            of.setdefault(milestone.action, []).append(milestone)
        return of

    @property
    def late(self) -> int:
        return sum(action.is_late(self.day) for action in self.actions.values())
