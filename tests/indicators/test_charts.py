import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.figures.aggregation import Entry
from indicators.figures.charts import BAR, PLOT, STEP, TOP, draw_chart, draw_spark, short
from indicators.figures.yearly import Figures, Row
from indicators.models import Indicator, Kind, Target

YEARS = range(2021, 2031)
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def figures_of(values, targets=None, *, contributors=None, **fields):
    """The figures of an indicator with one value a year, without a database."""
    rows = [
        Row(1, year, year, "", Entry(1, "Caf", str(year), "validated", amount, Decimal(1)))
        for year, amount in values.items()
        if amount is not None
    ]
    return Figures(
        indicator=Indicator(**{"kind": Kind.COUNT} | fields),
        years=YEARS,
        rows=rows,
        targets={year: Target(year=year, value=value) for year, value in (targets or {}).items()},
        contributors=contributors or {1: "Caf"},
        asked={},
        today=dt.date(2028, 6, 1),
    )


series = st.dictionaries(st.sampled_from(YEARS[:8]), NUMBERS, min_size=1)
aims = st.dictionaries(st.sampled_from(YEARS), NUMBERS)


@given(series, aims, NUMBERS | st.none())
def test_everything_stands_inside_the_drawing(values, targets, baseline):
    chart = draw_chart(figures_of(values, targets, baseline=baseline))
    for column in chart.columns:
        assert column.x >= 0 and column.x + BAR <= chart.width
        for line in column.targets:
            assert TOP <= line.y <= TOP + PLOT
        if column.has_bar:
            assert column.y >= TOP and column.y + column.height <= TOP + PLOT + 0.1
            assert column.text_y >= 0


@given(series)
def test_years_stand_in_order_each_in_its_place(values):
    chart = draw_chart(figures_of(values))
    assert [column.label for column in chart.columns] == [str(year) for year in YEARS]
    assert [column.x for column in chart.columns] == sorted({column.x for column in chart.columns})
    assert all(b.x - a.x == STEP for a, b in zip(chart.columns, chart.columns[1:], strict=False))


@given(series, aims)
def test_heights_are_in_proportion_from_one_zero(values, targets):
    chart = draw_chart(figures_of(values, targets))
    known = [abs(number) for number in values.values() if number]
    bars = {int(column.label): column for column in chart.columns if column.has_bar}
    assert bars.keys() == values.keys()
    for year, column in bars.items():
        ends = (column.y, round(column.y + column.height, 1))
        assert any(abs(end - chart.zero) <= 0.1 for end in ends)
        if values[year]:
            assert (column.y < chart.zero) or values[year] < 0 or column.height <= 0.1
    for one in bars:
        for other in bars:
            wanted = abs(values[one]) * Decimal(str(bars[other].height))
            found = abs(values[other]) * Decimal(str(bars[one].height))
            assert abs(wanted - found) <= max(known, default=Decimal(1)) * Decimal("0.2")


@given(series)
def test_a_missing_year_is_a_gap_that_is_said(values):
    chart = draw_chart(figures_of(values))
    looks = {int(column.label): column.look for column in chart.columns}
    for year in YEARS:
        if year in values:
            assert looks[year] == "whole"
        else:
            assert looks[year] == ("missing" if year <= 2028 else "to-come")


@given(series, aims)
def test_no_target_crosses_the_number_of_a_bar(values, targets):
    for column in draw_chart(figures_of(values, targets)).columns:
        for line in column.targets if column.has_bar else ():
            assert not column.text_y - 14 < line.y < column.text_y


def test_a_partial_total_is_outlined():
    chart = draw_chart(figures_of({2026: Decimal(4)}, contributors={1: "Caf", 2: "CCAS"}))
    assert [column.look for column in chart.columns if column.has_bar] == ["partial"]


def test_where_one_starts_stands_first():
    first = draw_chart(figures_of({2026: Decimal(4)}, baseline=Decimal(2))).columns[0]
    assert (first.label, first.look, first.text) == ("départ", "start", "2")


@pytest.mark.parametrize(
    "fields", [{"kind": Kind.FINDING}, {"gathering": "none"}, {"kind": Kind.DELIVERABLE}]
)
def test_what_has_no_number_has_no_chart(fields):
    figures = figures_of({2026: Decimal(4)}, **fields)
    assert draw_chart(figures) is None and draw_spark(figures, 2026) is None


def test_deliverables_are_drawn_out_of_how_many():
    chart = draw_chart(
        figures_of({2026: Decimal(1)}, kind=Kind.DELIVERABLE, contributors={1: "Caf", 2: "CCAS"})
    )
    [column] = [column for column in chart.columns if column.has_bar]
    assert column.text == "1" and column.targets[0].text == "2"


@given(series, st.sampled_from(YEARS))
def test_a_spark_has_a_bar_or_a_gap_for_each_of_its_years(values, year):
    spark = draw_spark(figures_of(values), year)
    shown = [one for one in YEARS if one <= year][-6:]
    if not set(shown) & set(values):
        assert spark is None
        return
    assert len(spark.bars) == len(set(shown) & set(values))
    assert len(spark.bars) + len(spark.gaps) == len(shown)
    for x, y, height, _ in spark.bars:
        assert x >= 0 and x + spark.width_of_bars <= spark.width
        assert y >= 0 and y + height <= spark.height


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [
        ("1240", Kind.COUNT, "1\u202f240"),
        ("1240.6", Kind.AMOUNT, "1\u202f241"),
        ("22.54", Kind.SHARE, "22,5\u00a0%"),
        ("1234567", Kind.AMOUNT, "1,2\u00a0M"),
    ],
)
def test_numbers_fit_their_column(number, kind, text):
    assert short(Decimal(number), kind) == text
