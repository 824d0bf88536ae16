"""By how much a calendar was moved, in words."""

import calendar
import datetime as dt

from .states import ActionThen


def say_delay(was: ActionThen, now: ActionThen) -> str:
    """« repoussée de 3 mois », « avancée d’un an », « début repoussé de 2 mois », or nothing."""
    if was.ends_on != now.ends_on:
        if was.ends_on and now.ends_on:
            way = "repoussée" if now.ends_on > was.ends_on else "avancée"
            return f"{way} {_by(was.ends_on, now.ends_on)}"
        return "une date de fin est fixée" if now.ends_on else "plus de date de fin"
    if was.starts_on and now.starts_on and was.starts_on != now.starts_on:
        way = "repoussé" if now.starts_on > was.starts_on else "avancé"
        return f"début {way} {_by(was.starts_on, now.starts_on)}"
    return ""


def _by(one: dt.date, other: dt.date) -> str:
    """« de 3 mois » between the ends of two months, « de 12 jours », « d’environ 2 mois »."""
    first, last = sorted((one, other))
    months = (last.year - first.year) * 12 + last.month - first.month
    if first.day == last.day or (_ends_month(first) and _ends_month(last)):
        return f"de {_years_or_months(months)}" if months not in (1, 12) else f"d’{_years_or_months(months)}"
    days = (last - first).days
    if days < 45:
        return "d’un jour" if days == 1 else f"de {days} jours"
    return f"d’environ {round(days / 30.44)} mois"


def _years_or_months(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return "un mois" if months == 1 else f"{months} mois"
    return "un an" if years == 1 else f"{years} ans"


def _ends_month(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]
