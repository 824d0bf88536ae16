"""The workbook of the values of a plan: every value, the totals and what they contain, a dictionary."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from actions.calendar import say
from ctg.documents.value_columns import COLUMNS
from ctg.documents.values import DECIMALS, ValueReading, ValueRow, actions_of, unit_of
from ctg.documents.workbooks.book import Book, lines_needed, row_height
from ctg.documents.workbooks.cells import Value
from ctg.documents.workbooks.plan_table import HEADER, TEXT
from ctg.documents.workbooks.styles import Style
from indicators.figures.yearly import WHOLE

WORDS = replace(TEXT, border=None)
BOLD = replace(WORDS, bold=True)
FIGURE = replace(WORDS, horizontal="right", wrap=False)

#: Letters that a column of width 1 shows; signs of a text beyond which a row is as high as it gets.
LETTERS = 1.2
EXCERPT = 1_500

#: The columns whose numbers and dates stand at the right.
_FIGURES = frozenset({"value", "numerator", "denominator", "done_on", "target", "target_upper", "entered_at"})
_STYLES = [FIGURE if name in _FIGURES else WORDS for name in ValueRow._fields]

_TOTALS = (
    ("actions", 9),
    ("indicateur", 44),
    ("unité", 13),
    ("année", 9),
    ("valeur", 12),
    ("numérateur", 11),
    ("dénominateur ou effectif", 14),
    ("fait le", 11),
    ("cible", 16),
    ("rapport à la cible", 26),
    ("ce que le total contient", 60),
    ("pourquoi il n’y a pas de valeur", 44),
)
_TOTALS_STYLES = [WORDS] * 4 + [FIGURE] * 4 + [WORDS] * 4

_DICTIONARY = (("colonne", 26), ("ce qu’elle dit", 70), ("unité", 26), ("ce qu’elle peut contenir", 62))


def write_values(book: Book, reading: ValueReading) -> None:
    values = [(column.title, column.width) for column in COLUMNS]
    _write(book, reading, "Valeurs", values, reading.rows(), _STYLES, freeze="D2")
    _write(book, reading, "Totaux", _TOTALS, totals(reading), _TOTALS_STYLES, freeze="C2")
    told = (column[:4] for column in COLUMNS)
    _write(book, reading, "Dictionnaire", _DICTIONARY, told, [BOLD, WORDS, WORDS, WORDS], paper="A4")


def totals(reading: ValueReading) -> Iterator[Sequence[Value]]:
    """The figures that the pages of the indicators show, with who is in them and who is missing."""
    for indicator in reading.indicators:
        figures = reading.figures[indicator.pk]
        shown = [figures.of_year(year) for year in reading.years_of(indicator) if year <= reading.today.year]
        if reading.year is None:
            shown.append(figures.whole)
        for figure in shown:
            total = figure.total
            numbers = (total.value, total.numerator, total.denominator)
            yield (
                actions_of(indicator),
                indicator.wording,
                unit_of(indicator),
                "toutes" if figure.key == WHOLE else int(figure.key),
                *(None if number is None else number.quantize(DECIMALS) for number in numbers),
                total.done_on,
                figure.target.in_words if figure.target else "",
                figure.comparison.words,
                total.contents,
                total.why_not,
            )


def _write(
    book: Book,
    reading: ValueReading,
    title: str,
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[Value]],
    styles: Sequence[Style],
    *,
    freeze: str = "A2",
    paper: str = "A3",
) -> None:
    sheet = book.sheet(
        title,
        widths=[width for _, width in columns],
        paper=paper,
        repeat_rows=(1, 1),
        freeze=freeze,
        footer=f"{reading.plan.territory.name} · {reading.plan.title} · au {say(reading.today)}",
    )
    sheet.row([name for name, _ in columns], HEADER, height=row_height(3))
    letters = [int(width * LETTERS) - 1 for _, width in columns]
    for row in rows:
        sheet.row(row, styles, height=_height(row, letters))
    sheet.offer_filters()


def _height(row: Sequence[Value], letters: Sequence[int]) -> float:
    """The points that the longest text needs: no program fits a row by itself on opening."""
    lines = 1
    for value, width in zip(row, letters, strict=True):
        if isinstance(value, str) and (len(value) > width or "\n" in value):
            lines = max(lines, lines_needed(value[:EXCERPT], width))
    return row_height(lines)
