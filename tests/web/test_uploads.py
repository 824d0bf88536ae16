"""Files that people send: limited, known by their content, kept out of reach (I5)."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from ctg.web import uploads
from ctg.web.uploads import (
    DOCX,
    JPEG,
    LIMIT,
    ODP,
    ODS,
    ODT,
    PDF,
    PNG,
    PPTX,
    XLSX,
    describe,
    download_name,
    keep,
    media_type_of,
)

TYPES = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.x.main+xml"/></Types>'
MACRO = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'


def archive(*names, stored=False, **contents):
    """A zip file of these entries; `contents` by name, dots written as two underscores."""
    data = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(data, "w", method) as made:
        for name in names:
            made.writestr(name, contents.get(name.replace(".", "__"), b"x"))
    return data.getvalue()


def office(main, types=TYPES, *more):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("[Content_Types].xml", types)
        for name in (main, *more):
            made.writestr(name, b"<x/>")
    return data.getvalue()


def open_document(kind, *more):
    return archive(
        "mimetype", "content.xml", *more, mimetype=f"application/vnd.oasis.opendocument.{kind}".encode()
    )


TAKEN = {
    PDF: b"%PDF-1.7\n...",
    PNG: b"\x89PNG\r\n\x1a\n...",
    JPEG: b"\xff\xd8\xff\xe0...",
    DOCX: office("word/document.xml"),
    XLSX: office("xl/workbook.xml"),
    PPTX: office("ppt/presentation.xml"),
    ODT: open_document("text"),
    ODS: open_document("spreadsheet"),
    ODP: open_document("presentation"),
}

REFUSED = {
    "nothing": b"",
    "text": b"Bonjour",
    "html": b"<!doctype html><script>alert(1)</script>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "program": b"MZ\x90\x00",
    "gif": b"GIF89a",
    "pdf further down": b"\n\n%PDF-1.7",
    "zip": archive("a.txt"),
    "empty zip": archive(),
    "broken zip": b"PK\x03\x04" + b"\0" * 40,
    "cut workbook": office("xl/workbook.xml")[:-40],
    "workbook with macros": office("xl/workbook.xml", TYPES, "xl/vbaProject.bin"),
    "workbook that says macros": office("xl/workbook.xml", MACRO),
    "workbook with old macros": office("xl/workbook.xml", TYPES, "xl/macrosheets/sheet1.xml"),
    "text with controls": office("word/document.xml", TYPES, "word/activeX/activeX1.xml"),
    "slides with macros": office("ppt/presentation.xml", TYPES, "ppt/vbaProject.bin"),
    "odt with macros": open_document("text", "Basic/Standard/Module1.xml"),
    "odt with scripts": open_document("text", "Scripts/python/a.py"),
    "odf drawing": open_document("graphics"),
    "too many entries": office("xl/workbook.xml", TYPES, *(f"xl/media/{n}.png" for n in range(999))),
}


def sent(content, name="Registre.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("media_type", TAKEN)
def test_documents_and_pictures_are_known_by_what_they_hold(media_type):
    assert media_type_of(sent(TAKEN[media_type], "n’importe.exe")) == media_type


@pytest.mark.parametrize("kind", REFUSED)
def test_everything_else_is_refused_whatever_its_name(kind):
    assert media_type_of(sent(REFUSED[kind], "Registre.pdf")) is None


def test_a_bomb_is_known_before_it_is_unpacked():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", TYPES)
        made.writestr("xl/workbook.xml", b"\0" * 20_000_000)
    assert media_type_of(sent(data.getvalue())) is None


def test_an_archive_that_needs_a_password_is_refused():
    data = bytearray(office("xl/workbook.xml"))
    for place in [n for n in range(len(data) - 4) if data[n : n + 4] == b"PK\x01\x02"]:
        data[place + 8] |= 1
    assert media_type_of(sent(bytes(data))) is None


def test_a_file_is_kept_whole_under_a_name_that_nobody_guesses(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    stored = keep(sent(TAKEN[PDF], "../../Registre du CCAS.pdf"), PDF)
    assert stored.name == "Registre du CCAS.pdf" and stored.media_type == PDF
    assert len(stored.stored_as) == 32 and "/" not in stored.stored_as
    [path] = (tmp_path / "files").iterdir()
    assert path.name == stored.stored_as and path.read_bytes() == TAKEN[PDF]
    assert (tmp_path / "files").stat().st_mode & 0o077 == 0
    assert keep(sent(TAKEN[PDF]), PDF).stored_as != stored.stored_as


@pytest.mark.parametrize(
    ("typed", "media_type", "name"),
    [
        ("Registre.pdf", PDF, "Registre.pdf"),
        ("Registre.PDF", PDF, "Registre.PDF"),
        ("photo.jpeg", JPEG, "photo.jpeg"),
        ("page.html", PDF, "page.html.pdf"),
        ("C:\\Bureau\\Registre", PDF, "Registre.pdf"),
        ("/etc/passwd", PNG, "passwd.png"),
        ("", PDF, "fichier.pdf"),
        (".pdf", PDF, "pdf.pdf"),
        ("a\r\nb.pdf", PDF, "a b.pdf"),
    ],
)
def test_a_download_has_the_extension_of_what_it_is(typed, media_type, name):
    assert download_name(typed, media_type) == name


def test_a_name_is_never_too_long():
    assert len(download_name("a" * 400 + ".pdf", PDF)) == 200


@pytest.mark.parametrize(("size", "is_kept"), [(LIMIT - 1, True), (LIMIT, True), (LIMIT + 1, False)])
def test_no_more_than_the_limit_is_kept_of_a_request(size, is_kept):
    typed = {"name": "Registre", "file": sent(b"%" * size), "url": "https://exemple.fr/"}
    request = RequestFactory().post("/", typed)
    assert ("file" in request.FILES) is is_kept
    assert uploads.is_oversized(request) is not is_kept
    assert request.POST.dict() == {"name": "Registre", "url": "https://exemple.fr/"}
    request.close()


def test_two_files_share_the_limit():
    half = b"%" * (LIMIT // 2 + 1)
    request = RequestFactory().post("/", {"one": sent(half), "two": sent(half)})
    assert sum(file.size for file in request.FILES.values()) <= LIMIT and uploads.is_oversized(request)
    request.close()


@pytest.mark.parametrize(
    ("media_type", "size", "said"),
    [
        (PDF, 1, "PDF, 1\u00a0Ko"),
        (PDF, 245_760, "PDF, 240\u00a0Ko"),
        (XLSX, 1_258_291, "Excel, 1,2\u00a0Mo"),
        (JPEG, 1_023_000, "image JPEG, 999\u00a0Ko"),
        (PPTX, LIMIT, "PowerPoint, 5\u00a0Mo"),
    ],
)
def test_a_file_is_described_in_words(media_type, size, said):
    assert describe(media_type, size) == said
