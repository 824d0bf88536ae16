"""Files that people send: limited before they are read, known by what they hold, kept outside the web.

A file is stored under a random name in a folder that no address leads to; it leaves as a download only,
but for a picture that was made again (`ctg.web.pictures`).
"""

import os
import secrets
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import FileResponse, HttpResponse

from ctg.web.numbers import write_number
from ctg.web.text import clean_line

LIMIT = 5 * 1024 * 1024

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
ZIP = "application/zip"
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
DOCX, XLSX = f"{_OOXML}wordprocessingml.document", f"{_OOXML}spreadsheetml.sheet"
PPTX = f"{_OOXML}presentationml.presentation"
ODT, ODS, ODP = f"{_ODF}text", f"{_ODF}spreadsheet", f"{_ODF}presentation"

EXTENSIONS = {
    **{PDF: ".pdf", PNG: ".png", JPEG: ".jpg"},
    **{DOCX: ".docx", XLSX: ".xlsx", PPTX: ".pptx"},
    **{ODT: ".odt", ODS: ".ods", ODP: ".odp"},
}
_NAMES = {
    **{PDF: "PDF", PNG: "image PNG", JPEG: "image JPEG"},
    **{DOCX: "Word", XLSX: "Excel", PPTX: "PowerPoint"},
    **{ODT: "Writer", ODS: "Calc", ODP: "Impress"},
    ZIP: "ZIP",
}

_SIGNATURES = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}

#: What a document may hold, looked up in its table of contents, before anything is unpacked.
_MOST_ENTRIES = 1_000
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_RATIO = 100
_ACTIVE = ("vbaproject", "activex", "macrosheets", "basic/", "scripts/")


class LimitedUpload(FileUploadHandler):
    """Stop keeping files once a request has sent `LIMIT` bytes of them; the form then finds no file.

    What was typed after the file is still read.
    """

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > LIMIT:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        return None


class Stored(NamedTuple):
    name: str
    stored_as: str
    media_type: str
    size: int


def media_type_of(file: IO[bytes]) -> str | None:
    """The type that the content itself says, among those that are taken; None for any other."""
    file.seek(0)
    start = file.read(8)
    for signature, media_type in _SIGNATURES.items():
        if start.startswith(signature):
            return media_type
    return _document_type(file) if start.startswith(b"PK\x03\x04") else None


def keep(file: "UploadedFile[Any]", media_type: str) -> Stored:
    """Write a file to the disk before anything tells of it."""
    name = keep_content(file.chunks())
    return Stored(download_name(file.name or "", media_type), name, media_type, file.size or 0)


def keep_content(chunks: Iterable[bytes]) -> str:
    """Write what was made here in the same way; return the name under which it is kept."""
    name = secrets.token_urlsafe(24)
    folder = Path(settings.FILES_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / name).open("xb") as stored:
        for chunk in chunks:
            stored.write(chunk)
        stored.flush()
        os.fsync(stored.fileno())
    return name


def drop_stored(stored_as: str) -> None:
    (Path(settings.FILES_DIR) / stored_as).unlink(missing_ok=True)


def open_stored(stored_as: str) -> IO[bytes]:
    return (Path(settings.FILES_DIR) / stored_as).open("rb")


def size_of(stored_as: str) -> int:
    return (Path(settings.FILES_DIR) / stored_as).stat().st_size


def as_download(stored_as: str, name: str, media_type: str) -> FileResponse:
    """A file to be kept and never shown: a browser that showed it all the same would let it do nothing."""
    file = open_stored(stored_as)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response._csp_update = {"sandbox": True}  # type: ignore[attr-defined]  # As the decorators of csp do.
    return response


def as_picture(stored_as: str, media_type: str) -> HttpResponse:
    """A small picture to be shown by the page that asks for it, and able to do nothing."""
    with open_stored(stored_as) as file:
        response = HttpResponse(file.read(), content_type=media_type)
    response._csp_update = {"sandbox": True}  # type: ignore[attr-defined]
    return response


def describe(media_type: str, size: int) -> str:
    """« PDF, 240 Ko » or « Excel, 1,2 Mo »."""
    kilobytes = max(1, round(size / 1024))
    amount = f"{kilobytes}\u00a0Ko"
    if kilobytes >= 1000:
        amount = f"{write_number(Decimal(size) / 1024**2, 1)}\u00a0Mo"
    return f"{_NAMES.get(media_type, 'fichier')}, {amount}"


def download_name(typed: str, media_type: str) -> str:
    """The name that the person gave, with the extension of what the file really is."""
    extension = EXTENSIONS[media_type]
    stem, _, given = clean_line(typed.replace("\\", "/").rpartition("/")[2]).rpartition(".")
    same = {extension, ".jpeg"} if media_type == JPEG else {extension}
    if f".{given.lower()}" in same and stem:
        extension = f".{given}"
    else:
        stem = f"{stem}.{given}".strip(".") or "fichier"
    return f"{stem[: 200 - len(extension)]}{extension}"


def _document_type(file: IO[bytes]) -> str | None:
    """A text, a workbook or slides of an office suite, without macros; no other archive."""
    try:
        with ZipFile(file) as archive:
            return _type_of_archive(archive) if _is_moderate(archive) else None
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return None


def _is_moderate(archive: ZipFile) -> bool:
    entries = archive.infolist()
    unpacked, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
    is_small = len(entries) <= _MOST_ENTRIES and unpacked <= _MOST_UNPACKED
    return (
        is_small
        and unpacked <= _MOST_RATIO * max(packed, 1)
        and not any(one.flag_bits & 1 for one in entries)
    )


def _type_of_archive(archive: ZipFile) -> str | None:
    names = [name.lower() for name in archive.namelist()]
    if any(active in name for name in names for active in _ACTIVE):
        return None
    if "mimetype" in names:
        declared = _read_small(archive, "mimetype").decode("ascii", "replace").strip()
        return declared if declared in (ODT, ODS, ODP) else None
    if "[content_types].xml" not in names:
        return None
    if b"macroenabled" in _read_small(archive, "[Content_Types].xml").lower():
        return None
    types = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
    return next((found for name, found in types.items() if name in names), None)


def _read_small(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(256 * 1024)


def is_oversized(post: Any) -> bool:
    """Whether a request held more than is kept: its file is then missing from what the form reads."""
    return any(
        isinstance(handler, LimitedUpload) and handler.received > LIMIT for handler in post.upload_handlers
    )
