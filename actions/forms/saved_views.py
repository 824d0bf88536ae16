import uuid
from typing import Any

from django import forms

from ctg.web.forms import HouseModelForm
from partners.models import Role
from partners.receipts import fresh_token

from ..models import SavedView
from ..saved_views import kept_words

FIRST_SEEN_BY = [
    ("", "personne en particulier"),
    (Role.COORDINATOR, "la coordination"),
    (Role.MEMBER, "les membres des organismes"),
    (Role.OFFICIAL, "les élus"),
    (Role.CAF, "la Caf"),
]


class SavedViewForm(HouseModelForm[SavedView]):
    """The name of a view; the coordination may share it, and have a role begin with it."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=fresh_token)

    class Meta:
        model = SavedView
        fields = ("name", "is_shared", "default_for", "page", "query")
        widgets = {"page": forms.HiddenInput, "query": forms.HiddenInput}
        labels = {
            "name": "Nom de la vue",
            "is_shared": "Partager avec toutes les personnes qui lisent le plan",
            "default_for": "Le plan s’ouvre d’abord ainsi pour",
        }
        help_texts = {
            "name": "Court : « Mes retards », « Jeunesse en cours ».",
            "default_for": "La vue est alors partagée. Chacun garde ensuite ses propres filtres.",
        }

    def __init__(self, *args: Any, can_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["query"].required = False
        if can_share:
            self.fields["default_for"] = forms.ChoiceField(
                choices=FIRST_SEEN_BY,
                required=False,
                label=self.fields["default_for"].label,
                help_text=self.fields["default_for"].help_text,
            )
        else:
            del self.fields["is_shared"], self.fields["default_for"]

    def clean_token(self) -> uuid.UUID:
        return self.cleaned_data["token"] or uuid.uuid4()

    def clean_query(self) -> str:
        return kept_words(self.cleaned_data["query"])

    def _get_validation_exclusions(self) -> set[str]:
        """A role that begins with another view leaves it: `saved_views.save` sees to it."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | {"default_for"}
