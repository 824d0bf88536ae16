"""What a returned workbook changes in its plan: each row against the action that it told of."""

from collections.abc import Iterator
from functools import cached_property

from actions.models import Plan
from ctg.intake.tables import SourceFile

from .additions import Additions
from .bands import Bands
from .budget.comparing import compare_budget
from .headings import levels_of
from .lists import Lists
from .reading import Returned, Row
from .reasons import ADDED_COLUMNS, LOST_COLUMN, SORTED, TRASHED
from .renaming import renaming
from .rows import ActionRows
from .shapes import Deed, Diff, Group, Line, NotTaken
from .standing import Standing
from .wording import label_of


class Comparison:
    """Raise `LookupError` for what is no workbook of the plan; the plan comes through its own door."""

    def __init__(self, source: SourceFile, plan: Plan) -> None:
        self.returned = Returned(source)
        if self.returned.stamp.plan != plan.pk:
            raise LookupError
        self.plan = plan
        self.standing = Standing(plan, self.returned.versions)
        self.bands = Bands(self.returned)
        self.levels = levels_of(self.returned, self.standing, self.bands)
        self.rows = ActionRows(self.returned, self.standing, self.levels, Lists(plan))

    @cached_property
    def diff(self) -> Diff:
        headings = list(self._headings())
        additions = Additions(self.returned, self.standing, self.levels, self.bands)
        budget = compare_budget(self.returned, self.standing)
        return Diff(
            headings=[Group("Titres du plan", headings)] if headings else [],
            actions=[group for row in self.returned.rows if (group := self._group(row))],
            added=list(additions.lines()),
            absent=list(self._absent()),
            untaken=[*self.rows.untaken, *additions.untaken, *budget.untaken],
            notes=[*self._notes(), *budget.notes],
            budget=budget.groups,
        )

    def _headings(self) -> Iterator[Line]:
        for level in self.levels.values():
            for pk, entry in level.renamed.items():
                try:
                    yield renaming(level, pk, entry, self.returned.where(entry.place))
                except NotTaken as why:
                    self.rows.leave(entry, level.name, str(why))

    def _group(self, row: Row) -> Group | None:
        if row.action is None or row.number in self.returned.copies:
            return None
        action = self.standing.actions.get(row.action)
        if action is None:
            for key, entry in row.entries.items():
                if entry.is_touched:
                    self.rows.leave(entry, key, TRASHED)
            return None
        lines = {line.key: line for line in self.rows.lines(row, action)}
        return Group(str(action), list(lines.values()), action.get_absolute_url()) if lines else None

    def _absent(self) -> Iterator[Line]:
        """What was in the workbook when it left and is not any more; never taken away unless one says so."""
        there = {row.action for row in self.returned.rows}
        for pk in sorted(self.returned.stamp.things - there):
            if action := self.standing.actions.get(pk):
                yield Line(
                    key=f"absent-{pk}",
                    label="absente du fichier",
                    before=str(action),
                    after="à la corbeille",
                    thing=action,
                    deed=Deed.TRASH,
                    is_ticked=False,
                )

    def _notes(self) -> Iterator[str]:
        yield from (LOST_COLUMN.format(label_of(key, self.plan)) for key in self.returned.lost)
        if added := self.returned.added:
            yield ADDED_COLUMNS.format(", ".join(added))
        if self.bands.are_disordered:
            yield SORTED
