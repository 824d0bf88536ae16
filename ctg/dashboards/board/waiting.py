"""What waits for somebody: the decisions to take, and the actions that something blocks."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Value
from django.db.models.functions import Coalesce

from actions.models import Blockage, Decision, Plan
from actions.past import ActionThen

from .wording import cut

#: Of what it takes to know, with the numbers of the actions, on one line.
LINE_LENGTH = 72


@dataclass
class Request:
    """A decision to take, with the actions that it is about."""

    pk: int
    subject: str
    context: str
    asked_of: str
    asked_on: dt.date | None
    actions: list[ActionThen] = field(default_factory=list)

    @property
    def in_one_line(self) -> str:
        """« action 5 · Il manque 8 400 €… »"""
        return cut(" · ".join(filter(None, (self.about, self.context))), LINE_LENGTH)

    @property
    def about(self) -> str:
        numbers = ", ".join(str(action.number) for action in self.actions)
        return f"action{'s' if len(self.actions) > 1 else ''} {numbers}" if numbers else ""


@dataclass(frozen=True)
class Blocked:
    """An action with what has been blocking it for the longest time."""

    action: ActionThen
    reason: str
    since: dt.date


@dataclass(frozen=True)
class Waiting:
    decisions: list[Request]
    blocked: list[Blocked]


def read_waiting(plan: Plan, actions: Mapping[int, ActionThen]) -> Waiting:
    """Both in one query, of a plan whose door was passed."""
    asked = Decision.objects.of_plan(plan).pending()
    standing = Blockage.objects.of_plan(plan).standing()
    rows = (
        asked.order_by()
        .annotate(sort=Value("decision"), body=Coalesce("asked_of__name", Value("")))
        .values_list("sort", "pk", "subject", "context", "body", "asked_on", "actions")
        .union(
            standing.order_by()
            .annotate(sort=Value("blockage"), context=Value(""), body=Value(""))
            .values_list("sort", "pk", "reason", "context", "body", "since", "action"),
            all=True,
        )
    )
    decisions: dict[int, Request] = {}
    blocked: dict[int, Blocked] = {}
    for sort, pk, text, context, body, day, action in rows:
        about = actions.get(action)
        if sort == "decision":
            request = decisions.setdefault(pk, Request(pk, text, context, body, day))
            request.actions += [about] if about else []
        elif about and day and (action not in blocked or day < blocked[action].since):
            blocked[action] = Blocked(about, text, day)
    for request in decisions.values():
        request.actions.sort(key=lambda action: action.number)
    return Waiting(
        sorted(decisions.values(), key=lambda one: (one.asked_on or dt.date.min, one.pk)),
        sorted(blocked.values(), key=lambda one: (one.since, one.action.number)),
    )
