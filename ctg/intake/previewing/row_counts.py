"""Every row of a file is told: as an action, as a title, or among what is not taken."""

from collections import defaultdict
from typing import NamedTuple

from ctg.intake.content import ReadPlan
from ctg.intake.layout import Role
from ctg.intake.problems.rows import NO_ACTION
from ctg.intake.tables import SourceFile


class RowCounts(NamedTuple):
    """How many rows of all tables say something: in actions, in titles and headings, in neither."""

    actions: int
    around: int
    reported: int

    @property
    def total(self) -> int:
        return sum(self)


def count_rows(source: SourceFile, read: ReadPlan) -> RowCounts:
    roles: dict[tuple[int, int], set[Role]] = defaultdict(set)
    for spot, role in read.roles.items():
        roles[spot.table, spot.place.row].add(role)
    rows = {(rank, place.row) for rank, table in enumerate(source.tables) for place in table.cells}
    refused = {(one.spot.table, one.spot.place.row) for one in read.leftovers if one.reason in NO_ACTION}
    actions = {row for row in rows - refused if Role.FIELD in roles[row]}
    around = {row for row in rows - refused - actions if roles[row]}
    return RowCounts(len(actions), len(around), len(rows - actions - around))
