import datetime as dt
import re
from dataclasses import dataclass

from django.utils import timezone

from actions.calendar import say, say_month

TOKEN = re.compile(r"\{(\w+)([+-]\d+)?\}")
DAY_ENDS_AT = dt.time(17, 50)
FRIDAY = 4


@dataclass(frozen=True)
class Day:
    """The day on which the demonstration is loaded, and the days around it, as numbers of days.

    `pace` brings the past nearer: at 0.5, what is told as 300 days ago happened 150 days ago.
    """

    today: dt.date
    pace: float = 1.0

    def since(self, dated_on: dt.date | None, days: int) -> "Day":
        """The same day, for a story of so many `days` that cannot begin before `dated_on`."""
        age = (self.today - dated_on).days if dated_on else days
        return Day(self.today, age / days) if 0 < age < days else self

    def on(self, days: int) -> dt.date:
        """That day, or the Friday before it: nobody works on Sundays. The past never reaches today."""
        if days < 0:
            days = min(-1, round(days * self.pace))
        day = self.today + dt.timedelta(days=days)
        return day - dt.timedelta(days=max(0, day.weekday() - FRIDAY))

    def at(self, days: int) -> dt.datetime:
        """An hour of that day, the earlier the longer ago: what falls on one day keeps its order."""
        evening = timezone.make_aware(dt.datetime.combine(self.on(days), DAY_ENDS_AT))
        return evening - dt.timedelta(seconds=90 * abs(days))

    def write(self, text: str) -> str:
        """Replace « {month-3} », « {day+12} », « {semester} », « {year} » and « {school_year} »."""
        return TOKEN.sub(lambda token: self._say(token[1], int(token[2] or 0)), text)

    def _say(self, unit: str, shift: int) -> str:
        months = self.today.year * 12 + self.today.month - 1
        if unit == "day":
            return say(self.on(shift))
        if unit == "month":
            year, month = divmod(months + shift, 12)
            return say_month(dt.date(year, month + 1, 1))
        if unit == "semester":
            year, second = divmod(months // 6 + shift, 2)
            return f"{'2e' if second else '1er'} semestre {year}"
        if unit == "year":
            return str(self.today.year + shift)
        if unit == "school_year":
            return str(self.today.year + (self.today.month >= 9) + shift)
        raise ValueError(f"unknown unit of time: {unit}")
