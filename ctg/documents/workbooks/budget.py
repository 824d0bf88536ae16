"""The budget of the actions, one row per line, at the side of the flat table."""

from dataclasses import replace

from ctg.documents.order import Order
from ctg.documents.workbooks.book import Book
from ctg.documents.workbooks.cells import Value
from ctg.documents.workbooks.marks import BUDGET, BUDGET_SHEET, Thing, row_mark, stamp
from ctg.documents.workbooks.plan_table import Column
from ctg.documents.workbooks.styles import Style

COLUMNS = (
    *(Column("N°", 6, key="number"), Column("Action", 50, key="title")),
    *(Column("Année", 8, key="year"), Column("Qui finance", 30, key="funder")),
    Column("Nature", 30, key="nature"),
    *(Column("Prévu", 14, key="planned"), Column("Réalisé", 14, key="actual")),
    Column("Commentaire", 40, key="comment"),
)
HEADER = Style(bold=True, fill="F1EEE6", vertical="center")
CELL = Style(wrap=False)
EUROS = replace(CELL, number_format='#,##0.00 "€"')
STYLES = [EUROS if column.key in ("planned", "actual") else CELL for column in COLUMNS]


def write_budget(book: Book, order: Order) -> None:
    """Nothing where the plan keeps no budget; a blank amount is not known."""
    lines = order.reading.budget_lines
    if not lines:
        return
    widths = [column.width for column in COLUMNS]
    sheet = book.sheet(BUDGET_SHEET, widths=widths, repeat_rows=(1, 1), freeze="C2", marked=True)
    keys = [(column.key, column.title) for column in COLUMNS]
    told = stamp(order.plan.pk, BUDGET, order.today, (line.pk for line in lines), keys)
    sheet.row([column.title for column in COLUMNS], HEADER, mark=told)
    actions = {action.pk: action for action in order.reading.actions}
    for line in lines:
        action = actions[line.action_id]
        row: list[Value] = [action.number, action.title, line.year, line.funder_name, line.nature]
        row += [line.planned, line.actual, line.comment]
        things = [Thing("budgetline", line.pk, line.version), Thing("action", action.pk, action.version)]
        sheet.row(row, STYLES, mark=row_mark(things, row))
