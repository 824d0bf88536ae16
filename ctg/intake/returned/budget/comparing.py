"""What the sheet « Budget » of a returned workbook changes, action by action."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ctg.documents.workbooks.marks import BUDGET_SHEET
from ctg.intake.returned.reading import Returned
from ctg.intake.returned.reasons import ADDED_COLUMNS, LOST_COLUMN, ON_SHEET, UNREAD_SHEET
from ctg.intake.returned.recognising import mark_columns
from ctg.intake.returned.shapes import Group, Line, Untaken
from ctg.intake.returned.standing import Standing

from .additions import BudgetAdditions
from .naming import Naming
from .rows import BudgetRows, label_of


@dataclass(frozen=True)
class BudgetDiff:
    groups: Sequence[Group]
    untaken: Sequence[Untaken]
    notes: Sequence[str]


def compare_budget(actions: Returned, standing: Standing) -> BudgetDiff:
    """`actions` is the table of the same workbook, whose plan is that of `standing`."""
    returned = _sheet(actions)
    notes = list(_unread(actions, returned))
    if returned is None:
        return BudgetDiff([], [], notes)
    rows = BudgetRows(returned, standing)
    additions = BudgetAdditions(rows, Naming(actions, standing))
    lines = [*rows.lines(), *rows.absent(), *additions.lines()]
    return BudgetDiff(list(_grouped(lines, standing)), rows.untaken, [*notes, *_columns(returned)])


def _sheet(actions: Returned) -> Returned | None:
    try:
        returned = Returned(actions.source, of_budget=True)
    except LookupError:
        return None
    return returned if returned.stamp.plan == actions.stamp.plan else None


def _grouped(lines: Sequence[Line], standing: Standing) -> Iterator[Group]:
    by_action: dict[int | None, list[Line]] = defaultdict(list)
    for line in lines:
        by_action[line.thing.place().action_id].append(line)
    for pk, action in standing.actions.items():
        if pk in by_action:
            yield Group(f"Budget – {action}", by_action[pk], action.get_absolute_url())


def _unread(actions: Returned, returned: Returned | None) -> Iterator[str]:
    """The sheets where somebody may have written for nothing: without mark, or after another of the kind."""
    read = [one.table for one in (actions, returned) if one]
    for table in actions.source.tables:
        if not any(table is one for one in read) and (table.name == BUDGET_SHEET or mark_columns(table)):
            yield UNREAD_SHEET.format(table.name)


def _columns(returned: Returned) -> Iterator[str]:
    told = [LOST_COLUMN.format(label_of(key)) for key in returned.lost]
    if added := returned.added:
        told.append(ADDED_COLUMNS.format(", ".join(added)))
    yield from (ON_SHEET.format(returned.table.name, words) for words in told)
