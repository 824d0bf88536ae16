"""The plan as it stands, and what was written to its actions since the workbook left."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from django.db.models import prefetch_related_objects

from actions.models import Action, BudgetLine, CustomField, Involvement, Plan
from actions.models.action import PARTS
from actions.models.heading import Heading
from ctg.documents.plan_reading import PlanReading
from ctg.web.text import fold
from partners.models import Organisation

from .since import Since
from .wording import LEVELS


class Standing:
    """`seen` gives the version that each action had in the workbook.

    Whoever builds it answers for the door of the plan. The number of queries does not grow with the plan.
    """

    def __init__(self, plan: Plan, seen: Mapping[int, int]) -> None:
        self.plan = plan
        self.seen = seen
        self.reading = PlanReading(plan)
        prefetch_related_objects([plan], "custom_fields")  # Their titles are asked for line by line.

    @cached_property
    def actions(self) -> dict[int, Action]:
        for action in self.reading.actions:
            action.plan = self.plan
        return {action.pk: action for action in self.reading.actions}

    @cached_property
    def fields(self) -> dict[str, CustomField]:
        """The fields that the plan adds, by the tracked name of their values."""
        return {field.name: field for field in self.reading.fields}

    @cached_property
    def headings(self) -> dict[str, dict[int, Heading]]:
        """The headings of each level in order, by key."""
        return {
            level: {
                one.pk: one for one in getattr(self.plan, f"{level}s").current().order_by("position", "pk")
            }
            for level in LEVELS
        }

    @cached_property
    def since(self) -> Since:
        return Since(self.plan, self.actions, self.seen)

    @cached_property
    def budget_lines(self) -> dict[int, BudgetLine]:
        """Those of actions that stand, in their order; none where the plan keeps no budget."""
        for line in self.reading.budget_lines:
            line.action = self.actions[line.action_id]
        return {line.pk: line for line in self.reading.budget_lines}

    @cached_property
    def _parts(self) -> dict[int, dict[str, list[tuple[int, str, bool]]]]:
        """Who holds each part in each action: key, name, and whether it is in the trash."""
        names = {part.value: name for name, part in PARTS.items()}
        rows = Involvement.objects.of_plan(self.plan).order_by("position", "pk")
        parts: dict[int, dict[str, list[tuple[int, str, bool]]]] = defaultdict(lambda: defaultdict(list))
        for action, part, pk, name, trashed in rows.values_list(
            "action_id", "part", "organisation_id", "organisation__name", "organisation__trashed_at"
        ):
            parts[action][names[part]].append((pk, name, trashed is not None))
        return parts

    def part(self, action: Action | None, name: str) -> list[tuple[int, str, bool]]:
        return self._parts[action.pk][name] if action else []

    @cached_property
    def _known(self) -> dict[str, set[int]]:
        """The organisations of the territory by each of their names."""
        known: dict[str, set[int]] = defaultdict(set)
        current = Organisation.objects.current().filter(territory=self.plan.territory_id)
        for one in current.prefetch_related("aliases"):
            for name in (one.name, *(alias.name for alias in one.aliases.all())):
                known[fold(name)].add(one.pk)
                self.names[one.pk] = one.name
        return known

    @cached_property
    def names(self) -> dict[int, str]:
        return {}

    def organisation(self, name: str, preferred: Iterable[int]) -> int | None:
        """The organisation of that name, one of `preferred` if several bear it; None if in doubt."""
        found = self._known.get(fold(name), set())
        among = found & set(preferred) or found
        return among.copy().pop() if len(among) == 1 else None
