"""Read an exported plan as two other programs do."""

import datetime as dt
import zipfile
from io import BytesIO

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from ctg.documents.exports import Layout, export_plan
from ctg.documents.workbooks.marks import NAME

TODAY = dt.date(2026, 11, 22)


def thematic(plan, *, follow_up=False):
    return export_plan(plan, Layout.THEMATIC, with_follow_up=follow_up, today=TODAY).content


def strategic(plan, *, follow_up=False):
    return export_plan(plan, Layout.STRATEGIC, with_follow_up=follow_up, today=TODAY).content


def first_sheet(content, **options):
    return load_workbook(BytesIO(content), **options).worksheets[0]


def by_openpyxl(content):
    rows = [["" if value is None else value for value in row] for row in first_sheet(content).values]
    return without_mark(rows)


def by_calamine(content):
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return without_mark(book.get_sheet_by_index(0).to_python(skip_empty_area=False))


def without_mark(rows):
    """The columns that are seen: the hidden one, at the right, says where the workbook comes from."""
    marked = any(str(row[-1]).startswith(NAME) for row in rows)
    return [row[:-1] for row in rows] if marked else rows


READERS = (by_openpyxl, by_calamine)


def table(content, header_row):
    """Return the rows under the header as dictionaries, merged cells repeated."""
    sheet = first_sheet(content)
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
        value = sheet.cell(area.min_row, area.min_col).value
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                sheet.cell(row, column).value = value
    values = [["" if value is None else value for value in row] for row in sheet.values]
    titles, *rows = without_mark(values)[header_row - 1 :]
    return [dict(zip(titles, row, strict=True)) for row in rows]


def xml_of(content):
    with zipfile.ZipFile(BytesIO(content)) as file:
        return b"\n".join(file.read(name) for name in file.namelist())
