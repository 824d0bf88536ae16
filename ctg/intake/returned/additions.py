"""Rows that somebody added to a workbook: new actions, proposed."""

from collections.abc import Iterator, Mapping
from typing import Any

from actions.models import Action
from actions.models.custom_field import PREFIX
from ctg.web.outline import tidy
from ctg.web.text import fold

from .bands import Bands
from .headings import Level
from .reading import Entry, Returned, Row
from .reasons import ALIKE, COPIED, ELSEWHERE, NOT_A_FIELD, UNTITLED
from .shapes import Deed, Line, NotTaken, Untaken
from .sheets import read_new_sheet
from .standing import Standing
from .values import OUTLINES, read_parts, read_value, with_reason
from .wording import PARTS, label_of


class Additions:
    def __init__(
        self, returned: Returned, standing: Standing, levels: Mapping[str, Level], bands: Bands
    ) -> None:
        self.returned, self.standing, self.levels, self.bands = returned, standing, levels, bands
        self.untaken: list[Untaken] = []

    def lines(self) -> Iterator[Line]:
        for row in self.returned.rows:
            if row.number in self.bands.rows:
                self._check_band(row)
                continue
            if row.action and row.number not in self.returned.copies:
                continue
            if row.action is None and row.mark and not self._is_filled(row):
                continue
            if line := self._line(row):
                yield line

    def _check_band(self, row: Row) -> None:
        """A title that somebody added above actions is not made a heading here."""
        if row.mark is None:
            try:
                self.levels["theme"].now(row)
            except NotTaken as why:
                self._leave(self.bands.rows[row.number], "theme", str(why))

    def _is_filled(self, row: Row) -> bool:
        """Whether somebody wrote an action in the line of a heading that had none."""
        return any(entry.text and entry.is_touched for key, entry in row.entries.items() if self._is_own(key))

    def _is_own(self, key: str) -> bool:
        return key not in self.levels

    def _line(self, row: Row) -> Line | None:
        action = Action(plan=self.standing.plan)
        own = {key: entry for key, entry in row.entries.items() if self._is_own(key) and entry.text}
        self._read(own, row, action)
        if not action.title:
            for entry in own.values():
                self._leave(entry, "title", UNTITLED)
            return None
        links = self._links(own)
        for title, entry in row.others.items():
            if entry.text and entry.is_touched:
                where = self.returned.where(entry.place)
                self.untaken.append(Untaken(where, title, entry.text, NOT_A_FIELD))
        self._place(row, action)
        is_copy = row.number in self.returned.copies
        alike = any(fold(one.title) == fold(action.title) for one in self.standing.actions.values())
        return Line(
            key=f"new-{row.number}",
            label="action nouvelle",
            before="",
            after=action.title,
            thing=action,
            deed=Deed.CREATE,
            links=links,
            place=self.returned.where(next(iter(own.values())).place),
            note=" ".join(
                words for words, told in ((COPIED, is_copy), (ALIKE, alike and not is_copy)) if told
            ),
            is_ticked=not alike or is_copy,
        )

    def _read(self, own: dict[str, Entry], row: Row, action: Action) -> None:
        """Fill the new action from its cells; what they say that cannot be taken is told."""
        for key, entry in own.items():
            if key in PARTS or key in ("carriers", "status_reason"):
                continue
            try:
                values = self._values(key, entry, action)
                if key == "status":
                    reason = own.get("status_reason")
                    values = with_reason(values, reason.text if reason else "")
            except NotTaken as why:
                self._leave(entry, key, str(why))
                continue
            for name, value in values.items():
                action.write_tracked(name, value) if name.startswith(PREFIX) else setattr(action, name, value)

    def _values(self, key: str, entry: Entry, action: Action) -> dict[str, Any]:
        if key in ("factors", "indicators"):
            raise NotTaken(ELSEWHERE)
        if key == "sheet":
            return read_new_sheet(entry.text)
        if key in OUTLINES:
            return {key: tidy(entry.text)}
        return read_value(key, entry, action, self.standing)

    def _links(self, own: dict[str, Entry]) -> dict[str, list[int]]:
        links: dict[str, list[int]] = {}
        for key, entry in own.items():
            if key in PARTS or key == "carriers":
                try:
                    links |= read_parts(key, entry.text, None, self.standing)
                except NotTaken as why:
                    self._leave(entry, key, str(why))
        return links

    def _place(self, row: Row, action: Action) -> None:
        for name, level in self.levels.items():
            entry = level.entry(row)
            if entry is None or not entry.text:
                continue
            try:
                setattr(action, f"{name}_id", level.now(row))
            except NotTaken as why:
                self._leave(entry, name, str(why))

    def _leave(self, entry: Entry, key: str, why: str) -> None:
        """What stands in a copied line as in its model needs no word."""
        if not entry.is_touched:
            return
        where = self.returned.where(entry.place)
        self.untaken.append(Untaken(where, label_of(key, self.standing.plan), entry.text, why))
