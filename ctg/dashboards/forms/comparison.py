import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ctg.web.forms import HouseForm

from ..comparison.wording import say_day


class ComparisonForm(HouseForm):
    """The two days to compare, neither before the history of the plan nor after today; in any order."""

    du = forms.DateField(label="Du")
    au = forms.DateField(label="Au")

    def __init__(self, *args: Any, start: dt.date | None, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start, self.today = start, today
        for field in self.fields.values():
            field.widget.attrs["max"] = today.isoformat()
            if start:
                field.widget.attrs["min"] = start.isoformat()

    def clean_du(self) -> dt.date:
        return self._within(self.cleaned_data["du"])

    def clean_au(self) -> dt.date:
        return self._within(self.cleaned_data["au"])

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """Both days in the order of time."""
        du, au = sorted((self.cleaned_data["du"], self.cleaned_data["au"]))
        return du, au

    @property
    def is_inverted(self) -> bool:
        return bool(self.cleaned_data["du"] > self.cleaned_data["au"])

    def _within(self, day: dt.date) -> dt.date:
        if day > self.today:
            raise ValidationError("Cette date est à venir\u00a0: on compare jusqu’à aujourd’hui.")
        if self.start and day < self.start:
            raise ValidationError(f"L’histoire du plan commence {say_day(self.start, self.today)}.")
        return day
