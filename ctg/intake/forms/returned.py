"""A workbook of a plan that comes back, and what one takes of it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actions.models import Plan
from ctg.intake.forms.tables import TOO_BIG
from ctg.intake.reading import read_safely
from ctg.intake.returned.recognising import find_stamp
from ctg.intake.returned.shapes import MOST_LINES, Diff, Line
from ctg.intake.tables import Refusal, SourceFile
from ctg.web.forms import HouseForm

UNKNOWN = (
    "Ce fichier ne porte pas le repère des classeurs de ce plan\u00a0: il n’en est pas sorti, ou la colonne "
    "masquée, à droite du tableau, a été retirée. Exportez le plan à nouveau, ou apportez ce fichier comme "
    "n’importe quel autre."
)
MINE, THEIRS = "mine", "theirs"


class ReturnForm(HouseForm):
    """Valid, it holds what was read: `source`, a workbook of the plan."""

    file = forms.FileField(
        label="Le classeur modifié",
        help_text=(
            "Excel (.xlsx) ou LibreOffice (.ods), sorti de ce plan par «\u00a0Exporter\u00a0»\u00a0; "
            "5\u00a0Mo au plus."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods"}),
    )

    def __init__(self, *args: Any, plan: Plan, is_oversized: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.is_oversized = plan, is_oversized
        self.source: SourceFile | None = None
        self.is_unknown = False
        if is_oversized:  # The file was not kept: asking for it again would hide why.
            self.fields["file"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if self.is_oversized:
            self.add_error("file", ValidationError(TOO_BIG))
        elif file:
            self._read(file)
        return cleaned

    def _read(self, file: Any) -> None:
        try:
            source = read_safely(file.read(), file.name)
        except Refusal as refusal:
            self.add_error("file", ValidationError(str(refusal)))
            return
        found = find_stamp(source)
        if found and found[2].plan == self.plan.pk:
            self.source = source
        else:  # The same words for a file of another plan: nothing is said of that one.
            self.is_unknown = True
            self.add_error("file", ValidationError(UNKNOWN))


class TakingForm(HouseForm):
    """The lines that one ticked, and for each that two people wrote, whose words stay."""

    def __init__(self, *args: Any, diff: Diff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.diff = diff
        for line in diff.lines[:MOST_LINES]:
            if line.theirs:
                self.fields[f"choice-{line.key}"] = forms.ChoiceField(
                    label=f"Que garder\u00a0: {line.label}",
                    choices=[
                        (MINE, "Ce que dit le fichier"),
                        (THEIRS, f"Ce qu’a écrit {line.theirs.author}"),
                    ],
                    widget=forms.RadioSelect,
                    error_messages={"required": "Choisissez ce qui reste."},
                )

    def is_ticked(self, line: Line) -> bool:
        return line.key in self.ticked if self.is_bound else line.is_ticked

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(self.data.getlist("take")) if self.is_bound else frozenset()  # type: ignore[attr-defined]

    @property
    def taken(self) -> set[str]:
        chosen = {line.key for line in self.diff.lines if line.theirs}
        mine = {key for key in chosen if self.cleaned_data.get(f"choice-{key}") == MINE}
        return (set(self.ticked) - chosen) | mine

    @property
    def seen(self) -> Mapping[str, int]:
        """The versions that the page showed, by thing."""
        shown = (key.removeprefix("seen-") for key in self.data if key.startswith("seen-"))
        told = {key: str(self.data[f"seen-{key}"]) for key in shown}
        return {
            key: int(version) for key, version in told.items() if version.isdecimal() and len(version) < 10
        }
