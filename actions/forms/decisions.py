"""Decisions: asked, ruled, carried out."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from partners.editing import TrackedForm
from partners.models import Organisation, User
from partners.tracking import Author

from ..governance import deciding
from ..models import Action, Body, Decision, Meeting, Outcome

NOT_YET = "Cette date est encore à venir."


class _DecisionForm(TrackedForm[Decision]):
    """What the forms of a decision share: narrowed choices, and relations of the trash left in place."""

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.today = today

    def offer(self, name: str, choices: Any, empty: str) -> None:
        self.fields[name].queryset = choices  # type: ignore[attr-defined]
        self.fields[name].empty_label = empty  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("asked_of", "meeting", "owner"):
            standing = getattr(self.instance, name)
            if name in self.fields and not cleaned.get(name) and standing and standing.trashed_at:
                self.left_to_others.add(name)
        return cleaned

    def refuse_what_is_to_come(self, name: str) -> None:
        day = self.cleaned_data.get(name)
        if day and day > self.today:
            self.add_error(name, ValidationError(NOT_YET))


class ActionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return Truncator(str(obj)).chars(80)


class DecisionForm(_DecisionForm):
    linked_fields: ClassVar[tuple[str, ...]] = ("actions",)

    actions = ActionsField(
        queryset=None, label="Actions concernées", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Decision
        fields = ("subject", "context", "asked_of", "asked_on")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "subject": forms.Textarea(attrs={"rows": 2}),
            "context": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts: ClassVar[dict[str, str]] = {
            "subject": "Une phrase à laquelle on répond\u00a0: «\u00a0Financer l’impression du guide\u00a0».",
            "context": "Ce qui est en jeu, les choix possibles, ce que chacun coûte. "
            "Pas de nom de bénéficiaire.",
            "asked_of": "Sans instance, la décision est proposée à toutes.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        self.fields["actions"].queryset = Action.objects.visible_to(self.user).filter(plan=plan)  # type: ignore[attr-defined]
        self.fields["actions"].initial = self.instance.read_tracked("actions") if self.instance.pk else []
        self.offer("asked_of", Body.objects.visible_to(self.user).filter(plan=plan), "aucune en particulier")
        self.order_fields(["subject", "context", "asked_of", "asked_on", "actions"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.refuse_what_is_to_come("asked_on")
        return cleaned

    def values(self) -> dict[str, Any]:
        """Actions of the trash are not on the form; they stay, and come back with the decision."""
        values = super().values()
        if "actions" in values:
            trashed = self.instance.actions.exclude(trashed_at=None)
            values["actions"] = [*values["actions"], *trashed]
        return values


class SettleForm(_DecisionForm):
    class Meta:
        model = Decision
        fields = ("outcome", "ruling", "decided_on", "meeting", "owner", "due_on")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "outcome": forms.RadioSelect(),
            "ruling": forms.Textarea(attrs={"rows": 4}),
        }
        labels: ClassVar[dict[str, str]] = {"outcome": "La décision est"}
        help_texts: ClassVar[dict[str, str]] = {
            "ruling": "Tel que le relevé de décisions le dira.",
            "meeting": "La réunion qui a décidé, s’il y en a une.",
            "owner": "Pour une décision prise\u00a0: l’organisme qui l’applique.",
            "due_on": "Pour une décision prise\u00a0: passé ce jour, elle est en retard.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        meetings = Meeting.objects.visible_to(self.user).filter(body__plan=plan).select_related("body")
        self.offer("meeting", meetings, "aucune")
        organisations = Organisation.objects.visible_to(self.user).filter(territory=plan.territory_id)
        self.offer("owner", organisations, "à désigner")
        self.fields["decided_on"].required = self.instance.is_pending
        settled = [Outcome.TAKEN, Outcome.DECLINED]
        offered = settled if self.instance.is_pending else [*settled, Outcome.PENDING]
        words = {Outcome.PENDING: "encore à prendre"}
        self.fields["outcome"].choices = [(it.value, words.get(it, it.label)) for it in offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        outcome = cleaned.get("outcome", "")
        if self.instance.done_on and outcome != Outcome.TAKEN:
            applied = "Cette décision est notée comme appliquée\u00a0: dites d’abord qu’elle ne l’est pas."
            self.add_error("outcome", ValidationError(applied))
        self._respect_the_minutes(cleaned)
        if outcome != Outcome.PENDING:
            self._check_the_days(cleaned)
        return cleaned | deciding.follow(outcome)

    def _check_the_days(self, cleaned: dict[str, Any]) -> None:
        decided_on, due_on = cleaned.get("decided_on"), cleaned.get("due_on")
        if not decided_on and "decided_on" not in self.errors:
            self.add_error("decided_on", ValidationError("Indiquez le jour où cela a été décidé."))
        self.refuse_what_is_to_come("decided_on")
        if decided_on and due_on and due_on < decided_on:
            self.add_error("due_on", ValidationError("Cette date vient avant celle de la décision."))

    def _respect_the_minutes(self, cleaned: dict[str, Any]) -> None:
        """What a concluded meeting decided is not rewritten behind its minutes; who applies it may change."""
        ruled = ("outcome", "ruling", "decided_on", "meeting")
        if all(cleaned.get(name) == getattr(self.instance, name) for name in ruled):
            return
        for meeting in (self.instance.meeting, cleaned.get("meeting")):
            if meeting and meeting.concluded_at:
                minutes = f"Le compte rendu de «\u00a0{meeting}\u00a0» est arrêté\u00a0: rouvrez-le d’abord."
                self.add_error("meeting", ValidationError(minutes))
                return

    def change(self, *, by: Author, at: dt.datetime, reason: str = "") -> bool:
        seen = self.cleaned_data["seen"] or 0
        return bool(deciding.write(self.instance, self.values(), by=by, at=at, seen=seen))


class DoneForm(_DecisionForm):
    """The day on which a decision was carried out; emptied, it is not yet."""

    class Meta:
        model = Decision
        fields = ("done_on",)
        help_texts: ClassVar[dict[str, str]] = {"done_on": "Vide\u00a0: pas encore appliquée."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.refuse_what_is_to_come("done_on")
        done_on, decided_on = cleaned.get("done_on"), self.instance.decided_on
        if done_on and self.instance.outcome != Outcome.TAKEN:
            self.add_error("done_on", ValidationError("Cette décision n’est pas prise, ou ne l’est plus."))
        elif done_on and decided_on and done_on < decided_on:
            self.add_error("done_on", ValidationError("Cette date vient avant celle de la décision."))
        return cleaned

    def change(self, *, by: Author, at: dt.datetime, reason: str = "") -> bool:
        seen = self.cleaned_data["seen"] or 0
        return bool(deciding.write(self.instance, self.values(), by=by, at=at, seen=seen))
