"""Actions of a file added to a plan that exists: its headings are found again, and nothing of it changes."""

from typing import Any, TypeVar

from actions.models import Ambition, Plan
from actions.models.heading import Heading
from actions.operations import next_number, next_position
from ctg.documents.plan_files import Loading
from ctg.documents.plan_shapes import ActionEntry, AmbitionEntry
from ctg.web.text import fold
from indicators.models import Indicator
from partners.models import Territory
from partners.tracking import lock

H = TypeVar("H", bound=Heading)


class Adding(Loading):
    """`into` is the plan; its row stays locked, so that no number is given twice."""

    into: Plan

    def _territory(self) -> Territory:
        return self.into.territory

    def _plan(self) -> Plan:
        plan = lock(self.into)
        self.actions = next_position(plan.actions.all()) - 1
        self.indicators = next_position(Indicator.objects.filter(plan=plan)) - 1
        self.taken = set(plan.actions.current().values_list("number", flat=True))
        self.free = max([next_number(plan), *(entry.number + 1 for entry in self.file.actions)])
        return plan

    def _ambition(self, rank: int, entry: AmbitionEntry) -> Ambition:
        number = 1 + max(self.plan.ambitions.values_list("number", flat=True), default=0)
        return self._heading(Ambition, rank, entry.title, number=number, impacts=list(entry.impacts))

    def _heading(self, model: type[H], rank: int, title: str, **fields: Any) -> H:
        """The one of this title, under the same ambition where it is under one; a new one comes last."""
        manager: Any = model._default_manager
        siblings = manager.current().filter(plan=self.plan)
        if "ambition" in fields:
            siblings = siblings.filter(ambition=fields["ambition"])
        same = next((one for one in siblings if fold(one.title) == fold(title)), None)
        return same or super()._heading(model, next_position(siblings), title, **fields)

    def _number(self, entry: ActionEntry) -> int:
        """That of the file, unless another action of the plan bears it."""
        if entry.number not in self.taken:
            return entry.number
        self.free += 1
        return self.free - 1
