from collections import defaultdict
from typing import Any

from actions.models import BudgetLine, CustomField, FieldKind
from partners import tracking

from .field_script import PlanFields
from .telling import Telling

#: On which day the budget was drawn up.
BUDGETED = -40


def tell_fields(story: PlanFields, telling: Telling) -> None:
    """What the coordination adds to the sheets before the follow-up begins, and a budget drawn up later."""
    by, at, plan = telling.coordination, telling.settled_at, telling.plan
    answers: dict[int, dict[str, Any]] = defaultdict(dict)
    for rank, told in enumerate(story.fields, 1):
        field = CustomField(
            plan=plan,
            key=rank,
            position=rank,
            label=told.label,
            kind=told.kind,
            kept_by=told.kept_by,
            choices=list(told.choices),
            help_text=told.help_text,
        )
        tracking.create(field, by=by, at=at)
        for answer in told.answers:
            value = answer.value == "oui" if told.kind == FieldKind.YES_NO else answer.value
            for number in answer.actions:
                answers[number][field.name] = value
    for number, values in answers.items():
        tracking.change(telling.actions[number], values, by=by, at=at)
    tracking.change(plan, {"has_budget": True}, by=by, at=at)
    for line in story.budget:
        told_line = BudgetLine(
            action=telling.actions[line.action],
            year=telling.day.today.year + line.year,
            funder=telling.organisations[line.funder] if line.funder else None,
            nature=line.nature,
            planned=line.planned,
            actual=line.actual,
            comment=line.comment,
        )
        tracking.create(told_line, by=by, at=telling.day.at(BUDGETED))
