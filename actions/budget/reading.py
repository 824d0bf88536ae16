"""The budget of one action, and that of a plan, as their pages tell it."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Value
from django.db.models.functions import Coalesce

from ctg.web.text import fold
from partners.models import Organisation, User

from ..models import Action, BudgetLine, Plan
from ..models.budget import OWN_FUNDS
from ..reading import Reading, names_of
from .totals import Line, Row, Sums, rows_of, split, sums_of

#: Actions that no heading of the reading holds.
UNCLASSIFIED = "À classer"


@dataclass(frozen=True)
class ActionBudget:
    """The lines of an action in their order, and their sums."""

    lines: Sequence[BudgetLine]
    noted: Collection[int]
    this_year: int

    @cached_property
    def _figures(self) -> list[Line]:
        return [
            Line(line.action_id, line.year, line.funder_name, line.planned, line.actual)
            for line in self.lines
        ]

    @property
    def whole(self) -> Sums:
        return sums_of(self._figures, self.this_year)

    @property
    def by_year(self) -> list[Row]:
        by_year = split(self._figures, lambda line: line.year)
        return rows_of([(str(year), by_year[year]) for year in sorted(by_year)], self.this_year)

    @property
    def by_funder(self) -> list[Row]:
        return rows_of(_by_funder(self._figures), self.this_year)

    @property
    def unnoted(self) -> list[Organisation]:
        """Those who pay without being noted among the funders of the action."""
        paying = {line.funder.pk: line.funder for line in self.lines if line.funder}
        return [funder for pk, funder in paying.items() if pk not in self.noted]


def read_action_budget(
    action: Action, user: User, *, noted: Collection[int], today: dt.date
) -> ActionBudget | None:
    """The budget of an action that the user reads; None where the plan keeps none.

    `noted` are the organisations that the action calls funders.
    """
    if not action.plan.has_budget:
        return None
    lines = BudgetLine.objects.visible_to(user).filter(action=action).select_related("funder")
    return ActionBudget(list(lines), noted, today.year)


@dataclass(frozen=True)
class PlanBudget:
    """The budget of the actions that the filters of a plan keep."""

    #: What the plan calls the headings of `groups`.
    level: str
    years: Sequence[int]
    whole: Sums
    groups: Sequence[Row]
    funders: Sequence[Row]
    #: How many of the actions have lines, of how many.
    told: int
    actions: int

    @property
    def period(self) -> str:
        """« de 2025 à 2028 », « en 2026 »"""
        first, last = self.years[0], self.years[-1]
        return f"en {first}" if first == last else f"de {first} à {last}"


def read_plan_budget(reading: Reading) -> PlanBudget:
    """The budget of a plan whose door was passed, by the headings of the reading and by funder."""
    kept = {gist.pk: reading.heading_of(gist) for gist in reading.gists if gist.pk in reading.filter.kept}
    lines = [line._replace(group=kept[line.action]) for line in lines_of(reading.plan) if line.action in kept]
    years = sorted({line.year for line in lines})
    this_year = reading.today.year
    titles = names_of(reading.headings)
    by_group = split(lines, lambda line: line.group if line.group in titles else None)
    groups = [(titles[pk], by_group[pk]) for pk in titles if pk in by_group]
    if None in by_group:
        groups.append((UNCLASSIFIED, by_group[None]))
    return PlanBudget(
        level=reading.plan.ambition_label if reading.is_strategic else reading.plan.theme_label,
        years=years,
        whole=sums_of(lines, this_year),
        groups=rows_of([*groups, ("Total", lines)] if lines else [], this_year, years),
        funders=rows_of([*_by_funder(lines), ("Total", lines)] if lines else [], this_year, years),
        told=len({line.action for line in lines}),
        actions=len(kept),
    )


def lines_of(plan: Plan) -> list[Line]:
    """Every line of a plan, as light as sums need, in one query."""
    named = Coalesce("funder__name", Value(OWN_FUNDS))
    rows = BudgetLine.objects.of_plan(plan).order_by("year", "pk")
    return [Line(*row) for row in rows.values_list("action", "year", named, "planned", "actual")]


def _by_funder(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """By name, what the territory pays itself last."""
    by_name = split(lines, lambda line: line.funder)
    return sorted(by_name.items(), key=lambda item: (item[0] == OWN_FUNDS, fold(item[0])))
