"""What the year offers as highlights: actions done, milestones reached, targets reached."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from actions.models import Action, Status
from actions.past import ShiftKind
from ctg.reviews.facts.actions import read_actions
from ctg.reviews.facts.changes import read_changes_since_last_year
from ctg.reviews.facts.indicators import read_indicators
from ctg.reviews.facts_in_words import name_of
from ctg.reviews.models import Highlight, Review
from partners import receipts

TITLE_LENGTH: int = Highlight._meta.get_field("title").max_length or 0


@dataclass(frozen=True)
class Candidate:
    """Something worth remembering; `action` is the key of its action, if it has one."""

    sort: str
    title: str
    about: str
    action: int | None
    #: Each is retained by a form of its own.
    token: uuid.UUID = field(default_factory=receipts.fresh_token)


#: What a source yields: its sort, the words, the number of the action, what it is about.
Found = Iterable[tuple[str, str, int | None, str]]


def propose(review: Review, today: dt.date) -> list[Candidate]:
    """What the year offers and was not retained yet."""
    keys = dict(Action.objects.of_plan(review.plan).values_list("number", "pk"))
    kept = set(review.highlights.current().values_list("title", "action"))
    found = (*_done(review, today), *_reached(review, today), *_on_target(review, today))
    offered = [
        Candidate(sort, _fit(words), about, keys.get(number or 0)) for sort, words, number, about in found
    ]
    return [one for one in offered if (one.title, one.action) not in kept]


def _fit(words: str) -> str:
    return words if len(words) <= TITLE_LENGTH else f"{words[: TITLE_LENGTH - 1].rstrip()}…"


def _done(review: Review, today: dt.date) -> Found:
    since = read_changes_since_last_year(review, today=today)
    for change in since.changes if since else ():
        if change.kind == ShiftKind.STATUS and change.after == Status.DONE.label:
            yield "Action réalisée", change.title, change.number, f"Action {change.number}"


def _reached(review: Review, today: dt.date) -> Found:
    for action in read_actions(review, today=today):
        for milestone in action.milestones:
            if milestone.reached_on.startswith(str(review.year)):
                yield "Jalon atteint", milestone.title, action.number, name_of(action)


def _on_target(review: Review, today: dt.date) -> Found:
    _, indicators = read_indicators(review.plan, review.year, today=today)
    for one in indicators:
        if one.is_reached:
            number = one.actions[0] if one.actions else None
            yield "Cible atteinte", f"{one.wording}\u00a0: {one.value}", number, f"Cible\u00a0: {one.target}"
