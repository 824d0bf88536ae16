"""What a document says outside its tables: most often the title of the plan, its date, those of its parts."""

import re

from ctg.web.text import fold

from ..tables import SourceFile, Table
from .fields import Field
from .numbering import split_number
from .shapes import Laid, Piece, Recognised, Role, Spot
from .table_names import said_by_name

_NAME = re.compile(r"^Texte hors d")
_TITLE = re.compile(r"\b(?:plan|ctg|convention|territoire|communaute|agglomeration|version|20\d\d)\b")
_LONGEST = 160


def is_around(table: Table) -> bool:
    """Readers name so the table of what stands outside the others."""
    return bool(_NAME.match(table.name))


def heading_before(source: SourceFile, rank: int) -> tuple[Field, str, Spot] | None:
    """The last « Axe 1 : … » that is written above the words that name a table."""
    said = fold(said_by_name(source.tables[rank].name))
    if not said:
        return None
    for around, table in enumerate(source.tables):
        before: tuple[Field, str, Spot] | None = None
        for place, cell in sorted(table.cells.items()) if is_around(table) else ():
            if fold(cell.text).startswith(said):
                return before
            level = split_number(cell.text).level
            if level and level != Field.TITLE:
                before = (level, cell.text, Spot(around, place))
    return None


def take_titles(source: SourceFile, recognised: Recognised, laid: Laid) -> None:
    """Take as titles the lines that name a table that was read, and those that name the plan."""
    read = {matched.table for matched in recognised.tables}
    for matched in recognised.tables:
        if matched.heading_spot:
            laid.roles[matched.heading_spot] = Role.BAND
    named = {fold(said_by_name(source.tables[rank].name)) for rank in read} - {""}
    for rank, table in enumerate(source.tables):
        if rank in read or not is_around(table):
            continue
        for place, cell in sorted(table.cells.items()):
            folded = fold(cell.text)
            if Spot(rank, place) in laid.roles:
                continue
            is_title = len(cell.text) <= _LONGEST and _TITLE.search(folded)
            if is_title or any(folded.startswith(name) for name in named):
                laid.roles[Spot(rank, place)] = Role.TITLE
                laid.titles.append(Piece(Spot(rank, place), cell.text))
