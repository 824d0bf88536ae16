"""The lists of a plan: ambitions and their orientations, themes, needs, objectives, once each, in order."""

from dataclasses import dataclass, field
from typing import Self

from ctg.web.text import fold

from ..layout import Field, Piece, Spot
from ..layout.numbering import Numbered, split_number, without_suite
from .outlines import read_ambition_cell
from .shapes import ReadHeading


def heading_title(kind: Field, piece: Piece) -> str:
    numbered, _ = _read(kind, piece)
    return numbered.title


@dataclass
class _Growing:
    numbered: Numbered
    spots: list[Spot] = field(default_factory=list)
    impacts: list[str] = field(default_factory=list)
    below: "dict[str, Self]" = field(default_factory=dict)

    def finished(self) -> ReadHeading:
        return ReadHeading(
            self.numbered.title,
            self.numbered.code,
            tuple(dict.fromkeys(self.spots)),
            tuple(dict.fromkeys(self.impacts)),
            tuple(one.finished() for one in self.below.values()),
        )


def read_headings(contexts: list[dict[Field, Piece]]) -> dict[Field, tuple[ReadHeading, ...]]:
    """What stood above something, or above nothing: an empty theme stays."""
    lists: dict[Field, dict[str, _Growing]] = {
        kind: {} for kind in (Field.AMBITION, Field.THEME, Field.NEED, Field.OBJECTIVE)
    }
    for context in contexts:
        for kind, growing in lists.items():
            if kind in context:
                found = _grown(growing, kind, context[kind])
                if kind == Field.AMBITION:
                    _take_below(found, context)
    return {kind: tuple(one.finished() for one in growing.values()) for kind, growing in lists.items()}


def _take_below(ambition: _Growing, context: dict[Field, Piece]) -> None:
    if impacts := context.get(Field.IMPACTS):
        numbered, others = read_ambition_cell(impacts.text)
        ambition.impacts += [numbered.title, *others]
        ambition.spots += [impacts.spot] if impacts.spot else []
    if orientation := context.get(Field.ORIENTATION):
        _grown(ambition.below, Field.ORIENTATION, orientation)


def _grown(growing: dict[str, _Growing], kind: Field, piece: Piece) -> _Growing:
    numbered, impacts = _read(kind, piece)
    found = growing.setdefault(fold(numbered.title), _Growing(numbered))
    found.spots += [*([piece.spot] if piece.spot else []), *piece.beside]
    found.impacts += impacts
    return found


def _read(kind: Field, piece: Piece) -> tuple[Numbered, tuple[str, ...]]:
    if kind == Field.AMBITION:
        return read_ambition_cell(without_suite(piece.text))
    text = without_suite(" ".join(piece.text.split()))
    numbered = split_number(text)
    return (numbered if numbered.title else Numbered(text)), ()
