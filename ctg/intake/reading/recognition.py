"""What a file is, by what it holds and never by its name; what cannot be read is told what to do."""

from collections.abc import Callable

from ctg.intake.tables import Refusal, SourceFile

from .archive import Archive
from .damage import PROTECTED, damaged
from .delimited import read_delimited
from .docx.document import read_document
from .opendocument.document import read_opendocument
from .xlsx.workbook import read_workbook

_TO_XLSX = "Ouvrez-le dans votre tableur, enregistrez-le au format .xlsx, puis déposez-le à nouveau."
_TO_DOCX = "Ouvrez-le dans Word ou LibreOffice, enregistrez-le au format .docx, puis déposez-le à nouveau."
_COPY = "Copiez le tableau du plan dans un fichier Excel (.xlsx) ou Word (.docx), ou collez-le ici."
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_REFUSED_STARTS = {
    b"%PDF-": f"Un PDF ne garde pas ses tableaux. {_COPY}",
    b"\x89PNG": f"Une image ne peut pas être lue. {_COPY}",
    b"\xff\xd8\xff": f"Une image ne peut pas être lue. {_COPY}",
    b"GIF8": f"Une image ne peut pas être lue. {_COPY}",
    b"BM": f"Une image ne peut pas être lue. {_COPY}",
    b"II*\x00": f"Une image ne peut pas être lue. {_COPY}",
    b"MM\x00*": f"Une image ne peut pas être lue. {_COPY}",
    b"{\\rtf": f"Le format RTF n’est pas lu. {_TO_DOCX}",
    b"\x1f\x8b": f"Une archive ne peut pas être lue. {_COPY}",
    b"7z\xbc\xaf": f"Une archive ne peut pas être lue. {_COPY}",
    b"Rar!": f"Une archive ne peut pas être lue. {_COPY}",
}
#: In the old format of Office, the names of what a file holds are written in UTF-16. They are encoded here:
#: once the process is confined, an encoding that nobody used yet cannot be loaded any more.
_REFUSED_OLD = {
    "EncryptedPackage".encode("utf-16-le"): PROTECTED,
    "Workbook".encode("utf-16-le"): f"L’ancien format Excel (.xls) n’est pas lu. {_TO_XLSX}",
    "WordDocument".encode("utf-16-le"): f"L’ancien format Word (.doc) n’est pas lu. {_TO_DOCX}",
}
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<table", b"<meta")

MACROS = "Ce fichier contient des macros (.xlsm, .docm…)\u00a0: par prudence, il n’est pas lu. {}"

_Reader = Callable[[Archive, str], SourceFile]


def read_by_content(content: bytes, name: str) -> SourceFile:
    if not content.strip(b"\x00 \t\r\n"):
        raise Refusal("Ce fichier est vide.")
    if content.startswith(b"PK"):
        archive = Archive(content)
        return _reader_of(archive)(archive, name)
    _refuse_other_formats(content)
    return read_delimited(content, name)


def _reader_of(archive: Archive) -> _Reader:
    names = archive.names
    if "mimetype" in names:
        if any(part.startswith(("basic/", "scripts/")) for part in names):
            raise Refusal(MACROS.format(_TO_XLSX))
        return read_opendocument
    if "[content_types].xml" not in names:
        raise Refusal(f"Cette archive n’est ni un classeur Excel ni un document Word. {_COPY}")
    is_text = any(part.startswith("word/") for part in names)
    if _has_macros(archive):
        raise Refusal(MACROS.format(_TO_DOCX if is_text else _TO_XLSX))
    if is_text:
        return read_document
    if "xl/workbook.bin" in names:
        raise Refusal(f"Le format Excel binaire (.xlsb) n’est pas lu. {_TO_XLSX}")
    if any(part.startswith("xl/") for part in names):
        return read_workbook
    raise Refusal(f"Ce fichier n’est ni un classeur Excel ni un document Word. {_COPY}")


def _has_macros(archive: Archive) -> bool:
    if any("vbaproject" in part or "macrosheets" in part for part in archive.names):
        return True
    return b"macroenabled" in archive.start_of("[Content_Types].xml").lower()


def _refuse_other_formats(content: bytes) -> None:
    for start, sentence in _REFUSED_STARTS.items():
        if content.startswith(start):
            raise Refusal(sentence)
    if content.startswith(_OLD_OFFICE):
        for part, sentence in _REFUSED_OLD.items():
            if part in content:
                raise Refusal(sentence)
        raise Refusal(f"Cet ancien format d’Office n’est pas lu. {_TO_XLSX}")
    if content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise Refusal(f"Ce fichier est une page web ou du XML, quel que soit son nom. {_TO_XLSX}")
    if content.startswith(b"\x00"):
        raise damaged()
