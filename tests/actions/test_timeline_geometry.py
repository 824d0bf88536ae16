"""The axis of the timeline by its properties: whatever the dates, nothing leaves it and the order holds."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from actions.calendar import Precision
from actions.calendar_reading import read_period
from actions.timeline.geometry import MIN_WIDTH, Axis, Edge, Scale
from actions.timeline.lanes import Step, stones_of

years = st.integers(2000, 2098)
days = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
precisions = st.sampled_from(Precision)
#: A place is rounded to the hundredth of a percent.
ROUNDING = 0.011


@st.composite
def axes(draw):
    first = draw(years)
    return Axis(first, draw(st.integers(first, min(first + 30, 2099))))


@st.composite
def periods(draw):
    ends = sorted([draw(days), draw(days)])
    shape = draw(st.sampled_from(["both", "from", "until", "neither"]))
    starts_on = ends[0] if shape in ("both", "from") else None
    ends_on = ends[1] if shape in ("both", "until") else None
    return starts_on, ends_on, draw(precisions)


@given(st.lists(days), st.lists(days), years)
def test_the_axis_holds_every_day_it_is_made_for(held, near, default):
    axis = Axis.covering(held, near=near, default=default)
    assert all(axis.holds(day) for day in held)
    assert (axis.first.month, axis.first.day, axis.last.month, axis.last.day) == (1, 1, 12, 31)


def test_a_milestone_far_away_does_not_stretch_the_axis():
    held = [dt.date(2025, 1, 1), dt.date(2028, 12, 31)]
    assert Axis.covering(held, near=[dt.date(2206, 3, 1)], default=2026) == Axis(2025, 2028)
    assert Axis.covering(held, near=[dt.date(2029, 3, 1)], default=2026) == Axis(2025, 2029)
    assert Axis.covering([], default=2026) == Axis(2026, 2026)


@given(axes(), periods())
def test_no_bar_leaves_the_axis_and_each_is_seen(axis, period):
    bar = axis.bar(*period)
    if bar is None:
        assert period[:2] == (None, None) and period[2] != Precision.CONTINUOUS
        return
    assert 0 <= bar.x <= 100
    assert bar.width >= MIN_WIDTH
    assert bar.end <= 100


@given(axes(), periods(), periods())
def test_what_starts_earlier_never_stands_further_right(axis, one, other):
    bars = [axis.bar(*one), axis.bar(*other)]
    if all(bars) and (one[0] or dt.date.min) <= (other[0] or dt.date.min):
        assert bars[0].x <= bars[1].x


@given(axes(), periods())
def test_a_bar_covers_its_whole_period(axis, period):
    starts_on, ends_on, _ = period
    bar = axis.bar(*period)
    if bar and starts_on:
        assert bar.x <= axis.at(starts_on)
    if bar and ends_on:
        assert bar.end >= min(axis.after(ends_on), 100) - ROUNDING


@given(years, st.integers(0, 4))
def test_a_bar_known_to_the_year_covers_whole_years_and_says_so(year, more):
    last = min(year + more, 2099)
    period = read_period(f"{year} à {last}" if last > year else str(year))
    axis = Axis(year - 1, last + 1)
    bar = axis.bar(period.starts_on, period.ends_on, period.precision)
    assert bar.x == axis.at(dt.date(year, 1, 1))
    assert abs(bar.end - axis.at(dt.date(last + 1, 1, 1))) <= ROUNDING
    assert (bar.left, bar.right) == (Edge.ROUGH, Edge.ROUGH)


@given(axes(), periods())
def test_an_edge_is_as_firm_as_its_date(axis, period):
    bar = axis.bar(*period)
    if bar is None:
        return
    known = Edge.ROUGH if period[2] == Precision.YEAR else Edge.FIRM
    assert bar.left == (known if period[0] else Edge.NONE)
    assert bar.right == (known if period[1] else Edge.NONE)


def test_an_action_without_end_reaches_the_end_of_the_axis():
    axis = Axis(2025, 2028)
    bar = axis.bar(dt.date(2027, 1, 1), None, Precision.YEAR)
    assert (bar.end, bar.right) == (100, Edge.NONE)
    continuous = axis.bar(None, None, Precision.CONTINUOUS)
    assert (continuous.x, continuous.width) == (0, 100)
    assert axis.bar(None, None, None) is None


@given(axes(), days, days)
def test_days_keep_their_order_and_a_day_ends_after_it_begins(axis, one, other):
    early, late = sorted([one, other])
    assert 0 <= axis.at(early) <= axis.at(late) <= 100
    assert axis.at(early) <= axis.after(early)


def test_today_stands_where_its_day_begins():
    axis = Axis(2025, 2028)
    assert axis.at(dt.date(2025, 1, 1)) == 0
    assert axis.at(dt.date(2026, 10, 12)) == round(649 / 1461 * 100, 2)
    assert axis.after(dt.date(2028, 12, 31)) == 100


@given(axes(), st.sampled_from(Scale), periods())
def test_a_scale_divides_the_axis_and_moves_no_bar(axis, scale, period):
    divisions = list(axis.divisions(scale))
    assert len(divisions) == axis.years * 12 // scale.months
    assert divisions == sorted(divisions) and divisions[0] == axis.first
    assert all(axis.holds(day) for day in divisions)
    assert axis.rules(scale).count("M") == len(divisions)
    middles = list(axis.middles(scale))
    assert [day for day, _ in middles] == divisions
    assert all(axis.at(day) < place < 100 for day, place in middles)


steps = st.builds(Step, st.text(max_size=5), st.none() | days, st.none() | days)


@given(axes(), st.lists(steps), days)
def test_two_milestones_at_most_stand_inside_the_axis(axis, steps, today):
    stones = stones_of(steps, axis, today)
    assert len(stones) <= 2
    assert all(0 <= stone.x <= 100 and axis.holds(stone.due_on) for stone in stones)
    assert len({stone.y for stone in stones}) == len(stones)
    coming = [step.due_on for step in steps if step.due_on and axis.holds(step.due_on)]
    assert bool(stones) == bool(coming)


def test_the_last_missed_milestone_goes_before_the_last_reached():
    axis, today = Axis(2025, 2028), dt.date(2026, 11, 22)
    missed = Step("charte", dt.date(2026, 2, 1), None)
    older = Step("lettre", dt.date(2025, 2, 1), None)
    reached = Step("bail", dt.date(2026, 6, 1), dt.date(2026, 6, 1))
    soon, later = Step("bilan", today, None), Step("fin", dt.date(2028, 1, 1), None)
    drawn = [
        (stone.kind, stone.title) for stone in stones_of([later, reached, older, missed, soon], axis, today)
    ]
    assert drawn == [("late", "charte"), ("next", "bilan")]
    assert [stone.title for stone in stones_of([reached, later], axis, today)] == ["bail", "fin"]
