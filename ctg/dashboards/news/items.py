"""What a letter is made of."""

from dataclasses import dataclass
from enum import IntEnum

from actions.models import Action, Decision

from .wording import about, brief


class Weight(IntEnum):
    """What comes first in a letter."""

    RETURNED = 1
    DUE = 2
    BLOCKED = 3
    DECIDED = 4
    ENTRUSTED = 5
    DISCUSSED = 6
    STATUS = 7
    CONFIDENCE = 8
    FREED = 9
    NOTED = 10
    RECEIVED = 11


@dataclass(frozen=True)
class News:
    """One line of a letter; those about the same page stand together."""

    weight: int
    plan_id: int
    about: str
    url: str
    text: str


def on_action(weight: Weight, action: Action, text: str) -> News:
    return News(weight, action.plan_id, about(action), action.get_absolute_url(), text)


def on_decision(weight: Weight, decision: Decision, text: str) -> News:
    return News(weight, decision.plan_id, brief(decision.subject), decision.get_absolute_url(), text)
