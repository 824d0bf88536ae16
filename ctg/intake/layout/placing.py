"""Say of each cell of a table what it becomes, whichever way the table is turned."""

from dataclasses import dataclass, replace

from ..tables import Cell, Place
from .fields import Field
from .grid import Grid
from .shapes import Arrangement, Laid, Leftover, MatchedColumn, MatchedTable, Piece, Record, Role, Spot
from .spoken import spoken
from .steps import step_text


@dataclass
class Placing:
    """One table on its way into `laid`."""

    laid: Laid
    grid: Grid
    matched: MatchedTable
    columns: dict[int, MatchedColumn]
    name: str

    def __post_init__(self) -> None:
        self.kinds = {column: matched.field for column, matched in self.columns.items()}

    def kind(self, cell: Cell) -> Field | None:
        return self.kinds.get(cell.place.column)

    def title_of(self, column: int) -> str:
        matched = self.columns.get(column)
        return matched.title if matched and matched.title else ""

    def spot(self, cell: Cell) -> Spot:
        row, column = cell.place
        is_turned = self.matched.arrangement == Arrangement.COLUMNS
        return Spot(self.matched.table, Place(column, row) if is_turned else cell.place)

    def piece(self, cell: Cell, text: str = "", title: str = "") -> Piece:
        words = spoken(text or cell.text)
        return Piece(self.spot(cell), words, title, cell.is_date, cell.is_number)

    def take(self, record: Record, kind: Field, cell: Cell, column: int) -> None:
        """Give a record the text of a cell that reaches a column, unless it says nothing."""
        piece = self.piece(cell, title=self.title_of(column))
        self.mark([cell], Role.FIELD if piece.text else Role.HELP)
        if piece.text:
            record.add(kind, piece)

    def take_step(self, record: Record, cells: list[Cell]) -> None:
        """Tell a step in one line of its action; what is under an unknown title stays out."""
        known = [cell for cell in cells if self.kind(cell) and spoken(cell.text)]
        titles = {cell.place.column: self.title_of(cell.place.column) for cell in known}
        piece = self.piece(known[0], step_text(known, self.kinds, titles))
        record.add(Field.CONTENT, replace(piece, beside=tuple(map(self.spot, known[1:]))))
        self.mark(known, Role.FIELD)
        self.leave([cell for cell in cells if not self.kind(cell)], "colonne sans rubrique, pour une étape")
        self.mark([cell for cell in cells if self.kind(cell)], Role.HELP)

    def mark(self, cells: list[Cell], role: Role) -> None:
        for cell in cells:
            self.laid.roles.setdefault(self.spot(cell), role)

    def leave(self, cells: list[Cell], reason: str) -> None:
        for cell in cells:
            spot = self.spot(cell)
            if spot not in self.laid.roles:
                self.laid.leftovers.append(Leftover(self.name, spot.place, cell.text, reason, spot))
