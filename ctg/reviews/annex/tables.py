"""A table that fills a sheet: titles on each page, filters, rows as high as their texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ctg.documents.workbooks.book import Book, lines_needed, row_height
from ctg.documents.workbooks.cells import Value
from ctg.documents.workbooks.plan_table import HEADER, TEXT
from ctg.documents.workbooks.styles import Style

WORDS = replace(TEXT, border="DAD5C8")
FIGURE = replace(WORDS, horizontal="right", wrap=False, indent=0)
PERCENT = replace(FIGURE, number_format='0" %"')

#: Letters that a column of width 1 shows; signs of a text beyond which a row is as high as it gets.
LETTERS = 1.15
EXCERPT = 1_500

#: Beyond, the letters of a sheet that is one page wide get too small on A4.
WIDEST_A4 = 170


@dataclass(frozen=True)
class Column:
    title: str
    width: float
    style: Style = WORDS


@dataclass(frozen=True)
class Table:
    """`about` says on the first sheet what is in this one."""

    title: str
    about: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    freeze: str = "A2"


def write_table(book: Book, table: Table, footer: str) -> None:
    widths = [column.width for column in table.columns]
    sheet = book.sheet(
        table.title,
        widths=widths,
        paper="A3" if sum(widths) > WIDEST_A4 else "A4",
        repeat_rows=(1, 1),
        freeze=table.freeze,
        footer=footer,
    )
    titles = [column.title for column in table.columns]
    sheet.row(titles, HEADER, height=_height(titles, table.columns))
    styles = [column.style for column in table.columns]
    for row in table.rows:
        sheet.row(row, styles, height=_height(row, table.columns))
    sheet.offer_filters()


def _height(row: Sequence[Value], columns: Sequence[Column]) -> float:
    """The points that the longest text needs: no program fits a row by itself on opening."""
    texts = [
        (value[:EXCERPT], column.width)
        for value, column in zip(row, columns, strict=True)
        if isinstance(value, str)
    ]
    return row_height(max((lines_needed(text, width * LETTERS - 2) for text, width in texts), default=1))
