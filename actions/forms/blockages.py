"""What blocks an action: said, corrected, lifted, in their place on its sheet."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partners import receipts, tracking
from partners.tracking import Author

from ..governance import deciding
from ..models import Blockage, Body
from .entries import EntryForm


class BlockageForm(EntryForm[Blockage]):
    """What blocks, since when, and if one says so the decision that is asked for, of whom."""

    title = "Modifier le blocage"
    route = "actions:blockage_edit"

    subject = forms.CharField(
        label="Quelle décision faut-il\u00a0?",
        max_length=300,
        required=False,
        help_text="Elle s’ajoute aux décisions à prendre, prête pour un ordre du jour.",
    )
    asked_of = forms.ModelChoiceField(
        Body.objects.none(), label="Demandée à", required=False, empty_label="à préciser"
    )

    class Meta:
        model = Blockage
        fields = ["reason", "since"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"reason": "Pas de nom de bénéficiaire."}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.pk is None:
            self.title = "Signaler un blocage"
            self.initial["since"] = today
        if self.instance.asked:
            del self.fields["subject"], self.fields["asked_of"]
        else:
            bodies = Body.objects.visible_to(self.user).filter(plan=self.instance.action.plan_id)
            self.fields["asked_of"].queryset = bodies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.no_later_than_today("since", self.today)
        check_order(self, cleaned.get("since"), cleaned.get("lifted_on"))
        if cleaned.get("asked_of") and not cleaned.get("subject"):
            self.add_error("subject", ValidationError("Dites quelle décision est demandée."))
        return cleaned

    def create(self, *, by: Author, at: dt.datetime) -> Blockage:
        """Save the blockage, and in the same gesture ask for the decision."""
        assert by.user is not None
        made, _ = receipts.once(
            self.cleaned_data["token"] or uuid.uuid4(),
            by.user,
            make=lambda: self._make(by, at),
            found=lambda pk: self._made_before(pk, by),
        )
        return made

    def _make(self, by: Author, at: dt.datetime) -> Blockage:
        batch = uuid.uuid4()
        self._ask(by, at, batch)
        return tracking.create(self.instance, by=by, at=at, batch=batch)

    def change(self, *, by: Author, at: dt.datetime, reason: str = "") -> bool:
        batch, seen = uuid.uuid4(), self.cleaned_data["seen"] or 0
        with transaction.atomic():  # A dispute takes back the decision that was just asked for.
            values = self.values() | (
                {"decision": self.instance.decision} if self._ask(by, at, batch) else {}
            )
            return bool(
                tracking.change(self.instance, values, by=by, at=at, seen=seen, reason=reason, batch=batch)
            )

    def _ask(self, by: Author, at: dt.datetime, batch: uuid.UUID) -> bool:
        """Ask for the decision, when one was written; it takes the reason along to whoever decides."""
        if not self.cleaned_data.get("subject"):
            return False
        action = self.instance.action
        self.instance.decision = deciding.ask(
            action.plan,
            subject=self.cleaned_data["subject"],
            context=self.cleaned_data["reason"],
            actions=[action],
            asked_of=self.cleaned_data["asked_of"],
            asked_on=timezone.localdate(at),
            by=by,
            at=at,
            batch=batch,
        )
        return True


class LiftedBlockageForm(BlockageForm):
    """The same, once it is lifted: when and how are corrected too; without a date it stands again."""

    class Meta(BlockageForm.Meta):
        fields = ["reason", "since", "lifted_on", "lifted_by"]
        widgets = BlockageForm.Meta.widgets | {"lifted_by": forms.Textarea(attrs={"rows": 2})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.no_later_than_today("lifted_on", self.today)
        return cleaned


class LiftForm(EntryForm[Blockage]):
    """The end of a blockage: on which day, and how it was lifted."""

    title = "Lever le blocage"
    route = "actions:blockage_lift"

    class Meta:
        model = Blockage
        fields = ["lifted_on", "lifted_by"]
        widgets = {"lifted_by": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["lifted_on"].required = True
        self.initial["lifted_on"] = self.instance.lifted_on or today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.no_later_than_today("lifted_on", self.today)
        check_order(self, self.instance.since, cleaned.get("lifted_on"))
        return cleaned


def check_order(form: EntryForm[Blockage], since: dt.date | None, lifted_on: dt.date | None) -> None:
    if since and lifted_on and lifted_on < since:
        form.add_error("lifted_on", ValidationError("Cette date vient avant «\u00a0depuis le\u00a0»."))
