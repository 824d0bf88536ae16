"""What one says when something is frozen: who adopted it, who signed it, what was wrong in it."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actions.models import Meeting, Plan
from ctg.web.forms import HouseForm
from partners import receipts
from partners.models import User

FIRST_YEAR = 2000
ELSEWHERE = "Choisissez la réunion, ou dites par qui et quand c’était adopté."


class AdoptionForm(HouseForm):
    """The meeting that adopted a document, or the words and the day of an adoption elsewhere."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="Adopté en réunion",
        required=False,
        empty_label="une autre instance, à écrire plus bas",
        help_text="Les réunions des instances du plan, la dernière d’abord.",
    )
    adopted_by = forms.CharField(
        label="Adopté ailleurs, par",
        required=False,
        max_length=200,
        help_text="Par exemple «\u00a0conseil communautaire\u00a0».",
    )
    adopted_on = forms.DateField(label="Adopté ailleurs, le", required=False)

    def __init__(self, *args: Any, user: User, plan: Plan, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        held = Meeting.objects.visible_to(user).filter(body__plan=plan, held_on__lte=today)
        self.fields["meeting"].queryset = held.select_related("body")  # type: ignore[attr-defined]

    def clean_adopted_on(self) -> dt.date | None:
        return past_day(self.cleaned_data["adopted_on"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors or cleaned["meeting"]:
            return cleaned
        for name in ("adopted_by", "adopted_on"):
            if not cleaned[name]:
                self.add_error(name, ValidationError(ELSEWHERE))
        return cleaned

    def params(self) -> dict[str, Any]:
        """The adoption as a job keeps it."""
        meeting, on = self.cleaned_data["meeting"], self.cleaned_data["adopted_on"]
        if meeting:
            return {"meeting": meeting.pk, "adopted_on": "", "adopted_by": ""}
        return {"meeting": None, "adopted_on": on.isoformat(), "adopted_by": self.cleaned_data["adopted_by"]}


class SignatureForm(HouseForm):
    """When the plan was signed, and by whom."""

    signed_on = forms.DateField(label="Signé le")
    signatories = forms.CharField(
        label="Signataires",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text="Un organisme par ligne, avec la fonction de qui signe s’il le faut.",
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_signed_on(self) -> dt.date | None:
        return past_day(self.cleaned_data["signed_on"], self.today)

    def params(self) -> dict[str, Any]:
        """The signature as a job keeps it."""
        lines = [line.strip() for line in self.cleaned_data["signatories"].splitlines()]
        return {
            "signed_on": self.cleaned_data["signed_on"].isoformat(),
            "signatories": [line for line in lines if line],
        }


class AmendmentForm(SignatureForm):
    """An amendment has a name, and there may be several: `token` tells a form sent twice from two forms."""

    title = forms.CharField(
        label="Nom de l’avenant",
        max_length=300,
        help_text="Par exemple «\u00a0Avenant n°\u00a01\u00a0: prolongation d’un an\u00a0».",
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=receipts.fresh_token)
    field_order = ("title", "signed_on", "signatories")

    def params(self) -> dict[str, Any]:
        said = {"title": self.cleaned_data["title"], "token": str(self.cleaned_data["token"])}
        return super().params() | said


class ErratumForm(HouseForm):
    wrong = forms.CharField(
        label="Ce qui est faux",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        help_text="Et où\u00a0: la page, l’action, la ligne du tableau.",
    )
    right = forms.CharField(
        label="Ce qu’il faut lire", widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=receipts.fresh_token)


def past_day(day: dt.date | None, today: dt.date) -> dt.date | None:
    if day and day.year < FIRST_YEAR:
        raise ValidationError("Indiquez une date, par exemple 31/12/2026.")
    if day and day > today:
        raise ValidationError("Cette date n’est pas encore passée.")
    return day
