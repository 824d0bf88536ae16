"""What was written to the things of a plan since a workbook left."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from actions.models import Plan
from partners.models import Change, Tracked
from partners.models.change import Event

from .shapes import Theirs


class Since:
    """`things` are of one kind, by key; `seen` gives the version that each of them had in the workbook.

    The history is asked once, and only if something moved.
    """

    def __init__(self, plan: Plan, things: Mapping[int, Tracked], seen: Mapping[int, int]) -> None:
        self.plan, self.things, self.seen = plan, things, seen

    @cached_property
    def _rows(self) -> dict[int, list[Change]]:
        """What was written to each thing after the version that the workbook holds, oldest first."""
        moved = [pk for pk, seen in self.seen.items() if pk in self.things and self.things[pk].version > seen]
        if not moved:
            return {}
        kind = self.things[moved[0]]._meta.model_name
        rows = Change.objects.filter(
            plan_id=self.plan.pk, kind=kind, event=Event.CHANGED, object_id__in=moved
        )
        since: dict[int, list[Change]] = defaultdict(list)
        for row in rows.order_by("version", "pk"):
            if row.version > self.seen[row.object_id]:
                since[row.object_id].append(row)
        return since

    def then(self, thing: Tracked, name: str) -> Any:
        """A tracked field of the row of a thing as it was when the workbook left."""
        first = next((row for row in self._rows.get(thing.pk, []) if row.field == name), None)
        return first.before if first else thing.read_tracked(name)

    def theirs(self, thing: Tracked, names: Collection[str]) -> Theirs | None:
        """The last that somebody wrote to one of the fields since the workbook left, if it still stands."""
        for name in names:
            rows = [row for row in self._rows.get(thing.pk, []) if row.field == name]
            if rows and rows[-1].after != rows[0].before:
                return Theirs.of(rows[-1])
        return None
