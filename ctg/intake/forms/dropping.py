"""The file, or the pasted table, from which a plan begins."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ctg.intake.layout import recognise
from ctg.intake.reading import read_pasted, read_safely
from ctg.intake.returned import without_marks
from ctg.intake.tables import Refusal, SourceFile
from ctg.web.forms import HouseForm

TOO_BIG = "Ce fichier dépasse 5\u00a0Mo. Gardez-y la feuille du plan seule, puis apportez-le à nouveau."
NOTHING = "Choisissez un fichier, ou collez un tableau."
BOTH = "Choisissez un fichier ou collez un tableau, pas les deux."


class DropForm(HouseForm):
    """Valid, it holds what was read: `source`, in which actions were found, and the `content` to keep."""

    file = forms.FileField(
        label="Votre fichier",
        required=False,
        help_text="Excel (.xlsx), Word (.docx), LibreOffice (.ods, .odt) ou CSV, 5\u00a0Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.docx,.csv,.tsv,.txt,.ods,.odt"}),
    )
    pasted = forms.CharField(
        label="Ou un tableau copié d’Excel ou de Word",
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Sélectionnez-le avec ses titres de colonnes, copiez-le, collez-le ici.",
    )

    def __init__(self, *args: Any, is_oversized: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_oversized = is_oversized
        self.source: SourceFile | None = None
        self.content = b""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), (cleaned.get("pasted") or "")
        if self.errors:
            return cleaned
        name = "file" if file or not pasted.strip() else "pasted"
        if self.is_oversized:
            self.add_error("file", ValidationError(TOO_BIG))
        elif not file and not pasted.strip():
            self.add_error("file", ValidationError(NOTHING))
        elif file and pasted.strip():
            self.add_error("pasted", ValidationError(BOTH))
        else:
            self._read(name, file, pasted)
        return cleaned

    def _read(self, name: str, file: Any, pasted: str) -> None:
        try:
            if file:
                self.content = file.read()
                source = read_safely(self.content, file.name)
            else:
                self.content = pasted.encode()
                source = read_pasted(pasted)
            recognise(without_marks(source))
        except Refusal as refusal:
            self.add_error(name, ValidationError(str(refusal)))
        else:
            self.source = source
