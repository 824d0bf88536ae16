"""Tables truly written by openpyxl and python-docx, as people's files come."""

from io import BytesIO

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font


def workbook(source):
    """The same tables, one per sheet, merged and bold where they are."""
    book = Workbook()
    book.remove(book.active)
    for table in source.tables:
        sheet = book.create_sheet(table.name[:31])
        for place, cell in table.cells.items():
            written = sheet.cell(place.row, place.column, int(cell.text) if cell.is_number else cell.text)
            written.font = Font(bold=cell.is_bold)
            if cell.rows > 1 or cell.columns > 1:
                right, below = place.column + cell.columns - 1, place.row + cell.rows - 1
                sheet.merge_cells(
                    start_row=place.row, start_column=place.column, end_row=below, end_column=right
                )
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def document(source, *, paragraphs=()):
    """The same tables, one after the other, under paragraphs; a line of a cell is a paragraph."""
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    for table in source.tables:
        grid = made.add_table(table.height, table.width)
        for place, cell in table.cells.items():
            first = grid.cell(place.row - 1, place.column - 1)
            if cell.rows > 1 or cell.columns > 1:
                first = first.merge(grid.cell(place.row + cell.rows - 2, place.column + cell.columns - 2))
            first.text = cell.text
            for run in (run for paragraph in first.paragraphs for run in paragraph.runs):
                run.bold = cell.is_bold
        made.add_paragraph()
    content = BytesIO()
    made.save(content)
    return content.getvalue()
