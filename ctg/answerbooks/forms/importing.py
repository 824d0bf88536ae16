"""A table of values, as a file or pasted."""

from typing import Any

from django import forms

from ctg.intake.reading import read_pasted, read_safely
from ctg.intake.tables import Refusal, SourceFile
from ctg.web.forms import HouseForm

from .dropping import TAKEN, TOO_BIG

NOTHING = "Choisissez un fichier, ou collez un tableau."
BOTH = "Choisissez un fichier ou collez un tableau, pas les deux."


class ValuesForm(HouseForm):
    """Valid, it holds what was read: `source`."""

    file = forms.FileField(
        label="Votre fichier",
        required=False,
        help_text="Excel (.xlsx), LibreOffice (.ods) ou CSV, 5\u00a0Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": TAKEN}),
    )
    pasted = forms.CharField(
        label="Ou un tableau copié d’un tableur",
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Copiez-le avec ses titres de colonnes.",
    )

    def __init__(self, *args: Any, is_oversized: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_oversized = is_oversized
        self.source: SourceFile | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), cleaned.get("pasted") or ""
        if self.is_oversized:
            self.add_error("file", TOO_BIG)
        elif bool(file) == bool(pasted.strip()):
            self.add_error("pasted" if file else "file", BOTH if file else NOTHING)
        elif not self.errors:
            self._read(file, pasted)
        return cleaned

    def _read(self, file: Any, pasted: str) -> None:
        try:
            self.source = read_safely(file.read(), file.name) if file else read_pasted(pasted)
        except Refusal as refusal:
            self.add_error("file" if file else "pasted", str(refusal))
