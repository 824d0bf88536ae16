"""Forms by which a file is joined, or the address of a page instead."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from .forms import HouseForm
from .uploads import media_type_of

TOO_BIG = "Ce fichier dépasse 5\u00a0Mo. Joignez-en un plus léger, ou l’adresse d’une page."
TAKEN = "PDF, image PNG ou JPEG, document Word, Excel, PowerPoint ou LibreOffice"
WRONG_TYPE = f"Ce fichier n’est pas de ceux qui sont acceptés\u00a0: {TAKEN}, sans macro."
NOT_A_PAGE = "Écrivez une adresse qui commence par https://."


class FileOrAddress(HouseForm):
    """A file, known by what it holds, or the address of a page: one of the two.

    `is_oversized` tells that the request held a file too big to be kept (`ctg.web.uploads.is_oversized`).
    """

    file = forms.FileField(label="Fichier", help_text=f"{TAKEN}\u00a0; 5\u00a0Mo au plus.", required=False)
    url = forms.CharField(
        label="Ou adresse d’une page", help_text="Par exemple https://www.exemple.fr/rapport", required=False
    )

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
        return page_address(self.cleaned_data["url"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("url")):
            self.add_error("file", "Joignez un fichier, ou donnez une adresse\u00a0: l’un des deux.")
        return cleaned


def page_address(typed: str) -> str:
    """The address of a page of the web, and of nothing else."""
    if typed:
        URLValidator(schemes=["http", "https"], message=NOT_A_PAGE)(typed)
        if len(typed) > 500:
            raise forms.ValidationError("Cette adresse est trop longue\u00a0: 500 caractères au plus.")
    return typed
