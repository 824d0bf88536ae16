"""What each column of a file is, as the rules guess it and a person corrects it; then the plan’s title."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actions.models import Plan
from ctg.intake.layout import Field, recognise
from ctg.intake.layout.fields import HEADINGS
from ctg.intake.models import DroppedFile
from ctg.intake.previewing.outcome import Choices
from ctg.intake.previewing.preview import Preview
from ctg.intake.previewing.sheets import without_sheets
from ctg.intake.tables import Refusal
from ctg.web.forms import HouseForm
from partners.models import User

IGNORED = "-"
#: Beyond so many sheets, each that of an action, one sets an action aside rather than its sheet.
MOST_SHEETS = 40
FIELDS = [(IGNORED, "ne pas reprendre"), *((one.value, one.label) for one in Field)]
LEVELS = [(one.value, one.label) for one in HEADINGS]


class ColumnsForm(HouseForm):
    """A choice for each title of a column, and for each style of the lines that stand above actions."""

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        self.keys: dict[str, str] = {}
        recognised = preview.recognised
        if 1 < len(preview.sheets) <= MOST_SHEETS:
            self.fields["sheets"] = forms.MultipleChoiceField(
                label="Feuilles et tableaux lus",
                choices=[(key, name) for key, (name, _) in preview.sheets.items()],
                initial=[key for key, (_, is_read) in preview.sheets.items() if is_read],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": "Gardez au moins une feuille."},
            )
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
    def matched(self) -> list[forms.BoundField]:
        """The choices for columns and for lines of titles, but for `periods`."""
        return [self[name] for name in self.keys if self[name].initial != Field.PERIOD]

    @property
    def periods(self) -> list[forms.BoundField]:
        """Columns of crosses go by dozens, and are seldom wrong."""
        return [self[name] for name in self.keys if self[name].initial == Field.PERIOD]

    def clean_sheets(self) -> list[str]:
        kept: list[str] = self.cleaned_data["sheets"]
        aside = {key: "" for key in self.preview.sheets if key not in kept}
        try:
            recognise(without_sheets(self.preview.source, aside))
        except Refusal as refusal:
            raise ValidationError("Ces seules feuilles ne contiennent aucune action.") from refusal
        return kept

    @property
    def choices(self) -> dict[str, str]:
        """By the keys of sheets, columns and bands, as `Recognised.corrected` takes them."""
        chosen = {key: self.cleaned_data[name].replace(IGNORED, "") for name, key in self.keys.items()}
        if "sheets" in self.fields:
            kept = self.cleaned_data["sheets"]
            chosen |= {key: "" for key in self.preview.sheets if key not in kept}
        return chosen


#: Every choice is taken, whether or not the page had to offer it.
ALL = Choices(without_errors=True, renumber=True)


class ImportForm(HouseForm):
    """The title of the plan, where the file becomes one; what to do of doubtful rows, where there are."""

    title = forms.CharField(label="Intitulé du plan", max_length=200)
    without_errors = forms.BooleanField(label="Laisser aussi de côté les actions en erreur", required=False)
    renumber = forms.BooleanField(
        label="Donner un autre numéro aux actions dont le numéro est déjà pris",
        help_text="Leur numéro d’origine est gardé en note.",
        required=False,
    )

    def __init__(
        self, *args: Any, dropped: DroppedFile, user: User, offered: Choices = ALL, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.dropped, self.user = dropped, user
        if dropped.into:
            del self.fields["title"]
        for name, is_offered in offered._asdict().items():
            if not is_offered:
                del self.fields[name]

    @property
    def choices(self) -> Choices:
        return Choices(**{name: self.cleaned_data.get(name, False) for name in Choices._fields})

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        territory = self.dropped.territory
        if Plan.objects.editable_by(self.user).filter(territory=territory, title=title).exists():
            raise ValidationError(f"{territory} a déjà un plan de ce titre\u00a0: choisissez-en un autre.")
        return title
