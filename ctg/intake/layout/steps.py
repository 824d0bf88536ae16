"""Rows that are no actions but the steps of the one above, « A1a » and « A1b » under « A1 », or its sums."""

import re
from collections.abc import Iterator, Mapping
from statistics import median

from ..tables import Cell
from .fields import HEADINGS, Field
from .grid import Grid
from .matching import JOIN
from .numbering import read_number

#: So many rows of steps are a habit, and so many numbered actions say that all of them are.
_FEWEST = 3
_SIGN = re.compile(r"[xX×✓✔●•■▪☒☑✗✘√*+]+")
_FIGURE = re.compile(r"^\W*\d[\d\s\u00a0\u202f.,]*(?:%|k?€|euros?)?\W*$")


def step_rows(grid: Grid, kinds: Mapping[int, Field | None], header: int, end: int) -> frozenset[int]:
    """Those whose number goes on that of the action above, where they say less than actions do."""
    steps: list[int] = []
    actions: list[int] = []
    parents: set[int] = set()
    above, parent = "", 0
    for row, code in _codes(grid, kinds, header, end):
        if above and _goes_on(above, code):
            steps.append(row)
            parents.add(parent)
        else:
            above, parent = code, row
            actions.append(row)
    if len(steps) < _FEWEST or set(actions) <= parents:
        return frozenset()
    said = [len(grid.own(row)) for row in actions]
    is_short = max(len(grid.own(row)) for row in steps) < median(said)
    return frozenset(steps) if is_short and min(said) > 2 else frozenset()


def sum_rows(grid: Grid, kinds: Mapping[int, Field | None], header: int, end: int) -> frozenset[int]:
    """« Avancement moyen : 45 % », where every action has a number: a title without one, and figures."""
    numbered = list(_codes(grid, kinds, header, end))
    named = [
        row
        for row in grid.rows
        if header < row < end and len(grid.own(row)) > 1 and Field.TITLE in _said(grid, kinds, row)
    ]
    unnumbered = [row for row in named if Field.NUMBER not in _said(grid, kinds, row)]
    sums = [row for row in unnumbered if _is_sum(grid.own(row), kinds)]
    return frozenset(sums) if len(numbered) > _FEWEST and sums == unnumbered else frozenset()


def step_text(cells: list[Cell], kinds: Mapping[int, Field | None], titles: Mapping[int, str]) -> str:
    """« A1a Repérer les lieux (MSA ; mars 2024) »"""
    named = [cell for cell in cells if kinds.get(cell.place.column) in (Field.NUMBER, Field.TITLE)]
    told = [_told(cell, titles) for cell in cells if cell not in named]
    name = " ".join(" ".join(cell.text.split()) for cell in named)
    return f"{name} ({' ; '.join(told)})" if told else name


def _told(cell: Cell, titles: Mapping[int, str]) -> str:
    text = " ".join(cell.text.split())
    if _SIGN.fullmatch(text):
        return titles.get(cell.place.column, "").rsplit(JOIN, 1)[-1] or text
    iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text) if cell.is_date else None
    return f"{iso[3]}/{iso[2]}/{iso[1]}" if iso else text


def _codes(grid: Grid, kinds: Mapping[int, Field | None], header: int, end: int) -> Iterator[tuple[int, str]]:
    for row in (row for row in grid.rows if header < row < end):
        numbers = [cell for cell in grid.own(row) if kinds.get(cell.place.column) == Field.NUMBER]
        said = read_number(numbers[0].text) if numbers else None
        if said and re.search(r"\d", said.code) and _names(grid, kinds, row):
            yield row, said.code


def _goes_on(above: str, code: str) -> bool:
    """« 3a », « 3.a », « 3.1 » after « 3 »; « 31 » does not."""
    rest = code[len(above) :] if code.startswith(above) else ""
    return bool(re.fullmatch(r"[.\-]?[a-z]|[.\-]\d{1,2}", rest))


def _names(grid: Grid, kinds: Mapping[int, Field | None], row: int) -> bool:
    """Whether it has a title of its own, and no heading."""
    said = _said(grid, kinds, row)
    return Field.TITLE in said and not said.intersection(HEADINGS)


def _said(grid: Grid, kinds: Mapping[int, Field | None], row: int) -> set[Field | None]:
    return {kinds.get(cell.place.column) for cell in grid.own(row)}


def _is_sum(cells: list[Cell], kinds: Mapping[int, Field | None]) -> bool:
    figures = [cell for cell in cells if kinds.get(cell.place.column) != Field.TITLE]
    return bool(figures) and all(_FIGURE.match(cell.text) for cell in figures)
