"""Signs that a file explains itself: « ✔ fait   ➤ en cours   ✖ abandonné »."""

import re
from dataclasses import replace

from ..tables import Place, SourceFile, Table
from .fields import Field
from .shapes import Laid, Role, Spot

_SIGN = r"[^\w\s.,;:!?'’\"«»()\[\]<>/%€&=+*–—•-]{1,2}"
_PAIR = re.compile(
    rf"(?P<sign>{_SIGN})[\s\u00a0]*[:=]?[\s\u00a0]*(?P<said>[^\W\d_][^\n;|]*?)"
    rf"(?=\s{{2,}}|\s*[;,|\n/]|\s+(?:[–—-]\s+)?{_SIGN}\s*[:=]?\s*[^\W\d_]|\s*$)"
)
_OPENS = re.compile(r"^\W*(?:légende|legende)?[\s\u00a0]*:?[\s\u00a0]*$", re.IGNORECASE)
#: What people say with a sign.
_SAID_SO = (Field.STATUS, Field.PROGRESS, Field.NOTES)
_LONGEST = 300
_FEWEST = 2


def tell_signs(source: SourceFile, laid: Laid) -> None:
    """Put the words of the legend of a table for a sign that stands alone; a legend so used is no title."""
    legends = {rank: _legend(table) for rank, table in enumerate(source.tables)}
    used: set[Spot] = set()
    for record in laid.records:
        for kind in _SAID_SO:
            for rank, piece in enumerate(record.pieces.get(kind, ())):
                told = legends[piece.spot.table].get(piece.text.strip()) if piece.spot else None
                if told and piece.spot:
                    words, place = told
                    record.pieces[kind][rank] = replace(piece, text=words)
                    used.add(Spot(piece.spot.table, place))
    for spot in used:
        laid.titles = [piece for piece in laid.titles if piece.spot != spot]
        laid.leftovers = [leftover for leftover in laid.leftovers if leftover.spot != spot]
        laid.roles[spot] = Role.HELP


def _legend(table: Table) -> dict[str, tuple[str, Place]]:
    """The words of each sign, and the cell that says them."""
    found: dict[str, tuple[str, Place]] = {}
    for place, cell in table.cells.items():
        if len(cell.text) > _LONGEST:
            continue
        pairs = list(_PAIR.finditer(cell.text))
        if len(pairs) >= _FEWEST and _OPENS.match(cell.text[: pairs[0].start()]):
            for pair in pairs:
                found.setdefault(pair["sign"], (pair["said"].strip(), place))
    return found
