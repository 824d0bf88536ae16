"""What every document says of an action in the same words, whatever its format."""

from collections.abc import Sequence
from datetime import date

from django.utils.text import capfirst

from actions.calendar import say
from actions.models import Action, Milestone, Part
from ctg.documents.plan_reading import PlanReading
from indicators.models import Nature

SEPARATOR = " - "


def count_in_words(actions: Sequence[Action]) -> str:
    """« 6 actions »"""
    if not actions:
        return "aucune action dans le plan"
    return "1 action" if len(actions) == 1 else f"{len(actions)} actions"


def tally(actions: Sequence[Action], today: date) -> str:
    """« 6 actions, dont 2 en retard »"""
    if not actions:
        return count_in_words(actions)
    late = sum(action.is_late(today) for action in actions)
    count = count_in_words(actions)
    if not late:
        return count
    return f"{count}, en retard" if len(actions) == 1 else f"{count}, dont {late} en retard"


def calendar(action: Action) -> str:
    words = action.period_in_words
    understood = words[:1].upper() + words[1:]
    return f"{understood} Récurrente.".strip() if action.recurring else understood


def milestone_line(milestone: Milestone, today: date) -> str:
    """« ◇ Prévu le 30 juin 2026, non atteint : Minibus »"""
    return f"{'◆' if milestone.reached_on else '◇'} {milestone_words(milestone, today)}"


def milestone_words(milestone: Milestone, today: date) -> str:
    if milestone.reached_on:
        return f"Atteint le {say(milestone.reached_on)}\u00a0: {milestone.title}"
    if not milestone.due_on:
        return f"À venir\u00a0: {milestone.title}"
    late = ", non atteint" if milestone.days_late(today) else ""
    return f"Prévu le {say(milestone.due_on)}{late}\u00a0: {milestone.title}"


def role_label(part: Part, names: Sequence[str]) -> str:
    """« Porteur », « Partenaires »"""
    return f"{capfirst(str(part.label))}{'s' if len(names) > 1 else ''}"


def thematic_texts(reading: PlanReading, action: Action, *, composed: bool) -> list[str]:
    """The eight cells of an action: as written in the voted document, or composed from what is linked to it.

    A cell that was voted empty stays so, unless `composed` asks for what was linked since.
    """
    as_written = [
        action.factors_text,
        action.partners_text,
        action.quantitative_text,
        action.qualitative_text,
        action.calendar_text,
    ]
    # A calendar alone may have been typed here, on an action that no document ever held.
    if composed or not any(as_written[:-1]):
        linked = [
            reading.factors(action),
            reading.partners(action),
            reading.indicators(action, Nature.QUANTITATIVE),
            reading.indicators(action, Nature.QUALITATIVE),
            [calendar(action)],
        ]
        as_written = [text or SEPARATOR.join(texts) for text, texts in zip(as_written, linked, strict=True)]
    need = reading.needs.get(action.need_id, "") if action.need_id else ""
    objective = reading.objectives.get(action.objective_id, "") if action.objective_id else ""
    return [need, objective, action.title, *as_written]
