"""The file that somebody dropped, given back as a workbook that says in its cells what is wrong with them.

It can be corrected and dropped again: the column that was added bears `TITLE`, which tells it from theirs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell as Written
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ctg.documents.workbooks.book import FORBIDDEN_IN_TITLE, MAX_HEIGHT, MAX_TITLE
from ctg.documents.workbooks.cells import excel_keeps, looks_like_formula
from ctg.documents.workbooks.styles import FONT
from ctg.intake.reading.limits import MOST_COLUMNS, MOST_SIGNS
from ctg.intake.tables import PROBLEMS, Cell, Place, SourceFile, Table

TITLE = PROBLEMS
_AUTHOR = "Plan CTG"
_WIDTHS = (10, 50)
_LINE = 15  # points
_BOLD = Font(name=FONT, size=11, bold=True)
_TOP = Alignment(vertical="top", wrap_text=True)


class Grade(Enum):
    """How much a problem weighs; the value is how it is named."""

    CRITICAL = "Critique"
    ERROR = "Erreur"
    WARNING = "Avertissement"


_FILLS = {
    Grade.CRITICAL: PatternFill("solid", fgColor="F4B6AE"),
    Grade.ERROR: PatternFill("solid", fgColor="FBD9B5"),
    Grade.WARNING: PatternFill("solid", fgColor="FFF2B3"),
}


class Problem(NamedTuple):
    """What is wrong in one cell, blank or not, of the table of this rank."""

    table: int
    place: Place
    grade: Grade
    words: str

    @property
    def sentence(self) -> str:
        return f"{self.grade.value}\u00a0: {self.words}"


def annotate(
    source: SourceFile, problems: Iterable[Problem], headers: Mapping[int, int] | None = None
) -> bytes:
    """Write the workbook; `headers` gives the row of the titles of a table, by its rank, when it is known."""
    by_table: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_table[problem.table].append(problem)
    book = Workbook()
    book.remove(book.active)
    for rank, table in enumerate(source.tables):
        sheet = book.create_sheet(_sheet_title(table.name))
        _write_cells(sheet, table)
        _write_problems(sheet, table, by_table[rank], (headers or {}).get(rank, 1))
        _fit_rows(sheet, table)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_cells(sheet: Worksheet, table: Table) -> None:
    longest: dict[int, int] = defaultdict(int)
    for place, cell in table.cells.items():
        written = sheet.cell(place.row, place.column)
        _write(written, cell)
        if cell.is_bold:
            written.font = _BOLD
        if cell.rows > 1 or cell.columns > 1:
            last = Place(place.row + cell.rows - 1, place.column + cell.columns - 1)
            sheet.merge_cells(f"{place}:{last}")
        else:
            longest[place.column] = max(longest[place.column], *map(len, cell.text.split("\n")))
    least, most = _WIDTHS
    for column, length in longest.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(max(length + 2, least), most)


def _write(written: Written, cell: Cell) -> None:
    """A number and a date as such, any other text as a text, never as a formula."""
    value = _value(cell)
    if value is not None:
        written.value = value
        written.number_format = "dd/mm/yyyy" if cell.is_date else "General"
    else:
        _write_text(written, cell.text)
    written.alignment = _TOP


def _value(cell: Cell) -> Any:
    if cell.is_date:
        value: Any = date.fromisoformat(cell.text)
    elif cell.is_number:
        value = Decimal(cell.text)
    else:
        return None
    return value if excel_keeps(value) else None


def _write_text(written: Written, text: str) -> None:
    written.value = text
    written.data_type = "s"
    written.quotePrefix = looks_like_formula(text)


def _write_problems(sheet: Worksheet, table: Table, problems: list[Problem], header: int) -> None:
    by_row: dict[int, list[str]] = defaultdict(list)
    by_place: dict[Place, list[Problem]] = defaultdict(list)
    for problem in sorted(problems, key=lambda one: one.place):
        by_row[problem.place.row].append(f"{problem.place}. {problem.sentence}")
        by_place[problem.place].append(problem)
    for place, found in by_place.items():
        _mark(sheet, place, found)
    for row in table.hidden_rows - by_row.keys():
        sheet.row_dimensions[row].hidden = True
    if by_row and table.width < MOST_COLUMNS:
        _add_column(sheet, table.width + 1, header, by_row)


def _mark(sheet: Worksheet, place: Place, problems: list[Problem]) -> None:
    """Colour the cell after its worst problem; its comment says them all."""
    written = sheet.cell(place.row, place.column)
    written.fill = next(_FILLS[grade] for grade in Grade if any(one.grade is grade for one in problems))
    written.comment = Comment(
        "\n".join(one.sentence for one in problems)[:MOST_SIGNS], _AUTHOR, height=120, width=360
    )


def _add_column(sheet: Worksheet, column: int, header: int, by_row: dict[int, list[str]]) -> None:
    title = sheet.cell(header, column)
    _write_text(title, TITLE)
    title.font = _BOLD
    for row, sentences in by_row.items():
        if row != header:
            _write_text(sheet.cell(row, column), "\n".join(sentences)[:MOST_SIGNS])
        sheet.cell(row, column).alignment = _TOP
    sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[1]


def _fit_rows(sheet: Worksheet, table: Table) -> None:
    """Give each row the height of its texts, merged ones apart, as not all programs do."""
    merged = {place for place, cell in table.cells.items() if cell.rows > 1 or cell.columns > 1}
    for row in sheet.iter_rows():
        lines = 1
        for cell in row:
            if isinstance(cell.value, str) and (cell.row, cell.column) not in merged:
                width = sheet.column_dimensions[cell.column_letter].width
                lines = max(lines, sum(ceil(len(line) / width) or 1 for line in cell.value.split("\n")))
        if lines > 1:
            sheet.row_dimensions[row[0].row].height = min(lines * _LINE, MAX_HEIGHT)


def _sheet_title(name: str) -> str:
    """openpyxl itself makes the names of sheets different from one another."""
    return FORBIDDEN_IN_TITLE.sub(" ", name).strip("' ")[: MAX_TITLE - 3] or "Tableau"
