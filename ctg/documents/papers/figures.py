"""What the indicators of an action are worth in a year, on paper: never a figure without its contents."""

from collections.abc import Sequence

from django.utils.text import capfirst

from ctg.documents.papers.blocks import Block, Column, Passage, Table
from indicators.figures.reports import Report
from indicators.models import Indicator


def figures_of(indicators: Sequence[Indicator], year: int) -> list[Block]:
    """The indicators, each with its `report`; then the values that are read one by one, as texts."""
    columns = (
        *(Column("Indicateur", 34), Column("Ce qui est saisi", 14), Column(f"Valeur {year}", 19)),
        *(Column("Cible", 15), Column("Ce que la valeur contient", 18)),
    )
    rows = [_row(indicator) for indicator in indicators]
    apart = [one.report for one in indicators if one.report.total.stays_apart]
    return [
        *([Table("Indicateurs", columns, rows)] if rows else []),
        *(block for report in apart for block in _findings(report)),
    ]


def _row(indicator: Indicator) -> list[str]:
    report = indicator.report
    aim = report.target
    if report.figure.comparison.words:
        aim += f" ({report.figure.comparison.words})"
    contents = report.total.contents if report.total.included else ""
    return [wording_of(indicator), entered(indicator), report.value, aim, contents]


def wording_of(indicator: Indicator) -> str:
    return f"{indicator.wording} (indicateur clé)" if indicator.is_key else indicator.wording


def entered(indicator: Indicator) -> str:
    """« Nombre, unité : familles »"""
    unit = f"unité\u00a0: {indicator.unit}" if indicator.unit else ""
    return ", ".join(filter(None, [capfirst(str(indicator.get_kind_display())), unit]))


def _findings(report: Report) -> list[Passage]:
    return [
        Passage(f"{report.indicator.wording}, {own.organisation}", own.in_words)
        for own in report.by_organisation
    ]
