from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from actions.models import Action
from ctg.web.text import fold
from partners.editing import TrackedForm
from partners.models import User

from ..models import PublicPage
from ..public.fields import Shown
from ..public.pages import is_taken


class PublicPageForm(TrackedForm[PublicPage]):
    """Whether inhabitants may read the plan, and which fields of it."""

    linked_fields = ("withheld",)

    shown = forms.MultipleChoiceField(
        label="Ce que la page montre",
        choices=[(one.value, one.label) for one in Shown],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="L’intitulé est toujours montré ; jamais les notes, la météo, les motifs, les contacts.",
    )
    withheld = forms.ModelMultipleChoiceField(
        Action.objects.none(),
        label="Actions à ne pas montrer",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = PublicPage
        fields = ("is_open", "slug", "introduction", "contact", "shown")
        widgets = {"introduction": forms.Textarea(attrs={"rows": 5})}
        labels = {
            "is_open": "Ouvrir la page à tous",
            "slug": "Adresse de la page",
            "introduction": "Présentation",
            "contact": "À qui s’adresser",
        }
        help_texts = {
            "is_open": "Sans compte ni mot de passe. Décochée, la page n’existe plus pour personne.",
            "slug": "Lettres, chiffres, tirets. La changer rend inutiles les QR codes déjà imprimés.",
            "introduction": "Deux ou trois phrases simples : ce que vous faites ensemble, et pour qui.",
            "contact": "Un service, pas une personne : « Coordination CTG, mairie de Rivemont ».",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        withheld = self.fields["withheld"]
        assert isinstance(withheld, forms.ModelMultipleChoiceField)
        withheld.queryset = Action.objects.editable_by(user).filter(plan=page.plan)
        if page.pk is not None:
            self.initial["withheld"] = page.read_tracked("withheld")

    def clean_slug(self) -> str:
        slug = slugify(fold(self.cleaned_data["slug"]))
        if not slug:
            raise ValidationError("Écrivez au moins une lettre ou un chiffre.")
        if is_taken(slug, besides=self.instance):
            raise ValidationError("Cette adresse est déjà prise. Ajoutez-lui un mot ou une année.")
        return slug

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields as the page groups them."""
        names = {
            "La page": ("is_open", "slug"),
            "Les mots d’accueil": ("introduction", "contact"),
            "Ce qu’on y lit": ("shown", "withheld"),
        }
        return [(title, [self[name] for name in fields]) for title, fields in names.items()]
