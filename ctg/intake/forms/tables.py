"""A table that somebody brings: a file, or what was copied from one."""

from typing import Any

from django import forms

from ctg.intake.reading import read_pasted, read_safely
from ctg.intake.tables import Refusal, SourceFile
from ctg.web.forms import HouseForm

TOO_BIG = "Ce fichier dépasse 5\u00a0Mo. Gardez-y la feuille utile seule, puis apportez-le à nouveau."
NOTHING = "Choisissez un fichier, ou collez un tableau."
BOTH = "Choisissez un fichier ou collez un tableau, pas les deux."


def file_field(formats: str, accept: str) -> forms.FileField:
    return forms.FileField(
        label="Votre fichier",
        required=False,
        help_text=f"{formats}, 5\u00a0Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": accept}),
    )


def pasted_field(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=help_text,
    )


class TableForm(HouseForm):
    """Valid, it holds what was read: `source`, and the `content` that it was read from.

    A form of this kind has a `file` and a `pasted` field, and may refuse what it is not made for.
    """

    def __init__(self, *args: Any, is_oversized: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_oversized = is_oversized
        self.source: SourceFile | None = None
        self.content = b""

    def refuse(self, source: SourceFile) -> None:
        """Raise `Refusal` when this is no such table."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), cleaned.get("pasted") or ""
        if self.is_oversized:
            self.errors.pop("file", None)
            self.add_error("file", TOO_BIG)
        elif self.errors:
            return cleaned
        elif bool(file) == bool(pasted.strip()):
            self.add_error("pasted" if file else "file", BOTH if file else NOTHING)
        else:
            self._read(file, pasted)
        return cleaned

    def _read(self, file: Any, pasted: str) -> None:
        try:
            self.content = file.read() if file else pasted.encode()
            source = read_safely(self.content, file.name) if file else read_pasted(pasted)
            self.refuse(source)
        except Refusal as refusal:
            self.add_error("file" if file else "pasted", str(refusal))
        else:
            self.source = source
