"""What the spreadsheet itself watches while one types, in the words of the page."""

import datetime as dt
from collections import defaultdict
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from ctg.answerbooks.lines import ABSENCE_WORDS, DONE_WORDS, Line, Shape
from ctg.documents.workbooks.book import Sheet
from indicators.models import Kind

_NOT_NEGATIVE = ("greaterThanOrEqual", "0", None)
_FIRST_DAY = dt.date(2000, 1, 1)
_EPOCH = dt.date(1899, 12, 30)  # from which spreadsheets count the days

Bounds = tuple[str, str | None, str | None]
Rule = tuple[str, Bounds, str]


class Checks:
    """The rules of the cells of a sheet, each written once for all the cells that it watches."""

    def __init__(self, last_day: dt.date) -> None:
        self.last_day = last_day
        self._cells: dict[Rule, list[str]] = defaultdict(list)

    def watch(self, line: Line, cell: str) -> None:
        if rule := self._rule_of(line):
            self._cells[rule].append(cell)

    def watch_absence(self, cell: str) -> None:
        self._cells[_list(ABSENCE_WORDS)].append(cell)

    def write(self, sheet: Sheet) -> None:
        for (kind, bounds, words), cells in self._cells.items():
            sheet.check(_validation(kind, bounds, words, cells))

    def _rule_of(self, line: Line) -> Rule | None:
        if line.shape is Shape.CHOICE:
            return _list(DONE_WORDS)
        if line.shape is Shape.DATE:
            return (
                "date",
                ("between", _day(_FIRST_DAY), _day(self.last_day)),
                "Une date, par exemple 31/12/2026.",
            )
        return _number_rule(line) if line.shape is Shape.NUMBER else None


def _number_rule(line: Line) -> Rule:
    indicator, is_base = line.ask.indicator, line.field.startswith("base")
    if indicator.kind == Kind.SCALE and not is_base:
        low, high = indicator.scale_min, indicator.scale_max
        return "decimal", ("between", str(low), str(high)), f"Une note de {low} à {high}."
    if is_base and indicator.kind in (Kind.SCALE, Kind.DURATION):
        return "whole", ("greaterThanOrEqual", "1", None), "Un nombre entier, à partir de 1."
    if is_base:
        return "decimal", ("greaterThan", "0", None), "Un nombre plus grand que zéro."
    if indicator.kind == Kind.COUNT:
        return "whole", _NOT_NEGATIVE, "Un nombre entier, par exemple 12."
    if indicator.kind == Kind.AMOUNT:
        return "decimal", ("between", "-99999999999", "99999999999"), "Un nombre, par exemple 1250,50."
    return "decimal", _NOT_NEGATIVE, "Un nombre, par exemple 12 ou 12,5."


def _list(words: dict[str, str]) -> Rule:
    choices = '"{}"'.format(",".join(words.values()))
    return "list", ("", choices, None), "Choisissez dans la liste, ou laissez la case vide."


def _day(day: dt.date) -> str:
    return str((day - _EPOCH).days)


def _validation(kind: str, bounds: Bounds, words: str, cells: list[str]) -> DataValidation:
    operator, first, second = bounds
    limits: dict[str, Any] = {"formula1": first, "formula2": second} | (
        {"operator": operator} if operator else {}
    )
    return DataValidation(
        type=kind,
        allow_blank=True,
        sqref=" ".join(cells),
        showErrorMessage=True,
        errorTitle="Cette valeur n’est pas acceptée",
        error=words,
        showInputMessage=True,
        promptTitle="À remplir",
        prompt=words,
        **limits,
    )
