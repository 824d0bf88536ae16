"""What the figures show over all the years, and what those who give them say."""

import datetime as dt
from collections.abc import Sequence

from actions.models import Plan
from ctg.documents.plan_reading import PlanReading
from ctg.reviews.evaluation.shapes import Exhibit
from ctg.reviews.facts.shapes import IndicatorFact
from ctg.web.templatetags.ui import plural
from indicators.figures.reports import Report, report_on
from indicators.models import Indicator


def read_reports(plan: Plan, today: dt.date) -> list[Report]:
    """Every indicator of the plan over its years."""
    indicators = Indicator.objects.of_plan(plan).with_served()
    return report_on(plan, indicators, year=today.year, today=today)


def trends(reports: Sequence[Report]) -> Exhibit:
    """The key indicators from year to year; all of them where none was chosen."""
    with_values = [one for one in reports if one.figures.rows or one.indicator.baseline is not None]
    shown = [one for one in with_values if one.indicator.is_key] or with_values
    rows = tuple((one.indicator.wording, one.years_sentence) for one in shown)
    count = len(rows)
    sentence = (
        f"{count} indicateur{plural(count)} {plural(count, 'a,ont')} une valeur à suivre d’année en année."
    )
    if not count:
        sentence = "Aucun indicateur n’a encore de valeur."
    return Exhibit("Ce qui a bougé", sentence, ("Indicateur", "D’année en année") if rows else (), rows)


def testimonies(indicators: Sequence[IndicatorFact]) -> Exhibit:
    """What organisations say in words."""
    rows = tuple(
        (one.wording, finding.organisation, finding.text) for one in indicators for finding in one.findings
    )
    count = len(rows)
    sentence = f"{count} constat{plural(count)} écrit{plural(count)} par les organismes cette année."
    if not count:
        sentence = "Aucun constat n’a été écrit cette année."
    columns = ("Indicateur", "Organisme", "Constat")
    return Exhibit("Ce qu’en disent les organismes", sentence, columns if rows else (), rows)


def lasting(reading: PlanReading) -> Exhibit:
    """The actions that go on beyond the plan."""
    kept = [action for action in reading.actions if action.recurring]
    rows = tuple((f"{action.number}. {action.title}", str(action.get_status_display())) for action in kept)
    sentence = f"{len(kept)} action{plural(len(kept))} récurrente{plural(len(kept))}."
    if not kept:
        sentence = "Aucune action n’est notée comme récurrente."
    return Exhibit("Ce qui est fait pour durer", sentence, ("Action", "Statut") if rows else (), rows)


def intentions(reading: PlanReading) -> Exhibit:
    """The changes that the plan was voted for: the impacts of its ambitions, else its objectives."""
    ambitions = [group.ambition for group in reading.ambitions if group.ambition and group.ambition.impacts]
    columns: tuple[str, ...] = (reading.plan.ambition_label, "Impacts recherchés")
    rows: tuple[tuple[str, ...], ...] = tuple(
        (ambition.title, "\u00a0; ".join(ambition.impacts)) for ambition in ambitions
    )
    count = sum(len(ambition.impacts) for ambition in ambitions)
    if not rows:
        columns = (reading.plan.objective_label,)
        rows = tuple((title,) for title in reading.objectives.values())
        count = len(rows)
    sentence = f"Le plan vise {count} changement{plural(count)}."
    if not count:
        sentence = "Le plan ne dit pas les changements qu’il vise."
    return Exhibit("Les changements souhaités", sentence, columns if rows else (), rows)
