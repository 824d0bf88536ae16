"""Why an action changed between two days, and which decision made it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from actions.calendar import say
from actions.models import Action, Decision, Outcome, Plan
from actions.models.status import NEEDS_REASON
from actions.past import Shift, ShiftKind
from actions.past.rewinding import end_of
from partners.models import Change
from partners.models.change import Event

from .governance import name_of

#: The tracked fields that make a difference of each kind, where a change of them may say why.
FIELDS = {
    ShiftKind.STATUS: ("status",),
    ShiftKind.CALENDAR: ("calendar_text", "dates_given", "starts_on", "ends_on", "recurring"),
    ShiftKind.AMBITION: ("ambition",),
    ShiftKind.THEME: ("theme",),
    ShiftKind.TITLE: ("title",),
}
#: What a body decides, beside the statuses that need a reason: no COPIL decides that a work has begun.
DECIDED = (
    *(ShiftKind.ADDED, ShiftKind.DROPPED, ShiftKind.CALENDAR),
    *(ShiftKind.AMBITION, ShiftKind.THEME, ShiftKind.TITLE),
)


@dataclass(frozen=True)
class Causes:
    until: dt.date
    #: What was said of the last change of a field, by action and field.
    reasons: Mapping[tuple[int, str], str]
    #: The day and the words of each decision about an action, in order of time.
    rulings: Mapping[int, Sequence[tuple[dt.date, str]]]

    def reason_of(self, shift: Shift) -> str:
        """The reason of a status; « repoussée de 3 mois : le permis manque » of a calendar."""
        said = [self.reasons.get((shift.action_id, field), "") for field in FIELDS.get(shift.kind, ())]
        reason = next(filter(None, said), "")
        if shift.kind == ShiftKind.STATUS:
            return shift.note or reason
        delay = shift.note if shift.kind == ShiftKind.CALENDAR else ""
        return "\u00a0: ".join(filter(None, [delay, reason]))

    def decided_by(self, shift: Shift) -> str:
        """The last decision before the change, else the first one after it."""
        is_decided = shift.kind in DECIDED or (shift.kind == ShiftKind.STATUS and shift.value in NEEDS_REASON)
        rulings = self.rulings.get(shift.action_id, ()) if is_decided else ()
        changed_on = timezone.localdate(shift.at) if shift.at else self.until
        before = [words for day, words in rulings if day <= changed_on]
        return next(iter([*before[-1:], *(words for _, words in rulings)]), "")


def read_causes(plan: Plan, since: dt.date, until: dt.date) -> Causes:
    """What was said and decided after a day of a plan whose door was passed, in three queries."""
    return Causes(until, _read_reasons(plan, since, until), _read_rulings(plan, since, until))


def _read_reasons(plan: Plan, since: dt.date, until: dt.date) -> dict[tuple[int, str], str]:
    """Blank ones too: what was said of an earlier change is not the reason of the last."""
    fields = [field for names in FIELDS.values() for field in names]
    changes = Change.objects.filter(
        plan_id=plan.pk,
        kind="action",
        event=Event.CHANGED,
        field__in=fields,
        at__gte=end_of(since),
        at__lt=end_of(until),
        is_private=False,
    )
    rows = changes.order_by("version", "pk").values_list("object_id", "field", "reason")
    return {(action, field): reason for action, field, reason in rows}


def _read_rulings(plan: Plan, since: dt.date, until: dt.date) -> dict[int, list[tuple[dt.date, str]]]:
    taken = Decision.objects.of_plan(plan).filter(
        outcome=Outcome.TAKEN, decided_on__gt=since, decided_on__lte=until
    )
    words = {}
    for decision in taken.select_related("meeting__body").order_by("decided_on", "pk"):
        assert decision.decided_on
        said = name_of(decision.meeting) or f"décision du {say(decision.decided_on)}"
        words[decision.pk] = (decision.decided_on, said)
    # Also of the actions that were dropped since.
    about = Action.objects.filter(plan=plan, decisions__in=list(words)).values_list("decisions", "pk")
    rank = {pk: rank for rank, pk in enumerate(words)}
    rulings: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    for decision_id, action in sorted(about, key=lambda row: rank[row[0]]):
        rulings[action].append(words[decision_id])
    return dict(rulings)
