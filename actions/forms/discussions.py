"""Asking a question about an action, answering it, and concluding."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from partners import receipts
from partners.editing import TrackedForm
from partners.models import Organisation, User
from partners.tracking import Author

from .. import discussing
from ..discussing import Ending
from ..models import Body, Discussion, Meeting, Message, Outcome

NO_NAME = "N’écrivez le nom d’aucun bénéficiaire."


class DiscussionForm(TrackedForm[Discussion]):
    """The question alone, once it is asked."""

    class Meta:
        model = Discussion
        fields: tuple[str, ...] = ("subject",)
        labels: ClassVar[dict[str, str]] = {"subject": "Votre question, en une phrase"}
        help_texts: ClassVar[dict[str, str]] = {"subject": NO_NAME}


class NewDiscussionForm(DiscussionForm):
    """The question, and what explains it."""

    details = forms.CharField(
        label="Ce qu’il faut savoir pour répondre",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=NO_NAME,
        required=False,
    )

    def create(self, *, by: Author, at: dt.datetime) -> Discussion:
        assert by.user is not None
        details = self.cleaned_data["details"]
        made, _ = receipts.once(
            self.cleaned_data["token"] or uuid.uuid4(),
            by.user,
            make=lambda: discussing.open_discussion(self.instance, details=details, by=by, at=at),
            found=lambda pk: self._made_before(pk, by),
        )
        return made


class MessageForm(TrackedForm[Message]):
    """An answer, in its place under the question; several may be open on one page."""

    class Meta:
        model = Message
        fields = ("text",)
        widgets: ClassVar[dict[str, forms.Widget]] = {"text": forms.Textarea(attrs={"rows": 4})}
        labels: ClassVar[dict[str, str]] = {"text": "Votre réponse"}
        help_texts: ClassVar[dict[str, str]] = {
            "text": f"{NO_NAME} Toutes les personnes qui lisent le plan la verront."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"discussion_{kwargs['instance'].discussion_id}_%s"
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["autofocus"] = True

    def create(self, *, by: Author, at: dt.datetime) -> Message:
        discussing.sign(self.instance, by, at)
        return super().create(by=by, at=at)


class ConcludeForm(TrackedForm[Discussion]):
    """How a discussion ends, and which decision it led to, unless it has one already."""

    NONE = "none"
    ENDINGS = (
        (NONE, "Aucune décision à inscrire"),
        (Outcome.TAKEN.value, "Une décision est prise"),
        (Outcome.PENDING.value, "Une décision reste à prendre"),
    )

    ending = forms.ChoiceField(
        label="Cet échange conduit-il à une décision\u00a0?",
        choices=ENDINGS,
        initial=NONE,
        widget=forms.RadioSelect,
    )
    decided = forms.CharField(
        label="Ce qui était, ou ce qui reste, à décider", max_length=300, required=False
    )
    decided_on = forms.DateField(
        label="Décidée le", help_text="Sans date, celle de la réunion.", required=False
    )
    meeting: "forms.ModelChoiceField[Meeting]" = forms.ModelChoiceField(
        None, label="Réunion", empty_label="aucune", required=False
    )
    owner: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        None, label="Qui s’en charge", empty_label="à désigner", required=False
    )
    due_on = forms.DateField(label="Pour le", required=False)
    asked_of: "forms.ModelChoiceField[Body]" = forms.ModelChoiceField(
        None, label="Demandée à", empty_label="aucune en particulier", required=False
    )

    class Meta:
        model = Discussion
        fields = ("conclusion",)
        widgets: ClassVar[dict[str, forms.Widget]] = {"conclusion": forms.Textarea(attrs={"rows": 5})}
        labels: ClassVar[dict[str, str]] = {"conclusion": "Ce qu’il en ressort"}
        help_texts: ClassVar[dict[str, str]] = {
            "conclusion": f"Le relevé de décisions reprend ce texte s’il y a une décision. {NO_NAME}"
        }

    OF_DECISION = ("ending", "decided", "decided_on", "meeting", "owner", "due_on", "asked_of")

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["conclusion"].required = True
        decision = self.instance.decision
        if decision and not decision.trashed_at:
            for name in self.OF_DECISION:
                del self.fields[name]
            return
        plan = self.instance.action.plan
        self.fields["decided"].initial = self.instance.subject
        meetings = Meeting.objects.visible_to(user).filter(body__plan=plan, concluded_at=None)
        self._offer("meeting", meetings.select_related("body"))
        self._offer("owner", Organisation.objects.visible_to(user).filter(territory=plan.territory_id))
        self._offer("asked_of", Body.objects.visible_to(user).filter(plan=plan))

    def _offer(self, name: str, choices: Any) -> None:
        self.fields[name].queryset = choices  # type: ignore[attr-defined]

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        names = {
            "Conclusion": ("conclusion",),
            "Décision": ("ending", "decided"),
            "Si elle est prise": ("decided_on", "meeting", "owner", "due_on"),
            "Si elle reste à prendre": ("asked_of",),
        }
        shown = {title: [self[it] for it in fields if it in self.fields] for title, fields in names.items()}
        return [(title, fields) for title, fields in shown.items() if fields]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        ending = cleaned.get("ending", self.NONE)
        if ending != self.NONE and "decided" in cleaned and not cleaned["decided"]:
            self.add_error("decided", ValidationError("Dites en une phrase ce qui est à décider."))
        if ending == Outcome.TAKEN:
            self._check_the_day(cleaned)
        return cleaned

    def _check_the_day(self, cleaned: dict[str, Any]) -> None:
        meeting = cleaned.get("meeting")
        if meeting and "decided_on" in cleaned:
            cleaned["decided_on"] = cleaned["decided_on"] or meeting.held_on
        day, due_on = cleaned.get("decided_on"), cleaned.get("due_on")
        if not day and "decided_on" not in self.errors:
            self.add_error("decided_on", ValidationError("Indiquez le jour, ou la réunion qui a décidé."))
        elif day and day > self.today:
            self.add_error("decided_on", ValidationError("Cette date est encore à venir."))
        elif day and due_on and due_on < day:
            self.add_error("due_on", ValidationError("Cette date vient avant celle de la décision."))

    def chosen_ending(self) -> Ending | None:
        """The decision to record, with what concerns its outcome alone."""
        read = self.cleaned_data
        if read.get("ending", self.NONE) == self.NONE:
            return None
        outcome = Outcome(read["ending"])
        if outcome == Outcome.PENDING:
            return Ending(outcome=outcome, subject=read["decided"], asked_of=read["asked_of"])
        told = {name: read[name] for name in ("decided_on", "meeting", "owner", "due_on")}
        return Ending(outcome=outcome, subject=read["decided"], **told)

    def change(self, *, by: Author, at: dt.datetime, reason: str = "") -> bool:
        """Conclude, once however often it is sent; raise ValidationError when somebody else has."""
        assert by.user is not None
        _, is_new = receipts.once(
            self.cleaned_data["token"] or uuid.uuid4(),
            by.user,
            make=lambda: discussing.conclude(
                self.instance,
                conclusion=self.cleaned_data["conclusion"],
                ending=self.chosen_ending(),
                by=by,
                at=at,
            ),
            found=lambda pk: self.instance,
        )
        return is_new
