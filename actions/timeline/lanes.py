"""What a lane of the timeline shows of one action: its bar, what was voted before, two milestones at most."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..calendar import ROUGHLY, Period, Precision, late_since, since_words
from ..gists import Gist
from ..models import Status
from .geometry import Axis, Bar
from .wording import span

#: A bar narrower than this has the word of its status beside it.
ROOM_FOR_WORDS = 13


class Step(NamedTuple):
    """A milestone, as light as the timeline needs."""

    title: str
    due_on: dt.date | None
    reached_on: dt.date | None

    def is_missed(self, today: dt.date) -> bool:
        return self.reached_on is None and self.due_on is not None and self.due_on < today


class Written(NamedTuple):
    """What a row of the timeline reads of an action beyond its gist."""

    title: str
    calendar_text: str
    precision: str


@dataclass(frozen=True)
class Stone:
    """A milestone on a lane, its words to the right, or to the left in the second half of the axis."""

    x: float
    y: int
    kind: str
    title: str
    due_on: dt.date

    @property
    def is_missed(self) -> bool:
        return self.kind == "late"

    @property
    def text_y(self) -> int:
        return self.y + 5

    @property
    def reads_leftwards(self) -> bool:
        return self.x > 50


class Row:
    """An action on the timeline, in its lane and in its table."""

    def __init__(
        self, gist: Gist, written: Written, steps: Sequence[Step], voted: tuple[str, Period] | None
    ) -> None:
        self.gist, self.written, self.steps = gist, written, steps
        self.precision = Precision(written.precision) if written.precision else None
        self.voted_text = ""
        self.voted: Period | None = None
        if voted and self._is_later_than(voted[1]):
            self.voted_text, self.voted = voted

    def _is_later_than(self, voted: Period) -> bool:
        """Whether the action was put off, and not only said more precisely."""
        if voted.ends_on is None:
            return False
        return any(
            day is not None and day > voted.ends_on for day in (self.gist.starts_on, self.gist.ends_on)
        )

    @property
    def days(self) -> list[dt.date]:
        """The days that the axis must hold."""
        voted = [self.voted.starts_on, self.voted.ends_on] if self.voted else []
        return [day for day in (self.gist.starts_on, self.gist.ends_on, *voted) if day]

    @property
    def status_label(self) -> str:
        return str(Status(self.gist.status).label)

    @property
    def understood(self) -> str:
        return span(self.gist.starts_on, self.gist.ends_on, self.precision) if self.precision else ""

    @property
    def roughly(self) -> str:
        return ROUGHLY[self.precision] if self.precision and self.understood != "en continu" else ""

    def draw(self, axis: Axis, today: dt.date) -> "Row":
        """Find the place of everything on the axis."""
        self.late_words = ""
        if self.gist.ends_on and self.gist.is_late(today):
            since = since_words(late_since(self.gist.ends_on), self.precision or Precision.DAY)
            self.late_words = f"en retard {since}"
        self.bar = axis.bar(self.gist.starts_on, self.gist.ends_on, self.precision)
        self.ghost = axis.bar(self.voted.starts_on, self.voted.ends_on, Precision.DAY) if self.voted else None
        self.label_side, self.label_x = _label(self.bar) if self.bar else ("in", 0.0)
        self.stones = stones_of(self.steps, axis, today)
        self.missed = {step for step in self.steps if step.is_missed(today)}
        return self

    @property
    def label(self) -> str:
        return f"{self.label_side}-{self.gist.status}"


def _label(bar: Bar) -> tuple[str, float]:
    """The status inside its bar, or beside it where there is room."""
    if bar.width >= ROOM_FOR_WORDS:
        return "in", bar.x
    return ("in", bar.end) if bar.end <= 100 - ROOM_FOR_WORDS else ("before", bar.x)


def stones_of(steps: Iterable[Step], axis: Axis, today: dt.date) -> list[Stone]:
    """The last milestone that was missed, or else reached, and the next one, each on a line of its own."""
    dated = [(step.due_on, step) for step in steps if step.due_on and axis.holds(step.due_on)]
    known = sorted(dated, key=lambda pair: pair[0])
    missed = [pair for pair in known if pair[1].is_missed(today)]
    reached = [pair for pair in known if pair[1].reached_on]
    coming = [(day, step) for day, step in known if not step.reached_on and day >= today]
    chosen = [*(missed or reached)[-1:], *coming[:1]]
    return [
        Stone(axis.at(day), 35 + 18 * line, _kind(step, today), step.title, day)
        for line, (day, step) in enumerate(chosen)
    ]


def _kind(step: Step, today: dt.date) -> str:
    if step.reached_on:
        return "reached"
    return "late" if step.is_missed(today) else "next"
