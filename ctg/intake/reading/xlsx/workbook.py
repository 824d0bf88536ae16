"""A workbook: its sheets in order, hidden ones included, and what it holds beside cells."""

from xml.etree.ElementTree import Element

from ctg.intake.tables import SourceFile

from ..archive import Archive
from ..damage import damaged
from ..drafts import FileDraft
from .formats import read_styles
from .sheet import Book, read_sheet
from .strings import read_shared

#: What a sheet may carry beside its cells, by the folder or the start of the part where it is kept.
_BESIDE = {
    "xl/media/": "Les images ne sont pas lues.",
    "xl/charts/": "Les graphiques ne sont pas lus.",
    "xl/comments": "Les commentaires posés sur les cellules ne sont pas lus.",
    "xl/threadedcomments/": "Les commentaires posés sur les cellules ne sont pas lus.",
}


def read_workbook(archive: Archive, name: str) -> SourceFile:
    archive.check_parts()
    file = FileDraft(name)
    relations = archive.relations_of("")
    main = next((part for kind, part in relations.values() if kind == "officeDocument"), "xl/workbook.xml")
    leads = archive.relations_of(main)
    others = dict(leads.values())
    sheets, starts_in_1904 = _read_contents(archive, main)
    book = Book(
        archive,
        read_shared(archive, others.get("sharedStrings", "")),
        read_styles(archive, others.get("styles", "")),
        starts_in_1904,
    )
    for sheet in sheets:
        kind, part = leads.get(sheet.get("id", ""), ("", ""))
        _read_one(file, book, sheet, kind, part)
    for start, sentence in _BESIDE.items():
        if any(part.startswith(start) for part in archive.names):
            file.notes.tell(sentence)
    if any(
        _says_something(archive, part) for part in archive.names if part.startswith("xl/drawings/drawing")
    ):
        file.notes.tell("Les formes et les zones de texte ne sont pas lues.")
    return file.finish()


def _says_something(archive: Archive, drawing: str) -> bool:
    return any((text.text or "").strip() for text in archive.pieces(drawing, "t"))


def _read_contents(archive: Archive, main: str) -> tuple[list[Element], bool]:
    sheets, starts_in_1904 = [], False
    for piece in archive.pieces(main, "sheet", "workbookPr"):
        if piece.tag == "sheet":
            sheets.append(piece)
        else:
            starts_in_1904 = piece.get("date1904", "0") in ("1", "true")
    return sheets, starts_in_1904


def _read_one(file: FileDraft, book: Book, sheet: Element, kind: str, part: str) -> None:
    name = sheet.get("name", "")
    if kind in ("chartsheet", "dialogsheet", "xlMacrosheet"):
        file.notes.tell(
            f"«\u00a0{name}\u00a0» ne contient pas de cellules\u00a0: cette feuille n’est pas lue."
        )
        return
    if not book.archive.has(part):
        raise damaged()
    table = file.open_table(name)
    read_sheet(book, part, table)
    table.is_hidden = sheet.get("state", "visible") in ("hidden", "veryHidden")
    table.close()
