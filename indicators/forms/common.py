import uuid
from typing import Any

from django import forms

from ctg.web.forms import HouseModelForm
from ctg.web.text import fold
from partners.models import User
from partners.receipts import fresh_token

from ..models import CommonIndicator, Kind


class CommonForm(HouseModelForm[CommonIndicator]):
    """An indicator of the common catalogue; what territories copied from it stays theirs."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=fresh_token)

    class Meta:
        model = CommonIndicator
        fields = ("wording", "theme", "kind", "unit", "guidance", "exclusions")
        widgets = {
            "kind": forms.RadioSelect,
            "guidance": forms.Textarea(attrs={"rows": 3}),
            "exclusions": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"theme": "Celui de la Caf\u00a0: petite enfance, parentalité, accès aux droits…"}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["kind"].choices = Kind.choices  # type: ignore[attr-defined]

    def clean_token(self) -> uuid.UUID:
        return self.cleaned_data["token"] or uuid.uuid4()

    def clean_wording(self) -> str:
        wording: str = self.cleaned_data["wording"]
        others = CommonIndicator.objects.visible_to(self.user).exclude(pk=self.instance.pk)
        if any(fold(other.wording) == fold(wording) for other in others):
            raise forms.ValidationError("Le catalogue a déjà cet intitulé, peut-être parmi les retirés.")
        return wording
