"""The states of a plan on given days, in three queries however many days, actions and changes."""

import datetime as dt
from typing import Any

from ..calendar_reading import read_period
from ..models import Action, Milestone, Plan
from .rewinding import Step, Steps, end_of, read_steps
from .states import ActionThen, MilestoneThen, Past

#: The tracked fields whose past is read; `ActionThen` and `MilestoneThen` have them under the same names.
ACTION_FIELDS = (
    *("number", "position", "title", "status", "status_reason", "confidence"),
    *(
        "calendar_text",
        "dates_given",
        "starts_on",
        "ends_on",
        "recurring",
        "ambition",
        "theme",
        "elected_lead",
    ),
)
MILESTONE_FIELDS = ("title", "due_on", "reached_on")
DATES = frozenset({"starts_on", "ends_on", "due_on", "reached_on"})
#: The fields that name another thing, and where its title then goes.
TITLED = {"ambition": "ambition_title", "theme": "theme_title"}


def read_past(plan: Plan, on: dt.date) -> Past:
    """The state at the end of a day of a plan whose door was passed."""
    return read_pasts(plan, on)[0]


def read_pasts(plan: Plan, *days: dt.date) -> list[Past]:
    """The states at the end of each of these days, today for what stands now; a `datetime` is an instant."""
    fields = {"action": ACTION_FIELDS, "milestone": MILESTONE_FIELDS}
    steps = read_steps(plan.pk, min(days, key=end_of), fields)
    actions, milestones = _actions_now(plan), _milestones_now(plan)
    return [_past(day, steps, actions, milestones) for day in days]


def _past(
    on: dt.date,
    steps: dict[str, Steps],
    actions: list[tuple[bool, ActionThen]],
    milestones: list[tuple[bool, MilestoneThen]],
) -> Past:
    of_actions, of_milestones = steps["action"], steps["milestone"]
    then = [
        _action_then(action, of_actions.undone(action.pk, on))
        for is_there, action in actions
        if of_actions.was_there(action.pk, on, is_there=is_there)
    ]
    then.sort(key=lambda action: (action.position, action.number, action.pk))
    there = {action.pk: action for action in then}
    reached = {
        milestone.pk: milestone._replace(**_values(of_milestones.undone(milestone.pk, on)))
        for is_there, milestone in milestones
        if milestone.action in there
        if of_milestones.was_there(milestone.pk, on, is_there=is_there)
    }
    return Past(on, there, reached, steps)


def _action_then(now: ActionThen, undone: dict[str, Step]) -> ActionThen:
    if not undone:
        return now
    then = now._replace(**_values(undone))
    if then.dates_given or not {"calendar_text", "dates_given"} & undone.keys():
        return then
    # Dates that are taken from the text change with it, without a line of their own in the history.
    period = read_period(then.calendar_text)
    return then._replace(
        starts_on=period.starts_on if period else None, ends_on=period.ends_on if period else None
    )


def _values(undone: dict[str, Step]) -> dict[str, Any]:
    values = {
        name: dt.date.fromisoformat(step.before) if name in DATES and step.before else step.before
        for name, step in undone.items()
    }
    return values | {TITLED[name]: undone[name].before_text for name in TITLED.keys() & undone.keys()}


def _actions_now(plan: Plan) -> list[tuple[bool, ActionThen]]:
    """Every action that the plan ever had, and whether it is there now."""
    columns = ActionThen._fields[: -len(TITLED)]
    rows = (
        Action.objects.filter(plan=plan)
        .order_by()
        .values_list("trashed_at", "ambition__title", "theme__title", *columns)
    )
    return [
        (trashed_at is None, ActionThen._make([*row, ambition or "", theme or ""]))
        for trashed_at, ambition, theme, *row in rows
    ]


def _milestones_now(plan: Plan) -> list[tuple[bool, MilestoneThen]]:
    rows = Milestone.objects.filter(action__plan=plan).order_by("due_on", "pk")
    columns = MilestoneThen._fields
    return [
        (trashed_at is None, MilestoneThen(*row))
        for trashed_at, *row in rows.values_list("trashed_at", *columns)
    ]
