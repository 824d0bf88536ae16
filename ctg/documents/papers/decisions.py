"""A decision in the words of every paper: where it stands, who carries it out, by when."""

from django.utils.text import capfirst

from actions.calendar import say
from actions.models import Decision


def state_of(decision: Decision) -> str:
    """« À prendre », « Prise le 12 mars 2026 », « Appliquée le 3 juin 2026 »."""
    if decision.done_on:
        return f"Appliquée le {say(decision.done_on)}"
    outcome = capfirst(str(decision.get_outcome_display()))
    return f"{outcome} le {say(decision.decided_on)}" if decision.decided_on else outcome


def owner_of(decision: Decision) -> str:
    return decision.owner.name if decision.owner else "à désigner"


def due_of(decision: Decision) -> str:
    return say(decision.due_on) if decision.due_on else "sans date"
