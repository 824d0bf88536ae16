import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict

from ctg.web.forms import HouseForm
from partners import tracking
from partners.tracking import Author, Clash, Conflict

from ..models import Action
from ..placement import Choices, Shelves


class PlaceForm(HouseForm):
    """Where one action stands in one reading: a row among others, with the version that its reader saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, action: Action, shelves: Shelves, **kwargs: Any
    ) -> None:
        self.action, self.shelves = action, shelves
        self.clashes: list[Clash] = []
        super().__init__(data, prefix=f"a{action.pk}", **kwargs)
        self.fields["seen"].initial = action.version
        if shelves.is_strategic:
            self._offer("place", shelves.plan.ambition_label, shelves.places(), shelves.place_of(action))
        else:
            for level in shelves.levels:
                known = {heading.pk for heading in shelves.headings[level]}
                current = getattr(action, f"{level}_id")
                label = getattr(shelves.plan, f"{level}_label")
                self._offer(level, label, shelves.choices(level), str(current) if current in known else "")

    def _offer(self, name: str, label: str, choices: Choices, current: str) -> None:
        # The heading of a column does not name the list of each row.
        widget = forms.Select(attrs={"aria-label": f"{label}, action {self.action.number}"})
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices, initial=current, required=False, widget=widget
        )

    def values(self) -> dict[str, int | None]:
        """What the row changes; a place in the trash that nobody touched is left there."""
        changed = [name for name in self.changed_data if name != "seen"]
        if "place" in changed:
            return self.shelves.values_of(self.cleaned_data["place"])
        return {name: int(self.cleaned_data[name]) if self.cleaned_data[name] else None for name in changed}

    def typed(self) -> dict[str, Any]:
        """The choices of the row, to be shown again."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "seen"}


@dataclass
class Saved:
    """What became of the rows: how many actions changed, and the rows that need another look."""

    count: int = 0
    invalid: list[PlaceForm] = field(default_factory=list)
    disputed: list[PlaceForm] = field(default_factory=list)


def save_places(rows: Sequence[PlaceForm], *, by: Author, at: dt.datetime) -> Saved:
    """Save each row that can be; one that somebody else changed comes back with both places, unsaved."""
    saved, batch = Saved(), uuid.uuid4()
    for row in rows:
        if not row.is_valid():
            saved.invalid.append(row)
            continue
        try:
            with transaction.atomic():
                changes = tracking.change(
                    row.action, row.values(), by=by, at=at, seen=row.cleaned_data["seen"], batch=batch
                )
        except Conflict as conflict:
            saved.disputed.append(_again(row, conflict))
        else:
            saved.count += bool(changes)
    return saved


def _again(row: PlaceForm, conflict: Conflict) -> PlaceForm:
    """The same row on the action as it is now, with the choice that was made and could not be saved."""
    action = conflict.thing
    assert isinstance(action, Action)
    again = PlaceForm(action=action, shelves=row.shelves, initial=row.typed())
    again.clashes = conflict.clashes
    return again
