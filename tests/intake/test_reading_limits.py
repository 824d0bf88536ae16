"""What a file may weigh, at the very limit; what it is, by its content; and what it is told otherwise."""

import random
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest

from ctg.intake.reading import limits, read_file, read_pasted, read_safely
from ctg.intake.reading.xml import pieces
from ctg.intake.tables import Refusal
from tests.intake import files
from tests.intake.hostile import document_parts, workbook_parts


def is_read(content):
    try:
        read_file(content, "plan.xlsx")
    except Refusal:
        return False
    return True


def padded(size):
    """A sound workbook of exactly so many bytes."""
    noise = random.Random(1)
    bare = len(files.archive(workbook_parts() | {"xl/media/a.png": b""}, ZIP_STORED))
    return files.archive(workbook_parts() | {"xl/media/a.png": noise.randbytes(size - bare)}, ZIP_STORED)


@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_bytes_of_a_file(beyond):
    content = padded(limits.MOST_BYTES + beyond)
    assert len(content) == limits.MOST_BYTES + beyond
    assert is_read(content) is (beyond <= 0)


@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_bytes_once_unpacked(beyond, monkeypatch):
    unpacked = sum(map(len, workbook_parts().values()))
    monkeypatch.setattr("ctg.intake.reading.archive.MOST_UNPACKED", unpacked - beyond)
    assert is_read(files.archive(workbook_parts())) is (beyond <= 0)


@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_bytes_once_unpacked_for_those_of_the_file(beyond):
    parts = workbook_parts()
    parts["xl/a.bin"] = b"\0" * (2_000_000 - sum(map(len, parts.values())) + beyond)
    file = BytesIO(files.archive(parts))
    with ZipFile(file, "a") as made:
        made.comment = b" " * (2_000_000 // limits.MOST_RATIO - len(file.getvalue()))
    assert len(file.getvalue()) == 2_000_000 // limits.MOST_RATIO
    assert is_read(file.getvalue()) is (beyond <= 0)


@pytest.mark.parametrize(
    "parts, most",
    [(workbook_parts(), limits.MOST_WORKBOOK_PARTS), (document_parts(), limits.MOST_TEXT_PARTS)],
)
@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_parts_of_a_file(parts, most, beyond):
    more = {f"media/{number}.png": "" for number in range(most + beyond - len(parts))}
    assert is_read(files.archive(parts | more)) is (beyond <= 0)


@pytest.mark.parametrize("beyond", [-1, 0, 1])
@pytest.mark.parametrize("place", [(limits.MOST_ROWS, 1), (1, limits.MOST_COLUMNS)])
def test_rows_and_columns_of_a_sheet(place, beyond):
    book = openpyxl.Workbook()
    row, column = place
    book.active.cell(row + beyond * (row > 1), column + beyond * (column > 1), "x")
    file = BytesIO()
    book.save(file)
    assert is_read(file.getvalue()) is (beyond <= 0)


@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_rows_and_columns_of_a_text(beyond):
    assert is_read(b"a;b\n" * (limits.MOST_ROWS + beyond)) is (beyond <= 0)
    assert is_read(b"a;" * (limits.MOST_COLUMNS - 1 + beyond) + b"a\n" * 2) is (beyond <= 0)


@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_signs_of_a_cell(beyond):
    long = "a" * (limits.MOST_SIGNS + beyond)
    assert is_read(f"x;y\n{long};z".encode()) is (beyond <= 0)


@pytest.mark.parametrize("beyond", [0, 1])
def test_cells_and_signs_of_a_file(beyond, monkeypatch):
    monkeypatch.setattr("ctg.intake.reading.drafts.MOST_CELLS", 6 - beyond)
    assert is_read(b"a;b\nc;d\ne;f") is (beyond <= 0)
    monkeypatch.setattr("ctg.intake.reading.drafts.MOST_CELLS", 100)
    monkeypatch.setattr("ctg.intake.reading.drafts.MOST_TEXT", 6 - beyond)
    assert is_read(b"a;b\nc;d\ne;f") is (beyond <= 0)


def test_one_sheet_beyond_is_left_out_and_told_when_others_are_read():
    wide = files.rows(["a"]).replace('r="A1"', 'r="ZZ7"')
    file = read_file(files.workbook({"Plan": files.rows(["a"]), "Données": wide}), "")
    assert [table.name for table in file.tables] == ["Plan"]
    assert file.notes[0].startswith(
        "«\u00a0Données\u00a0» n’est pas lu\u00a0: la cellule ZZ7 est remplie. 5\u00a0000"
    )


def test_a_sheet_beyond_alone_says_which_cell_is_too_far():
    with pytest.raises(Refusal, match="^«\u00a0Plan\u00a0» n’est pas lu\u00a0: la cellule ZZ7"):
        read_file(files.workbook({"Plan": files.rows(["a"]).replace('r="A1"', 'r="ZZ7"')}), "")


@pytest.mark.parametrize(
    "content, words",
    [
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"{\\rtf1}", r"RTF.*\.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), r"\.xls\).*\.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), r"\.doc\).*\.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"\xef\xbb\xbf<html><table>", r"page web.*\.xlsx"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', r"XML.*\.xlsx"),
        (files.archive(workbook_parts() | {"xl/vbaProject.bin": "x"}), r"macros.*\.xlsx"),
        (files.archive(document_parts() | {"word/vbaProject.bin": "x"}), r"macros.*\.docx"),
        (files.archive({"[Content_Types].xml": "<T/>", "xl/workbook.bin": "x"}), r"\.xlsb.*\.xlsx"),
        (files.archive({"[Content_Types].xml": "<T/>", "ppt/presentation.xml": "x"}), "ni un classeur"),
        (files.archive({"photo.png": "x"}), "archive"),
        (b"", "vide"),
    ],
)
def test_what_is_not_read_is_told_what_to_do(content, words):
    for read in (read_file, read_safely):
        with pytest.raises(Refusal, match=words):
            read(content, "plan.xlsx")


def test_the_name_decides_nothing():
    assert read_file(files.archive(workbook_parts()), "photo.png").tables
    assert read_file(b"a;b\nc;d", "plan.xlsx").tables


def test_too_much_pasted_is_refused():
    with pytest.raises(Refusal, match="5\u00a0Mo"):
        read_pasted("a\n" * 2_700_000)


def elements_of(xml):
    return len(list(pieces(BytesIO(xml.encode()), "b")))


@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_elements_within_one_another(beyond):
    depth = limits.MOST_DEPTH + beyond
    nested = "<a>" * (depth - 1) + "<b/>" + "</a>" * (depth - 1)
    if beyond > 0:
        with pytest.raises(Refusal):
            elements_of(nested)
    else:
        assert elements_of(nested) == 1


@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_elements_of_a_part(beyond, monkeypatch):
    monkeypatch.setattr("ctg.intake.reading.xml.MOST_ELEMENTS", 100)
    flat = f"<a>{'<b/>' * (99 + beyond)}</a>"
    if beyond > 0:
        with pytest.raises(Refusal):
            elements_of(flat)
    else:
        assert elements_of(flat) == 99 + beyond


def test_a_tag_that_does_not_end_is_given_up():
    with pytest.raises(Refusal, match="mémoire ou de temps"):
        elements_of(f'<a x="{"y" * (2 * limits.MOST_TAG)}"/>')
    assert elements_of(f'<a x="{"y" * (limits.MOST_TAG // 2)}"><b/></a>') == 1


def test_two_parts_of_one_name_are_refused():
    """Programs differ on which one counts: what one person sees would not be what is read."""
    with pytest.raises(Refusal, match="abîmé"):
        read_file(files.archive(workbook_parts() | {"XL/Workbook.xml": "<a/>"}), "")
