"""What one row of a returned workbook changes in its action, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.calendar_reading import read_period
from actions.models import Action, Orientation
from actions.models.action import PARTS
from actions.models.custom_field import PREFIX

from .alignment import what_differs
from .headings import Level
from .lists import Lists, read_list
from .reading import Entry, Returned, Row
from .reasons import ELSEWHERE_IN_PLAN, NO_TITLE, NOT_A_FIELD, TAKEN, TORN
from .shapes import Line, NotTaken, Untaken
from .sheets import read_sheet
from .standing import Standing
from .values import check_composed, read_value, with_reason
from .wording import LEVELS, label_of


@dataclass
class ActionRows:
    """Compares rows with their actions; what cannot be taken back gathers in `untaken`."""

    returned: Returned
    standing: Standing
    levels: Mapping[str, Level]
    lists: Lists
    untaken: list[Untaken] = field(default_factory=list)

    def lines(self, row: Row, action: Action) -> Iterator[Line]:
        for title, entry in row.others.items():
            if entry.is_touched:
                self.untaken.append(Untaken(self.returned.where(entry.place), title, entry.text, NOT_A_FIELD))
        yield from self._placed(row, action)
        status = row.entries.get("status")
        for key, entry in row.entries.items():
            if key in LEVELS or not entry.is_touched:
                continue
            if key == "status_reason" and status and status.is_touched:
                continue  # It goes with the status.
            try:
                if entry.is_torn:
                    raise NotTaken(TORN)
                if key in ("factors", "indicators"):
                    things = self.lists.of(key, action)
                    yield from read_list(key, entry, action, things, self.returned.where(entry.place))
                else:
                    yield from self._changed(row, key, entry, action)
            except NotTaken as why:
                self.leave(entry, key, str(why))

    def _changed(self, row: Row, key: str, entry: Entry, action: Action) -> Iterator[Line]:
        if key == "sheet":
            values = read_sheet(entry, action, self.standing)
        else:
            check_composed(key, entry, action, self.standing)
            values = read_value(key, entry, action, self.standing)
        if key == "status":
            reason = row.entries.get("status_reason")
            values = with_reason(values, reason.text if reason else action.status_reason)
        if key == "calendar_text" and not action.dates_given:
            period = read_period(values["calendar_text"])
            values["starts_on"] = period.starts_on if period else None
            values["ends_on"] = period.ends_on if period else None
        together = key in ("status", "carriers", "calendar_text")
        for fields in [values] if together else [{name: value} for name, value in values.items()]:
            line = self._line(fields, entry, action)
            if line:
                yield line

    def _line(self, values: Mapping[str, Any], entry: Entry, action: Action) -> Line | None:
        """The line for some fields of an action; None when they stand so already."""
        before = {name: self._read(action, name) for name in values}
        wanted = {name: value for name, value in values.items() if value != before[name]}
        if not wanted:
            return None
        if "number" in wanted:
            self._check_number(wanted["number"], action)
        if "title" in wanted and not wanted["title"]:
            raise NotTaken(NO_TITLE)
        name = next(iter(wanted))
        words = self._words(action, before, wanted), self._words(action, wanted, wanted)
        left, came = what_differs(*words)
        return Line(
            key=f"action-{action.pk}-{name}",
            label=label_of(name, self.standing.plan),
            before=left,
            after=came,
            thing=action,
            values=wanted,
            place=self.returned.where(entry.place),
            theirs=self.standing.since.theirs(action, wanted.keys()),
        )

    def _read(self, action: Action, name: str) -> Any:
        if name in PARTS:
            return [pk for pk, _, _ in self.standing.part(action, name)]
        if name.startswith(PREFIX):
            return action.read_tracked(name)
        return getattr(action, f"{name}_id" if name in LEVELS else name)

    def _words(self, action: Action, values: Mapping[str, Any], names: Mapping[str, Any]) -> str:
        return " · ".join(filter(None, (self._say(action, name, values[name]) for name in names)))

    def _say(self, action: Action, name: str, value: Any) -> str:
        if name in PARTS:
            held = {pk: known for pk, known, _ in self.standing.part(action, name)}
            return ", ".join(self.standing.names.get(pk) or held.get(pk, "") for pk in value)
        if name in LEVELS:
            heading = self.standing.headings[name].get(value)
            return heading.title if heading else ""
        plain = value.isoformat() if hasattr(value, "isoformat") else value
        return action.describe_tracked(name, plain)

    def _placed(self, row: Row, action: Action) -> Iterator[Line]:
        """Where the action stands now, when the file says that it is elsewhere than when it left."""
        moved: dict[str, int | None] = {}
        cell: Entry | None = None
        for name, level in self.levels.items():
            entry = level.entry(row)
            if entry is None or entry.is_torn:
                continue
            try:
                now = level.now(row)
            except NotTaken as why:
                self.leave(entry, name, str(why))
                continue
            if now != level.exported(row):
                moved[name], cell = now, entry
        if cell is None:
            return
        strategic = {name: pk for name, pk in moved.items() if name in ("ambition", "orientation")}
        groups: list[dict[str, Any]] = [{name: pk} for name, pk in moved.items() if name not in strategic]
        try:
            groups += [self._consistent(strategic, action)] if strategic else []
        except NotTaken as why:
            self.leave(cell, "orientation", str(why))
        for values in groups:
            if line := self._line(values, cell, action):
                yield line

    def _consistent(self, moved: dict[str, int | None], action: Action) -> dict[str, int | None]:
        """An orientation belongs to one ambition: it takes its actions along."""
        key = moved.get("orientation", action.orientation_id if "ambition" in moved else None)
        orientation = self.standing.headings["orientation"].get(key or 0)
        if not isinstance(orientation, Orientation):
            return moved
        if moved.get("ambition", orientation.ambition_id) == orientation.ambition_id:
            return moved | {"ambition": orientation.ambition_id}
        if "orientation" in moved:
            raise NotTaken(ELSEWHERE_IN_PLAN.format(orientation.ambition))
        return moved | {"orientation": None}

    def _check_number(self, number: int, action: Action) -> None:
        holder = next((one for one in self.standing.actions.values() if one.number == number), None)
        if holder is None or holder.pk == action.pk:
            return
        row = next((row for row in self.returned.rows if row.action == holder.pk), None)
        entry = row.entries.get("number") or row.entries.get("sheet") if row else None
        if entry is None or not entry.is_touched:
            raise NotTaken(TAKEN.format(number))

    def leave(self, entry: Entry, key: str, why: str) -> None:
        self.untaken.append(
            Untaken(self.returned.where(entry.place), label_of(key, self.standing.plan), entry.text, why)
        )
