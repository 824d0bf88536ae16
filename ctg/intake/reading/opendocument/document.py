"""A workbook or a text of OpenDocument: its tables, then what is written outside tables."""

from xml.etree.ElementTree import Element

from ctg.intake.tables import Place, Refusal, SourceFile
from ctg.web.text import clean_line

from ..archive import Archive
from ..damage import PROTECTED
from ..drafts import AROUND, FileDraft
from .grid import GridReader
from .words import lines_of, text_of

_BODY = "content.xml"
_KINDS = ("application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.text")
_OTHER = "Seuls les classeurs (.ods) et les textes (.odt) d’OpenDocument sont lus. Déposez l’un d’eux."
_DELETIONS = "Suivi des modifications\u00a0: ce qui est supprimé n’est pas lu, ce qui est ajouté l’est."
_MOST_TITLE = 150


def read_opendocument(archive: Archive, name: str) -> SourceFile:
    kind = archive.start_of("mimetype", 200).decode("ascii", "replace").strip()
    if kind not in _KINDS:
        raise Refusal(_OTHER)
    if list(archive.pieces("META-INF/manifest.xml", "encryption-data")):
        raise Refusal(PROTECTED)
    reading = _Reading(FileDraft(name), is_text=kind == _KINDS[1])
    for piece in archive.pieces(_BODY, "style", "table", "p", "h", "list", "tracked-changes", "shapes"):
        reading.take(piece)
    return reading.finish()


class _Reading:
    def __init__(self, file: FileDraft, *, is_text: bool) -> None:
        self.file, self.is_text = file, is_text
        self.cells = GridReader(file.notes, set(), set())
        self.count = 0
        self.around: list[str] = []
        self.title = ""

    def take(self, piece: Element) -> None:
        if piece.tag == "style":
            self._take_style(piece)
        elif piece.tag == "table":
            self._take_table(piece, clean_line(self.title))
            self.title = ""
        elif piece.tag == "tracked-changes":
            self.file.notes.tell(_DELETIONS)
        elif piece.tag != "shapes" and self.is_text:
            self._take_text(piece)

    def finish(self) -> SourceFile:
        table = self.file.open_table(AROUND)
        for row, line in enumerate(self.around, 1):
            table.put(Place(row, 1), line)
        table.close()
        return self.file.finish()

    def _take_style(self, style: Element) -> None:
        name = style.get("name", "")
        text, sheet = style.find("text-properties"), style.find("table-properties")
        if style.get("family") == "table-cell" and text is not None and text.get("font-weight") == "bold":
            self.cells.bold.add(name)
        shown = style.find("table-cell-properties")
        colour = shown.get("background-color", "") if shown is not None else ""
        if colour.lower() not in ("", "transparent", "#ffffff"):
            self.cells.fills[name] = colour
        if style.get("family") == "table" and sheet is not None and sheet.get("display") == "false":
            self.cells.hidden.add(name)

    def _take_text(self, piece: Element) -> None:
        notes = self.file.notes
        if piece.tag == "list":
            lines = [line for item in piece for line in lines_of(item, notes, 0)]
        else:
            lines = [text_of(piece, notes)]
        self.around += [line for line in lines if line.strip()]
        self.title = self.around[-1] if self.around else ""

    def _take_table(self, grid: Element, title: str) -> None:
        self.count += 1
        name = f"Tableau {self.count}"
        full = f"{name}\u00a0: {title[:_MOST_TITLE]}" if title else name
        table = self.file.open_table(full if self.is_text else grid.get("name", ""))
        table.after = len(self.around)
        self.cells.nested = []
        self.cells.read(grid, table)
        table.is_hidden = grid.get("style-name") in self.cells.hidden
        table.close()
        for place, nested in self.cells.nested:
            self.file.notes.tell(f"{name}, cellule {place}\u00a0: le tableau qu’elle contient est lu à part.")
            self._take_table(nested, f"dans la cellule {place} du tableau {self.count}")
