"""What differs between two states of a plan, action by action, in words."""

import datetime as dt
import enum
from collections.abc import Iterator
from typing import NamedTuple

from partners.models.change import Event

from ..calendar import say
from ..models import Confidence, Status
from .delays import say_delay
from .states import ActionThen, MilestoneThen, Past


class ShiftKind(enum.StrEnum):
    """What a difference is about, in the order in which one reads them."""

    ADDED = "added"
    DROPPED = "dropped"
    STATUS = "status"
    CONFIDENCE = "confidence"
    CALENDAR = "calendar"
    REACHED = "reached"
    MISSED = "missed"
    AMBITION = "ambition"
    THEME = "theme"
    TITLE = "title"


class Shift(NamedTuple):
    """One difference. `number` and `title` are the latest ones; `before` and `after` are words."""

    action_id: int
    number: int
    title: str
    kind: ShiftKind
    before: str
    after: str
    #: The last time that it changed; none for a date that merely went by.
    at: dt.datetime | None
    #: The reason of a status, « repoussée de 3 mois », the title of a milestone.
    note: str = ""
    #: What a status or a météo is now, for its colour and shape; blank for any other kind.
    value: str = ""

    @property
    def is_abandonment(self) -> bool:
        return self.kind == ShiftKind.STATUS and self.value == Status.ABANDONED


def differences(before: Past, after: Past) -> list[Shift]:
    """What differs, in the order of the plan; `before` is the earlier of the two, read with its steps."""
    then = {**before.actions, **after.actions}
    ordered = sorted(then.values(), key=lambda action: (action.position, action.number, action.pk))
    return [shift for action in ordered for shift in _of_action(action, before, after)]


def _of_action(action: ActionThen, before: Past, after: Past) -> Iterator[Shift]:
    was, is_now = before.actions.get(action.pk), after.actions.get(action.pk)
    if was is None:
        life = _last(before, after, "action", action.pk, "")
        note = "sortie de la corbeille" if life and life[0] == Event.RESTORED else ""
        words = Status(action.status).label
        yield _shift(action, ShiftKind.ADDED, "", words, life[1] if life else None, note, action.status)
    elif is_now is None:
        life = _last(before, after, "action", action.pk, "")
        words = Status(was.status).label
        yield _shift(action, ShiftKind.DROPPED, words, "", life[1] if life else None, "", was.status)
    else:
        yield from _changes(was, is_now, before, after)
    yield from _milestones(action, before, after)


def _changes(was: ActionThen, now: ActionThen, before: Past, after: Past) -> Iterator[Shift]:
    def when(*names: str) -> dt.datetime | None:
        found = _last(before, after, "action", now.pk, *names)
        return found[1] if found else None

    if was.status != now.status:
        words = Status(was.status).label, Status(now.status).label
        yield _shift(now, ShiftKind.STATUS, *words, when("status"), now.status_reason, now.status)
    if was.confidence != now.confidence:
        words = _say_confidence(was.confidence), _say_confidence(now.confidence)
        yield _shift(now, ShiftKind.CONFIDENCE, *words, when("confidence"), "", now.confidence)
    if _calendar(was) != _calendar(now):
        at = when("calendar_text", "dates_given", "starts_on", "ends_on", "recurring")
        yield _shift(now, ShiftKind.CALENDAR, was.calendar, now.calendar, at, say_delay(was, now))
    if was.ambition != now.ambition:
        words = was.ambition_title, now.ambition_title
        yield _shift(now, ShiftKind.AMBITION, *words, when("ambition"))
    if was.theme != now.theme:
        yield _shift(now, ShiftKind.THEME, was.theme_title, now.theme_title, when("theme"))
    if was.title != now.title:
        yield _shift(now, ShiftKind.TITLE, was.title, now.title, when("title"))


def _milestones(action: ActionThen, before: Past, after: Past) -> Iterator[Shift]:
    """The milestones of an action that were reached since, and those whose date went by."""
    for milestone in after.milestones_of.get(action.pk, ()):
        was = before.milestones.get(milestone.pk)
        if milestone.reached_on and not (was and was.reached_on):
            found = _last(before, after, "milestone", milestone.pk, "reached_on", "")
            words = _say_due(milestone), f"atteint le {say(milestone.reached_on)}"
            at = found[1] if found else None
            yield _shift(action, ShiftKind.REACHED, *words, at, milestone.title)
        elif not milestone.reached_on and milestone.due_on and before.day <= milestone.due_on < after.day:
            yield _shift(action, ShiftKind.MISSED, _say_due(milestone), "pas atteint", None, milestone.title)


def _shift(
    action: ActionThen,
    kind: ShiftKind,
    before: str,
    after: str,
    at: dt.datetime | None,
    note: str = "",
    value: str = "",
) -> Shift:
    return Shift(action.pk, action.number, action.title, kind, str(before), str(after), at, note, value)


def _last(before: Past, after: Past, kind: str, thing: int, *names: str) -> tuple[str, dt.datetime] | None:
    """The last thing that happened between both days, and when."""
    step = before.steps[kind].last(thing, names, after=before.on, until=after.on)
    return (step.event, step.at) if step else None


def _calendar(action: ActionThen) -> tuple[object, ...]:
    return (action.calendar_text, action.starts_on, action.ends_on, action.recurring)


def _say_confidence(value: str) -> str:
    return str(Confidence(value).label) if value else "sans avis"


def _say_due(milestone: MilestoneThen) -> str:
    return f"attendu le {say(milestone.due_on)}" if milestone.due_on else "sans date"
