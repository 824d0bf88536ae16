"""Lay out a table of labels and values: « Pilote | CCAS », one action, or several one under the other."""

from collections.abc import Mapping
from itertools import zip_longest

from ctg.web.text import fold

from ..tables import Cell
from .bands import band_text, names_plan, style_of
from .blank_forms import asks, leave_blank
from .fields import HEADINGS, Field
from .grid import Grid
from .guessing import begins_with_infinitive
from .label_looks import label_score
from .labels import Labelled, look_of, read_labels
from .numbering import is_code, is_number, split_number
from .shapes import Laid, Leftover, MatchedTable, Piece, Record, Role, Spot
from .sheet_headings import SheetHeadings
from .spoken import spoken
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
        self.headings = SheetHeadings(laid)
        self.titled_above: Piece | None = None
        for heading in matched.headings:
            if heading.level == Field.TITLE:
                self.titled_above = Piece(heading.spot, heading.text)
            else:
                self.headings.over[heading.level] = Piece(heading.spot, heading.text)
        self.first_label = ""
        self.awaits_title = False
        self.laid_here = 0
        self.is_blank = False
        self.look = look_of(grid)
        self.titled_next: Piece | None = None
        self.label: Cell | None = None

    def read(self) -> None:
        all_found = list(read_labels(self.grid))
        for found, following in zip_longest(all_found, all_found[1:]):
            if isinstance(found, Cell) and isinstance(following, Cell) and self._heads(found, following):
                self._close()
                self._head_over(found, Field.THEME)
            elif isinstance(found, Labelled) and found.label:
                self._labelled(found)
            elif isinstance(found, Labelled):
                self._free(found.cell, found.text)
            else:
                self._free(found, found.text)
        self._close()
        for cell in self.grid.table.cells.values():
            spot = Spot(self.matched.table, cell.place)
            beside = self.grid.own(cell.place.row)
            if spot not in self.laid.roles and (label_score(cell.text) or self.look.is_label(cell, beside)):
                self.laid.roles[spot] = Role.HEADER

    def _heads(self, cell: Cell, following: Cell) -> bool:
        """« Grandir ici », in bold, right above « Action 1 : … » in a text."""
        is_titled = split_number(following.text).level == Field.TITLE
        stands_alone = self.grid.width == 1 and split_number(cell.text).level is None
        return stands_alone and is_titled and cell.is_bold and not names_plan(cell.text)

    def _head_over(self, cell: Cell, level: Field) -> None:
        self.headings.lead(level, Piece(self._spot(cell), band_text([cell])))
        self.laid.roles[self._spot(cell)] = Role.BAND

    def _labelled(self, found: Labelled) -> None:
        if found.cell is found.label_cell:
            self.laid.roles.setdefault(self._spot(found.cell), Role.HEADER)
            return
        self.awaits_title = False
        key = fold(found.label)
        kind = self.kinds.get(key)
        goes_on = found.label_cell is not None and found.label_cell is self.label
        if kind == Field.TITLE and is_code(found.text):
            kind = Field.NUMBER
        label_is_first = (key == self.first_label and not goes_on) or not self.first_label
        is_titled = Field.TITLE in self.record.pieces
        if (label_is_first and self.first_label and self._has_begun) or (
            self.headings.opens(kind, self.record)
            or (kind == Field.TITLE and is_titled and not self._is_below_title(found))
        ):
            self._close()
        self.first_label = self.first_label or key
        if found.label_cell:
            self.laid.roles.setdefault(self._spot(found.label_cell), Role.HEADER)
        if kind is None or kind == Field.LEVEL:
            self._leave(found.cell, f"rubrique inconnue : {found.label}", found.text)
            return
        spot = self._spot(found.cell)
        words = "" if kind == Field.TITLE and asks(found.text) else spoken(found.text)
        if found.text and not words:
            self.is_blank = self.is_blank or kind == Field.TITLE
            self.laid.roles.setdefault(spot, Role.HELP)
            return
        self.laid.roles[spot] = Role.FIELD
        if found.label_cell is None and fold(found.cell.text).startswith(key):
            self.laid.labels[spot] = found.label
        piece = Piece(spot, words, found.label, found.cell.is_date, found.cell.is_number)
        if kind in HEADINGS:
            is_part = found.label_cell is not None and self.grid.width == 1
            self.headings.put(kind, piece, self.record, goes_on=goes_on, is_part=is_part)
        elif found.text:
            self.record.add(kind, piece)
        self.label = found.label_cell

    def _is_below_title(self, found: Labelled) -> bool:
        """The second line of one title: its label has not been written again."""
        row = found.label_cell.place.row if found.label_cell else 0
        titles = self.record.pieces[Field.TITLE]
        return any(one.title == found.label and one.spot and one.spot.place.row == row for one in titles)

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
            self._head_over(cell, self.bands.get(style_of(self.grid, [cell]), numbered.level))
        elif not self._has_begun and not self.laid_here:
            self.laid.titles.append(piece)
            self.laid.roles[spot] = Role.TITLE
            if self._names_action(cell):
                self.titled_above = piece
        elif self._describes(cell):
            self.record.add(Field.CONTENT, piece)
            self.laid.roles[spot] = Role.FIELD
        elif cell in self.look.parts:
            self.laid.roles[spot] = Role.HEADER
        else:
            if self._names_action(cell):
                self.titled_next = piece
            self._leave(cell, "texte sans rubrique", text)

    def _describes(self, cell: Cell) -> bool:
        """The paragraphs of a text between the title of an action and its first label."""
        said = self.record.pieces.keys()
        is_under = Field.TITLE in said and said <= {Field.NUMBER, Field.TITLE, Field.CONTENT}
        return is_under and self.grid.width == 1 and not cell.is_bold

    def _names_action(self, cell: Cell) -> bool:
        """« Créer un relais » above labels, or any words over the width that stand out as they do."""
        is_over = self.look.stands_out(cell) and self.grid.is_wide(cell)
        return begins_with_infinitive(cell.text) or (is_over and not names_plan(cell.text))

    def _close(self) -> None:
        """End an action; what was said before any title or number goes with the next."""
        if self._has_begun and Field.TITLE not in self.record.pieces:
            self._take_title()
        else:
            self.titled_above, self.titled_next = self.titled_next, None
        if self._has_begun and self.is_blank and Field.TITLE not in self.record.pieces:
            leave_blank(self.laid, self.name, self.record)
            self.headings.forget_inside()
            self.record, self.is_blank = Record(), False
            return
        above = self.headings.close()
        if not self._has_begun:
            return
        self.record.headings = above
        self.laid.records.append(self.record)
        self.laid_here += 1
        self.record = Record()

    def _take_title(self) -> None:
        """What stands out above the labels, or above the table, or else its name."""
        title = self.titled_above
        if title is None and not self.laid_here and (name := said_by_name(self.name)):
            title = Piece(None, name)
        if title:
            self.record.add(Field.TITLE, title)
            if title.spot:
                self.laid.roles[title.spot] = Role.FIELD
                self.laid.titles = [one for one in self.laid.titles if one.spot != title.spot]
                self.laid.leftovers = [one for one in self.laid.leftovers if one.spot != title.spot]
        self.titled_above, self.titled_next = self.titled_next, None

    def _spot(self, cell: Cell) -> Spot:
        return Spot(self.matched.table, cell.place)

    def _leave(self, cell: Cell, reason: str, text: str) -> None:
        spot = self._spot(cell)
        if spot not in self.laid.roles or text != cell.text:
            self.laid.leftovers.append(Leftover(self.name, cell.place, text, reason, spot))
