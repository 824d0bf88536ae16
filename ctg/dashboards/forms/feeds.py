from typing import Any

from django import forms

from ctg.web.forms import HouseForm

from ..calendars.entries import Scope
from ..calendars.feeds import name_of

#: Beyond these, a list to unfold is shorter to read than buttons.
MOST_RADIOS = 5


class FeedForm(HouseForm):
    """Which calendar to follow, among those that are offered to this person."""

    calendar = forms.ChoiceField(label="Quel calendrier", widget=forms.RadioSelect)

    def __init__(self, *args: Any, scopes: list[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scopes = {_key(scope): scope for scope in scopes}
        field = self.fields["calendar"]
        assert isinstance(field, forms.ChoiceField)
        if len(scopes) > MOST_RADIOS:
            field.widget = forms.Select()
        field.choices = [(key, name_of(scope)) for key, scope in self.scopes.items()]
        field.initial = next(iter(self.scopes))

    @property
    def scope(self) -> Scope:
        return self.scopes[self.cleaned_data["calendar"]]


def _key(scope: Scope) -> str:
    """How a choice is named in the form: the plan, an organisation by its key, an élu by her name."""
    if scope.organisation:
        return f"organisme-{scope.organisation.pk}"
    return f"elu-{scope.elected_lead}" if scope.elected_lead else "plan"
