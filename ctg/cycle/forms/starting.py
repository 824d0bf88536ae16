"""What a person takes of the template, and what she calls her plan."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from actions.forms.plan import check_years
from actions.models import Plan
from ctg.cycle.starting.planting import plant_plan
from ctg.cycle.starting.template import PlanTemplate, TemplateIndicator, TemplateTheme
from partners import receipts
from partners.editing import TrackedForm
from partners.tracking import Author

#: How long a convention lasts, when nobody says otherwise.
YEARS = 4


@dataclass(frozen=True)
class Shelf:
    """A theme as its page offers it, and its indicators, each with whether it is ticked."""

    theme: TemplateTheme
    is_ticked: bool
    indicators: Sequence[tuple[TemplateIndicator, bool]]


class TemplateForm(TrackedForm[Plan]):
    """A plan from the template: everything is ticked to begin with."""

    class Meta:
        model = Plan
        fields = ("title", "first_year", "last_year")
        widgets = {
            name: forms.TextInput(attrs={"class": "field__number", "inputmode": "numeric"})
            for name in ("first_year", "last_year")
        }

    themes = forms.MultipleChoiceField(required=False)
    indicators = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, template: PlanTemplate, today: dt.date, **kwargs: Any) -> None:
        first = first_year_from(today)
        kwargs["initial"] = {
            "title": "Plan d’actions CTG",
            "first_year": first,
            "last_year": first + YEARS - 1,
            "themes": [theme.title for theme in template.themes],
            "indicators": [one.wording for one in template.indicators],
        }
        super().__init__(*args, **kwargs)
        self.template = template
        for name in ("themes", "indicators"):
            self.fields[name].choices = [(word, word) for word in kwargs["initial"][name]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        check_years(self)
        return cleaned

    @property
    def shelves(self) -> list[Shelf]:
        themes, indicators = self["themes"].value() or [], self["indicators"].value() or []
        return [
            Shelf(
                theme, theme.title in themes, [(one, one.wording in indicators) for one in theme.indicators]
            )
            for theme in self.template.themes
        ]

    def create(self, *, by: Author, at: dt.datetime) -> Plan:
        assert by.user is not None
        taken = self.template.keeping(self.cleaned_data["themes"], self.cleaned_data["indicators"])
        made, _ = receipts.once(
            self.cleaned_data["token"] or uuid.uuid4(),
            by.user,
            make=lambda: plant_plan(self.instance, taken, by=by, at=at),
            found=lambda pk: self._made_before(pk, by),
        )
        return made


def first_year_from(today: dt.date) -> int:
    """The year that a convention prepared today begins: from September on, the next one."""
    return today.year + (today.month >= 9)
