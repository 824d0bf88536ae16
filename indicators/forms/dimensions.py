from typing import Any

from django import forms

from actions.operations import is_received
from ctg.web.text import clean_line, fold
from partners.editing import TrackedForm
from partners.models import User

from ..models import Dimension

LONGEST_NAME = 100
#: More would make a form that nobody fills.
MOST_CATEGORIES = 60


class DimensionForm(TrackedForm[Dimension]):
    """A way to break values down; its categories are those of its list, in their order."""

    linked_fields = ("categories",)

    categories = forms.CharField(
        label="Catégories",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Une par ligne, dans l’ordre où elles se lisent. "
        "Une catégorie que l’on retire reste lisible dans les valeurs déjà saisies.",
    )

    class Meta:
        model = Dimension
        fields = ("name",)
        help_texts = {"name": "«\u00a0Commune\u00a0», «\u00a0Tranche d’âge\u00a0»…"}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.pk:
            self.fields["categories"].initial = "\n".join(self.instance.read_tracked("categories"))

    def clean_categories(self) -> list[str]:
        lines = filter(None, map(clean_line, self.cleaned_data["categories"].split("\n")))
        by_fold: dict[str, str] = {}
        for line in lines:
            by_fold.setdefault(fold(line) or line, line)
        categories = list(by_fold.values())
        if len(categories) < 2:
            raise forms.ValidationError("Il faut au moins deux catégories.")
        if len(categories) > MOST_CATEGORIES:
            raise forms.ValidationError(
                f"{MOST_CATEGORIES} catégories au plus\u00a0; cette liste en compte {len(categories)}."
            )
        if too_long := next((name for name in categories if len(name) > LONGEST_NAME), ""):
            raise forms.ValidationError(
                f"{LONGEST_NAME} caractères au plus\u00a0: «\u00a0{too_long[:40]}…\u00a0»"
            )
        return categories

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name = fold(cleaned.get("name", ""))
        others = Dimension.objects.visible_to(self.user).filter(territory=self.instance.territory_id)
        is_taken = any(fold(other.name) == name for other in others.exclude(pk=self.instance.pk))
        # What this very form made does not stand in its own way when it is sent twice.
        if is_taken and not is_received(cleaned.get("token"), self.user):
            self.add_error("name", "Ce territoire a déjà une ventilation de ce nom.")
        return cleaned

    def _in_standing_order(self, name: str) -> list[Any]:
        """The order of the list is what the person wrote."""
        typed: list[Any] = self.cleaned_data[name]
        return typed
