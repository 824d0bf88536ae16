"""The sheet « Valeurs »: a line for each cell to fill, with all that one needs to fill it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from openpyxl.utils import get_column_letter

from ctg.answerbooks.columns import ABSENCE, COLUMNS, HELD_BACK, MARK, TITLES, VALUE, VALUES
from ctg.answerbooks.lines import Line, Shape
from ctg.documents.workbooks.book import Book, lines_needed, row_height
from ctg.documents.workbooks.cells import MAX_UNITS, Value
from ctg.documents.workbooks.plan_table import HEADER, TEXT
from ctg.documents.workbooks.styles import Style
from ctg.documents.workbooks.values import LETTERS

from .checks import Checks

_OPEN = replace(TEXT, fill="FFF6D6", border="8A6D00", is_open=True, indent=0)
_OPEN_NUMBER = replace(_OPEN, horizontal="right", bold=True)
_CLOSED = replace(TEXT, fill="EDEDED", italic=True, indent=0)
_CLOSED_NUMBER = replace(_CLOSED, horizontal="right")
_STRONG = replace(TEXT, bold=True)
_EXCERPT = 1_500  # signs beyond which a row is as high as it gets


def write_lines(book: Book, lines: Sequence[Line], *, last_day: dt.date, footer: str) -> None:
    widths = [width for _, width in COLUMNS]
    sheet = book.sheet(VALUES, widths=widths, repeat_rows=(1, 1), freeze="C2", footer=footer, marked=True)
    sheet.row(TITLES, HEADER, height=row_height(2), mark=MARK)
    checks = Checks(last_day)
    for line in lines:
        values, styles = _values(line), _styles(line)
        mark = str(line.mark) if fits(line.value) else ""
        row = sheet.row(values, styles, height=_height(values, widths), mark=mark)
        _watch(checks, line, row)
    checks.write(sheet)
    sheet.offer_filters()
    sheet.protect()


def fits(value: Value) -> bool:
    return not isinstance(value, str) or len(value.encode("utf-16-le")) <= 2 * MAX_UNITS


def _values(line: Line) -> list[Value]:
    ask, is_first = line.ask, line.is_first
    return [
        "\n".join(f"{one.number}. {one.title}" if is_first else f"{one.number}." for one in ask.actions),
        ask.indicator.wording,
        _guide(line) if is_first else "",
        ask.period,
        _asked(line),
        line.before,
        line.target,
        line.unit,
        line.value if fits(line.value) else HELD_BACK,
        line.absence if is_first else "",
        _comment(line) if is_first else "",
    ]


def _styles(line: Line) -> list[Style]:
    is_text = line.shape is Shape.TEXT
    if line.closed or not fits(line.value):
        value = _CLOSED if is_text else _CLOSED_NUMBER
    else:
        value = _OPEN if is_text else _OPEN_NUMBER
    beside = _CLOSED if line.closed or not line.is_first else _OPEN
    comment = beside if fits(line.comment) else _CLOSED
    return [TEXT, _STRONG, *[TEXT] * 6, value, beside, comment]


def _guide(line: Line) -> str:
    """« Compter : … », « Ne pas compter : … », as the page says it."""
    indicator = line.ask.indicator
    parts = (
        ("Compter", indicator.guidance),
        ("Ne pas compter", indicator.exclusions),
        ("Source", indicator.source),
    )
    return "\n".join(f"{title}\u00a0: {text}" for title, text in parts if text)


def _asked(line: Line) -> str:
    note = line.ask.measurement.return_note if line.ask.measurement and line.is_first else ""
    words = [f"{line.label} ({line.closed})" if line.closed else f"→ {line.label}"]
    return "\n".join([*words, *([f"La coordination demande\u00a0: {note}"] if note else [])])


def _comment(line: Line) -> str:
    return line.comment if fits(line.comment) else HELD_BACK


def _watch(checks: Checks, line: Line, row: int) -> None:
    if line.closed:
        return
    checks.watch(line, _cell(VALUE, row))
    if line.is_first:
        checks.watch_absence(_cell(ABSENCE, row))


def _cell(title: str, row: int) -> str:
    return f"{get_column_letter(TITLES.index(title) + 1)}{row}"


def _height(values: Sequence[Value], widths: Sequence[float]) -> float:
    """The points that the longest text needs: no program fits a row by itself on opening."""
    texts = zip(values, widths, strict=True)
    needed = (
        lines_needed(text[:_EXCERPT], LETTERS * width) for text, width in texts if isinstance(text, str)
    )
    return row_height(max(needed, default=1))
