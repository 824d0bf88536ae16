"""What a page tells of an indicator in a year: figure, target, trend, and what each contributor brings."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from actions.models import Plan

from ..models import Indicator, Kind, Target
from .charts import Chart, Spark, draw_chart, draw_spark
from .own import OwnFigure, own_figures
from .sentences import say_figure, say_target, say_total, say_trend, say_years
from .series import read_series
from .totals import Total
from .yearly import WHOLE, Figure, Figures


@dataclass(frozen=True)
class Report:
    figures: Figures
    year: int

    @property
    def indicator(self) -> Indicator:
        return self.figures.indicator

    @cached_property
    def figure(self) -> Figure:
        return self.figures.of_year(self.year)

    @property
    def total(self) -> Total:
        return self.figure.total

    @property
    def value(self) -> str:
        return say_total(self.indicator, self.total)

    @property
    def target(self) -> str:
        """The target of the year; else the final one, said as such; "" for what can have none."""
        if not self.figures.rules.kind.has_number:
            return ""
        whole = self.figures.targets.get(None)
        if self.figure.target is None and whole:
            return f"{say_target(self.indicator, whole)} en fin de plan"
        return say_target(self.indicator, self.figure.target)

    @property
    def is_aimed(self) -> bool:
        return self.figure.target is not None and self.target != ""

    @property
    def sentence(self) -> str:
        return say_figure(self.indicator, self.figure)

    @property
    def trend(self) -> str:
        return say_trend(self.figures, self.year)

    @property
    def years_sentence(self) -> str:
        return say_years(self.figures)

    @cached_property
    def spark(self) -> Spark | None:
        return draw_spark(self.figures, self.year)

    @cached_property
    def chart(self) -> Chart | None:
        return draw_chart(self.figures)

    @cached_property
    def by_organisation(self) -> Sequence[OwnFigure]:
        return own_figures(self.figures, self.year)


@dataclass(frozen=True)
class Line:
    """A figure with its words, as a row of a table."""

    figure: Figure
    said: str
    target: str


def line_of(indicator: Indicator, figure: Figure) -> Line:
    """The row of a year, or of all of them: this one alone says that there is no target."""
    is_aimed = figure.target is not None or (figure.key == WHOLE and Kind(indicator.kind).has_number)
    target = say_target(indicator, figure.target) if is_aimed else ""
    return Line(figure, say_total(indicator, figure.total), target)


def report_on(
    plan: Plan,
    indicators: Sequence[Indicator],
    *,
    year: int,
    today: dt.date,
    targets: Sequence[Target] | None = None,
) -> list[Report]:
    """A report for each of these indicators of a plan, in a number of queries that does not grow."""
    figures = read_series(plan, indicators, today=today, targets=targets)
    return [Report(figures[indicator.pk], year) for indicator in indicators]
