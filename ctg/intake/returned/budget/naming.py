"""Which action a line of budget that somebody added speaks of."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from actions.models import Action
from ctg.intake.returned.reading import Returned, Row
from ctg.intake.returned.reasons import NO_ACTION, SEVERAL_ACTIONS, TRASHED, UNKNOWN_ACTION
from ctg.intake.returned.shapes import NotTaken
from ctg.intake.returned.standing import Standing
from ctg.web.text import fold


class Naming:
    """Actions go by the numbers and titles that they have in the plan, and by those of the workbook.

    A number that was given to another action since the workbook left is that of neither.
    """

    def __init__(self, actions: Returned, standing: Standing) -> None:
        self._actions, self._standing = actions, standing

    @cached_property
    def _known(self) -> dict[tuple[str, str], set[int]]:
        known: dict[tuple[str, str], set[int]] = defaultdict(set)
        for key, text, pk in self._told():
            known[key, fold(text)].add(pk)
        return known

    def _told(self) -> Iterator[tuple[str, str, int]]:
        for action in self._standing.actions.values():
            yield "number", str(action.number), action.pk
            yield "title", action.title, action.pk
        for row in self._actions.rows:
            if row.action in self._standing.actions and row.number not in self._actions.copies:
                for key in ("number", "title"):
                    if key in row.entries:
                        yield key, row.entries[key].text, row.action

    def action(self, row: Row) -> Action:
        """The action that the row names; a copied row whose number and title were left keeps its own."""
        entries = [(key, row.entries[key]) for key in ("number", "title") if key in row.entries]
        said = [(key, fold(entry.text)) for key, entry in entries if entry.text and entry.is_touched]
        if not said:
            return self._copied(row)
        found = [self._known[one] for one in said if one in self._known]
        if not found:
            raise NotTaken(UNKNOWN_ACTION)
        among = set.intersection(*found)
        if len(among) != 1:
            raise NotTaken(SEVERAL_ACTIONS)
        return self._standing.actions[among.pop()]

    def _copied(self, row: Row) -> Action:
        if row.action is None:
            raise NotTaken(NO_ACTION)
        if row.action not in self._standing.actions:
            raise NotTaken(TRASHED)
        return self._standing.actions[row.action]
