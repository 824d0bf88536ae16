"""What a document says outside its tables: most often the title of the plan, its date, those of its parts."""

import re

from ctg.web.text import fold

from ..tables import SourceFile, Table
from .bands import is_theme
from .fields import HEADINGS, Field
from .numbering import split_number
from .shapes import Heading, Laid, Piece, Recognised, Role, Spot
from .table_names import said_by_name

_NAME = re.compile(r"^Texte hors d")
_TITLE = re.compile(r"\b(?:plan|ctg|convention|territoire|communaute|agglomeration|version|20\d\d)\b")
_LONGEST = 160
#: A line of the table of contents ends with its page.
_CONTENTS = re.compile(r"(?:\.{3,}|…|\t)\s*(?:p\.?\s*)?\d+$|\bp\.\s*\d+$")


def is_around(table: Table) -> bool:
    """Readers name so the table of what stands outside the others."""
    return bool(_NAME.match(table.name))


def headings_above(source: SourceFile, rank: int) -> tuple[Heading, ...]:
    """The axis, the objective… under which a document places a table, and the title of its action.

    A heading closes those that came to be known after it; a title goes with the next table alone.
    """
    before = max((table.after for table in source.tables[:rank]), default=0)
    known: list[Field] = []
    over: dict[Field, Heading] = {}
    for place, spot, text in _lines_above(source, rank):
        level = _level(text)
        if level is None or (level == Field.TITLE and place <= before):
            continue
        if level not in known:
            known.append(level)
        for deeper in known[known.index(level) + 1 :]:
            over.pop(deeper, None)
        over[level] = Heading(level, text, spot)
    return tuple(over.values())


def _lines_above(source: SourceFile, rank: int) -> list[tuple[int, Spot, str]]:
    """What a document says above a table, in order: paragraphs, and tables of one cell that frame a title."""
    until = source.tables[rank].after
    lines: list[tuple[int, Spot, str]] = []
    for other, table in enumerate(source.tables):
        cells = sorted(table.cells.items())
        if is_around(table):
            lines += [(at.row, Spot(other, at), cell.text) for at, cell in cells if at.row <= until]
        elif until and other < rank and len(cells) == 1:
            lines.append((table.after, Spot(other, cells[0][0]), cells[0][1].text))
    return sorted(lines, key=lambda line: line[0])


def _level(text: str) -> Field | None:
    numbered = split_number(text)
    level = numbered.level
    # « Constat : un habitant sur trois vit seul. » is a sentence, and a need.
    is_sentence = level == Field.NEED and not numbered.code and text.rstrip().endswith(".")
    if len(text) > _LONGEST * (1 + is_sentence) or _CONTENTS.search(text):
        return None
    if text.rstrip().endswith((".", ";", ":")) and not is_sentence:
        return None
    if level in (*HEADINGS, Field.TITLE):
        return level
    return Field.THEME if is_theme(text) else None


def take_titles(source: SourceFile, recognised: Recognised, laid: Laid) -> None:
    """Take as titles the lines that name a table that was read, and those that name the plan."""
    read = {matched.table for matched in recognised.tables}
    for heading in (heading for matched in recognised.tables for heading in matched.headings):
        if heading.spot:
            laid.roles.setdefault(heading.spot, Role.BAND)
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
