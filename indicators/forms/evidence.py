from typing import Any

from django import forms
from django.core.validators import URLValidator

from ctg.web.forms import HouseForm
from ctg.web.uploads import media_type_of

TOO_BIG = "Ce fichier dépasse 5\u00a0Mo. Joignez-en un plus léger, ou l’adresse d’une page."
WRONG_TYPE = "Joignez un PDF, une image PNG ou JPEG, ou un document Word, Excel, Writer ou Calc sans macro."


class EvidenceForm(HouseForm):
    """A file, or the address of a page."""

    file = forms.FileField(
        label="Fichier",
        help_text="PDF, image PNG ou JPEG, document Word, Excel, Writer ou Calc\u00a0; 5\u00a0Mo au plus.",
        required=False,
    )
    url = forms.CharField(
        label="Ou adresse d’une page", help_text="Par exemple https://www.exemple.fr/rapport", required=False
    )
    name = forms.CharField(label="Ce que c’est", max_length=200, required=False)

    def __init__(self, *args: Any, is_oversized: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_oversized = is_oversized
        self.media_type = ""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if self.is_oversized:
            raise forms.ValidationError(TOO_BIG)
        if file:
            self.media_type = media_type_of(file) or ""
            if not self.media_type:
                raise forms.ValidationError(WRONG_TYPE)
        return file

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url:
            URLValidator(schemes=["http", "https"], message="Écrivez une adresse qui commence par https://.")(
                url
            )
            if len(url) > 500:
                raise forms.ValidationError("Cette adresse est trop longue\u00a0: 500 caractères au plus.")
        return url

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("url")):
            self.add_error("file", "Joignez un fichier, ou donnez une adresse\u00a0: l’un des deux.")
        return cleaned
