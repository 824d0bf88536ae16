"""The period of an action: how closely it is known, and how it is said."""

import enum
from dataclasses import dataclass
from datetime import date, timedelta


class Precision(enum.StrEnum):
    """How closely a date is known, from the finest; CONTINUOUS when the text names no date."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    SEMESTER = "semester"
    YEAR = "year"
    CONTINUOUS = "continuous"


@dataclass(frozen=True)
class Period:
    """What a text says about time. An end that is None is open."""

    starts_on: date | None
    ends_on: date | None
    precision: Precision
    recurring: bool


MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
ROUGHLY = {
    Precision.DAY: "au jour près",
    Precision.MONTH: "au mois près",
    Precision.QUARTER: "au trimestre près",
    Precision.SEASON: "à la saison près",
    Precision.SEMESTER: "au semestre près",
    Precision.YEAR: "à l’année près",
    Precision.CONTINUOUS: "en continu",
}


def describe_period(starts_on: date | None, ends_on: date | None, precision: Precision) -> str:
    """Finish the sentence « Compris comme : », full stop included."""
    if starts_on and ends_on:
        dates = f"le {say(starts_on)}" if starts_on == ends_on else f"du {say(starts_on)} au {say(ends_on)}"
    elif starts_on:
        dates = f"à partir du {say(starts_on)}"
    elif ends_on:
        dates = f"jusqu’au {say(ends_on)}"
    else:
        return "en continu."
    return f"{dates}, {ROUGHLY[precision]}."


def late_since(ends_on: date) -> date:
    """Return the first day after the range."""
    return ends_on + timedelta(days=1)


def since_words(day: date, precision: Precision) -> str:
    """Name only the month, unless the calendar is known to the day."""
    return f"depuis le {say(day)}" if precision == Precision.DAY else f"depuis {say_month(day)}"


def blocked_words(since: date | None) -> str:
    """« Bloquée depuis le 3 mars 2026 », or nothing."""
    return f"Bloquée {since_words(since, Precision.DAY)}" if since else ""


def say(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {say_month(day)}"


def say_month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
