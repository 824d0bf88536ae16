import uuid

from django import forms

from ctg.web.forms import HouseModelForm

from ..models import Territory
from ..receipts import fresh_token


class TerritoryForm(HouseModelForm[Territory]):
    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=fresh_token)

    class Meta:
        model = Territory
        fields = ("name", "short_name", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"short_name": "Affiché en haut de chaque page à la place du nom, s’il est donné."}

    def clean_token(self) -> uuid.UUID:
        return self.cleaned_data["token"] or uuid.uuid4()
