"""The tables that a plan publishes, and their rows."""

from .columns import Cell, Table
from .figure_tables import FIGURES, INDICATORS
from .plan_tables import ACTIONS, MILESTONES, PLAN
from .rows import OpenData

#: The tables that are files, in the order in which one reads them.
TABLES = (ACTIONS, MILESTONES, INDICATORS, FIGURES)


def rows_of(table: Table, data: OpenData) -> list[list[Cell]]:
    """The cells of a table, row by row."""
    rows = {
        PLAN.name: [data.plan],
        ACTIONS.name: data.actions,
        MILESTONES.name: data.milestones,
        INDICATORS.name: data.indicators,
        FIGURES.name: data.figures,
    }[table.name]
    return [[column.read(row) for column in table.columns] for row in rows]
