"""Decisions that were taken and should have been carried out by now."""

from actions.models import Decision, Outcome
from ctg.web.templatetags.ui import day

from .desk import Desk
from .lines import Batch, Button, Line


def overdue(desk: Desk) -> Batch:
    """Those of her organisations; for the coordination, all of them."""
    found = (
        Decision.objects.of_plan(desk.plan)
        .filter(outcome=Outcome.TAKEN, done_on=None, due_on__lt=desk.today)
        .select_related("owner")
        .order_by("due_on", "pk")
    )
    if not desk.coordinates:
        found = found.filter(owner__in=desk.organisations)
    return Batch([_line(decision) for decision in found])


def _line(decision: Decision) -> Line:
    url = decision.get_absolute_url()
    owner = f" {decision.owner} s’en charge." if decision.owner else ""
    why = f"Décidée le {day(decision.decided_on)}, à appliquer pour le {day(decision.due_on)}.{owner}"
    return Line("Décision", decision.subject, url, why, [Button("Ouvrir", url, decision.subject)])
