"""The table of a plan, ready to print on A3: titles, a header on each page, rows as high as their texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from openpyxl.utils import get_column_letter

from actions.calendar import say
from ctg.documents.order import Order
from ctg.documents.workbooks.book import MAX_HEIGHT, Book, lines_needed
from ctg.documents.workbooks.cells import MAX_UNITS, Value
from ctg.documents.workbooks.marks import Thing, row_mark, stamp
from ctg.documents.workbooks.styles import Style

INK, MUTED, HAIRLINE, SUNKEN = "1C2B30", "55626A", "DAD5C8", "F1EEE6"
ACCENT, ACCENT_TINT = "08443F", "E0EFED"

TEXT = Style(color=INK, border=HAIRLINE, horizontal="left", indent=1)
HEADER = replace(TEXT, bold=True, fill=SUNKEN, vertical="center")
FOLLOW_UP_HEADER = replace(HEADER, color=ACCENT)
BAND = replace(HEADER, size=11, color=ACCENT, fill=ACCENT_TINT)
BAND_REMARK = replace(BAND, bold=False, size=10)
TITLE = Style(bold=True, size=18, color=INK, vertical="center")
AS_OF = Style(bold=True, size=12, color=ACCENT, horizontal="left", vertical="center", indent=1)
DATED = Style(size=11, color=MUTED)

LINE = 1.29  # height of a line of text, for a size of 1
PADDING = 5


@dataclass(frozen=True)
class Column:
    title: str
    width: float
    longest: int = MAX_UNITS  # beyond, the text goes on in the sheet « Textes longs »
    key: str = ""  # the field that is taken back from this column when the workbook returns


@dataclass(frozen=True)
class Entry:
    """What one cell holds, and how it looks."""

    value: Value = None
    style: Style = TEXT


class PlanTable:
    """The columns of the source document and, when it is asked for, the follow-up at their right."""

    def __init__(
        self,
        book: Book,
        order: Order,
        title: str,
        *,
        voted: Sequence[Column],
        follow_up: Sequence[Column] = (),
        frozen_columns: int = 0,
    ) -> None:
        plan = order.plan
        self.columns = [*voted, *follow_up]
        self._voted = len(voted)
        headings = [(plan.heading or plan.title, TITLE)]
        if dated := plan.dated_text or (plan.dated_on and f"Le {plan.dated_on:%d/%m/%Y}"):
            headings.append((dated, DATED))
        if order.filters:
            headings.append((order.filters, DATED))
        header = len(headings) + 1
        followed = f"Suivi au {say(order.today)}" if order.with_follow_up else ""
        self._sheet = book.sheet(
            title,
            widths=[column.width for column in self.columns],
            paper="A3",
            repeat_rows=(header, header),
            freeze=f"{get_column_letter(frozen_columns + 1)}{header + 1}",
            footer=" · ".join(filter(None, [plan.territory.name, plan.title, followed])),
            marked=True,
        )
        for text, style in headings:
            self._across(text, followed if style is TITLE else "", style, AS_OF)
        styles = [HEADER] * len(voted) + [FOLLOW_UP_HEADER] * len(follow_up)
        titles = [Entry(column.title, style) for column, style in zip(self.columns, styles, strict=True)]
        keys = ((column.key, column.title) for column in self.columns)
        actions = (action.pk for action in order.reading.actions)
        told = stamp(plan.pk, order.layout, order.today, actions, keys)
        self.block(titles, height=self.height(titles), mark=told)

    def band(self, text: str, remark: str, things: Sequence[Thing]) -> None:
        """Write a line across the columns of the source, and a remark across those of the follow-up."""
        self._across(text, remark, BAND, BAND_REMARK, mark=row_mark(things, [text]))

    def row(self, entries: Sequence[Entry], things: Sequence[Thing], *, beside: str) -> None:
        """Write a row of its own; `beside` is the text of the band above it, marked too."""
        mark = row_mark(things, [*(entry.value for entry in entries), beside])
        self.block(entries, height=self.height(entries), mark=mark)

    def block(
        self, entries: Sequence[Entry], *, height: float, mark: str, open_columns: int = 0
    ) -> tuple[int, int]:
        """Write a row of the table on as many rows of the sheet as it needs; return the first and the last.

        The first `open_columns` are left for `join`, which makes one cell of several rows of the table.
        """
        values, styles = [entry.value for entry in entries], [entry.style for entry in entries]
        longest = [column.longest for column in self.columns]
        pieces = max(1, ceil(height / MAX_HEIGHT))
        first = last = self._sheet.row(values, styles, height=height / pieces, longest=longest, mark=mark)
        for _ in range(pieces - 1):
            last = self._sheet.row([None] * len(styles), styles, height=height / pieces)
        for column in range(open_columns, len(self.columns)):
            self.join(column, (first, last))
        return first, last

    def join(self, column: int, rows: tuple[int, int]) -> None:
        """Make one cell of several rows; `column` counts from 0."""
        if rows[0] < rows[1]:
            self._sheet.merge(rows=rows, columns=(column + 1, column + 1))

    def height(self, entries: Sequence[Entry], first_column: int = 0) -> float:
        """Estimate the points that the longest text needs: no program fits a row by itself on opening."""
        columns = self.columns[first_column:]
        return max(
            text_height(entry, column.width, column.longest)
            for entry, column in zip(entries, columns, strict=False)
        )

    def _across(self, text: str, remark: str, style: Style, remark_style: Style, mark: str = "") -> None:
        follow_up = len(self.columns) - self._voted
        entries = [Entry(text, style)] + [Entry(None, style)] * (self._voted - 1)
        if follow_up:
            entries += [Entry(remark, remark_style)] + [Entry(None, remark_style)] * (follow_up - 1)
        width = sum(column.width for column in self.columns[: self._voted])
        height = text_height(entries[0], width) + PADDING
        row = self._sheet.row(
            [entry.value for entry in entries], [entry.style for entry in entries], height=height, mark=mark
        )
        self._sheet.merge(rows=(row, row), columns=(1, self._voted))
        if follow_up > 1:
            self._sheet.merge(rows=(row, row), columns=(self._voted + 1, len(self.columns)))


def text_height(entry: Entry, width: float, longest: int = MAX_UNITS) -> float:
    """Estimate the points that a text needs in a column of that width, rather too many than too few."""
    value, style = entry.value, entry.style
    text = "".join(run.text for run in value) if isinstance(value, list) else str(value or "")
    # The width counts digits of size 11: a letter is narrower, less so in bold, and wider in capitals.
    factor = 0.8 if text.isupper() else 1 if style.bold else 1.1
    letters = width * 11 / style.size * factor - 1 - style.indent
    lines = lines_needed(text[:longest], letters) if len(text) > letters or "\n" in text else 1
    return lines * style.size * LINE + PADDING
