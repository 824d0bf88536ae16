"""Figures said in words: what a total is, what it aims at, where it goes, how it was made."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.text import capfirst

from ctg.web.numbers import write_number

from ..models import Accrual, Gathering, Indicator, Kind, Target
from ..values.wording import say_date, say_number, say_value
from .aggregation import Rules
from .totals import Total
from .yearly import Figure, Figures

#: Beyond the numbers entered, which are shown as they are, means are rounded to this.
PLACES = 2

_GATHERED = {
    Gathering.SUM: "On additionne les valeurs des porteurs.",
    Gathering.WEIGHTED: "On fait la moyenne des porteurs, chacun comptant pour son effectif.",
    Gathering.MEAN: "On fait la moyenne des porteurs, chacun comptant pour un.",
    Gathering.MAX: "On garde la plus grande valeur.",
    Gathering.LAST: "On garde la dernière valeur reçue.",
    Gathering.NONE: "Les valeurs ne se réunissent pas\u00a0: chacune se lit à part.",
}
_ACCRUED = {
    Accrual.ADDED: "D’une période à l’autre, les valeurs s’ajoutent.",
    Accrual.RUNNING: "Chaque valeur comprend déjà les précédentes\u00a0: on garde la dernière de chacun.",
    Accrual.STANDING: "Chaque valeur dit l’état à sa date\u00a0: on garde la dernière de chacun.",
    Accrual.AVERAGED: "D’une période à l’autre, on fait la moyenne.",
}
_BLANK = "Vide n’est jamais zéro\u00a0: une valeur absente reste hors du calcul."


def say_total(indicator: Indicator, total: Total) -> str:
    """« 412 participants », « 27 sur 120, soit 22,5 % », « 2 réalisées sur 3 », or why there is no figure."""
    if total.value is None:
        return total.why_not
    if indicator.kind == Kind.DELIVERABLE:
        return _say_done(total)
    amount = total.value if total.numerator is None else total.numerator
    return say_value(indicator, {"amount": round(amount, PLACES), "base": total.denominator})


def say_target(indicator: Indicator, target: Target | None) -> str:
    """« 600 participants », « entre 4 et 6 », « sans cible »."""
    if target is None:
        return "sans cible" if indicator.is_without_target else "cible à fixer"
    return say_number(indicator, target.value) if target.upper is None else target.in_words


def say_figure(indicator: Indicator, figure: Figure) -> str:
    """« En 2026, 412 participants pour une cible de 600 (il manque 188). »"""
    said = f"{_when(figure)}, {say_total(indicator, figure.total)}"
    if figure.target and figure.comparison.words:
        said += f" pour une cible de {say_target(indicator, figure.target)} ({figure.comparison.words})"
    return f"{said}."


def say_trend(figures: Figures, year: int) -> str:
    """The figure of a year beside the last one before it: « 12 de plus qu’en 2025 »."""
    now, indicator = figures.of_year(year), figures.indicator
    earlier = [one for one in figures.series if int(one.key) < year and one.total.value is not None]
    if not earlier or indicator.kind == Kind.DELIVERABLE:
        return ""
    before = earlier[-1]
    if (
        now.total.value is None
        or before.total.value is None
        or now.total.is_partial
        or before.total.is_partial
    ):
        return f"{say_total(indicator, before.total)} en {before.key}"
    change = now.total.value - before.total.value
    written = write_number(abs(change), PLACES)
    if written == "0":
        return f"comme en {before.key}"
    points = (
        " point" + ("s" if abs(change) >= 2 else "") if indicator.kind in (Kind.SHARE, Kind.SCALE) else ""
    )
    return f"{written}{points} de {'plus' if change > 0 else 'moins'} qu’en {before.key}"


def say_years(figures: Figures) -> str:
    """What a chart shows: « départ : 310 ; 2025 : 396, cible 400 ; 2026 : 412, partiel ; 2027 : à venir. »

    What comes from the plan before is said first, as such.
    """
    indicator = figures.indicator
    start = (
        [] if indicator.baseline is None else [f"départ\u00a0: {say_number(indicator, indicator.baseline)}"]
    )
    years = [_say_year(indicator, figure) for figure in figures.trend]
    said = "\u00a0; ".join([*start, *years])
    earlier = figures.series[: -len(figures.trend)]
    if not earlier:
        return f"{capfirst(said)}."
    before = "\u00a0; ".join(_say_year(indicator, figure) for figure in earlier)
    return f"CTG précédente, {before}. Cette CTG, {said}."


def say_plan(everything: Iterable[Figures], year: int) -> str:
    """« En 2026, 12 indicateurs sur 43 ont leur valeur complète ; 3 cibles atteintes. »"""
    shown = [figures.of_year(year) for figures in everything]
    complete = sum(figure.total.is_complete for figure in shown)
    reached = sum(figure.comparison.is_reached is True for figure in shown)
    many = complete > 1
    said = f"En {year}, {complete} indicateur{'s' if many else ''} sur {len(shown)}"
    said += f" {'ont leur' if many else 'a sa'} valeur complète"
    return f"{said}\u00a0; {reached} cible{'s' if reached > 1 else ''} atteinte{'s' if reached > 1 else ''}."


def say_rules(rules: Rules) -> Sequence[str]:
    """How the figure is made, one sentence for each step."""
    if rules.keeps_apart:
        return [_GATHERED[Gathering.NONE]]
    if rules.kind == Kind.DELIVERABLE:
        return ["C’est fait quand tous les porteurs attendus l’ont fait.", _BLANK]
    accrued = _ACCRUED[Accrual.AVERAGED if rules.averages and not rules.takes_latest else rules.accrual]
    gathered = _GATHERED[rules.gathering]
    if rules.kind == Kind.SHARE and rules.gathering != Gathering.LAST:
        gathered = "On additionne les premiers nombres, puis les seconds, et l’on divise à la fin."
    return [gathered, accrued, _BLANK]


def _when(figure: Figure) -> str:
    return f"En {figure.key}" if figure.key.isdigit() else "Toutes années réunies"


def _say_done(total: Total) -> str:
    done, expected = total.numerator or Decimal(0), total.denominator or Decimal(0)
    if expected == 1:
        return say_value(Indicator(kind=Kind.DELIVERABLE), {"amount": total.value, "done_on": total.done_on})
    said = f"{done} réalisée{'s' if done > 1 else ''} sur {expected}"
    return f"{said}, la dernière le {say_date(total.done_on)}" if total.value and total.done_on else said


def _say_year(indicator: Indicator, figure: Figure) -> str:
    parts = []
    if figure.is_due:
        has_value = figure.total.value is not None
        parts.append(say_total(indicator, figure.total) if has_value else "pas de valeur")
        if has_value and figure.total.is_partial:
            parts.append(f"partiel (il manque {figure.total.lacking})")
    if figure.target:
        parts.append(f"cible {say_target(indicator, figure.target)}")
    return f"{figure.key}\u00a0: {', '.join(parts) or 'à venir'}"
