"""Lay out a table whose rows are actions: what each row is, and what it takes from those above."""

from dataclasses import dataclass, replace
from itertools import pairwise

from ctg.web.text import fold

from ..tables import Cell
from .bands import band_text, is_band, is_level_row, is_note, is_total, lonely, style_of
from .columns import has_title_rows
from .ends import end_of
from .fields import HEADINGS, Field
from .headed import Headed
from .help_rows import is_help, whispers
from .milestones import milestone_rows
from .shapes import Arrangement, Record, Role
from .steps import step_rows, sum_rows
from .title_blocks import said_of_all


@dataclass
class RowReader(Headed):
    """Headings are filled down, the texts of an action never are."""

    current: Record | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        first, last = self.matched.header_rows
        self.header_texts = {
            fold(cell.text) for row in range(first, last + 1) for cell in self.grid.own(row) if first
        }
        is_titled = Field.TITLE in self.kinds.values() or has_title_rows(self.grid, last)
        #: What names an action here: a table that only adds to the actions of another gives their numbers.
        self.naming = Field.TITLE if is_titled else Field.NUMBER
        self.last_titled = max(
            (cell.place.row for cell in self.grid.table.cells.values() if self._is_title(cell)), default=0
        )
        self.is_helped = True
        self.headed = {heading.spot for heading in self.matched.headings}
        self.end = end_of(self.grid, last)
        self.milestones = milestone_rows(self.grid, self.kinds, last, self.end)
        self.steps = step_rows(self.grid, self.kinds, last, self.end)
        self.sums = sum_rows(self.grid, self.kinds, last, self.end)

    def read(self) -> None:
        first, last = self.matched.header_rows
        gaps = {row for before, row in pairwise(self.grid.rows) if row - before > 1}
        for row in self.grid.rows:
            cells = self.grid.own(row)
            if row < first and not is_level_row(self.grid, row):
                self._above(cells)
            elif row < first:
                self._band(row)
            elif row <= last:
                self.mark(cells, Role.HEADER)
            elif self._is_repeated_header(cells):
                self.mark(cells, Role.REPEAT)
            elif self._is_beside_actions(row):
                self.leave(cells, "colonne sans action")
            elif self.levels.get(row, Field.TITLE) != Field.TITLE:
                self.take_level(row, self.levels[row])
                self.current = None
            elif self.is_helped and (is_help([cell.text for cell in cells]) or self._whispers(row)):
                self.mark(cells, Role.HELP)
            elif row >= self.end:
                self.leave(cells, "texte sous le tableau")
            elif is_total(cells[0].text) or (is_note(cells[0].text) and lonely(self.grid, row)):
                self.leave(cells, "note sous le tableau, ou total")
            elif row in self.milestones:
                self.leave(cells, "jalon du calendrier, et non action")
            elif row in self.sums:
                self.leave(cells, "total ou moyenne, et non action")
            elif row in self.steps and self.current:
                self.take_step(self.current, cells)
            elif is_band(self.grid, row, self.kinds):
                self._band(row)
            elif lonely(self.grid, row) and row > self.last_titled and row in gaps:
                self.leave(cells, "texte sous le tableau")
            elif self.current and lonely(self.grid, row) and self.grid.is_wide(cells[0]):
                self.mark(cells, Role.FIELD)
                self.current.add(Field.CONTENT, self.piece(cells[0]))
            else:
                self._body(row)

    def _is_beside_actions(self, row: int) -> bool:
        """« Observations du comité », in a column after those of actions, and what it says of them."""
        is_turned = self.matched.arrangement == Arrangement.COLUMNS
        return is_turned and not any(
            self.grid.at(row, column) for column, kind in self.kinds.items() if kind == self.naming
        )

    def _whispers(self, row: int) -> bool:
        below = [cell.text for cell in self.grid.table.cells.values() if cell.place.row > row]
        return whispers([cell.text for cell in self.grid.own(row)], below)

    def _above(self, cells: list[Cell]) -> None:
        for cell in cells:
            if self.spot(cell) in self.headed and said_of_all(cell.text):
                self.mark([cell], Role.BAND)
            elif len({one.text for one in cells}) <= 2:
                self.mark([cell], Role.TITLE)
                self.laid.titles.append(self.piece(cell))
            else:
                self.leave([cell], "au-dessus de l’en-tête")

    def _is_repeated_header(self, cells: list[Cell]) -> bool:
        same = sum(fold(cell.text) in self.header_texts for cell in cells)
        return same >= max(2, 0.6 * len(cells))

    def _band(self, row: int) -> None:
        """Take a heading over the width, or the title of an action that is detailed below."""
        cells = lonely(self.grid, row)
        level = self.bands.get(style_of(self.grid, cells), Field.THEME)
        self.current = None
        piece = replace(self.piece(cells[-1], band_text(cells)), beside=tuple(map(self.spot, cells[:-1])))
        if level == Field.TITLE:
            self.mark(cells, Role.FIELD)
            self._open(row)
            self._record.add(Field.TITLE, piece)
            return
        self.mark(cells, Role.BAND)
        self.take_band(level, piece)
        self.keep_context()

    def _body(self, row: int) -> None:
        cells = self.grid.own(row)
        titled = [cell for cell in cells if self._is_title(cell)]
        if titled and not self._repeats(titled, cells):
            self.is_helped = False
            self.headings(row)
            self._open(row)
            self._fill(row, whole=True)
        elif titled or self._is_inside(row):
            self._continue(row)
        elif not [cell for cell in cells if self.kind(cell) not in HEADINGS]:
            self.headings(row)
            self.current = None
            self.keep_context()
        elif self.current and not self._changes(cells):
            self._continue(row)
        else:
            self.headings(row)
            self.keep_context()
            self.current = None
            self.leave([cell for cell in cells if self.kind(cell) not in HEADINGS], "ligne sans action")

    def _is_inside(self, row: int) -> bool:
        """Under the merged title of an action that began above."""
        if self.current is None:
            return False
        return any(self.grid.at(row, column) for column, kind in self.kinds.items() if kind == self.naming)

    def _repeats(self, titled: list[Cell], cells: list[Cell]) -> bool:
        """The title of the action above, written again with its number, under the same headings."""
        if self.current is None or self._changes(cells):
            return False
        return fold(" ".join(cell.text for cell in titled)) == fold(self.current.text(self.naming))

    def _changes(self, cells: list[Cell]) -> bool:
        """Whether the row names another heading, or another number, than the one above it."""
        for cell in cells:
            kind = self.kind(cell)
            if kind == Field.NUMBER and self.current:
                if fold(cell.text) != fold(self.current.text(Field.NUMBER)):
                    return True
            elif kind in HEADINGS:
                above = self.along.get(cell.place.column)
                if above and fold(above.text) != fold(cell.text):
                    return True
        return False

    def _open(self, row: int) -> None:
        self.current = Record(headings=dict(self.context()))
        self.laid.records.append(self.current)
        self.keep_context()

    @property
    def _record(self) -> Record:
        assert self.current is not None
        return self.current

    def _fill(self, row: int, *, whole: bool) -> None:
        """Give the record the cells of a row, those merged from above too when it is a whole one."""
        for column, kind in self.kinds.items():
            cell = self.grid.at(row, column)
            if cell is None or kind in HEADINGS:
                continue
            is_own = cell.place.row == row
            is_first = cell.place.column == column or kind == Field.PERIOD
            if not is_first or not (is_own or whole):
                continue
            if kind is None:
                if is_own:
                    self.leave([cell], f"colonne sans rubrique : {self.title_of(column)}")
                continue
            self.take(self._record, kind, cell, column)

    def _continue(self, row: int) -> None:
        """Add to the action above what the row says more."""
        for cell in self.grid.own(row):
            kind = self.kind(cell)
            known = self._record.pieces.get(kind, []) if kind else []
            context = self._record.headings.get(kind) if kind else None
            if kind is None:
                self.leave([cell], f"colonne sans rubrique : {self.title_of(cell.place.column)}")
            elif any(
                fold(piece.text) == fold(cell.text) for piece in [*known, *([context] if context else [])]
            ):
                self.mark([cell], Role.REPEAT)
            elif kind in HEADINGS and context:
                self.leave([cell], f"autre {kind.label} de la même action")
            elif kind in HEADINGS:
                self._record.headings[kind] = self.piece(cell)
                self.laid.contexts.append(dict(self._record.headings))
                self.mark([cell], Role.FIELD)
            else:
                self.take(self._record, kind, cell, cell.place.column)

    def _is_title(self, cell: Cell) -> bool:
        return self.kind(cell) == self.naming and cell.place.row > self.matched.header_rows[1]
