"""The breakdown of an answer: one field, or two for a share, for each category or pair of categories."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from django import forms

from ctg.web.forms import NumberField

from ..answers.asking import Ask
from ..models import Category, Dimension, Kind


class Cell(NamedTuple):
    """Where a number stands: its categories, the name of its field, what it counts."""

    first: Category
    second: Category | None
    part: str

    @property
    def name(self) -> str:
        return f"{self.part}-{self.first.pk}-{self.second.pk if self.second else 0}"

    @property
    def label(self) -> str:
        return ", ".join(category.name for category in (self.first, self.second) if category)


class Breakdown:
    """What an answer may be broken down into, retired categories included as long as it uses them."""

    def __init__(self, ask: Ask) -> None:
        self.indicator = ask.indicator
        portions = ask.measurement.portions.all() if ask.measurement else []
        self.standing = {(one.first_id, one.second_id): one for one in portions}
        self.used = {pk for pair in self.standing for pk in pair}
        self.has_base = self.indicator.kind in (Kind.SHARE, Kind.SCALE)

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """One row for each category of the first dimension."""
        seconds: list[Category | None] = [*self._categories(self.indicator.second_dimension)] or [None]
        parts = ("part", "base") if self.has_base else ("part",)
        return [
            [Cell(first, second, part) for second in seconds for part in parts]
            for first in self._categories(self.indicator.first_dimension)
        ]

    @cached_property
    def fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for cell in (cell for row in self.rows for cell in row):
            label = f"{cell.label}, {self.words[cell.part]}" if self.has_base else cell.label
            portion = self.standing.get((cell.first.pk, cell.second.pk if cell.second else None))
            standing = getattr(portion, "amount" if cell.part == "part" else "base", None)
            fields[cell.name] = NumberField(label=label, initial=standing)
        return fields

    @property
    def words(self) -> Mapping[str, str]:
        """What the two numbers of each category count."""
        if self.indicator.kind == Kind.SCALE:
            return {"part": "note moyenne", "base": "répondants"}
        if not self.has_base:
            return {"part": self.indicator.unit or "valeur"}
        return {
            "part": self.indicator.numerator_label or "combien",
            "base": self.indicator.denominator_label or "sur combien",
        }

    @property
    def titles(self) -> list[str]:
        """The heads of the columns: the categories of the second dimension, with what each number counts."""
        words = {part: word.capitalize() for part, word in self.words.items()}
        titles = []
        for cell in self.rows[0] if self.rows else []:
            named = [cell.second.name] if cell.second else []
            titles.append(", ".join([*named, *([words[cell.part]] if self.has_base or not named else [])]))
        return titles

    def read(self, cleaned: Mapping[str, Any]) -> list[list[Any]]:
        """The portions as `entry.answer` takes them, those left empty left out."""
        portions = []
        for cell in (cell for row in self.rows for cell in row if cell.part == "part"):
            amount, base = cleaned.get(cell.name), cleaned.get(cell._replace(part="base").name)
            if amount is not None or base is not None:
                second = cell.second.pk if cell.second else None
                portions.append([cell.first.pk, second, amount, base])
        return portions

    def _categories(self, dimension: Dimension | None) -> list[Category]:
        if dimension is None:
            return []
        return [one for one in dimension.categories.all() if not one.is_retired or one.pk in self.used]
