import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ctg.web.forms import PercentField
from partners import tracking
from partners.editing import TrackedForm
from partners.tracking import Author

from ..models import Action, Confidence, ProgressNote, Status
from ..models.status import NEEDS_A_WORD, NEEDS_REASON

NOTE, REASON, WORRY = "Note", "Motif (obligatoire)", "Ce qui inquiète, en un mot"

#: How the label of the note follows the status and the météo.
NOTE_LABELS = {"": NOTE} | dict.fromkeys(NEEDS_REASON, REASON) | dict.fromkeys(NEEDS_A_WORD, WORRY)


class FollowUpForm(TrackedForm[Action]):
    """Where an action stands, in one gesture: status, météo, progress, and a note that says why.

    For a status that needs a reason, the note is that reason. `status_reason` itself is only a field
    of the page of a conflict.
    """

    progress = PercentField(label="Avancement", required=False)
    note = forms.CharField(label=NOTE, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = Action
        fields = ["status", "confidence", "progress", "status_reason"]
        widgets = {
            "status": forms.RadioSelect,
            "confidence": forms.RadioSelect,
            "status_reason": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = (self.instance.status, self.instance.confidence, self.instance.status_reason)
        self.fields["confidence"].choices = [*Confidence.choices, ("", "sans avis")]  # type: ignore[attr-defined]
        status = self.data.get("status") or self.initial.get("status", self.instance.status)
        mood = self.data.get("confidence") or self.instance.confidence
        self.fields["note"].label = NOTE_LABELS.get(status) or NOTE_LABELS.get(mood) or NOTE

    def _get_validation_exclusions(self) -> set[str]:
        """PercentField has checked the progress: asking the database again would cost three queries."""
        return {*super()._get_validation_exclusions(), "progress"}  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        status, mood, note = cleaned.get("status"), cleaned.get("confidence"), cleaned.get("note", "")
        old_status, old_mood, old_reason = self.before
        if "status_reason" not in self.data:
            cleaned["status_reason"] = (note or old_reason) if status in NEEDS_REASON else ""
            if status in NEEDS_REASON and not note and (status != old_status or not old_reason):
                self.add_error(
                    "note", ValidationError(f"Dites pourquoi l’action est {Status(status).label}.")
                )
        if mood in NEEDS_A_WORD and mood != old_mood and not note and "note" not in self.errors:
            self.add_error("note", ValidationError("Dites en un mot ce qui inquiète."))
        return cleaned

    def save_follow_up(self, *, by: Author, at: dt.datetime) -> None:
        """Change what differs and keep the note, once however often it is sent; may raise `Conflict`."""
        batch = self.cleaned_data["token"] or uuid.uuid4()
        values = self.values()
        reason = values.get("status_reason", "")
        try:
            with transaction.atomic():
                seen = self.cleaned_data["seen"] or 0
                tracking.change(self.instance, values, by=by, at=at, seen=seen, reason=reason, batch=batch)
                if text := self.cleaned_data["note"]:
                    write_note(self.instance, text, by=by, at=at, batch=batch)
        except IntegrityError:
            # The note is there already, under the same batch: this form was received before.
            if not by.user or not ProgressNote.objects.visible_to(by.user).filter(batch=batch).exists():
                raise
            self.instance.refresh_from_db()


def write_note(
    action: Action,
    text: str,
    *,
    by: Author,
    at: dt.datetime,
    batch: uuid.UUID,
    audience: str = ProgressNote.Audience.EVERYONE,
) -> ProgressNote:
    note = ProgressNote(
        action=action,
        text=text,
        audience=audience,
        author=by.user,
        author_label=by.label,
        written_at=at,
        batch=batch,
    )
    return tracking.create(note, by=by, at=at, batch=batch)
