"""What somebody asks of a plan, whichever the format that it will have."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from actions.models import Plan
from ctg.documents.plan_reading import PlanReading
from ctg.documents.selection import Selection


class Layout(StrEnum):
    """The two source documents; the value is the word that addresses, commands and file names use."""

    STRATEGIC = "strategique"
    THEMATIC = "thematique"


@dataclass(frozen=True)
class Order:
    """`selection` is what filters keep of the plan; `as_list` asks for one line per action, no more.

    `read` is a reading made already, for several documents that must say the same whatever happens meanwhile.
    """

    plan: Plan
    layout: Layout
    today: dt.date
    with_follow_up: bool = False
    selection: Selection | None = None
    as_list: bool = False
    read: PlanReading | None = None

    @cached_property
    def reading(self) -> PlanReading:
        return self.read or PlanReading(self.plan, self.selection.kept if self.selection else None)

    @property
    def filters(self) -> str:
        """« 3 actions sur 17 : En cours », to print on the document, or nothing."""
        return self.selection.sentence if self.selection else ""
