"""Lay out a table of labels and values: « Pilote | CCAS », one action, or several one under the other."""

from collections.abc import Mapping
from dataclasses import replace

from ctg.web.text import fold

from ..tables import Cell
from .bands import band_text, style_of
from .fields import HEADINGS, Field
from .grid import Grid
from .labels import Labelled, label_score, read_labels
from .numbering import is_number, split_number
from .shapes import Laid, Leftover, MatchedTable, Piece, Record, Role, Spot
from .table_names import said_by_name


class SheetReader:
    """The first label of the table, met again, begins the next action; so does a second title."""

    def __init__(
        self,
        laid: Laid,
        grid: Grid,
        matched: MatchedTable,
        kinds: Mapping[str, Field | None],
        bands: Mapping[str, Field],
        name: str,
    ) -> None:
        self.laid, self.grid, self.matched, self.kinds, self.name = laid, grid, matched, kinds, name
        self.bands = bands
        self.record = Record()
        self.over: dict[Field, Piece] = {}
        if matched.heading:
            self.over[matched.heading[0]] = Piece(matched.heading_spot, matched.heading[1])
        self.first_label = ""
        self.awaits_title = False
        self.laid_here = 0
        self.label: Cell | None = None

    def read(self) -> None:
        for found in read_labels(self.grid):
            if isinstance(found, Labelled) and found.label:
                self._labelled(found)
            elif isinstance(found, Labelled):
                self._free(found.cell, found.text)
            else:
                self._free(found, found.text)
        self._close()
        for cell in self.grid.table.cells.values():
            spot = Spot(self.matched.table, cell.place)
            if spot not in self.laid.roles and label_score(cell.text):
                self.laid.roles[spot] = Role.HEADER

    def _labelled(self, found: Labelled) -> None:
        self.awaits_title = False
        key = fold(found.label)
        kind = self.kinds.get(key)
        label_is_first = key == self.first_label or not self.first_label
        if (label_is_first and self.first_label and self._has_begun) or (
            kind == Field.TITLE and Field.TITLE in self.record.pieces and not self._is_below_title(found)
        ):
            self._close()
        self.first_label = self.first_label or key
        if found.label_cell:
            self.laid.roles.setdefault(self._spot(found.label_cell), Role.HEADER)
        if kind is None:
            self._leave(found.cell, f"rubrique inconnue : {found.label}", found.text)
            return
        self.laid.roles[self._spot(found.cell)] = Role.FIELD
        piece = Piece(
            self._spot(found.cell), found.text, found.label, found.cell.is_date, found.cell.is_number
        )
        if kind in HEADINGS:
            self._head(kind, piece, goes_on=found.label_cell is not None and found.label_cell is self.label)
        elif found.text:
            self.record.add(kind, piece)
        self.label = found.label_cell

    def _head(self, kind: Field, piece: Piece, *, goes_on: bool) -> None:
        """A second text under one label belongs to the same heading; under another, it is another heading."""
        before = self.over.get(kind)
        if before and goes_on and piece.spot:
            text = f"{before.text}\n{piece.text}"
            piece = replace(before, text=text, beside=(*before.beside, piece.spot))
        elif before:
            self.laid.contexts.append(dict(self.over))
        self.over[kind] = piece

    def _is_below_title(self, found: Labelled) -> bool:
        """The second line of one title: its label has not been written again."""
        return found.label_cell is not None and any(
            piece.title == found.label
            and piece.spot is not None
            and found.label_cell.place.row == piece.spot.place.row
            for piece in self.record.pieces[Field.TITLE]
        )

    @property
    def _has_begun(self) -> bool:
        return bool(self.record.pieces)

    def _free(self, cell: Cell, text: str) -> None:
        """A text without a label: the title of a sheet, an axis above it, or nothing known."""
        numbered = split_number(" ".join(text.split()))
        spot = self._spot(cell)
        piece = Piece(spot, text, "")
        if numbered.level == Field.TITLE or is_number(text):
            if self._has_begun:
                self._close()
            self.first_label = self.first_label or "\n"
            self.record.add(Field.NUMBER if is_number(text) or not numbered.title else Field.TITLE, piece)
            self.laid.roles[spot] = Role.FIELD
            self.awaits_title = is_number(text) or not numbered.title
        elif self.awaits_title and not numbered.level:
            self.record.add(Field.TITLE, piece)
            self.laid.roles[spot] = Role.FIELD
            self.awaits_title = False
        elif numbered.level:
            if Field.TITLE in self.record.pieces and len(self.record.pieces) > 1:
                self._close()
            self.over[self.bands.get(style_of(self.grid, [cell]), numbered.level)] = Piece(
                spot, band_text([cell])
            )
            self.laid.roles[spot] = Role.BAND
        elif not self._has_begun and not self.laid_here:
            self.laid.titles.append(piece)
            self.laid.roles[spot] = Role.TITLE
        else:
            self._leave(cell, "texte sans rubrique", text)

    def _close(self) -> None:
        """End an action; what was said before any title or number goes with the next."""
        name = said_by_name(self.name)
        if self._has_begun and not self.laid_here and Field.TITLE not in self.record.pieces and name:
            self.record.add(Field.TITLE, Piece(None, name))
        if not self._has_begun:
            self.laid.contexts.append(dict(self.over))
            return
        self.record.headings = dict(self.over)
        self.laid.contexts.append(dict(self.over))
        self.laid.records.append(self.record)
        self.laid_here += 1
        self.record = Record()

    def _spot(self, cell: Cell) -> Spot:
        return Spot(self.matched.table, cell.place)

    def _leave(self, cell: Cell, reason: str, text: str) -> None:
        spot = self._spot(cell)
        if spot not in self.laid.roles or text != cell.text:
            self.laid.leftovers.append(Leftover(self.name, cell.place, text, reason, spot))
