import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actions.models import Plan
from ctg.dashboards.models import ReadLink
from ctg.dashboards.sharing import make_link
from ctg.web.forms import HouseForm
from partners import receipts
from partners.models import User
from partners.tracking import Author


class KeyForm(HouseForm):
    """For which program a key is, and until when if it must end."""

    label = forms.CharField(
        label="Pour quel programme",
        max_length=200,
        help_text="Pour vous y retrouver\u00a0: «\u00a0Portail open data du Département\u00a0».",
    )
    last_day = forms.DateField(
        label="Valable jusqu’au",
        required=False,
        help_text="Ce jour compris. Sans date, la clé vaut jusqu’à ce que vous la révoquiez.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: Plan, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.today = plan, today
        self.fields["token"].initial = receipts.fresh_token

    def clean_last_day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["last_day"]
        if day and day < self.today:
            raise ValidationError("Cette date est passée\u00a0: la clé n’ouvrirait rien.")
        return day

    def make(self, user: User, *, by: Author, at: dt.datetime) -> ReadLink:
        """The new key, or the one that this same form already made."""
        data = self.cleaned_data
        made, _ = receipts.once(
            data["token"] or uuid.uuid4(),
            user,
            make=lambda: make_link(
                self.plan,
                opens=ReadLink.Opens.DATA,
                label=data["label"],
                last_day=data["last_day"],
                by=by,
                at=at,
            ),
            found=lambda pk: ReadLink.objects.editable_by(user).get(pk=pk, plan=self.plan),
        )
        return made
