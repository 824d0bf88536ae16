"""The files in which people answered, brought back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from ctg.web.forms import HouseForm

TOO_BIG = "Ces fichiers dépassent 5\u00a0Mo\u00a0: apportez-les en plusieurs fois."
#: Each file is read in a process of its own: more would keep the page waiting.
MOST = 10
TOO_MANY = f"{MOST} fichiers à la fois au plus\u00a0: apportez les autres ensuite."
TAKEN = ".xlsx,.ods,.csv"
_HELP = "Excel (.xlsx), LibreOffice (.ods) ou CSV, 5\u00a0Mo au plus."


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; each is checked as `FileField` checks one."""

    widget = _Several

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files = data if isinstance(data, list | tuple) else [data]
        if len(files) > MOST:
            raise forms.ValidationError(TOO_MANY)
        return [super(FilesField, self).clean(one, initial) for one in files or [None]]


class BooksForm(HouseForm):
    """Any number of workbooks of a campaign."""

    books = FilesField(
        label="Fichiers rapportés",
        help_text=f"{MOST} fichiers au plus. {_HELP}",
        widget=_Several(attrs={"accept": TAKEN}),
    )

    def __init__(self, *args: Any, is_oversized: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_oversized = is_oversized
        self.fields["books"].error_messages["required"] = "Choisissez au moins un fichier."

    def clean(self) -> dict[str, Any]:
        if self.is_oversized:
            self.errors.pop("books", None)
            self.add_error("books", TOO_BIG)
        return super().clean() or self.cleaned_data

    @property
    def brought(self) -> "Sequence[UploadedFile[Any]]":
        return self.cleaned_data.get("books") or []


class BookForm(BooksForm):
    """The one workbook of an organisation."""

    books = FilesField(
        label="Votre classeur rempli",
        help_text=_HELP,
        widget=forms.ClearableFileInput(attrs={"accept": TAKEN}),
    )
