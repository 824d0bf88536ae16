"""Tables in the making: every reader puts its cells here, and the limits of a file are held here alone."""

from ctg.intake.tables import Cell, Place, Refusal, SourceFile, Table
from ctg.web.text import clean, clean_line

from .limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SIGNS, MOST_TABLES, MOST_TEXT
from .notes import Notes
from .shading import MARK, coloured_marks

#: The name of the table that holds what a text says outside its tables, one paragraph in a row.
AROUND = "Texte hors des tableaux"
HIDDEN = "«\u00a0{}\u00a0» est une feuille masquée\u00a0: elle ne compte que s’il n’y a pas d’autres actions."
EMPTY = "Ce fichier ne contient aucun tableau rempli\u00a0: déposez celui où se trouvent les actions du plan."
SIZES = (
    f"{MOST_ROWS:,} lignes et {MOST_COLUMNS} colonnes au plus peuvent être lues. Gardez les lignes et les "
    "colonnes du plan, et déposez cette copie."
).replace(",", "\u00a0", 1)


class FileDraft:
    """The tables read so far, what there is to say of them, and what the file may still hold."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.notes = Notes()
        self._tables: list[Table] = []
        self._left_out: list[str] = []
        self._count = 0
        self._cells_left, self._signs_left = MOST_CELLS, MOST_TEXT

    def open_table(self, name: str) -> "TableDraft":
        self._count += 1
        if self._count > MOST_TABLES:
            raise Refusal(
                f"Ce fichier contient plus de {MOST_TABLES} feuilles ou tableaux. Gardez ceux du plan."
            )
        return TableDraft(self, clean_line(name)[:200] or f"Tableau {self._count}")

    def spend(self, signs: int) -> None:
        self._cells_left -= 1
        self._signs_left -= signs
        if self._cells_left < 0 or self._signs_left < 0:
            raise Refusal(
                f"Ce fichier contient plus de {MOST_CELLS // 1000}\u00a0000 cellules remplies, "
                "ou trop de texte. Gardez la seule feuille du plan, et déposez cette copie."
            )

    def close_table(self, table: Table) -> None:
        self._tables.append(table)

    def leave_out(self, table: str, cause: str) -> None:
        self._left_out.append(f"«\u00a0{table}\u00a0» n’est pas lu\u00a0: {cause}")
        self.notes.tell(self._left_out[-1])

    def finish(self) -> SourceFile:
        notes = tuple(self.notes)
        if not self._tables:
            raise Refusal(" ".join(self._left_out or [EMPTY, *notes]))
        return SourceFile(self.name, tuple(self._tables), notes)


class TableDraft:
    """One table: cells are put at their places, then `close` hands it over to the file."""

    def __init__(self, file: FileDraft, name: str) -> None:
        self.file, self.name = file, name
        self.cells: dict[Place, Cell] = {}
        #: The colours of cells, of blank ones too where their line says something.
        self.fills: dict[Place, str] = {}
        self.hidden_rows: set[int] = set()
        #: How many paragraphs come before the table.
        self.after = 0
        self.is_hidden = False
        #: The first filled cell beyond what a table may hold; nothing more needs to be read then.
        self.outside: Place | None = None

    def put(
        self,
        place: Place,
        text: str,
        *,
        spans: tuple[int, int] = (1, 1),
        is_bold: bool = False,
        is_date: bool = False,
        is_number: bool = False,
    ) -> None:
        """Add a cell unless it is blank; `spans` counts the rows and columns over which it reaches."""
        if not (is_date or is_number):
            text = clean(text).strip()
        if not text or self._is_outside(place):
            return
        if len(text) > MOST_SIGNS:
            raise Refusal(
                f"«\u00a0{self.name}\u00a0»\u00a0: la cellule {place} contient {len(text)} signes\u00a0; "
                f"{MOST_SIGNS} au plus peuvent être lus."
            )
        if place in self.cells:
            self.tell_of("cellules écrites deux fois, lues la première fois", place)
            return
        self.file.spend(len(text))
        rows, columns = spans
        self.cells[place] = Cell(place, text, rows, columns, is_bold, is_date, is_number)

    def tell_of(self, what: str, where: Place | str | int) -> None:
        self.file.notes.tell_of(self.name, what, where)

    def close(self) -> None:
        if self.outside:
            self.file.leave_out(self.name, f"la cellule {self.outside} est remplie. {SIZES}")
        elif self.cells:
            hidden = frozenset(self.hidden_rows & {place.row for place in self.cells})
            for row in sorted(hidden):
                self.tell_of("lignes masquées, lues aussi", row)
            if self.is_hidden:
                self.file.notes.tell(HIDDEN.format(self.name))
            for place in coloured_marks(self.cells, self.fills):
                self.put(place, MARK)
                self.tell_of(
                    "cases colorées sous des années ou des mois, lues comme des croix, lignes", place.row
                )
            cells = dict(sorted(self.cells.items()))
            self.file.close_table(Table(self.name, cells, hidden, self.after, self.is_hidden))

    def _is_outside(self, place: Place) -> bool:
        if place.row <= MOST_ROWS and place.column <= MOST_COLUMNS:
            return False
        self.outside = self.outside or place
        return True
