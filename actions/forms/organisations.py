from typing import Any

from django import forms

from ctg.web.forms import HouseForm
from partners.models import Organisation, User


class MergeForm(HouseForm):
    """Which organisation is the same as `kept`; once previewed, `seen` says what was agreed to."""

    avec: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label="Quel autre organisme est le même ?", queryset=None, empty_label="Choisir…"
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, kept: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["avec"]
        assert isinstance(choice, forms.ModelChoiceField)
        others = Organisation.objects.editable_by(user).filter(territory=kept.territory_id)
        choice.queryset = others.exclude(pk=kept.pk)
