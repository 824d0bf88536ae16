"""How the labels of a sheet look, learnt from those that are sure: the others are told by it."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from ctg.web.text import fold

from ..tables import Cell
from .bands import names_plan
from .fields import Field
from .grid import Grid
from .guessing import begins_with_infinitive
from .matching import best_score, candidates
from .numbering import is_number, split_number
from .vocabulary import ACTION_WORDS

SURE = 0.85
LONGEST_LABEL = 70
#: So many sure labels teach how the others look.
_FEWEST = 3
_LIKELY = 0.7
#: « Suivi de la convention » titles a part of a document.
_OF_PLAN = re.compile(r"\b(?:convention|CTG)\b")


@dataclass(frozen=True)
class LabelLook:
    """The columns that hold labels and little else, and whether bold tells labels from values."""

    columns: frozenset[int] = frozenset()
    is_bold: bool = False
    #: Labels that the vocabulary knows well.
    sure: frozenset[Cell] = field(default_factory=frozenset)
    #: What comes back in bold among labels, and titles a part of each action: « Suivi au 30 juin ».
    parts: frozenset[Cell] = field(default_factory=frozenset)

    def is_label(self, cell: Cell, beside: list[Cell]) -> bool:
        """Whether a cell is one; `beside` are the cells of its row."""
        return cell in self.sure or (may_be_label(cell.text) and self._looks_so(cell, beside))

    def stands_out(self, cell: Cell) -> bool:
        return self.is_bold and cell.is_bold

    def is_out_of_reach(self, grid: Grid, label: Cell, cell: Cell) -> bool:
        """Whether a cell stands further down, in the column of a label, where values are beside labels."""
        gap = cell.place.row - label.place.row - label.rows
        beside = sum(len(grid.own(one.place.row)) > 1 for one in self.sure)
        return gap > 0 and cell.place.column == label.place.column and 2 * beside > len(self.sure)

    def _looks_so(self, cell: Cell, beside: list[Cell]) -> bool:
        """An unknown one has its value on its right; one that is likely may stand alone, in bold."""
        is_first = cell is beside[0] and cell.place.column in self.columns
        if cell is beside[-1]:
            is_likely = best_score(cell.text) >= _LIKELY and not begins_with_infinitive(cell.text)
            return self.stands_out(cell) and is_likely and not names_plan(cell.text)
        return self.stands_out(cell) if self.is_bold else is_first


def learn(grid: Grid, sure: list[Cell]) -> LabelLook:
    """Where labels are bold and values are not, a value that reads as a label, « Communes », is none."""
    if len(sure) < _FEWEST:
        return LabelLook(sure=frozenset(sure))
    others = set(grid.table.cells.values()) - set(sure)
    is_bold = _bold(sure) >= 0.75 and _bold(others) <= 0.5
    kept = frozenset(cell for cell in sure if cell.is_bold or not is_bold)
    by_column = {column: grid.below(0, column) for column in {cell.place.column for cell in kept}}
    columns = [
        column
        for column, own in by_column.items()
        if len(kept.intersection(own)) >= max(_FEWEST, 0.5 * len(own))
    ]
    texts = Counter(cell.text for cell in others if cell.is_bold and is_bold)
    parts = frozenset(cell for cell in others if cell.is_bold and texts[cell.text] >= _FEWEST)
    return LabelLook(frozenset(columns), is_bold, kept, parts)


def may_be_label(text: str) -> bool:
    text = text.strip().rstrip(":").strip()
    return not (
        not any(letter.isalpha() for letter in text)
        or len(text) > LONGEST_LABEL
        or "\n" in text
        or ":" in text
        or is_number(text)
        or split_number(text).code
    )


def label_score(text: str) -> tuple[float, Field] | None:
    """How sure a text is to be a label, and of which field."""
    if not may_be_label(text):
        return None
    text = text.strip().rstrip(":").strip()
    if fold(text) in ACTION_WORDS and fold(text).startswith("fiche"):
        return None  # The kind of the document, not the label of a title.
    found = candidates(text)
    is_of_plan = bool(found) and found[0][0] < 1 and _OF_PLAN.search(text)
    return found[0] if found and found[0][0] >= SURE and not is_of_plan else None


def _bold(cells: Collection[Cell]) -> float:
    return sum(cell.is_bold for cell in cells) / len(cells) if cells else 0.0
