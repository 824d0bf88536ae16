"""Where actions stand in a returned workbook: which titles were changed, which actions were moved.

A title that was changed everywhere it stood is a new title of that heading. A row that stands under, or
says, the title of another heading is an action that was moved there. Anything else is not taken back.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ctg.documents.plan_reading import UNCLASSIFIED
from ctg.documents.workbooks.marks import digest, said

from .bands import Bands
from .reading import SHARED, Entry, Returned, Row
from .reasons import SHARED_TITLE, UNKNOWN_TITLE
from .shapes import NotTaken
from .standing import Standing
from .wording import LEVELS

#: Titles of the plan that a refusal names.
_TITLES_TOLD = 12

#: What stands for the lack of a heading.
NOTHING = frozenset({digest(""), digest(UNCLASSIFIED), digest("Orientation à préciser")})


@dataclass(frozen=True)
class Level:
    """One level of headings in the file; `bands` are lines above their actions rather than cells beside."""

    name: str
    returned: Returned
    standing: Standing
    bands: Mapping[int, Entry] = field(default_factory=dict)

    @property
    def is_shared(self) -> bool:
        return self.name in SHARED.get(self.returned.stamp.layout, ())

    def entry(self, row: Row) -> Entry | None:
        return self.bands.get(row.number) or row.entries.get(self.name)

    def exported(self, row: Row) -> int | None:
        told = row.told(self.name)
        return told.pk if told else None

    @cached_property
    def _left_as(self) -> dict[str, set[int]]:
        """The headings that left under each text."""
        left: dict[str, set[int]] = defaultdict(set)
        for row in self.returned.rows:
            entry, pk = self.entry(row), self.exported(row)
            if entry and entry.left_as and pk:
                left[entry.left_as].add(pk)
        return left

    @cached_property
    def _titles(self) -> dict[str, set[int]]:
        titles: dict[str, set[int]] = defaultdict(set)
        for pk, heading in self.standing.headings[self.name].items():
            titles[digest(said(heading.title))].add(pk)
        return titles

    @cached_property
    def renamed(self) -> dict[int, Entry]:
        """The headings whose text is another one wherever it stood, and is not that of another heading."""
        texts: dict[int, dict[str, Entry]] = defaultdict(dict)
        actions: dict[int, set[int]] = defaultdict(set)
        for row in self.returned.rows:
            entry, pk = self.entry(row), self.exported(row)
            if entry and pk and row.number not in self.returned.copies:
                texts[pk].setdefault(digest(entry.text), entry)
                actions[pk].add(row.action or 0)
        return {
            pk: entry
            for pk, found in texts.items()
            if len(found) == 1 and pk in self.standing.headings[self.name]
            for (said, entry) in found.items()
            if entry.is_touched and said not in self._left_as and not self._titles.get(said, set()) - {pk}
            if said not in NOTHING and (self.is_shared or self._under(pk) <= actions[pk])
        }

    @cached_property
    def _new_titles(self) -> dict[str, set[int]]:
        return {digest(entry.text): {pk} for pk, entry in self.renamed.items()}

    def _under(self, pk: int) -> set[int]:
        """The actions that stand under the heading: all must agree to a new title of it."""
        return {one.pk for one in self.standing.actions.values() if getattr(one, f"{self.name}_id") == pk}

    def now(self, row: Row) -> int | None:
        """The heading under which the row stands; raise `NotTaken` when its text names none."""
        entry, before = self.entry(row), self.exported(row)
        if entry is None or (row.mark and not entry.is_touched):
            return before
        if before in self.renamed and digest(entry.text) == digest(self.renamed[before].text):
            return before
        said = digest(entry.text)
        if said in NOTHING:
            return self._emptied(before)
        found = self._left_as.get(said) or self._new_titles.get(said) or self._titles.get(said, set())
        if before in found:
            return before
        if len(found) == 1:
            return next(iter(found))
        raise NotTaken(self._why_not(len(found)))

    def _emptied(self, before: int | None) -> int | None:
        """In a merged cell that was taken apart, all its places but the first are empty."""
        if self.is_shared and before:
            return before
        return None

    def _why_not(self, count: int) -> str:
        if count:
            return SHARED_TITLE
        titles = [one.title for one in self.standing.headings[self.name].values()][:_TITLES_TOLD]
        told = "\u00a0; ".join(title[:80] for title in titles)
        return f"{UNKNOWN_TITLE} Titres du plan\u00a0: {told}." if titles else UNKNOWN_TITLE


def levels_of(returned: Returned, standing: Standing, bands: Bands) -> dict[str, Level]:
    """The levels that this workbook tells, each with what stands for its rows."""
    keys = {key for key, _ in returned.stamp.columns} - set(returned.lost)
    told = {name: Level(name, returned, standing) for name in LEVELS if name in keys}
    if bands.titles:
        told["theme"] = Level("theme", returned, standing, bands.titles)
    return told
