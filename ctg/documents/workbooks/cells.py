"""The one door through which a value reaches a worksheet: typed, clean, never a formula."""

from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import NamedTuple

from django.utils import timezone
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from ctg.documents.workbooks.styles import FONT, SharedStyles, Style
from ctg.web.text import clean

MAX_UNITS = 32_767  # what a cell of Excel holds, counted in UTF-16 units: an emoji takes two
MAX_DIGITS = 15  # beyond, Excel rounds a number
FIRST_DAY = date(1900, 3, 1)  # before, Excel's calendar is wrong or does not exist
FORMULA_STARTS = tuple("=+-@＝＋－＠")  # the wide signs too, where Excel is set to an Asian language


class Run(NamedTuple):
    """A stretch of text inside a cell that holds several looks."""

    text: str
    bold: bool = False
    italic: bool = False


Value = str | int | float | Decimal | date | time | list[Run] | None


def write_cell(sheet: WriteOnlyWorksheet, styles: SharedStyles, value: Value, style: Style) -> Cell:
    """Return the cell to append to the row being written; a text must be short enough for one cell."""
    cell = WriteOnlyCell(sheet)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.make_naive(value)
    if isinstance(value, int | float | Decimal | date | time) and excel_keeps(value):
        cell.value = value
        cell._style = styles.get(sheet, style, number_format=_date_format(value))
        return cell
    text = plain_text(value)
    if text:
        cell.value = _rich_text(value, style) if isinstance(value, list) else text
        # Left to itself, openpyxl makes a formula of « =… » and an error of « #N/A ».
        cell.data_type = "s"
    cell._style = styles.get(sheet, style, quoted=looks_like_formula(text))
    return cell


def excel_keeps(value: int | float | Decimal | date | time) -> bool:
    """Tell whether Excel gives back this very value; otherwise it is written as text."""
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value) >= FIRST_DAY
    return isinstance(value, time) or (isfinite(value) and abs(value) < 10**MAX_DIGITS)


def plain_text(value: Value) -> str:
    """Return the clean text of a value that is written as text."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "".join(clean(run.text) for run in value)
    return clean(f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value))


def looks_like_formula(text: str) -> bool:
    """Tell whether Excel would read a formula into the text if somebody typed it."""
    return text.lstrip().startswith(FORMULA_STARTS)


def _date_format(value: object) -> str:
    if isinstance(value, datetime):
        return "dd/mm/yyyy hh:mm"
    if isinstance(value, date):
        return "dd/mm/yyyy"
    return "hh:mm" if isinstance(value, time) else ""


def _rich_text(runs: list[Run], style: Style) -> CellRichText:
    # A run does not inherit the font of its cell: each one repeats it.
    return CellRichText(
        [
            TextBlock(
                _font(style.size, style.color, style.bold or run.bold, style.italic or run.italic),
                clean(run.text),
            )
            for run in runs
        ]
    )


@cache
def _font(size: int, color: str | None, bold: bool, italic: bool) -> InlineFont:
    return InlineFont(rFont=FONT, sz=size, color=color, b=bold, i=italic)
