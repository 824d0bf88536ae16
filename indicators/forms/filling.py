"""What is missing over a plan, said for many indicators at once: a row for each, and one answer for all."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.http import QueryDict

from ctg.web.forms import HouseForm
from partners import tracking
from partners.tracking import Author, Clash, Conflict

from ..models import Indicator

Values = dict[str, Any]


class Answer(HouseForm):
    """What is said once for all the rows: it fills those that are ticked and left empty.

    The fields named in `beside` go with what is typed in the rows: the year of the targets.
    """

    beside: ClassVar[tuple[str, ...]] = ()

    @property
    def filling(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name not in self.beside]

    @property
    def settings(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name in self.beside]

    def values_for(self, indicator: Indicator) -> Values:
        raise NotImplementedError


class Row(HouseForm):
    """What one indicator lacks, with the version that its reader saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    ticked = forms.BooleanField(required=False, initial=True)

    def __init__(
        self, data: QueryDict | None = None, *, indicator: Indicator, answer: Any, **kwargs: Any
    ) -> None:
        self.indicator, self.answer = indicator, answer
        self.clashes: list[Clash] = []
        super().__init__(data, prefix=f"i{indicator.pk}", **kwargs)
        self.fields["seen"].initial = indicator.version
        self.fields["ticked"].widget.attrs["aria-label"] = f"Remplir aussi\u00a0: {indicator.wording}"

    @property
    def asked(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name != "ticked"]

    def typed(self) -> Values:
        """What was typed in the row, as fields of the indicator; nothing when it was left empty."""
        raise NotImplementedError

    def values(self) -> Values:
        said = self.typed()
        if said or not self.cleaned_data["ticked"]:
            return said
        filled: Values = self.answer.values_for(self.indicator)
        return filled


@dataclass
class Saved:
    """What became of the rows: how many indicators changed, and the rows that need another look."""

    count: int = 0
    again: list[Row] = field(default_factory=list)
    is_disputed: bool = False


def save_rows(rows: Sequence[Row], *, by: Author, at: dt.datetime) -> Saved:
    """Save each row that can be, in one gesture; one in error or disputed comes back as it was typed."""
    saved, batch = Saved(), uuid.uuid4()
    for row in rows:
        if not row.is_valid():
            saved.again.append(row)
            continue
        seen = row.cleaned_data["seen"]
        try:
            with transaction.atomic():
                changes = tracking.change(row.indicator, row.values(), by=by, at=at, seen=seen, batch=batch)
        except Conflict as conflict:
            row.clashes = conflict.clashes
            saved.again.append(row)
            saved.is_disputed = True
        else:
            saved.count += bool(changes)
    return saved
