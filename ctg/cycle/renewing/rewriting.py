"""The actions that were taken over to be adapted, and are not yet."""

from django.db.models import Exists, OuterRef

from actions.models import Action, Plan
from actions.models.voted import VotedSheet
from ctg.cycle.models import RenewalChoice, Verdict
from partners.models import Change
from partners.models.change import Event

CALENDAR = {"calendar_text", "dates_given", "starts_on", "ends_on", "recurring"}

#: Changed, one of these says that somebody has gone back to the text.
TEXTS = {"title", *VotedSheet.voted_fields} - CALENDAR


def to_rewrite(plan: Plan) -> list[tuple[int, str]]:
    """Each action of a plan whose door was passed that waits for its words, and why it is to be adapted."""
    touched = Change.objects.filter(
        kind="action", object_id=OuterRef("pk"), event=Event.CHANGED, field__in=TEXTS
    )
    adapted = RenewalChoice.objects.current().filter(renewal__created=plan, verdict=Verdict.ADAPT)
    reasons = dict(adapted.values_list("action", "reason"))
    waiting = Action.objects.of_plan(plan).filter(~Exists(touched), renewed_from__in=reasons)
    rows = waiting.order_by("position", "number", "pk").values_list("pk", "renewed_from")
    return [(pk, reasons[origin]) for pk, origin in rows if origin]
