"""What each funder gives: the amounts are those of a budget, the names those of funders."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..layout import Field, Piece
from ..layout.matching import JOIN, candidates
from ..layout.settling import are_amounts
from .marks import is_no_mark
from .splitting.amounts import names_amount

_SHARE_OF = re.compile(
    r"^(?:dont\s+)?(?:(?:part|participation|financement|cofinancement|subvention|apport|aide|montant)\s+)?"
    r"(?:de\s+la\s+|de\s+l['’]|du\s+|de\s+|d['’])?(?=\S)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
#: A title that says so surely « financement » names no funder.
_SURE = 0.9


def with_shares(pieces: dict[Field, list[Piece]]) -> None:
    """Give to the budget the amounts that stand among funders, under their names or beside them."""
    told = pieces.pop(Field.FUNDERS, [])
    shares = (piece for piece in told if _is_share(piece) or names_amount(piece.text))
    amounts = [piece for piece in shares if not is_no_mark(piece.text)]
    if amounts:
        pieces[Field.BUDGET] = [*pieces.get(Field.BUDGET, ()), *amounts]
    if funders := [one for piece in told for one in _funders(piece)]:
        are_shared = any(map(_is_share, told))
        pieces[Field.FUNDERS] = [replace(one, title="") for one in funders] if are_shared else funders


def _funders(piece: Piece) -> Iterator[Piece]:
    if not _is_share(piece):
        yield piece
    elif piece.text.strip("0 ,.€") and not _says_funding(piece.title):
        yield replace(piece, text=_name(piece))


def _says_funding(title: str) -> bool:
    return any(field == Field.FUNDERS and score >= _SURE for score, field in candidates(title))


def _is_share(piece: Piece) -> bool:
    """An amount under a title, that of its funder or not."""
    return bool(piece.title) and are_amounts([piece.text])


def _name(piece: Piece) -> str:
    """« Caf » of « Part Caf (bonus territoire) »."""
    label = piece.title.rsplit(JOIN, 1)[-1].rstrip(": ").strip()
    return _BRACKETS.sub("", _SHARE_OF.sub("", label)).strip() or label
