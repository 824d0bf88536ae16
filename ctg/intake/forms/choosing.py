"""What each column of a file is, as the rules guess it and a person corrects it; then the plan’s title."""

from typing import Any

from django import forms

from ctg.intake.importing import Preview
from ctg.intake.layout import Field
from ctg.intake.layout.fields import HEADINGS
from ctg.web.forms import HouseForm

IGNORED = "-"
FIELDS = [(IGNORED, "ne pas reprendre"), *((one.value, one.label) for one in Field)]
LEVELS = [(one.value, one.label) for one in HEADINGS]


class ColumnsForm(HouseForm):
    """A choice for each title of a column, and for each style of the lines that stand above actions."""

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, str] = {}
        recognised = preview.recognised
        seen = set()
        for column in recognised.columns:
            if column.key in seen:
                continue
            seen.add(column.key)
            label = column.title or f"Colonne {column.column}, sans titre"
            self._offer(column.key, label, column.field or IGNORED, FIELDS)
        for rank, (style, level) in enumerate(recognised.bands.items(), 1):
            self._offer(f"bande {style}", f"Lignes de titre, {rank}", level.value, LEVELS)

    def _offer(self, key: str, label: str, initial: str, choices: list[tuple[str, str]]) -> None:
        name = f"column-{len(self.keys)}"
        self.keys[name] = key
        self.fields[name] = forms.ChoiceField(label=label[:200], choices=choices, initial=initial)

    @property
    def choices(self) -> dict[str, str]:
        """By the keys of columns and bands, as `Recognised.corrected` takes them."""
        return {key: self.cleaned_data[name].replace(IGNORED, "") for name, key in self.keys.items()}


class ImportForm(HouseForm):
    title = forms.CharField(label="Intitulé du plan", max_length=200)
