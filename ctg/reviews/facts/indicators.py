"""The indicators in a year: the words are those of their pages, made by the same code."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.text import capfirst

from actions.models import Plan
from ctg.documents.values import unit_of
from ctg.web.numbers import plain_decimal
from indicators.figures.own import OwnFigure
from indicators.figures.reports import Report, report_on
from indicators.figures.sentences import PLACES, say_plan
from indicators.models import Kind, Nature

from .shapes import Finding, IndicatorFact, IndicatorSummary

NONE = "Le plan ne compte aucun indicateur."


def read_indicators(
    plan: Plan, year: int, *, today: dt.date
) -> tuple[IndicatorSummary, tuple[IndicatorFact, ...]]:
    """Those of a plan whose door was passed, in its order."""
    reports = read_reports(plan, year, today=today)
    facts = tuple(_fact(report) for report in reports)
    complete = sum(fact.is_complete for fact in facts)
    empty = sum(not report.total.included for report in reports)
    return (
        IndicatorSummary(
            total=len(facts),
            complete=complete,
            partial=len(facts) - complete - empty,
            empty=empty,
            with_target=sum(fact.has_target for fact in facts),
            reached=sum(fact.is_reached is True for fact in facts),
            sentence=say_plan([report.figures for report in reports], year) if reports else NONE,
        ),
        facts,
    )


def read_reports(plan: Plan, year: int, *, today: dt.date) -> list[Report]:
    """What the pages of its indicators tell, each with the actions that it serves; four queries."""
    return report_on(plan, plan.indicators.current().with_served(), year=year, today=today)


def _fact(report: Report) -> IndicatorFact:
    indicator, total, comparison = report.indicator, report.total, report.figure.comparison
    return IndicatorFact(
        wording=indicator.wording,
        kind_words=capfirst(str(indicator.get_kind_display())),
        unit=unit_of(indicator),
        is_key=indicator.is_key,
        actions=tuple(served.number for served in indicator.served),
        value=report.value,
        number=_number(report),
        target=report.target,
        comparison=comparison.words,
        trend=report.trend,
        # Without any value, `value` says who is missing already.
        contents=total.contents if total.included else "",
        is_complete=total.is_complete,
        is_reached=comparison.is_reached,
        has_target=report.is_aimed,
        findings=_findings(report),
    )


def _number(report: Report) -> str:
    """As its words round it, so that no file tells another figure; nothing for what is done or not."""
    kind, value = report.figures.rules.kind, report.total.value
    if value is None or not kind.has_number:
        return ""
    is_share = kind == Kind.SHARE
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP) if is_share else round(value, PLACES)
    return plain_decimal(rounded + 0)  # « -0 » is zero.


def _findings(report: Report) -> tuple[Finding, ...]:
    """What each organisation says of what is judged rather than counted, or is read one by one."""
    if report.indicator.nature != Nature.QUALITATIVE and not report.total.stays_apart:
        return ()
    written = _written(report)
    return tuple(
        Finding(own.organisation, _say(report, own, written[own.organisation_id]))
        for own in report.by_organisation
        if own.organisation in report.total.included
    )


def _written(report: Report) -> dict[int, list[str]]:
    """The sentences of the year, by the organisation that wrote them, in order of time."""
    sentences: dict[int, list[str]] = defaultdict(list)
    for row in report.figures.rows_of(report.year):
        if row.finding and row.entry.period_key in report.figure.periods:
            sentences[row.entry.organisation_id].append(row.finding)
    return sentences


def _say(report: Report, own: OwnFigure, written: Sequence[str]) -> str:
    """« 4,4 sur 5 (58 répondants) : On s’y sent bien », or the sentences alone of a finding."""
    said = " ".join(written)
    if report.indicator.kind == Kind.FINDING:
        return f"{said} (à valider)" if own.is_to_validate else said
    return f"{own.in_words}\u00a0: {said}" if said else own.in_words
