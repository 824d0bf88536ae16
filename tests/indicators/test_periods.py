"""The periods for which values are entered."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.models import Frequency
from indicators.periods import ONCE_KEY, keys_within, period_label, period_of, periods_within, read_period

RANKS = {Frequency.YEAR: 1, Frequency.SEMESTER: 2, Frequency.QUARTER: 4, Frequency.MONTH: 12}
RECURRENT = st.sampled_from(list(RANKS))
YEARS = st.integers(1900, 2200)


@pytest.mark.parametrize(
    ("key", "label", "starts_on", "ends_on"),
    [
        ("2026", "2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("2026-S1", "1er semestre 2026", dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
        ("2026-S2", "2e semestre 2026", dt.date(2026, 7, 1), dt.date(2026, 12, 31)),
        ("2026-T3", "3e trimestre 2026", dt.date(2026, 7, 1), dt.date(2026, 9, 30)),
        ("2028-02", "février 2028", dt.date(2028, 2, 1), dt.date(2028, 2, 29)),
        ("2026-12", "décembre 2026", dt.date(2026, 12, 1), dt.date(2026, 12, 31)),
    ],
)
def test_a_key_says_its_days_and_its_words(key, label, starts_on, ends_on):
    period = read_period(key)
    assert (period.key, period.label) == (key, label)
    assert (period.starts_on, period.ends_on) == (starts_on, ends_on)


@pytest.mark.parametrize(
    "key",
    ["", "unique", "26", "2026-S3", "2026-T5", "2026-13", "2026-00", "2026-1", " 2026", "1066", "2026\n"],
)
def test_what_is_no_key_is_no_period(key):
    assert read_period(key) is None


@given(RECURRENT, YEARS)
def test_the_periods_of_a_year_follow_one_another_and_fill_it(frequency, year):
    whole = period_of(Frequency.YEAR, year)
    periods = periods_within(frequency, whole)
    assert len(periods) == RANKS[frequency]
    assert periods[0].starts_on == whole.starts_on
    assert periods[-1].ends_on == whole.ends_on
    for before, after in zip(periods, periods[1:], strict=False):
        assert after.starts_on - before.ends_on == dt.timedelta(days=1)
    assert [read_period(one.key) for one in periods] == periods == sorted(periods)


@given(RECURRENT, YEARS.filter(lambda year: year > 1900))
def test_a_year_before_is_the_same_part_of_the_year_before(frequency, year):
    for period in periods_within(frequency, period_of(Frequency.YEAR, year)):
        assert period.a_year_before.key == period.key.replace(str(year), str(year - 1))


def test_a_part_of_a_year_holds_only_what_fits_in_it():
    semester = read_period("2026-S2")
    assert keys_within(Frequency.QUARTER, semester) == ["2026-T3", "2026-T4"]
    assert keys_within(Frequency.SEMESTER, semester) == ["2026-S2"]
    assert keys_within(Frequency.YEAR, semester) == []
    assert keys_within(Frequency.MONTH, read_period("2026-T1")) == ["2026-01", "2026-02", "2026-03"]


def test_what_is_entered_once_is_asked_with_the_year():
    assert keys_within(Frequency.ONCE, read_period("2026")) == [ONCE_KEY]
    assert keys_within(Frequency.ONCE, read_period("2026-S1")) == []
    assert period_label(ONCE_KEY) == "une seule fois"
