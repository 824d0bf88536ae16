"""Workbooks of a plan on their way out and back, edited in between as a spreadsheet would."""

import datetime as dt
import random
from io import BytesIO

from openpyxl import Workbook, load_workbook

from ctg.documents.exports import Layout, export_plan, export_table
from ctg.documents.workbooks.marks import NAME
from ctg.intake.reading.direct import read_file
from ctg.intake.returned.comparing import Comparison

TODAY = dt.date(2026, 11, 22)


def _plan_in(layout, *, with_follow_up):
    return lambda plan, **options: (
        export_plan(plan, layout, with_follow_up=with_follow_up, today=TODAY, **options).content
    )


EXPORTS = {
    "strategic": _plan_in(Layout.STRATEGIC, with_follow_up=False),
    "strategic, followed": _plan_in(Layout.STRATEGIC, with_follow_up=True),
    "thematic": _plan_in(Layout.THEMATIC, with_follow_up=False),
    "thematic, followed": _plan_in(Layout.THEMATIC, with_follow_up=True),
    "flat": lambda plan, **options: export_table(plan, today=TODAY, **options).content,
}
flat = EXPORTS["flat"]


def diff_of(content, plan):
    return Comparison(read_file(content, "plan.xlsx"), plan).diff


def values_of(diff):
    """What each line would write, by its key."""
    return {line.key: dict(line.values) for line in diff.lines}


class Edited:
    """An export opened by another program; the columns of a sheet, the first one, go by their titles."""

    def __init__(self, content, sheet=None):
        self.book = load_workbook(BytesIO(content))
        self.sheet = self.book[sheet] if sheet else self.book.worksheets[0]
        self.header = next(
            row
            for row in range(1, 9)
            if str(self.sheet.cell(row, self.sheet.max_column).value).startswith(NAME)
        )
        self.titles = {
            self.sheet.cell(self.header, column).value: column for column in range(1, self.sheet.max_column)
        }

    def cell(self, row, title):
        """The cell of the row that stands so far under the titles, the first is 1."""
        column = title if isinstance(title, int) else self.titles[title]
        return self.sheet.cell(self.header + row, column)

    def write(self, row, title, value):
        cell = self.cell(row, title)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"

    @property
    def content(self):
        file = BytesIO()
        self.book.save(file)
        return file.getvalue()


def shuffled(content, seed, *, rows=True):
    """The first sheet with its columns, and its rows, in any order, in a file without any style."""
    chance = random.Random(seed)
    source = load_workbook(BytesIO(content))
    book = Workbook()
    book.remove(book.active)
    for rank, sheet in enumerate(source.worksheets):
        copy = book.create_sheet(sheet.title)
        lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
        if rank == 0:
            order = list(range(len(lines[0])))
            chance.shuffle(order)
            head, *body = [[line[column] for column in order] for line in lines]
            if rows:
                chance.shuffle(body)
            lines = [head, *body]
        for number, line in enumerate(lines, 1):
            for column, value in enumerate(line, 1):
                cell = copy.cell(number, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
    file = BytesIO()
    book.save(file)
    return file.getvalue()
