"""A problem of a file, as the pages, the command and the annotated copy tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ctg.intake.previewing.annotated import Grade, Problem

from ..content import ReadAction, ReadPlan
from ..layout import Field, Recognised, Spot
from ..tables import Place, SourceFile

#: As much of a cell as a line of the page shows.
SHOWN = 300


@dataclass(frozen=True)
class Found:
    """One problem: where, what stands there, why it is one, and what would be right."""

    grade: Grade
    spot: Spot
    sheet: str
    value: str
    reason: str
    #: The values that are understood, or a corrected example.
    accepted: str = ""
    #: The rank of the action that it is about; None for a row that is no action, or for no row at all.
    action: int | None = None
    #: Whether another number, that the tool would give, is all that it takes.
    is_of_number: bool = False

    @property
    def words(self) -> str:
        return " ".join(filter(None, [self.reason, self.accepted]))

    @property
    def problem(self) -> Problem:
        return Problem(self.spot.table, self.spot.place, self.grade, self.words)


@dataclass(frozen=True)
class Looking:
    """A file that was read, and the plan to which it would add, as far as it says what stands there."""

    source: SourceFile
    recognised: Recognised
    read: ReadPlan

    @cached_property
    def headers(self) -> Mapping[int, int]:
        """The row of the titles of each table."""
        return {one.table: one.header_rows[1] or 1 for one in self.recognised.tables}

    @cached_property
    def columns(self) -> Mapping[tuple[int, Field], int]:
        """The first column of each field in each table."""
        found: dict[tuple[int, Field], int] = {}
        for column in self.recognised.columns:
            if column.field:
                found.setdefault((column.table, column.field), column.column)
        return found

    def spot_of(self, action: ReadAction, *fields: Field) -> Spot | None:
        """The first cell that says one of these fields of an action."""
        return next((spots[0] for field in fields if (spots := action.cells.get(field))), None)

    def title_of(self, action: ReadAction) -> Spot:
        first = next((spots[0] for spots in action.cells.values() if spots), Spot(0, Place(1, 1)))
        return self.spot_of(action, Field.TITLE, Field.NUMBER) or first

    def found(
        self, grade: Grade, spot: Spot, reason: str, accepted: str = "", action: int | None = None
    ) -> Found:
        table = self.source.tables[spot.table]
        cell = table.cells.get(spot.place)
        return Found(grade, spot, table.name, cell.text if cell else "", reason, accepted, action)
