"""The periods for which values are entered: a year or a part of one."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property

from actions.calendar import MONTHS

from .models.frequency import Frequency

#: The key of the one value of an indicator that is entered once.
ONCE_KEY = "unique"

_KEYS = {
    Frequency.YEAR: re.compile(r"(\d{4})"),
    Frequency.SEMESTER: re.compile(r"(\d{4})-S([12])"),
    Frequency.QUARTER: re.compile(r"(\d{4})-T([1-4])"),
    Frequency.MONTH: re.compile(r"(\d{4})-(0[1-9]|1[0-2])"),
}
_MONTHS_IN = {Frequency.YEAR: 12, Frequency.SEMESTER: 6, Frequency.QUARTER: 3, Frequency.MONTH: 1}


@dataclass(frozen=True, order=True)
class ReportingPeriod:
    """A period by its key: « 2026 », « 2026-S1 », « 2026-T3 », « 2026-03 ».

    Make one with `read_period`, `period_of` or `periods_within`. Periods sort by their start; those that
    start together, from the longest.
    """

    starts_on: dt.date
    ends_on: dt.date
    key: str
    frequency: Frequency

    @property
    def year(self) -> int:
        return self.starts_on.year

    @cached_property
    def label(self) -> str:
        """« 2026 », « 1er semestre 2026 », « 3e trimestre 2026 », « mars 2026 »."""
        rank = (self.starts_on.month - 1) // _MONTHS_IN[self.frequency] + 1
        ordinal = "1er" if rank == 1 else f"{rank}e"
        if self.frequency == Frequency.MONTH:
            return f"{MONTHS[rank - 1]} {self.year}"
        words = {Frequency.SEMESTER: f"{ordinal} semestre ", Frequency.QUARTER: f"{ordinal} trimestre "}
        return f"{words.get(self.frequency, '')}{self.year}"

    @property
    def a_year_before(self) -> "ReportingPeriod":
        rank = (self.starts_on.month - 1) // _MONTHS_IN[self.frequency] + 1
        return period_of(self.frequency, self.year - 1, rank)

    @property
    def just_before(self) -> "ReportingPeriod | None":
        """The one before in the same year."""
        rank = (self.starts_on.month - 1) // _MONTHS_IN[self.frequency]
        return period_of(self.frequency, self.year, rank) if rank else None


def period_of(frequency: Frequency, year: int, rank: int = 1) -> ReportingPeriod:
    """The first, second… period of a year."""
    length = _MONTHS_IN[frequency]
    first = (rank - 1) * length + 1
    after = dt.date(year + (first + length > 12), (first + length - 1) % 12 + 1, 1)
    key = {
        Frequency.YEAR: f"{year:04}",
        Frequency.SEMESTER: f"{year:04}-S{rank}",
        Frequency.QUARTER: f"{year:04}-T{rank}",
        Frequency.MONTH: f"{year:04}-{rank:02}",
    }[frequency]
    return ReportingPeriod(dt.date(year, first, 1), after - dt.timedelta(days=1), key, frequency)


def read_period(key: str) -> ReportingPeriod | None:
    """The period of a key; None for what is no key, and for the key of an indicator entered once."""
    for frequency, pattern in _KEYS.items():
        found = pattern.fullmatch(key)
        if found and 1900 <= int(found[1]) <= 2200:
            return period_of(frequency, int(found[1]), int(found[2]) if found.lastindex == 2 else 1)
    return None


def periods_within(frequency: Frequency, whole: ReportingPeriod) -> list[ReportingPeriod]:
    """The periods of that frequency inside `whole`: four quarters in a year, no year in a semester."""
    if frequency == Frequency.ONCE:
        return []
    ranks = range(1, 12 // _MONTHS_IN[frequency] + 1)
    periods = (period_of(frequency, whole.year, rank) for rank in ranks)
    return [one for one in periods if whole.starts_on <= one.starts_on and one.ends_on <= whole.ends_on]


def keys_within(frequency: Frequency, whole: ReportingPeriod) -> list[str]:
    """The same as keys; an indicator that is entered once has its one key in every year."""
    if frequency == Frequency.ONCE:
        return [ONCE_KEY] if whole.frequency == Frequency.YEAR else []
    return [period.key for period in periods_within(frequency, whole)]


def period_label(key: str) -> str:
    period = read_period(key)
    return period.label if period else "une seule fois"
