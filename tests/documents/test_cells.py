import re
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from ctg.documents.workbooks.book import Book, lines_needed
from ctg.documents.workbooks.cells import MAX_UNITS, Run
from ctg.documents.workbooks.long_texts import PART, split
from ctg.documents.workbooks.styles import SharedStyles, Style

INJECTIONS = [
    "=1+1",
    "=",
    "==",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://exemple.fr?x="&A1,"Cliquez")',
    '=WEBSERVICE("http://exemple.fr")',
    '=IMPORTXML("http://exemple.fr","//a")',
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "='file:///etc/passwd'#$Sheet1.A1",
    "={1,2}",
    "=SUM(1;2)*cmd|'/C calc'!A0",
    "=@SUM(A1)",
    "=-1",
    "=\n1+1",
    "=\u00a01+1",
    "+1+1",
    "+33 1 23 45 67 89",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "- un tiret de liste",
    "-",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@camille",
    "\t=1+1",
    " =1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "'=1+1",
    '"=1+1"',
    "%0A=1+1",
    "{=1+1}",
    ";=1+1",
    "<f>1+1</f>",
    "</t></is></c><c><f>1+1</f></c>",
    "]]>&lt;f&gt;1+1",
    "1,=1+1",
    "TRUE",
    "12",
    "1/2",
]  # fmt: skip


def saved(*rows: list[object], style: Style = Style()) -> bytes:  # noqa: B008
    book = Book(title="Un plan")
    sheet = book.sheet("Plan", widths=[20, 20])
    for row in rows:
        sheet.row(row, style)
    return book.save()


def opened(file: bytes) -> Worksheet:
    return load_workbook(BytesIO(file), rich_text=True)["Plan"]


def column(file: bytes, title: str = "Plan") -> list[object]:
    """The first column as Excel's other readers see it."""
    rows = CalamineWorkbook.from_object(BytesIO(file)).get_sheet_by_name(title).to_python()
    return [row[0] for row in rows]


def parts(file: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_no_text_becomes_a_formula_and_each_comes_back_unchanged() -> None:
    file = saved(*[[text] for text in INJECTIONS])
    xml = parts(file)["xl/worksheets/sheet1.xml"]
    assert "<f>" not in xml and "<f " not in xml
    assert set(re.findall(r'<c [^>]*t="(\w+)"', xml)) == {"inlineStr"}
    assert [cell.value for cell in opened(file)["A"]] == INJECTIONS
    assert {cell.data_type for cell in opened(file)["A"]} == {"s"}
    assert column(file) == INJECTIONS


def test_rich_text_becomes_no_formula_either() -> None:
    file = saved(*[[[Run(text, bold=True), Run(" suite")]] for text in INJECTIONS])
    xml = parts(file)["xl/worksheets/sheet1.xml"]
    assert "<f>" not in xml and "<f " not in xml
    assert [str(cell.value) for cell in opened(file)["A"]] == [f"{text} suite" for text in INJECTIONS]


def test_a_text_that_looks_like_a_formula_stays_text_when_edited_in_excel() -> None:
    sheet = opened(saved(["=1+1"], ["+33 1"], ["- tiret"], ["@x"], [" =1"], ["un texte"]))
    assert [cell.quotePrefix for cell in sheet["A"]] == [True] * 5 + [False]


def test_a_workbook_links_to_nothing_outside() -> None:
    file = saved(*[[text] for text in INJECTIONS])
    assert not [name for name in parts(file) if re.search("external|ole|activeX|vba|connections", name, re.I)]
    assert 'TargetMode="External"' not in "".join(parts(file).values())


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("soft\x0bbreak", "soft\nbreak"),
        ("nul\x00 and \x1f", "nul and "),
        ("half \ud83d emoji", "half  emoji"),
        ("bad \ufffe\uffff", "bad "),
        ("turned\u202etxt", "turnedtxt"),
        ("👩\u200d👩\u200d👧 🎉", "👩\u200d👩\u200d👧 🎉"),
        ("مرحبا، שלום", "مرحبا، שלום"),
        (" des espaces \n", " des espaces \n"),
    ],
)
def test_a_dirty_text_of_the_database_never_stops_an_export(stored: str, written: str) -> None:
    file = saved([stored], [[Run(stored, italic=True)]])
    assert opened(file)["A1"].value == written
    assert str(opened(file)["A2"].value) == written
    assert column(file) == [written, written]


def test_a_dirty_title_stops_nothing() -> None:
    book = Book(title="Un\x0b plan\ud83d", creator="Camille\x00")
    book.sheet("Plan\x00 [2026] : a/b*c?", widths=[10], footer="Enfance & jeunesse " + "&" * 300).row(["a"])
    workbook = load_workbook(BytesIO(book.save()))
    assert (workbook.properties.title, workbook.properties.creator) == ("Un plan", "Camille")
    assert workbook.sheetnames == ["Plan  2026    a b c"]
    assert len(str(workbook.active.oddFooter)) <= 255
    assert "Enfance && jeunesse" in str(workbook.active.oddFooter)


def test_two_sheets_never_share_a_title() -> None:
    book = Book(title="Un plan")
    titles = [
        book.sheet(title, widths=[10]).title for title in ["Plan " * 9, "plan " * 9, "", "Textes longs"]
    ]
    assert len({title.casefold() for title in titles}) == 4
    assert all(0 < len(title) <= 31 for title in titles)
    assert "Textes longs" not in titles


@pytest.mark.parametrize(
    "text",
    [
        "mot " * 10_000,
        "ligne\n" * 7_000,
        "x" * 40_000,
        "🎉" * 20_000,  # 40,000 units for Excel
        "=" + "é" * 40_000,
    ],
)
def test_a_text_too_long_for_a_cell_is_whole_in_its_own_sheet(text: str) -> None:
    file = saved(["avant"], ["b", text], ["c", "un autre, " + text])
    workbook = load_workbook(BytesIO(file))
    rows = list(workbook["Textes longs"].iter_rows(values_only=True))
    for cell, whole in (("B2", text), ("B3", "un autre, " + text)):
        shown = workbook["Plan"][cell].value
        start, end = shown.split("…")
        assert len(shown.encode("utf-16-le")) <= 2 * MAX_UNITS
        assert whole.startswith(start) and len(start) > 15_000
        found = re.fullmatch(r" \(suite\u00a0: feuille «\u00a0Textes longs\u00a0», ligne (\d+)\)", end)
        assert found
        own = [row for row in rows if row[0] == f"Plan, cellule {cell}"]
        assert rows[int(found[1]) - 1] == own[0]
        assert "".join(row[2] for row in own) == whole
        assert [row[1] for row in own] == [f"{n} / {len(own)}" for n in range(1, len(own) + 1)]
    assert "".join(row[2] for row in rows[1:]) == text + "un autre, " + text
    assert "<f>" not in "".join(parts(file).values())


def test_a_long_rich_text_is_whole_as_well() -> None:
    file = saved([[Run("Titre\x0b\ud83d", bold=True), Run("mot " * 10_000)]])
    rows = list(load_workbook(BytesIO(file))["Textes longs"].iter_rows(min_row=2, values_only=True))
    assert "".join(row[2] for row in rows) == "Titre\n" + "mot " * 10_000


def test_the_longest_text_that_fits_stays_in_its_cell() -> None:
    file = saved(["x" * MAX_UNITS], ["x" * (MAX_UNITS + 1)])
    workbook = load_workbook(BytesIO(file))
    assert workbook["Plan"]["A1"].value == "x" * MAX_UNITS
    assert {row[0] for row in workbook["Textes longs"].iter_rows(min_row=2, values_only=True)} == {
        "Plan, cellule A2"
    }


def test_a_book_without_long_text_has_no_such_sheet() -> None:
    assert load_workbook(BytesIO(saved(["court"]))).sheetnames == ["Plan"]


@pytest.mark.parametrize("text", ["", "a", "x" * 7_001, "un deux\n" * 1_000, "x" * 2_000 + " " + "y" * 2_000])
def test_parts_give_the_text_back(text: str) -> None:
    assert "".join(split(text, PART)) == text
    assert all(0 < len(part) <= PART for part in split(text, PART)) or text == ""


def test_parts_end_with_a_line_then_with_a_word() -> None:
    assert split("aaa bbb\nccc ddd", 12) == ["aaa bbb\n", "ccc ddd"]
    assert split("aaa bbb ccc", 9) == ["aaa bbb ", "ccc"]


def test_dates_and_numbers_keep_their_type() -> None:
    values = [12, 1.5, Decimal("1234.50"), date(2026, 12, 31), datetime(2026, 7, 1, 9, 30), time(9, 30), True]
    sheet = opened(saved(*[[value] for value in values]))
    assert [cell.value for cell in sheet["A"]] == [
        12,
        1.5,
        1234.5,
        datetime(2026, 12, 31),
        datetime(2026, 7, 1, 9, 30),
        time(9, 30),
        True,
    ]
    assert sheet["A4"].number_format == "dd/mm/yyyy"
    assert sheet["A5"].number_format == "dd/mm/yyyy hh:mm"


def test_a_moment_is_written_in_the_time_of_paris() -> None:
    assert opened(saved([datetime(2026, 7, 1, 7, 30, tzinfo=UTC)]))["A1"].value == datetime(2026, 7, 1, 9, 30)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(1899, 12, 31), "31/12/1899"),
        (12345678901234567, "12345678901234567"),
        (float("nan"), "nan"),
        (Decimal("NaN"), "NaN"),
        (Decimal("-Infinity"), "-Infinity"),
    ],
)
def test_what_excel_would_alter_is_written_as_text(value: object, written: str) -> None:
    assert opened(saved([value]))["A1"].value == written


def test_an_empty_cell_is_empty_and_keeps_its_style() -> None:
    sheet = opened(saved([None, ""], [[], [Run("")]], style=Style(fill="FFEEAA")))
    cells = [cell for row in sheet["A1:B2"] for cell in row]
    assert [cell.value for cell in cells] == [None] * 4
    assert {cell.fill.fgColor.rgb for cell in cells} == {"00FFEEAA"}


def test_rich_text_repeats_the_font_of_its_cell() -> None:
    value = opened(saved([[Run("gras", bold=True), Run(" puis maigre")]], style=Style(size=9)))["A1"].value
    assert isinstance(value, CellRichText)
    assert [(run.text, bool(run.font.b), run.font.sz) for run in value] == [
        ("gras", True, 9),
        (" puis maigre", False, 9),
    ]


def test_a_style_is_shared_by_all_the_cells_that_look_alike() -> None:
    file = saved(*[["un texte", "- un tiret"]] * 50, style=Style(bold=True))
    assert len(load_workbook(BytesIO(file))._cell_styles) == 3  # the usual one, the style, the style quoted
    sheet, styles = Workbook(write_only=True).create_sheet(), SharedStyles()
    assert styles.get(sheet, Style(bold=True)) is styles.get(sheet, Style(bold=True))


def test_cells_are_merged_rows_are_repeated_and_pages_are_one_sheet_wide() -> None:
    book = Book(title="Un plan")
    sheet = book.sheet("Plan", widths=[10, 30], paper="A3", repeat_rows=(1, 2), freeze="B3")
    assert [sheet.row(["a", "b"], height=30), sheet.row(["c", None], height=5_000)] == [1, 2]
    sheet.merge(rows=(1, 2), columns=(2, 2))
    read = opened(book.save())
    assert [str(area) for area in read.merged_cells.ranges] == ["B1:B2"]
    assert read.print_title_rows == "$1:$2"
    assert read.freeze_panes == "B3"
    assert (read.page_setup.paperSize, read.page_setup.orientation) == (8, "landscape")
    assert (read.sheet_properties.pageSetUpPr.fitToPage, read.page_setup.fitToHeight) == (True, 0)
    assert (read.row_dimensions[1].height, read.row_dimensions[2].height) == (30, 409)
    assert read.column_dimensions["B"].width == 30


def test_a_row_needs_one_style_per_value() -> None:
    with pytest.raises(ValueError):
        saved(["a", "b"], style=[Style()])  # type: ignore[arg-type]


def test_the_same_rows_give_the_same_content() -> None:
    rows = [["=1+1", date(2026, 1, 1)], ["x" * 40_000, 3]]
    first, second = parts(saved(*rows)), parts(saved(*rows))
    del first["docProps/core.xml"], second["docProps/core.xml"]  # the hour of the export
    assert first == second


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("un mot", 1),
        ("un\ndeux\n", 3),
        ("aaaa bbbb cccc", 2),
        ("x" * 25, 3),
        ("aaaa " + "x" * 10, 2),
    ],
)
def test_lines_are_counted_word_by_word(text: str, lines: int) -> None:
    assert lines_needed(text, 10) == lines
