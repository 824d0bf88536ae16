"""A plan as documents tell it: its two readings, and what other tables know of each action.

Whoever builds a `PlanReading` answers for the door: a view comes with a plan that its user may see, a
command with nobody.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from actions.models import (
    Action,
    Ambition,
    BudgetLine,
    CustomField,
    Factor,
    Involvement,
    Milestone,
    Orientation,
    Part,
    Plan,
    ProgressNote,
    Theme,
)
from actions.models.action import CARRYING
from actions.models.heading import Heading
from indicators.figures.reports import report_on
from indicators.models import Indicator, Kind, Nature

H = TypeVar("H", bound=Heading)
K = TypeVar("K")
T = TypeVar("T")

#: Where the actions go that a reading has not classified yet.
UNCLASSIFIED = "À classer"


@dataclass(frozen=True)
class Group(Generic[H]):
    """The actions under one heading; without heading, those that wait for one."""

    heading: H | None
    actions: list[Action] = field(default_factory=list)


@dataclass(frozen=True)
class AmbitionGroup:
    ambition: Ambition | None
    orientations: list[Group[Orientation]]


class PlanReading:
    """One plan, read in a number of queries that does not grow with it; each table only when it is asked for.

    What is in the trash is absent; an action whose heading is in the trash waits to be classified.
    When `only` names actions, the others are absent too, and so is a heading that keeps none.
    """

    def __init__(self, plan: Plan, only: Collection[int] | None = None) -> None:
        self.plan = plan
        self._only = only

    @cached_property
    def actions(self) -> list[Action]:
        actions = Action.objects.of_plan(self.plan).defer("search_text")
        in_order = actions.order_by("position", "number", "pk")
        return [action for action in in_order if self._only is None or action.pk in self._only]

    @cached_property
    def needs(self) -> dict[int, str]:
        return dict(self.plan.needs.current().values_list("pk", "title"))

    @cached_property
    def objectives(self) -> dict[int, str]:
        return dict(self.plan.objectives.current().values_list("pk", "title"))

    @cached_property
    def fields(self) -> list[CustomField]:
        """Those that the plan adds to the sheets of its actions."""
        return list(CustomField.objects.of_plan(self.plan))

    @cached_property
    def budget_lines(self) -> list[BudgetLine]:
        """In the order of the actions, then of the years; none where the plan keeps no budget."""
        lines = BudgetLine.objects.of_plan(self.plan).select_related("funder").order_by("year", "pk")
        by_action = _by_key((line.action_id, line) for line in lines)
        return [line for action in self.actions for line in by_action.get(action.pk, [])]

    @cached_property
    def themes(self) -> list[Group[Theme]]:
        """Every theme in order, empty ones included, then the actions that have none."""
        themes = self.plan.themes.current().order_by("position", "pk")
        groups, waiting = _group(themes, self.actions, lambda action: action.theme_id)
        return self._kept([*groups, Group(None, waiting)] if waiting else groups)

    @cached_property
    def ambitions(self) -> list[AmbitionGroup]:
        """Every ambition with its orientations in order, empty ones included, then the actions without any.

        As on the page of the plan, the actions of an ambition that lack an orientation come first.
        """
        ambitions = self.plan.ambitions.current().order_by("position", "pk")
        orientations = _by_key((one.ambition_id, one) for one in self._orientations)
        groups, waiting = _group(ambitions, self.actions, lambda action: action.ambition_id)
        read = []
        for group in [*groups, Group[Ambition](None, waiting)]:
            of_ambition = orientations.get(group.heading.pk, []) if group.heading else []
            below, missing = _group(of_ambition, group.actions, lambda action: action.orientation_id)
            if missing:
                below.insert(0, Group(None, missing))
            below = self._kept(below)
            if below or (group.heading and self._only is None):
                read.append(AmbitionGroup(group.heading, below))
        return read

    @cached_property
    def _orientations(self) -> list[Orientation]:
        return list(self.plan.orientations.current().order_by("position", "pk"))

    @property
    def has_orientations(self) -> bool:
        """What a plan does not have, its actions do not lack."""
        return bool(self._orientations) or any(action.orientation_id for action in self.actions)

    def _kept(self, groups: list[Group[H]]) -> list[Group[H]]:
        return groups if self._only is None else [group for group in groups if group.actions]

    @cached_property
    def _involved(self) -> dict[int, list[tuple[str, str]]]:
        involvements = Involvement.objects.of_plan(self.plan).filter(organisation__trashed_at=None)
        rows = involvements.order_by("position", "pk").values_list("action_id", "part", "organisation__name")
        involved = _by_key((action, (part, name)) for action, part, name in rows)
        rank = [part.value for part in Part]
        return {
            action: sorted(entries, key=lambda entry: rank.index(entry[0]))
            for action, entries in involved.items()
        }

    def partners(self, action: Action) -> list[str]:
        """Everyone linked to the action, porteurs first."""
        return list(dict.fromkeys(name for _, name in self._involved.get(action.pk, [])))

    def carriers(self, action: Action) -> list[str]:
        carrying = [(name, part) for part, name in self._involved.get(action.pk, []) if part in set(CARRYING)]
        return [name if part == Part.LEAD else f"{name} ({Part(part).label})" for name, part in carrying]

    def roles(self, action: Action) -> list[tuple[Part, list[str]]]:
        """Who holds each part in the action, in the order of the parts."""
        held = _by_key(self._involved.get(action.pk, []))
        return [(Part(part), names) for part, names in held.items()]

    @cached_property
    def _factors(self) -> dict[int, list[str]]:
        factors = Factor.objects.of_plan(self.plan)
        return _by_key(factors.order_by("position", "pk").values_list("action_id", "text"))

    def factors(self, action: Action) -> list[str]:
        return self._factors.get(action.pk, [])

    @cached_property
    def _indicators(self) -> dict[int, list[tuple[str, str]]]:
        indicators = Indicator.objects.of_plan(self.plan)
        rows = indicators.order_by("position", "pk").values_list("actions__pk", "kind", "wording")
        return _by_key((action, (Kind(kind).nature, wording)) for action, kind, wording in rows)

    def indicators(self, action: Action, *natures: Nature) -> list[str]:
        """The wordings of those natures, or of all of them when none is named."""
        entries = self._indicators.get(action.pk, [])
        return [wording for nature, wording in entries if not natures or nature in natures]

    def key_indicators(self, today: date) -> list[Indicator]:
        """The key ones among those of its actions, each with its `report` of the year."""
        keys = Indicator.objects.of_plan(self.plan).filter(is_key=True)
        found = (keys if self._only is None else keys.filter(actions__in=self._only)).with_served()
        for report in report_on(self.plan, found, year=today.year, today=today):
            report.indicator.report = report
        return found

    @cached_property
    def _milestones(self) -> dict[int, list[Milestone]]:
        milestones = Milestone.objects.of_plan(self.plan)
        in_order = milestones.order_by(F("due_on").asc(nulls_last=True), "pk")
        return _by_key((milestone.action_id, milestone) for milestone in in_order)

    def milestones(self, action: Action) -> list[Milestone]:
        return self._milestones.get(action.pk, [])

    @cached_property
    def _last_notes(self) -> dict[int, tuple[date, str]]:
        """A document travels further than its reader: notes kept among coordinators are never in it."""
        notes = ProgressNote.objects.of_plan(self.plan).filter(audience=ProgressNote.Audience.EVERYONE)
        latest = notes.filter(action=OuterRef("pk")).order_by("-written_at", "-pk").values("pk")[:1]
        actions = Action.objects.of_plan(self.plan).annotate(last_note=Subquery(latest))
        rows = notes.filter(pk__in=actions.values("last_note")).values_list("action_id", "written_at", "text")
        return {action: (timezone.localdate(written_at), text) for action, written_at, text in rows}

    def last_note(self, action: Action) -> tuple[date, str] | None:
        return self._last_notes.get(action.pk)


def _by_key(rows: Iterable[tuple[K, T]]) -> dict[K, list[T]]:
    gathered: dict[K, list[T]] = defaultdict(list)
    for key, value in rows:
        gathered[key].append(value)
    return dict(gathered)


def _group(
    headings: Iterable[H], actions: Iterable[Action], key: Callable[[Action], int | None]
) -> tuple[list[Group[H]], list[Action]]:
    """Return a group for each heading, and the actions that are under none, both in order."""
    groups = {heading.pk: Group(heading) for heading in headings}
    waiting: list[Action] = []
    for action in actions:
        group = groups.get(key(action))
        (group.actions if group else waiting).append(action)
    return list(groups.values()), waiting
