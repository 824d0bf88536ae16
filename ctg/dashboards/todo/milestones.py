"""Milestones whose day has passed, on actions that are still to be done."""

from django.urls import reverse

from actions.models import Milestone
from actions.models.status import CAN_BE_LATE
from ctg.web.templatetags.ui import day, plural

from .desk import Desk
from .lines import Batch, Button, Line


def missed(desk: Desk) -> Batch:
    alive = {gist.pk for gist in desk.watched if gist.status in CAN_BE_LATE and gist.pk in desk.kept}
    found = Milestone.objects.of_plan(desk.plan).filter(reached_on=None, due_on__lt=desk.today)
    return Batch([_line(desk, milestone) for milestone in found if milestone.action_id in alive])


def _line(desk: Desk, milestone: Milestone) -> Line:
    case, days = desk.cases[milestone.action_id], milestone.days_late(desk.today)
    planned = f"prévu le {day(milestone.due_on)}, dépassé de {days} jour{plural(days)}"
    return Line(
        "Jalon",
        milestone.title,
        reverse("actions:action_detail", args=[milestone.action_id]),
        f"Action\u00a0{case.number} {case.title}\u00a0: {planned}.",
        [Button("Mettre à jour", reverse("actions:milestone_edit", args=[milestone.pk]), milestone.title)],
    )
