"""Cut a file into actions, as it was recognised and perhaps corrected."""

from ..tables import SourceFile
from .annotations import annotations, without_annotations
from .around import take_titles
from .blocks import within
from .doubting import doubts_of
from .fields import Field
from .grid import Grid, titles_over, transposed
from .legends import tell_signs
from .rows import RowReader
from .shapes import Arrangement, Laid, Leftover, Piece, Recognised, Role, Spot
from .sheets import SheetReader
from .unpacking import unpack


def apply(source: SourceFile, recognised: Recognised) -> Laid:
    """Give every cell of the file a role, or leave it over."""
    laid = Laid(roles=dict.fromkeys(annotations(source), Role.HELP))
    source = without_annotations(source)
    for matched in recognised.tables:
        table = within(source.tables[matched.table], matched.span)
        columns = [column for column in recognised.columns if matched.holds(column)]
        if matched.arrangement == Arrangement.SHEETS:
            kinds = {column.key: column.field for column in columns}
            SheetReader(laid, Grid(table), matched, kinds, recognised.bands, table.name).read()
            continue
        grid = Grid(table)
        if matched.arrangement == Arrangement.COLUMNS:
            grid = Grid(transposed(table))
            for cell in titles_over(table):
                spot = Spot(matched.table, cell.place)
                if spot in [heading.spot for heading in matched.headings]:
                    laid.roles[spot] = Role.BAND
                    continue
                laid.roles[spot] = Role.TITLE
                laid.titles.append(Piece(spot, cell.text))
        by_column = {column.column: column for column in columns}
        RowReader(laid, grid, matched, by_column, table.name, dict(recognised.bands)).read()
    laid.doubts += doubts_of(source, recognised)
    unpack(laid)
    tell_signs(source, laid)
    _root(laid)
    take_titles(source, recognised, laid)
    _leave_the_rest(source, recognised, laid)
    return laid


def _root(laid: Laid) -> None:
    """An orientation belongs to an ambition; where there is none above it, it is one."""
    for headings in (*laid.contexts, *(record.headings for record in laid.records)):
        if Field.ORIENTATION in headings and Field.AMBITION not in headings:
            headings[Field.AMBITION] = headings.pop(Field.ORIENTATION)


def _leave_the_rest(source: SourceFile, recognised: Recognised, laid: Laid) -> None:
    read = {matched.table for matched in recognised.tables}
    left = {leftover.spot for leftover in laid.leftovers}
    for rank, table in enumerate(source.tables):
        outside = "feuille masquée" if table.is_hidden else "hors du tableau du plan"
        reason = "non compris" if rank in read else outside
        for place, cell in sorted(table.cells.items()):
            spot = Spot(rank, place)
            if spot not in laid.roles and spot not in left:
                laid.leftovers.append(Leftover(table.name, place, cell.text, reason, spot))
