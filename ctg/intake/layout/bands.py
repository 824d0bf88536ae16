"""Rows that name what the next ones are about: a theme or an axis over the width of the table."""

import re
from collections.abc import Iterable, Mapping

from ctg.web.text import fold

from ..tables import Cell
from .fields import HEADINGS, Field
from .grid import Grid
from .numbering import split_number
from .vocabulary import THEMES

#: Where a level goes when a column holds it already.
_LEVELS = (Field.AMBITION, Field.ORIENTATION, Field.THEME, Field.NEED, Field.OBJECTIVE)
_CODE = re.compile(r"^[A-Z]{0,3}\s?\d{0,2}(?:[.\-]\d+)*[.):]?$|^[IVX]+$")
_NOTE = re.compile(
    r"^(?:\*|\(\d\)|n\.? ?b\b|nota|source|légende|note\b|mis à jour|mise à jour|fait à|fait le"
    r"|signature|total\b|sous-total\b|en (?:vert|rouge|bleu|jaune|orange|gris|gras|italique|couleur)\b"
    r"|les (?:actions|lignes|cellules) en |fin du document|document (?:de travail|établi))",
    re.IGNORECASE,
)


#: « Petite enfance – plan d’actions 2026 » names the plan.
_OF_PLAN = re.compile(r"\b(?:plan|ctg|convention|programme|suivi|fiches?|20\d\d)\b")
_TOTAL = re.compile(
    r"(?:sous total|total|moyenne|somme|(?:nombre|nb) (?:total|d actions)|soit (?:un total|\d+))\b"
    r"|\d+ (?:actions?|fiches?)$"
)
_LONGEST_BAND = 150
#: Capitals so long are no acronym.
_LONG = 9


def lonely(grid: Grid, row: int) -> list[Cell]:
    """The cells of a row that says one thing only, its number beside it or not; or nothing."""
    cells = grid.own(row)
    texts = {cell.text for cell in cells}
    if len(texts) == 1:
        return cells
    if len(cells) == 2 and _is_code(cells[0].text.strip()) and len(cells[1].text) > 3:
        return cells
    return []


def _is_code(text: str) -> bool:
    """« A », « 1.2 », or « Orientation A », whose words stand beside it."""
    said = split_number(text)
    return bool(_CODE.match(text)) or (said.level in HEADINGS and bool(said.code) and not said.title)


def band_text(cells: list[Cell]) -> str:
    texts = list(dict.fromkeys(" ".join(cell.text.split()) for cell in cells))
    return " – ".join(texts)


def is_note(text: str) -> bool:
    return bool(_NOTE.match(text.strip()))


def is_total(text: str) -> bool:
    return bool(_TOTAL.match(fold(text)))


def is_long(text: str) -> bool:
    """Whether a text describes rather than names."""
    return len(text) > _LONGEST_BAND or text.count("\n") >= 2


def is_upper(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 3 and sum(letter.isupper() for letter in letters) >= 0.9 * len(letters)


def is_theme(text: str) -> bool:
    folded = fold(split_number(text).title)
    return len(folded) <= 60 and any(folded == theme or folded.startswith(f"{theme} ") for theme in THEMES)


def names_plan(text: str) -> bool:
    return bool(_OF_PLAN.search(fold(text)))


def is_level_row(grid: Grid, row: int) -> bool:
    """Whether a row says nothing but « Axe 1 : … », or a theme, even above the header."""
    cells = lonely(grid, row)
    text = band_text(cells) if cells else ""
    level = split_number(text).level
    return (level is not None and level != Field.TITLE) or (is_theme(text) and not names_plan(text))


def is_band(grid: Grid, row: int, kinds: dict[int, Field | None]) -> bool:
    """Whether a lonely row is a band rather than an action, or a heading, with nothing beside it."""
    cells = lonely(grid, row)
    if not cells:
        return False
    cell, text = cells[-1], band_text(cells)
    kind = kinds.get(cell.place.column)
    level = split_number(text).level
    if level and level != Field.TITLE:
        return kind != level
    if level == Field.TITLE and kind == Field.TITLE and not grid.is_wide(cell):
        return False
    if grid.is_wide(cell) or len(cells) > 2:
        return not is_long(cell.text)
    if any(above and above.place.row < row for above in (grid.at(row, c) for c in range(1, grid.width + 1))):
        return False
    if kind not in (None, Field.NUMBER, Field.TITLE, *HEADINGS):
        is_first = cell.place.column == min(kinds, default=0)
        return is_first and (is_theme(text) or (is_upper(text) and len(text) >= _LONG))
    if len(cells) == 2 and kind not in (None, Field.NUMBER):
        return _stands_out(grid, cell)
    if kind == Field.NUMBER and len(text) > 8:
        return True
    return _stands_out(grid, cell) or (is_theme(text) and kind != Field.THEME)


def _stands_out(grid: Grid, cell: Cell) -> bool:
    """In capitals or in bold where its column is not."""
    column = grid.below(0, cell.place.column)
    others = [one for one in column if len(grid.own(one.place.row)) > 2] or [
        one for one in column if one is not cell
    ]
    if is_upper(cell.text):
        return sum(is_upper(one.text) for one in others) <= 0.5 * len(others)
    return cell.is_bold and sum(one.is_bold for one in others) <= 0.5 * len(others)


def style_of(grid: Grid, cells: list[Cell]) -> str:
    """What tells levels of bands apart: the word before them, else the look and the depth of the number."""
    text = band_text(cells)
    numbered = split_number(text)
    if numbered.level:
        return numbered.word
    look = "capitales" if is_upper(numbered.title) else "large" if grid.is_wide(cells[-1]) else "simple"
    return f"{look} {numbered.depth}" if numbered.depth else look


def level_bands(styles: Iterable[tuple[str, str]], taken: Mapping[str, set[Field]]) -> dict[str, Field]:
    """The level of each style of bands, given with their texts in the order in which they come.

    `taken` are the levels that columns hold, in the tables where a style is.
    """
    texts: dict[str, list[str]] = {}
    for style, text in styles:
        texts.setdefault(style, []).append(text)
    levels: dict[str, Field] = {}
    left = list(_LEVELS)
    unnamed = [style for style in texts if _named_level(style, texts) is None]
    for style in texts:
        free = [level for level in left if level not in taken.get(style, ())]
        wanted = _named_level(style, texts)
        if wanted is None:
            are_themes = sum(map(is_theme, texts[style])) >= 0.5 * len(texts[style])
            is_first = style == unnamed[0]
            if is_first:
                wanted = Field.THEME if are_themes or len(unnamed) == 1 else Field.AMBITION
            else:
                outer = levels.get(unnamed[0])
                wanted = Field.OBJECTIVE if outer == Field.THEME else Field.ORIENTATION
        if wanted != Field.TITLE and wanted not in free:
            wanted = free[0] if free else wanted
        levels[style] = wanted
        if wanted in left:
            left.remove(wanted)
    return levels


def _named_level(style: str, texts: dict[str, list[str]]) -> Field | None:
    return split_number(texts[style][0]).level
