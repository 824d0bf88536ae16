"""A workbook of ours among all the files that people bring, by the stamp that its hidden column bears."""

from dataclasses import replace

from actions.models import Plan
from ctg.documents.workbooks.marks import BUDGET, LONG_TEXTS, NAME, Stamp, read_stamp
from ctg.intake.tables import Place, SourceFile, Table, letters_of
from partners.models import User


def find_stamp(source: SourceFile, *, of_budget: bool = False) -> tuple[Table, Place, Stamp] | None:
    """The first table of actions that bears a stamp of this installation, and where it stands.

    The sheet of the budget goes with such a table: it is found when it is asked for, and alone.
    """
    for table in source.tables:
        for cell in table.cells.values():
            found = read_stamp(cell.text)
            if found and (found.layout == BUDGET) == of_budget:
                return table, cell.place, found
    return None


def plan_of(source: SourceFile, user: User) -> Plan | None:
    """The plan that the workbook went out of, if the user may change it; nothing is said of the others."""
    found = find_stamp(source)
    if found is None:
        return None
    editable = Plan.objects.editable_by(user).select_related("territory")
    return editable.filter(pk=found[2].plan).first()


def without_marks(source: SourceFile) -> SourceFile:
    """The same file as its reader sees it, for whoever reads it as any other: without our hidden columns."""
    columns = {rank: mark_columns(table) for rank, table in enumerate(source.tables)}
    if not any(columns.values()):
        return source
    told = {
        f"«\u00a0{table.name}\u00a0», colonnes masquées, lues aussi\u00a0: {letters_of(column)}."
        for rank, table in enumerate(source.tables)
        for column in columns[rank] | long_text_marks(table)
    }
    tables = tuple(
        _without(table, columns[rank] | long_text_marks(table)) for rank, table in enumerate(source.tables)
    )
    return replace(source, tables=tables, notes=tuple(note for note in source.notes if note not in told))


def mark_columns(table: Table) -> set[int]:
    return {place.column for place, cell in table.cells.items() if cell.text.startswith(NAME)}


def long_text_marks(table: Table) -> set[int]:
    """The columns without title of the sheet « Textes longs »: there is one, unless somebody added some."""
    if table.name != LONG_TEXTS:
        return set()
    titled = {place.column for place in table.cells if place.row == 1}
    return {place.column for place in table.cells} - titled


def _without(table: Table, columns: set[int]) -> Table:
    kept = {place: cell for place, cell in table.cells.items() if place.column not in columns}
    return replace(table, cells=kept) if columns else table
