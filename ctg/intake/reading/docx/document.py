"""A Word document: each table, then what is written outside tables, one paragraph in a row."""

from xml.etree.ElementTree import Element

from ctg.intake.tables import Place, SourceFile
from ctg.web.text import clean_line

from ..archive import Archive
from ..drafts import AROUND, FileDraft
from .grid import GridReader, unwrapped
from .paragraphs import ParagraphReader, Words, open_reader

_BODY = "word/document.xml"
_MOST_TITLE = 150


def read_document(archive: Archive, name: str) -> SourceFile:
    file = FileDraft(name)
    relations = archive.relations_of("")
    body = next((part for kind, part in relations.values() if kind == "officeDocument"), _BODY)
    parts = dict(archive.relations_of(body).values())
    reading = _Reading(file, open_reader(archive, parts, file.notes))
    for piece in archive.pieces(body, "tbl", "p", "altChunk"):
        reading.take(piece)
    reading.close()
    return file.finish()


class _Reading:
    def __init__(self, file: FileDraft, reader: ParagraphReader) -> None:
        self.file, self.reader = file, reader
        self.count = 0
        #: The last words before a table: most often its title.
        self.title = ""
        self.around: list[Words] = []

    def take(self, piece: Element) -> None:
        if piece.tag == "tbl":
            self._take_table(piece, clean_line(self.title))
            self.title = ""
        elif piece.tag == "p":
            self._take_words(self.reader.read(piece))
        else:
            self.file.notes.tell("Un document inséré dans celui-ci n’est pas lu.")
        boxes = list(self.reader.boxes)
        self.reader.boxes.clear()
        for box in boxes:
            for inner in unwrapped(box, "p", "tbl"):
                self.take(inner)

    def _take_words(self, words: Words) -> None:
        if words.text.strip():
            self.around.append(words)
            self.title = words.text

    def _take_table(self, grid: Element, title: str) -> None:
        self.count += 1
        name = f"Tableau {self.count}"
        table = self.file.open_table(f"{name}\u00a0: {title[:_MOST_TITLE]}" if title else name)
        table.after = len(self.around)
        cells = GridReader(self.reader)
        cells.read(grid, table)
        table.close()
        for place, nested in cells.nested:
            self.file.notes.tell(f"{name}, cellule {place}\u00a0: le tableau qu’elle contient est lu à part.")
            self._take_table(nested, f"dans la cellule {place} du tableau {name.rpartition(' ')[2]}")

    def close(self) -> None:
        table = self.file.open_table(AROUND)
        for row, words in enumerate(self.around, 1):
            table.put(Place(row, 1), words.text, is_bold=words.is_bold)
        table.close()
