import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actions.models import Plan
from ctg.web.forms import HouseForm
from partners import receipts
from partners.models import User
from partners.tracking import Author

from ..models import ReadLink
from ..sharing import LONGEST, make_link


class ReadLinkForm(HouseForm):
    """For whom a link is, and until when."""

    label = forms.CharField(
        label="Pour qui",
        max_length=200,
        help_text="Pour vous y retrouver\u00a0: «\u00a0Maires\u00a0», «\u00a0COPIL de décembre\u00a0».",
    )
    last_day = forms.DateField(
        label="Valable jusqu’au", help_text="Ce jour compris. Ensuite, le lien n’ouvre plus rien."
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: Plan, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.today = plan, today
        self.fields["token"].initial = receipts.fresh_token

    def clean_last_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["last_day"]
        if day < self.today:
            raise ValidationError("Cette date est passée\u00a0: le lien n’ouvrirait rien.")
        if day > self.today + LONGEST:
            raise ValidationError("Un lien vaut un an au plus\u00a0; vous pourrez en refaire un.")
        return day

    def make(self, user: User, *, by: Author, at: dt.datetime) -> ReadLink:
        """The new link, or the one that this same form already made."""
        data = self.cleaned_data
        made, _ = receipts.once(
            data["token"] or uuid.uuid4(),
            user,
            make=lambda: make_link(self.plan, label=data["label"], last_day=data["last_day"], by=by, at=at),
            found=lambda pk: ReadLink.objects.editable_by(user).get(pk=pk, plan=self.plan),
        )
        return made
