"""What is recorded live, on the screen of a point: the météo, what was said, what is decided."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from ctg.web.http import Request
from partners import receipts, tracking
from partners.signing import author_of
from partners.tracking import Author

from ..governance import deciding
from ..models import Action, AgendaItem, Decision, Meeting, Outcome
from .decisions import SettleForm
from .follow_up import NOTE, NOTE_LABELS, FollowUpForm
from .governance import OfMeetingForm


class ConfidenceForm(FollowUpForm):
    """The météo alone, under the rules of the follow-up: not sereine, it says why in a word."""

    progress = None  # type: ignore[assignment]  # So a form leaves out a field of its parent.

    class Meta(FollowUpForm.Meta):
        fields = ["confidence"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="confidence_%s", **kwargs)
        mood = self.data.get("confidence") or self.instance.confidence
        self.fields["note"].label = NOTE_LABELS.get(mood) or NOTE
        self.fields["note"].help_text = "Datée d’aujourd’hui, signée de votre nom, lue de tous."

    def commit(self, request: Request) -> Action:
        by = author_of(request.user, self.instance.plan.territory_id)
        self.save_follow_up(by=by, at=timezone.now())
        return self.instance


class SummaryForm(OfMeetingForm[AgendaItem]):
    class Meta:
        model = AgendaItem
        fields = ("summary",)
        widgets: ClassVar[dict[str, forms.Widget]] = {"summary": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar[dict[str, str]] = {
            "summary": "Pour le compte rendu. Pas de nom de bénéficiaire."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="summary_%s", **kwargs)


class RulingForm(SettleForm):
    """What the meeting rules: on a decision that was asked, or on a subject that comes up.

    The day and the meeting are known; they are fields for the page of a conflict alone.
    """

    subject = forms.CharField(
        label="Ce qui est à décider", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        meeting: Meeting,
        item: AgendaItem,
        actions: Sequence[Action],
        **kwargs: Any,
    ) -> None:
        self.at_meeting, self.item, self.actions = meeting, item, actions
        today: dt.date = kwargs["today"]
        if data is not None:
            data = data.copy()
            data.setdefault("meeting", str(meeting.pk))
            data.setdefault("decided_on", min(meeting.held_on, today).isoformat())
        decision: Decision = kwargs["instance"]
        if decision.is_pending:
            kwargs["initial"] = {"outcome": Outcome.TAKEN}
        super().__init__(data, auto_id=f"decision_{decision.pk or 'new'}_%s", **kwargs)
        if decision.pk:
            del self.fields["subject"]
        else:
            outcomes = [Outcome.TAKEN, Outcome.DECLINED, Outcome.PENDING]
            self.fields["outcome"].choices = [(it.value, it.label) for it in outcomes]  # type: ignore[attr-defined]

    @property
    def decision(self) -> Decision:
        return self.instance

    @property
    def short_fields(self) -> list[forms.BoundField]:
        """The meeting shows when it is what is wrong: its minutes were concluded in the meantime."""
        return [self["owner"], self["due_on"], *([self["meeting"]] if self["meeting"].errors else [])]

    def create(self, *, by: Author, at: dt.datetime) -> Decision:
        """Ask and rule in one gesture, once however often the form is sent.

        A point that was only words becomes that of the decision: nothing else would tie them together.
        """
        assert by.user is not None
        batch = uuid.uuid4()

        def make() -> Decision:
            decision = deciding.ask(
                self.at_meeting.body.plan,
                subject=self.cleaned_data["subject"],
                actions=self.actions,
                asked_of=self.at_meeting.body,
                asked_on=min(self.at_meeting.held_on, self.today),
                by=by,
                at=at,
                batch=batch,
            )
            deciding.settle(decision, **self.values(), by=by, at=at, batch=batch)
            if not (self.item.action_id or self.item.decision_id):
                tracking.change(self.item, {"decision": decision}, by=by, at=at, batch=batch)
            return decision

        with transaction.atomic():
            token = self.cleaned_data["token"] or uuid.uuid4()
            made, _ = receipts.once(token, by.user, make, lambda pk: self._made_before(pk, by))
        return made
