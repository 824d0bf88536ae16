"""Forms that nobody filled in, among those of a plan."""

import re

from .shapes import Laid, Leftover, Record

_ASKED = re.compile(r"^\[[^\[\]]{4,}\]$|^<[^<>]{4,}>$")


def asks(title: str) -> bool:
    """« [Intitulé de l’action] » asks for what it names."""
    return bool(_ASKED.match(title.strip()))


def leave_blank(laid: Laid, name: str, record: Record) -> None:
    """What a form says that still asks for its title: examples, and choices not made."""
    for piece in (piece for pieces in record.pieces.values() for piece in pieces):
        if piece.spot:
            laid.roles.pop(piece.spot, None)
            laid.leftovers.append(Leftover(name, piece.spot.place, piece.text, "fiche à remplir", piece.spot))
