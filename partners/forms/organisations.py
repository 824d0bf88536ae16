from typing import Any

from django import forms

from ctg.web.text import clean_line, fold

from ..editing import TrackedForm
from ..models import Organisation, OrganisationKind

LONGEST_NAME = 200


class OrganisationForm(TrackedForm[Organisation]):
    linked_fields = ("aliases",)

    aliases = forms.CharField(
        label="Autres noms",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Un par ligne : les façons dont les documents l’écrivent.",
    )

    class Meta:
        model = Organisation
        fields = ("name", "kind", "contact_name", "contact_email")
        help_texts = {"contact_name": "Une personne ou un service, dans ses fonctions."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["aliases"].initial = "\n".join(self.instance.other_names)

    def clean_aliases(self) -> list[str]:
        aliases = dict.fromkeys(filter(None, map(clean_line, self.cleaned_data["aliases"].split("\n"))))
        for alias in aliases:
            if len(alias) > LONGEST_NAME:
                raise forms.ValidationError(
                    f"{LONGEST_NAME} caractères au plus par nom\u00a0: « {alias[:40]}… »"
                )
        return list(aliases)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        name, aliases = self.cleaned_data.get("name", ""), self.cleaned_data.get("aliases", [])
        taken = self._names_of_others()
        if holder := taken.get(fold(name)):
            self.add_error("name", f"Ce nom est déjà celui de « {holder} ».")
        for alias in aliases:
            if holder := taken.get(fold(alias)):
                self.add_error("aliases", f"« {alias} » est déjà un nom de « {holder} ».")
        contact = self.cleaned_data.get("contact_name") or self.cleaned_data.get("contact_email")
        if contact and self.cleaned_data.get("kind") == OrganisationKind.GENERIC:
            self.add_error(
                "kind", "Un ensemble de partenaires n’a pas de contact : choisissez un autre type."
            )
        return cleaned

    def _names_of_others(self) -> dict[str, str]:
        """The names under which the other organisations of the territory are known, and whose they are."""
        territory = self.instance.territory
        others = territory.organisations.current().exclude(pk=self.instance.pk)
        return {
            fold(name): other.name
            for other in others.prefetch_related("aliases")
            for name in (*(alias.name for alias in other.aliases.all()), other.name)
        }
