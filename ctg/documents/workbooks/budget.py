"""The budget of the actions, one row per line, at the side of the flat table."""

from dataclasses import replace

from ctg.documents.order import Order
from ctg.documents.workbooks.book import Book
from ctg.documents.workbooks.cells import Value
from ctg.documents.workbooks.styles import Style

COLUMNS = {
    **{"N°": 6, "Action": 50, "Année": 8, "Qui finance": 30, "Nature": 30},
    **{"Prévu": 14, "Réalisé": 14, "Commentaire": 40},
}
HEADER = Style(bold=True, fill="F1EEE6", vertical="center")
CELL = Style(wrap=False)
EUROS = replace(CELL, number_format='#,##0.00 "€"')
STYLES = [EUROS if title in ("Prévu", "Réalisé") else CELL for title in COLUMNS]


def write_budget(book: Book, order: Order) -> None:
    """Nothing where the plan keeps no budget; a blank amount is not known."""
    if not order.reading.budget_lines:
        return
    sheet = book.sheet("Budget", widths=list(COLUMNS.values()), repeat_rows=(1, 1), freeze="C2")
    sheet.row(list(COLUMNS), HEADER)
    actions = {action.pk: action for action in order.reading.actions}
    for line in order.reading.budget_lines:
        action = actions[line.action_id]
        row: list[Value] = [action.number, action.title, line.year, line.funder_name, line.nature]
        sheet.row([*row, line.planned, line.actual, line.comment], STYLES)
