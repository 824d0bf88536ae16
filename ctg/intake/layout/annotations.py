"""What this product wrote itself in a file that comes back: a column of problems, which is no part of it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ctg.web.text import fold

from ..tables import PROBLEMS, Place, SourceFile, Table
from .shapes import Spot

_TITLE = fold(PROBLEMS)
#: « C12. Erreur : … »
_SENTENCE = re.compile(r"^[A-Z]{1,3}\d+\. ")


def without_annotations(source: SourceFile) -> SourceFile:
    """The file as it was before it was given back."""
    tables = (_without(table, frozenset(_places(table))) for table in source.tables)
    return replace(source, tables=tuple(tables))


def annotations(source: SourceFile) -> Iterator[Spot]:
    for rank, table in enumerate(source.tables):
        yield from (Spot(rank, place) for place in _places(table))


def _places(table: Table) -> Iterator[Place]:
    """The title and the sentences of its column, not what somebody may have written between them."""
    columns = {place.column for place, cell in table.cells.items() if fold(cell.text) == _TITLE}
    for place, cell in table.cells.items() if columns else ():
        if place.column in columns and (fold(cell.text) == _TITLE or _SENTENCE.match(cell.text)):
            yield place


def _without(table: Table, left_out: frozenset[Place]) -> Table:
    kept = {place: cell for place, cell in table.cells.items() if place not in left_out}
    return replace(table, cells=kept) if left_out else table
