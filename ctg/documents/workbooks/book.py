"""A workbook written row after row: sheets ready to print, shared styles, long texts kept whole."""

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import repeat

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins

from ctg.documents.workbooks.cells import MAX_UNITS, Value, write_cell
from ctg.documents.workbooks.long_texts import LongTexts, surely_fits
from ctg.documents.workbooks.marks import LONG_TEXTS, LONG_TEXTS_COLUMNS
from ctg.documents.workbooks.styles import SharedStyles, Style
from ctg.web.text import clean_line

MAX_TITLE = 31  # signs in the title of a sheet
MAX_FOOTER = 110  # Excel declares a file damaged when a footer passes 255, codes and doubled « & » included
MAX_HEIGHT = 409  # points
PLAIN = Style()
MARK = Style(wrap=False, size=8)
PAPERS = {"A3": "8", "A4": "9"}
FORBIDDEN_IN_TITLE = re.compile(r"[\\*?:/\[\]]")
LONG_TEXTS_WIDTHS = (30, 8, 130)


class Sheet:
    """One sheet; rows go from top to bottom and cannot be changed once written."""

    def __init__(
        self, sheet: WriteOnlyWorksheet, styles: SharedStyles, long_texts: LongTexts, width: int
    ) -> None:
        self._sheet = sheet
        self._styles = styles
        self._long_texts = long_texts
        self._width = width
        self.rows = 0

    @property
    def title(self) -> str:
        return str(self._sheet.title)

    def row(
        self,
        values: Sequence[Value],
        style: Style | Sequence[Style] = PLAIN,
        *,
        height: float | None = None,
        longest: int | Sequence[int] = MAX_UNITS,
        mark: str = "",
    ) -> int:
        """Write the next row and return its number; `style` and `longest` serve the row or each value.

        `mark` goes to the hidden column of a sheet that has one, right of the others.
        Without a height (in points), some programs fit the row to its texts, merged cells apart, and
        some cut them. A text longer than `longest` goes on in the sheet « Textes longs ».
        """
        self.rows += 1
        if height is not None:
            self._sheet.row_dimensions[self.rows].height = min(height, MAX_HEIGHT)
        styles = repeat(style, len(values)) if isinstance(style, Style) else style
        limits = repeat(longest, len(values)) if isinstance(longest, int) else longest
        cells = []
        for column, (value, cell_style, limit) in enumerate(zip(values, styles, limits, strict=True), 1):
            if not surely_fits(value, limit):
                source = f"{self.title}, cellule {get_column_letter(column)}{self.rows}"
                value = self._long_texts.fit(value, source, limit)
            is_blank = value in (None, "") and not cell_style.shows_when_empty
            cells.append(None if is_blank else write_cell(self._sheet, self._styles, value, cell_style))
        if mark:
            cells += [None] * (self._width - len(cells))
            cells.append(write_cell(self._sheet, self._styles, mark, MARK))
        self._sheet.append(cells)
        return self.rows

    def merge(self, *, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        """Merge cells, first and last included; only the top left one may hold a value."""
        (top, bottom), (left, right) = rows, columns
        area = CellRange(min_row=top, max_row=bottom, min_col=left, max_col=right)
        self._sheet.merged_cells.ranges.add(area)

    def offer_filters(self) -> None:
        """Put a filter on each column of the table that fills the sheet, its titles in the first row."""
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(self._width)}{self.rows}"

    def protect(self) -> None:
        """Let only what is open be typed into, until somebody lifts it: there is no password.

        Rows can still be sorted out, hidden and resized.
        """
        protection = self._sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.autoFilter = False

    def check(self, validation: DataValidation) -> None:
        """Have the spreadsheet itself watch what is typed in the cells of `validation`."""
        self._sheet.data_validations.append(validation)


class Book:
    """A workbook; its sheets are filled one after the other or side by side, then saved once."""

    def __init__(self, *, title: str, creator: str = "Plan CTG") -> None:
        self._workbook = Workbook(write_only=True)
        self._workbook.properties.title = clean_line(title)
        self._workbook.properties.creator = clean_line(creator)
        self._workbook.properties.language = "fr-FR"
        self._styles = SharedStyles()
        self._long_texts = LongTexts()
        self._titles = {LONG_TEXTS.casefold()}

    def sheet(
        self,
        title: str,
        *,
        widths: Sequence[float],
        paper: str = "A4",
        landscape: bool = True,
        repeat_rows: tuple[int, int] | None = None,
        freeze: str | None = None,
        footer: str = "",
        marked: bool = False,
    ) -> Sheet:
        """Add a sheet one page wide.

        `repeat_rows` (first and last) come back on each page; `freeze` is the first cell that scrolls. A
        `marked` sheet has a hidden column at the right of the others.
        """
        sheet = self._workbook.create_sheet(self._free_title(title))
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        if marked:
            sheet.column_dimensions[get_column_letter(len(widths) + 1)].hidden = True
        sheet.page_setup.paperSize = PAPERS[paper]
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.6, header=0.3, footer=0.3)
        # « & » starts a code in a footer.
        sheet.oddFooter.left.text = clean_line(footer)[:MAX_FOOTER].replace("&", "&&")
        sheet.oddFooter.right.text = "&P / &N"
        sheet.freeze_panes = freeze
        if repeat_rows:
            sheet.print_title_rows = "{}:{}".format(*repeat_rows)
        return Sheet(sheet, self._styles, self._long_texts, len(widths))

    def save(self) -> bytes:
        """Return the file; the book cannot be written to any more."""
        if self._long_texts.rows:
            self._write_long_texts()
        file = BytesIO()
        self._workbook.save(file)
        return file.getvalue()

    def _free_title(self, title: str) -> str:
        """Return the title as Excel accepts it, told apart from those already taken."""
        base = FORBIDDEN_IN_TITLE.sub(" ", clean_line(title))[:MAX_TITLE].strip(" '") or "Feuille"
        free, number = base, 1
        while free.casefold() in self._titles:
            number += 1
            free = f"{base[: MAX_TITLE - 5]} ({number})"
        self._titles.add(free.casefold())
        return free

    def _write_long_texts(self) -> None:
        self._titles.remove(LONG_TEXTS.casefold())
        widths = LONG_TEXTS_WIDTHS
        sheet = self.sheet(LONG_TEXTS, widths=widths, repeat_rows=(1, 1), freeze="A2", marked=True)
        sheet.row(LONG_TEXTS_COLUMNS, Style(bold=True))
        for *row, joint in self._long_texts.rows:
            sheet.row(row, height=row_height(lines_needed(row[-1], widths[-1])), mark=joint)


def lines_needed(text: str, width: float) -> int:
    """Estimate the lines that a text takes in a cell of that width, which counts digits of the usual font."""
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            if used and used + 1 + len(word) > width:
                lines += 1
                used = 0
            used += len(word) + (1 if used else 0)
            while used > width:  # a word longer than the line, an address for instance
                lines += 1
                used -= width
    return lines


def row_height(lines: int, size: int = PLAIN.size) -> float:
    """Return the height in points of so many lines, as far as Excel allows."""
    return min(lines * size * 1.3 + 4, MAX_HEIGHT)
