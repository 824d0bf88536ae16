"""The targets of an indicator as one field: a line for each year, and one for the end of the plan."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ctg.web.forms import NumberField
from ctg.web.numbers import plain_decimal, write_number
from ctg.web.text import clean

#: A line as it is sent: the year (empty for the end of the plan), the value, the upper bound.
Line = tuple[str, str, str]


class TargetsWidget(forms.Widget):
    """Each line sends three texts under one name, so that a conflict carries them like any list."""

    use_fieldset = True
    allow_multiple_selected = True

    def __init__(self, years: Iterable[int] = ()) -> None:
        super().__init__()
        self.years = list(years)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        sent = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [clean(text).strip() for text in sent]

    def id_for_label(self, id_: str, index: int | None = None) -> str:
        return f"{id_}_{index}" if index is not None else ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attrs = attrs or {}
        whole = (value or [])[: len(value or []) // 3 * 3]
        known = {year: (first, second) for year, first, second in lines_of(whole)}
        years = sorted({*map(str, self.years), *filter(None, known)})
        rows = [
            self._row(name, year, known.get(year, ("", "")), 2 * rank, attrs)
            for rank, year in enumerate([*years, ""])
        ]
        return format_html('<div class="targets">{}</div>', format_html_join("", "{}", ((r,) for r in rows)))

    def _row(
        self, name: str, year: str, typed: tuple[str, str], index: int, attrs: Mapping[str, Any]
    ) -> SafeString:
        invalid = SafeString(' aria-invalid="true"' if attrs.get("aria-invalid") else "")
        first, second = (f"{attrs.get('id', name)}_{index + place}" for place in (0, 1))
        box = '<input class="field__number" type="text" inputmode="decimal" autocomplete="off"'
        return format_html(
            '<div class="targets__row"><input type="hidden" name="{name}" value="{year}">'
            '<label for="{first}">{label}</label>'
            + box
            + ' name="{name}" id="{first}" value="{value}"{invalid}>'
            + '<span class="targets__upper" data-when="direction" data-not="none up down">'
            '<label for="{second}">et</label> '
            + box
            + ' name="{name}" id="{second}" value="{upper}"{invalid} aria-label="{label}, borne haute">'
            "</span></div>",
            name=name,
            year=year,
            label=year or "En fin de plan",
            first=first,
            second=second,
            value=typed[0],
            upper=typed[1],
            invalid=invalid,
        )


class TargetsField(forms.Field):
    """Read the lines of targets as the tracked list of an indicator: [[year, "value", "upper"], …]."""

    widget = TargetsWidget
    default_error_messages = {"invalid": "Ces cibles ne se lisent pas\u00a0: rechargez la page."}

    def prepare_value(self, value: Any) -> Any:
        """Tracked rows as the texts that the widget sends; what was typed stays as typed."""
        if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
            return value
        return [text for year, *numbers in value for text in (str(year or ""), *map(_written, numbers))]

    def clean(self, value: Any) -> list[list[Any]]:
        try:
            lines = list(lines_of(value or []))
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        rows, problems = [], []
        for line in lines:
            try:
                rows += self._read(line)
            except forms.ValidationError as error:
                problems += [f"{line[0] or 'En fin de plan'}\u00a0: {said}" for said in error.messages]
        if len({row[0] for row in rows}) < len(rows):
            problems.append(str(self.error_messages["invalid"]))
        if problems:
            raise forms.ValidationError(problems)
        return sorted(rows, key=lambda row: (row[0] is None, row[0]))

    def _read(self, line: Line) -> list[list[Any]]:
        year, first, second = line
        if year and not (year.isascii() and year.isdecimal() and 1900 <= int(year) <= 2200):
            raise forms.ValidationError(self.error_messages["invalid"])
        number = NumberField(required=False)
        value, upper = number.clean(first), number.clean(second)
        if value is None and upper is not None:
            raise forms.ValidationError("indiquez aussi la borne basse.")
        if value is None:
            return []
        if upper is not None and upper <= value:
            raise forms.ValidationError("la borne haute doit dépasser la borne basse.")
        bound = None if upper is None else plain_decimal(upper)
        return [[int(year) if year else None, plain_decimal(value), bound]]


def lines_of(flat: Sequence[str]) -> Iterable[Line]:
    """The lines of what was sent; ValueError when they are not whole."""
    return zip(flat[::3], flat[1::3], flat[2::3], strict=True)


def _written(number: str | None) -> str:
    return "" if number is None else write_number(Decimal(number))
