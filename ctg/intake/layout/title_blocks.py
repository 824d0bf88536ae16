"""What the lines above a header say of all that is below: « CTG 2026-2029 – Thématique : Jeunesse »."""

import re
from collections.abc import Iterator

from ctg.web.text import fold

from ..tables import Table
from .blocks import within
from .fields import HEADINGS, Field
from .grid import Grid, titles_over
from .numbering import split_number
from .sections import split_sections
from .shapes import Heading, MatchedTable, Spot

#: What stands between the name of a plan and that of its part.
_BETWEEN = re.compile(r"\s+[–—|-]\s+")
_OF_DOCUMENT = re.compile(r"\b(?:document|tableau|fichier|outil|suivi|plan|ctg|convention|reunion)\b")
_LEVELS = frozenset(HEADINGS) - {Field.IMPACTS}


def headings_over(matched: MatchedTable, table: Table) -> Iterator[Heading]:
    """The levels that a title block names, each with its cell; a line that is a level alone is a band."""
    grid = Grid(within(table, matched.span))
    for row in [row for row in grid.rows if row < matched.header_rows[0]]:
        told = [(cell, said_of_all(cell.text) or _ending(cell.text)) for cell in grid.own(row)]
        found = [Heading(*said, Spot(matched.table, cell.place)) for cell, said in told if said]
        # « Champ : Enfance | Champ : Jeunesse » stand over some of the columns each.
        if len(found) == 1:
            yield found[0]


def headings_over_columns(rank: int, table: Table) -> Iterator[Heading]:
    """The axis over the width of a table whose actions are columns: « Axe 1 : Accueillir »."""
    for cell in titles_over(table):
        level = split_number(cell.text).level
        if level in _LEVELS:
            yield Heading(level, cell.text, Spot(rank, cell.place))


def said_of_all(text: str) -> tuple[Field, str] | None:
    """The need of « Besoins repérés : … », but not what a document says of itself."""
    sections = split_sections(text)
    if len(sections) != 1 or _OF_DOCUMENT.search(fold(sections[0].label)):
        return None
    field, words = sections[0].field, sections[0].text.strip()
    return (field, words) if field in _LEVELS and words else None


def _ending(text: str) -> tuple[Field, str] | None:
    first, *others = _BETWEEN.split(text, maxsplit=1)
    level = split_number(others[0]).level if others else None
    return (level, others[0]) if level in _LEVELS and split_number(first).level is None else None
