"""The sentences of the timeline."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from ctg.web.templatetags.ui import SHORT_MONTHS, short_day

from ..calendar import Precision
from ..gists import Gist
from ..models import Status

NUMBERS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def in_letters(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def span(starts_on: dt.date | None, ends_on: dt.date | None, precision: Precision) -> str:
    """« juill. – déc. 2026 », « janv. 2025 – déc. 2028 », « à partir de sept. 2027 »."""
    say = short_day if precision == Precision.DAY else _month
    if starts_on and ends_on:
        same_year = ends_on if starts_on.year == ends_on.year else None
        start, end = _without_year(say(starts_on), same_year), say(ends_on)
        return end if say(starts_on) == end else f"{start} – {end}"
    if starts_on:
        return f"à partir de {say(starts_on)}"
    return f"jusqu’à {say(ends_on)}" if ends_on else "en continu"


def _month(day: dt.date) -> str:
    return f"{SHORT_MONTHS[day.month - 1]} {day.year}"


def _without_year(said: str, same: dt.date | None) -> str:
    return said.removesuffix(f" {same.year}") if same else said


def busiest_year(gists: Iterable[Gist], today: dt.date) -> str:
    """« Le plus gros reste à faire en 2027 : cinq actions y commencent. », if a year stands out."""
    ahead = Counter(
        gist.starts_on.year
        for gist in gists
        if gist.starts_on and gist.starts_on > today and gist.status in (Status.PLANNED, Status.POSTPONED)
    )
    ranked = ahead.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return ""
    year, count = ranked[0]
    return f"Le plus gros reste à faire en {year}\u00a0: {in_letters(count)} actions y commencent."
