"""One action as its printed sheet tells it, for whoever has passed the door of its plan.

The counterpart of `PlanReading`: what is kept among coordinators is never in it.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F

from actions.custom_fields import Answer, answers_of
from actions.models import (
    Action,
    Blockage,
    BudgetLine,
    CustomField,
    Decision,
    Factor,
    Involvement,
    Milestone,
    Part,
    ProgressNote,
)
from actions.models.heading import Heading
from indicators.models import Indicator


@dataclass(frozen=True)
class SheetReading:
    """Each list is read when it is asked for, in one query; `action` comes with its plan and headings."""

    action: Action

    @cached_property
    def headings(self) -> list[tuple[str, str]]:
        """Where the action stands in the plan: the name of each level, and its title."""
        plan, action = self.action.plan, self.action
        levels: tuple[tuple[str, Heading | None], ...] = (
            (plan.ambition_label, action.ambition),
            (plan.orientation_label, action.orientation),
            (plan.theme_label, action.theme),
            (plan.need_label, action.need),
            (plan.objective_label, action.objective),
        )
        return [(label, heading.title) for label, heading in levels if heading and not heading.trashed_at]

    @cached_property
    def roles(self) -> list[tuple[Part, list[str]]]:
        involved = Involvement.objects.of_plan(self.action.plan).filter(action=self.action)
        current = involved.filter(organisation__trashed_at=None).order_by("position", "pk")
        rows = list(current.values_list("part", "organisation__name"))
        held = [(part, [name for of_part, name in rows if of_part == part]) for part in Part]
        return [(part, names) for part, names in held if names]

    @cached_property
    def answers(self) -> list[Answer]:
        """What it says in the fields of the plan; those in which it says nothing are left out."""
        fields = CustomField.objects.of_plan(self.action.plan)
        return [answer for answer in answers_of(self.action, list(fields)) if answer.said]

    @cached_property
    def budget_lines(self) -> list[BudgetLine]:
        lines = BudgetLine.objects.of_plan(self.action.plan).filter(action=self.action)
        return list(lines.order_by("year", "pk").select_related("funder"))

    @cached_property
    def factors(self) -> list[Factor]:
        factors = Factor.objects.of_plan(self.action.plan).filter(action=self.action)
        return list(factors.order_by("position", "pk"))

    @cached_property
    def milestones(self) -> list[Milestone]:
        milestones = Milestone.objects.of_plan(self.action.plan).filter(action=self.action)
        return list(milestones.select_related("owner").order_by(F("due_on").asc(nulls_last=True), "pk"))

    def indicators(self, today: dt.date) -> list[Indicator]:
        """Those of its page, each with its `report` of the year."""
        indicators = Indicator.objects.of_plan(self.action.plan).filter(actions=self.action)
        return indicators.on_sheet(self.action, today=today)

    @cached_property
    def blockages(self) -> list[Blockage]:
        """What blocks it."""
        standing = Blockage.objects.of_plan(self.action.plan).filter(action=self.action).standing()
        return list(standing.select_related("decision__asked_of"))

    @cached_property
    def decisions(self) -> list[Decision]:
        """What is to be decided about it, then what was, the latest first."""
        concerning = Decision.objects.of_plan(self.action.plan).filter(actions=self.action)
        in_order = concerning.order_by(F("decided_on").desc(nulls_first=True), "pk")
        return list(in_order.select_related("owner"))

    @cached_property
    def notes(self) -> list[ProgressNote]:
        """The notes for everybody, the latest first."""
        notes = ProgressNote.objects.of_plan(self.action.plan).filter(action=self.action)
        return list(notes.filter(audience=ProgressNote.Audience.EVERYONE).order_by("-written_at", "-pk"))
