"""What stands above the actions of a sheet of labels: over several of them, or inside one."""

from dataclasses import dataclass, field, replace

from .fields import Field
from .shapes import Laid, Piece, Record


@dataclass
class SheetHeadings:
    """`over` holds them by level, at the label that is being read."""

    laid: Laid
    over: dict[Field, Piece] = field(default_factory=dict)
    #: Those that an action says after its title, with what stood above it before.
    inside: dict[Field, Piece | None] = field(default_factory=dict)
    #: Those that stand before a title, and open a part of the plan.
    opening: set[Field] = field(default_factory=set)
    #: Those that a document tells at length under a title of their own, « Contexte ».
    told: set[Field] = field(default_factory=set)

    def put(self, kind: Field, piece: Piece, record: Record, *, goes_on: bool, is_part: bool) -> None:
        """A second text under one label belongs to the same heading; under another, it is another heading.

        `is_part` when its label stands alone above it, in a document.
        """
        is_first = not self.laid.records and not record.pieces
        if is_first and is_part and self.over.keys() <= self.told:
            self.told.add(kind)
        elif is_first:
            self._leave_told()
        before = self.over.get(kind)
        if Field.TITLE in record.pieces:
            self.inside.setdefault(kind, before)
        else:
            self.opening.add(kind)
        if before and goes_on and piece.spot:
            text = f"{before.text}\n{piece.text}"
            piece = replace(before, text=text, beside=(*before.beside, piece.spot))
        elif before:
            self.laid.contexts.append(dict(self.over))
        self.over[kind] = piece

    def lead(self, level: Field, piece: Piece) -> None:
        """« Axe 1 : Familles », over what follows."""
        if not self.laid.records:
            self._leave_told()
        self.over[level] = piece

    def opens(self, kind: Field | None, record: Record) -> bool:
        """Whether a heading begins another part, once an action has said more than its title."""
        is_told = len(record.pieces.keys() - {Field.NUMBER, Field.TITLE}) > 0
        return kind in self.opening and Field.TITLE in record.pieces and is_told

    def _leave_told(self) -> None:
        """What a document says of its territory, before its first part, is the need of no action."""
        for kind in self.told:
            self.over.pop(kind, None)
        self.told.clear()

    def close(self) -> dict[Field, Piece]:
        """Those of the action that ends; what it said itself is not that of the next."""
        found = dict(self.over)
        self.forget_inside()
        self.laid.contexts.append(found)
        return found

    def forget_inside(self) -> None:
        for kind, before in self.inside.items():
            self.over.pop(kind, None)
            if before:
                self.over[kind] = before
        self.inside.clear()
