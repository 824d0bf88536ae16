"""Tables as the readers make them, from rows written one under the other."""

from openpyxl.utils import range_boundaries

from ctg.intake.tables import Cell, Place, SourceFile, Table


def table(name, rows, *, merges=(), bold=(), bold_columns=(), first_row=1, first_column=1, after=0):
    """`rows` hold texts, numbers or None; `merges` are ranges of the table as it stands, « A1:C1 ».

    `after` counts the paragraphs of a document that stand before the table.
    """
    spans = {}
    for merge in merges:
        left, top, right, bottom = range_boundaries(merge)
        spans[top, left] = (bottom - top + 1, right - left + 1)
    cells = {}
    for row, values in enumerate(rows, first_row):
        for column, value in enumerate(values, first_column):
            if value in (None, ""):
                continue
            place = Place(row, column)
            height, width = spans.get((row, column), (1, 1))
            cells[place] = Cell(
                *(place, str(value), height, width, row in bold or column in bold_columns),
                is_number=isinstance(value, int | float),
            )
    return Table(name, cells, after=after)


def source(*tables, name="plan.xlsx"):
    return SourceFile(name, tables)
