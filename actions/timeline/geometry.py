"""Where things stand on the axis of a timeline, in percent of its width; nothing here knows a model.

A bar is as precise as its dates: it covers the whole year when only the year is known, and its edges say so.
"""

import datetime as dt
import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..calendar import Precision

#: The least width of a bar: a single day stays visible on a plan of many years.
MIN_WIDTH = 0.6


class Edge(enum.StrEnum):
    """How a bar ends: known to the year, known to the semester or finer, or not at all."""

    ROUGH = "rough"
    FIRM = "firm"
    NONE = "none"


class Scale(enum.StrEnum):
    """How finely the axis is divided; the whole of it is always there."""

    YEARS = "annees"
    QUARTERS = "trimestres"
    MONTHS = "mois"

    @property
    def months(self) -> int:
        """How many months a division has."""
        return {Scale.YEARS: 12, Scale.QUARTERS: 3, Scale.MONTHS: 1}[self]


@dataclass(frozen=True)
class Bar:
    x: float
    width: float
    left: Edge
    right: Edge

    @property
    def end(self) -> float:
        return round(self.x + self.width, 2)

    @property
    def shape(self) -> str:
        """Both edges in one word: bars of one shape are drawn once."""
        return f"{self.left}-{self.right}"


@dataclass(frozen=True)
class Axis:
    """Whole calendar years, from a first of January to a 31 December."""

    first_year: int
    last_year: int

    @classmethod
    def covering(cls, days: Iterable[dt.date], *, near: Iterable[dt.date] = (), default: int) -> "Axis":
        """The years of `days`, and of what stands `near` them, by at most a year on each side.

        A milestone typed 2206 for 2026 must not push the whole plan into a corner.
        """
        years = [day.year for day in days] or [default]
        first, last = min(years), max(years)
        around = [day.year for day in near if first - 1 <= day.year <= last + 1]
        return cls(min([first, *around]), max([last, *around]))

    @property
    def first(self) -> dt.date:
        return dt.date(self.first_year, 1, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.last_year, 12, 31)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def years(self) -> int:
        return self.last_year - self.first_year + 1

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def at(self, day: dt.date) -> float:
        """Where a day begins; what stands outside is brought to the nearest end."""
        return round(min(max((day - self.first).days / self.days, 0), 1) * 100, 2)

    def after(self, day: dt.date) -> float:
        """Where a day ends."""
        return round(min(max(((day - self.first).days + 1) / self.days, 0), 1) * 100, 2)

    def bar(
        self, starts_on: dt.date | None, ends_on: dt.date | None, precision: Precision | None
    ) -> Bar | None:
        """The bar of a period, open where it has no end; None where nothing is known of it."""
        if precision is None or not (starts_on or ends_on or precision == Precision.CONTINUOUS):
            return None
        edge = Edge.ROUGH if precision == Precision.YEAR else Edge.FIRM
        start = self.at(starts_on) if starts_on else 0
        end = self.after(ends_on) if ends_on else 100
        x = min(start, 100 - MIN_WIDTH)
        width = round(max(end - x, MIN_WIDTH), 2)
        return Bar(x, width, edge if starts_on else Edge.NONE, edge if ends_on else Edge.NONE)

    def divisions(self, scale: Scale) -> Iterator[dt.date]:
        """The first day of each division."""
        for year in range(self.first_year, self.last_year + 1):
            for month in range(1, 13, scale.months):
                yield dt.date(year, month, 1)

    def middles(self, scale: Scale) -> Iterator[tuple[dt.date, float]]:
        """Each division with the place of its name."""
        starts = [*self.divisions(scale), self.last]
        for start, end in pairwise(starts):
            yield start, round((self.at(start) + self.after(end)) / 2, 2)

    def rules(self, scale: Scale) -> str:
        """One path with a line where each division begins, in days, the height of the axis being 1."""
        return "".join(f"M{(day - self.first).days} 0v1" for day in self.divisions(scale))
