"""What stands above the actions of a table: bands over the width, headings in their own columns."""

from dataclasses import dataclass, field, replace

from ..tables import Cell
from .bands import band_text
from .fields import HEADINGS, Field
from .levels import levels_of_rows
from .numbering import split_number
from .placing import Placing
from .shapes import Arrangement, Doubt, Piece, Role
from .slid import slid_cells

#: What each column of actions says for itself: a blank is not what the column before says.
_OWN = (Field.NEED, Field.OBJECTIVE)


@dataclass
class Headed(Placing):
    """`over` holds the bands by level, `along` the headings by column, at the row that is being read."""

    bands: dict[str, Field]
    over: dict[Field, Piece] = field(default_factory=dict)
    along: dict[int, Piece] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.over = {
            one.level: Piece(one.spot, one.text) for one in self.matched.headings if one.level != Field.TITLE
        }
        self.seen: list[Field] = list(self.over)
        self.levels: dict[int, Field] = {}
        for column in [column for column, kind in self.kinds.items() if kind == Field.LEVEL]:
            below = self.grid.below(self.matched.header_rows[1], column)
            self.levels |= levels_of_rows(below)
            self.mark([cell for cell in below if cell.place.row in self.levels], Role.HEADER)
            self.kinds[column] = None
        self.slid = slid_cells(self.grid, self.kinds, self.matched.header_rows[1])

    def take_band(self, level: Field, piece: Piece) -> None:
        """A band opens a level; those that came to be known after it close."""
        if level not in self.seen:
            self.seen.append(level)
            for inner in HEADINGS[HEADINGS.index(level) + 1 :] if level in HEADINGS else ():
                if inner in self.over and self._has_actions(self.over[inner]):
                    self.over.pop(inner)
        for deeper in self.seen[self.seen.index(level) + 1 :]:
            self.over.pop(deeper, None)
        self.over[level] = piece
        self.along = {}

    def take_level(self, row: int, level: Field) -> None:
        """A row that is said to be a heading, with its number; what else it tells is of no action."""
        cells = self.grid.own(row)
        named = [cell for cell in cells if self.kind(cell) == Field.TITLE]
        numbers = [cell for cell in cells if self.kind(cell) == Field.NUMBER]
        if named:
            text = band_text([*numbers, named[0]])
            is_code = bool(numbers) and bool(split_number(text).code)
            self.mark(named, Role.BAND)
            self.mark(numbers, Role.BAND if is_code else Role.HEADER)
            piece = self.piece(named[0], text if is_code else "")
            self.take_band(level, replace(piece, beside=tuple(map(self.spot, numbers if is_code else ()))))
            self.keep_context()
        self.leave(cells, "dit de ce qui est au-dessus des actions")

    def _has_actions(self, band: Piece) -> bool:
        """Whether a band stood over actions before a wider one came: it is not over that one."""
        return any(band is one for record in self.laid.records for one in record.headings.values())

    def headings(self, row: int) -> None:
        """Take the headings of a row; a new one blanks those on its right."""
        for column, kind in self.kinds.items():
            cell = self.grid.at(row, column)
            if cell is None and kind in _OWN and self.matched.arrangement == Arrangement.COLUMNS:
                self.along.pop(column, None)
            if kind not in HEADINGS or cell is None or cell.place.column != column:
                continue
            before, piece = self.along.get(column), self.piece(cell)
            self.mark([cell], Role.FIELD if piece.text else Role.HELP)
            if not piece.text:
                continue
            if cell.place in self.slid:
                column = self._slide(cell)
            if before is None or before.text != piece.text:
                self.along = {beside: piece for beside, piece in self.along.items() if beside < column}
            self.along[column] = piece

    def _slide(self, cell: Cell) -> int:
        reason = "Cette cellule des orientations a la forme d’une ambition\u00a0: elle est lue comme telle."
        self.laid.doubts.append(Doubt(reason, self.spot(cell)))
        return next(column for column, kind in self.kinds.items() if kind == Field.AMBITION)

    def context(self) -> dict[Field, Piece]:
        named = {kind: piece for column, piece in self.along.items() if (kind := self.kinds[column])}
        return self.over | named

    def keep_context(self) -> None:
        self.laid.contexts.append(self.context())
