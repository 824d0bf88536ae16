"""What the next convention is called, and what one says of each action."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from actions.forms.plan import check_years
from ctg.cycle.models import Renewal, RenewalChoice, Verdict
from ctg.cycle.renewing.choosing import choose, lock_open
from ctg.web.forms import HouseForm
from partners.editing import TrackedForm
from partners.tracking import Author, Clash, Conflict


class RenewalForm(TrackedForm[Renewal]):
    class Meta:
        model = Renewal
        fields = ("title", "first_year", "last_year")
        widgets = {
            name: forms.TextInput(attrs={"class": "field__number", "inputmode": "numeric"})
            for name in ("first_year", "last_year")
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        check_years(self)
        return cleaned

    def create(self, *, by: Author, at: dt.datetime) -> Renewal:
        """Raise ValidationError when somebody begins it meanwhile."""
        try:
            with transaction.atomic():
                return super().create(by=by, at=at)
        except IntegrityError as error:
            raise ValidationError(
                "La préparation est déjà commencée\u00a0: ouvrez-la depuis «\u00a0Plus\u00a0»."
            ) from error


class ChoiceForm(HouseForm):
    """What becomes of one action: a row among others, with the version that its reader saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="Avis", choices=Verdict.choices, required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(label="Raison", required=False)

    def __init__(self, data: QueryDict | None = None, *, choice: RenewalChoice, **kwargs: Any) -> None:
        self.choice = choice
        self.clashes: list[Clash] = []
        kwargs.setdefault("initial", {"verdict": choice.verdict, "reason": choice.reason})
        super().__init__(data, prefix=f"a{choice.action_id}", **kwargs)
        self.fields["seen"].initial = choice.version if choice.pk else 0

    def values(self) -> dict[str, Any]:
        changed = [name for name in self.changed_data if name != "seen"]
        return {name: self.cleaned_data[name] for name in changed}


@dataclass
class Saved:
    """What became of the rows: how many choices changed, and the rows that need another look."""

    count: int = 0
    invalid: list[ChoiceForm] = field(default_factory=list)
    disputed: list[ChoiceForm] = field(default_factory=list)

    @property
    def again(self) -> list[ChoiceForm]:
        return [*self.invalid, *self.disputed]


def save_choices(renewal: Renewal, rows: Sequence[ChoiceForm], *, by: Author, at: dt.datetime) -> Saved:
    """Save each row that can be; one that somebody else changed comes back with both, unsaved.

    Raise `AlreadyRenewed`, with nothing saved, once the next plan is created.
    """
    saved, batch = Saved(), uuid.uuid4()
    with transaction.atomic():
        lock_open(renewal)
        for row in rows:
            if not row.is_valid():
                saved.invalid.append(row)
                continue
            try:
                with transaction.atomic():
                    seen = row.cleaned_data["seen"]
                    saved.count += choose(row.choice, row.values(), seen=seen, batch=batch, by=by, at=at)
            except Conflict as conflict:
                saved.disputed.append(_again(row, conflict))
    return saved


def _again(row: ChoiceForm, conflict: Conflict) -> ChoiceForm:
    """The same row on the choice as it is now, with what was said and could not be saved."""
    choice = conflict.thing
    assert isinstance(choice, RenewalChoice)
    typed = {name: row.cleaned_data[name] for name in ("verdict", "reason")}
    again = ChoiceForm(choice=choice, initial=typed)
    again.clashes = conflict.clashes
    return again
