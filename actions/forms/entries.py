"""What the follow-up adds to a sheet: milestones, freins and leviers, notes."""

import datetime as dt
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from partners.editing import TrackedForm
from partners.models import Organisation, User
from partners.tracking import Author

from ..models import Factor, FactorKind, Milestone, ProgressNote
from ..models.follow_up import Entry

E = TypeVar("E", bound=Entry)


class EntryForm(TrackedForm[E]):
    """A form that opens in its place on the sheet, where forms of other kinds may be open too."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        kwargs.setdefault("auto_id", f"{self._meta.model._meta.model_name}_%s")
        super().__init__(*args, **kwargs)
        next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    def no_later_than_today(self, name: str, today: dt.date) -> None:
        day = self.cleaned_data.get(name)
        if day and day > today:
            self.add_error(name, ValidationError("Cette date est encore à venir."))


class MilestoneForm(EntryForm[Milestone]):
    class Meta:
        model = Milestone
        fields = ["title", "due_on", "owner", "reached_on"]

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        owner = self.fields["owner"]
        territory = self.instance.action.plan.territory_id
        owner.queryset = Organisation.objects.visible_to(self.user).filter(territory=territory)  # type: ignore[attr-defined]
        owner.empty_label = "à désigner"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.no_later_than_today("reached_on", self.today)
        return cleaned


class FactorForm(EntryForm[Factor]):
    class Meta:
        model = Factor
        fields = ["text", "kind", "since", "handler", "removed_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2}), "kind": forms.RadioSelect}
        labels = {"removed_on": "Levé, ou sans effet, depuis le"}
        help_texts = {
            "text": "Pas de nom de bénéficiaire.",
            "handler": "Un organisme, une instance\u00a0: «\u00a0décision demandée au COPIL\u00a0».",
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["kind"].choices = [*FactorKind.choices, ("", "à qualifier")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.no_later_than_today("removed_on", self.today)
        since, removed_on = cleaned.get("since"), cleaned.get("removed_on")
        if since and removed_on and removed_on < since:
            self.add_error("removed_on", ValidationError("Cette date vient avant «\u00a0depuis le\u00a0»."))
        return cleaned


class NoteForm(EntryForm[ProgressNote]):
    """A note that everybody who reads the plan will read."""

    class Meta:
        model = ProgressNote
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "audience": forms.RadioSelect}
        help_texts = {"text": "Pas de nom de bénéficiaire."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            signed = "Datée d’aujourd’hui, signée de votre nom."
            self.fields["text"].help_text = f"{signed} {self.fields['text'].help_text}"

    def create(self, *, by: Author, at: dt.datetime) -> ProgressNote:
        note = self.instance
        note.author, note.author_label, note.written_at = by.user, by.label, at
        return super().create(by=by, at=at)


class CoordinationNoteForm(NoteForm):
    """The same, for a coordination, which chooses who reads it."""

    class Meta(NoteForm.Meta):
        fields = ["text", "audience"]
