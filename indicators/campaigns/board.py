"""Where a campaign stands, organisation by organisation and value by value."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import groupby

from partners import outbox
from partners.models import Letter

from ..models import EntryLink, Indicator, Measurement, Question, Solicitation, State
from ..models.measurement import SHOWN
from ..periods import period_label, read_period
from ..values.wording import say_value


class Mark(Enum):
    """What a cell of the board says; the value names the shape that goes with the word."""

    TODO = "planned"
    DRAFT = "ongoing"
    RETURNED = "returned"
    RECEIVED = "received"
    VALIDATED = "done"
    ABSENT = "none"

    @property
    def label(self) -> str:
        return _WORDS[self]


_WORDS = {
    Mark.TODO: "à faire",
    Mark.DRAFT: "brouillon",
    Mark.RETURNED: "retournée",
    Mark.RECEIVED: "reçue",
    Mark.VALIDATED: "validée",
    Mark.ABSENT: "non disponible",
}
_MARKS = {
    State.DRAFT: Mark.DRAFT,
    State.RETURNED: Mark.RETURNED,
    State.SUBMITTED: Mark.RECEIVED,
    State.VALIDATED: Mark.VALIDATED,
}


@dataclass(frozen=True)
class Cell:
    """A question to one organisation, and its answer as it stands."""

    solicitation: Solicitation
    question: Question
    measurement: Measurement | None
    before: Measurement | None
    surprise: str

    @cached_property
    def mark(self) -> Mark:
        if self.measurement is None or (self.measurement.state == State.DRAFT and self.measurement.is_empty):
            return Mark.TODO
        if self.measurement.absence and self.is_received:
            return Mark.ABSENT
        return _MARKS[State(self.measurement.state)]

    @cached_property
    def is_received(self) -> bool:
        return self.measurement is not None and self.measurement.state in SHOWN

    @cached_property
    def is_to_review(self) -> bool:
        return self.measurement is not None and self.measurement.state == State.SUBMITTED

    @property
    def is_normal(self) -> bool:
        """Sent, and nothing in it surprises."""
        return self.is_to_review and not self.surprise

    @property
    def said(self) -> str:
        return say_value(self.question.indicator, self.measurement) if self.measurement else ""

    @property
    def said_before(self) -> str:
        """The value of a year before: « 2025 : 96 personnes »."""
        if self.before is None:
            return ""
        return f"{period_label(self.before.period)}\u00a0: {say_value(self.question.indicator, self.before)}"

    @property
    def period(self) -> str:
        """The period, when it is not that of the whole campaign."""
        is_whole = self.question.period == self.solicitation.campaign.period
        return "" if is_whole or not read_period(self.question.period) else period_label(self.question.period)


@dataclass(frozen=True)
class Row:
    """The cells of one organisation, or those of one indicator."""

    cells: Sequence[Cell]
    solicitation: Solicitation | None = None
    link: EntryLink | None = None
    #: The mail to this organisation that did not leave, if any.
    stuck: Letter | None = None

    @property
    def indicator(self) -> Indicator:
        return self.cells[0].question.indicator

    @property
    def is_given_up(self) -> bool:
        return self.stuck is not None and outbox.given_up(self.stuck)

    @property
    def lacks_contact(self) -> bool:
        return self.solicitation is not None and not self.solicitation.contact_email

    @cached_property
    def received(self) -> int:
        return sum(cell.is_received for cell in self.cells)

    @cached_property
    def to_review(self) -> int:
        return sum(cell.is_to_review for cell in self.cells)

    @property
    def is_complete(self) -> bool:
        return self.received == len(self.cells)

    @property
    def normal(self) -> int:
        return sum(cell.is_normal for cell in self.cells)

    @cached_property
    def has_started(self) -> bool:
        return any(cell.mark != Mark.TODO for cell in self.cells)

    @property
    def tally(self) -> list[tuple[Mark, int]]:
        counts = Counter(cell.mark for cell in self.cells)
        return [(mark, counts[mark]) for mark in Mark if counts[mark]]


@dataclass(frozen=True)
class Board:
    """All that a campaign asks, by organisation."""

    rows: Sequence[Row]

    @cached_property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def asked(self) -> int:
        return len(self.cells)

    @cached_property
    def received(self) -> int:
        return sum(row.received for row in self.rows)

    @cached_property
    def to_review(self) -> int:
        return sum(row.to_review for row in self.rows)

    @cached_property
    def normal(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_normal]

    @property
    def not_started(self) -> int:
        return sum(not row.has_started for row in self.rows)

    def by_indicator(self) -> list[Row]:
        def rank(cell: Cell) -> tuple[int, int]:
            return cell.question.indicator.position, cell.question.indicator_id

        return [Row(list(cells)) for _, cells in groupby(sorted(self.cells, key=rank), key=rank)]
