import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from ctg.web.forms import HouseForm
from partners.models import Change


class HistoryForm(HouseForm):
    """Whose changes, and from which day to which; everything may stay empty."""

    qui = forms.ChoiceField(label="Par", required=False)
    du = forms.DateField(label="Du", required=False)
    au = forms.DateField(label="Au", required=False)

    def __init__(self, *args: Any, changes: QuerySet[Change], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changes = changes
        authors = changes.order_by("author_label").values_list("author_label", flat=True).distinct()
        self.fields["qui"].choices = [("", "tout le monde"), *((name, name) for name in authors)]  # type: ignore[attr-defined]

    def found(self) -> QuerySet[Change]:
        """The changes asked for; what is not understood asks for nothing."""
        self.is_valid()
        asked, found = self.cleaned_data, self.changes
        if asked.get("qui"):
            found = found.filter(author_label=asked["qui"])
        if asked.get("du"):
            found = found.filter(at__gte=_midnight(asked["du"]))
        if asked.get("au"):
            found = found.filter(at__lt=_midnight(asked["au"] + dt.timedelta(days=1)))
        return found


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
