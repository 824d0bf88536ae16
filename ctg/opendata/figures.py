"""Which figures are published, year by year: read again by the coordination, and too large to name somebody.

The figure of all years together is never published: less the other years, it would give back a masked one.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext

from ctg.dashboards.public.masking import SMALLEST, mask
from indicators.figures.aggregation import EXACT
from indicators.figures.totals import Total
from indicators.figures.yearly import Figure, Figures
from indicators.models import Accrual, Indicator, Kind

from .rows import FigureRow, Publication

#: Values are entered with four decimals at most; means and percentages are rounded to as many.
_STEP = Decimal("0.0001")


def figure_rows(figures: Figures, wording: str) -> Iterator[FigureRow]:
    """A row for each year that has a value, a target, or somebody who should have answered."""
    growing = _grows_by_people(figures.indicator)
    #: The last published value of a running count.
    before = None
    for figure in figures.trend:
        total = figure.total
        publication = _publication(figures.indicator, figure)
        if publication is Publication.PUBLISHED and growing:
            if before is not None and total.value is not None and 0 < abs(total.value - before) < SMALLEST:
                publication = Publication.MASKED
            else:
                before = total.value
        if total.value is not None or figure.target or (figure.is_due and total.expected):
            yield _row(figures.indicator, wording, figure, publication)


def rounded(number: Decimal | None) -> Decimal | None:
    if number is None:
        return None
    with localcontext(EXACT):
        return number.quantize(_STEP, ROUND_HALF_UP)


def _publication(indicator: Indicator, figure: Figure) -> Publication:
    total = figure.total
    if total.value is None and not figure.is_due:
        return Publication.TO_COME
    if total.value is None:
        return Publication.APART if total.stays_apart and total.included else Publication.ABSENT
    if total.to_validate:
        return Publication.TO_VALIDATE
    return Publication.MASKED if mask(indicator, total) else Publication.PUBLISHED


def _grows_by_people(indicator: Indicator) -> bool:
    """Whether a year less the one before is a count of its own, which may be small too."""
    return indicator.kind == Kind.COUNT and indicator.accrual_rule == Accrual.RUNNING


def _row(indicator: Indicator, wording: str, figure: Figure, publication: Publication) -> FigureRow:
    total = figure.total if publication is Publication.PUBLISHED else Total()
    target = figure.target
    return FigureRow(
        indicator=indicator.pk,
        wording=wording,
        year=int(figure.key),
        publication=publication,
        value=rounded(total.value),
        numerator=rounded(total.numerator),
        denominator=rounded(total.denominator),
        done_on=total.done_on,
        target=rounded(target.value if target else None),
        target_upper=rounded(target.upper if target else None),
        included=len(figure.total.included),
        expected=figure.total.expected,
        is_complete=figure.total.is_complete,
    )
