"""The states in which decisions are read, each a word of the address with its count."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Decision, Outcome

TO_TAKE, TO_APPLY, OVERDUE, APPLIED, DECLINED = (
    *("a-prendre", "prises", "en-retard"),
    *("appliquees", "ecartees"),
)
LABELS = {
    "": "Toutes",
    TO_TAKE: "À prendre",
    TO_APPLY: "Prises, à appliquer",
    OVERDUE: "En retard",
    APPLIED: "Appliquées",
    DECLINED: "Écartées",
}


@dataclass(frozen=True)
class State:
    value: str
    label: str
    count: int
    is_current: bool

    @property
    def query(self) -> str:
        return f"etat={self.value}" if self.value else ""


@dataclass(frozen=True)
class FoundDecisions:
    states: Sequence[State]
    rows: Sequence[Decision]

    def count(self, value: str) -> int:
        return next(state.count for state in self.states if state.value == value)

    @property
    def current(self) -> State:
        return next(state for state in self.states if state.is_current)


def filter_decisions(decisions: Sequence[Decision], asked: str, today: dt.date) -> FoundDecisions:
    """Sort decisions into their states, what is open first; an unknown word asks for all of them."""
    sorted_out = {value: [it for it in decisions if value in states_of(it, today)] for value in LABELS}
    chosen = asked if asked in LABELS else ""
    states = [State(value, label, len(sorted_out[value]), value == chosen) for value, label in LABELS.items()]
    return FoundDecisions(states, sorted(sorted_out[chosen], key=_rank))


def states_of(decision: Decision, today: dt.date) -> set[str]:
    """The words of the address that keep a decision; what is late is also still to apply."""
    if decision.is_pending:
        return {"", TO_TAKE}
    if decision.outcome == Outcome.DECLINED:
        return {"", DECLINED}
    if decision.done_on:
        return {"", APPLIED}
    return {"", TO_APPLY, OVERDUE} if decision.is_overdue(today) else {"", TO_APPLY}


def _rank(decision: Decision) -> tuple[int, int]:
    """To take, then to apply by date, then the rest, the latest first."""
    far = dt.date.max.toordinal()
    if decision.is_pending:
        return 0, (decision.asked_on or dt.date.min).toordinal()
    if decision.outcome == Outcome.TAKEN and not decision.done_on:
        return 1, decision.due_on.toordinal() if decision.due_on else far
    return 2, -(decision.decided_on or dt.date.min).toordinal()
