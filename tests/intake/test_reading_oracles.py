"""Nothing invented, nothing lost: other readers, which share no line with ours, find the same cells."""

import datetime as dt
import random
from collections import Counter
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from ctg.documents.exports import Format, Layout, export_plan
from ctg.intake.reading import read_file
from ctg.intake.tables import Place
from tests.intake import files

WORDS = (
    "Axe",
    "petite",
    "enfance;",
    "«\u00a0un",
    "lieu\u00a0»",
    "d’accueil,\n",
    "=",
    "+",
    "@",
    "&",
    "<",
    "🙂",
)


def values_of(chance, rows, columns):
    """Some cells of a sheet, of all types, in no order."""
    makers = (
        lambda: " ".join(chance.choices(WORDS, k=chance.randint(1, 6))),
        lambda: chance.randint(-1000, 10**9),
        lambda: round(chance.uniform(-5, 5), 3),
        lambda: chance.choice((True, False)),
        lambda: dt.date(2020, 1, 1) + dt.timedelta(chance.randrange(4000)),
    )
    return {
        (row, column): chance.choice(makers)()
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
        if chance.random() < 0.7
    }


def by_openpyxl(sheets, path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, values in sheets.items():
        sheet = book.create_sheet(name)
        for (row, column), value in values.items():
            sheet.cell(row, column).value = value
            if isinstance(value, str):
                sheet.cell(row, column).data_type = "s"
    book.save(path)


def by_xlsxwriter(sheets, path):
    with xlsxwriter.Workbook(
        path, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}
    ) as book:
        for name, values in sheets.items():
            sheet = book.add_worksheet(name)
            for (row, column), value in values.items():
                sheet.write(row - 1, column - 1, value)


def by_openpyxl_streaming(sheets, path):
    """Rows one after the other, texts within them, as exports of web programs often do."""
    book = openpyxl.Workbook(write_only=True)
    for name, values in sheets.items():
        sheet = book.create_sheet(name)
        for row in range(1, max(row for row, _ in values) + 1):
            cells = [values.get((row, column)) for column in range(1, 13)]
            sheet.append([f" {value}" if isinstance(value, str) else value for value in cells])
    book.save(path)


def read_by_calamine(content):
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        yield (
            name,
            {
                Place(row, column): value
                for row, values in enumerate(rows, 1)
                for column, value in enumerate(values, 1)
                if value not in ("", None) and str(value).strip()
            },
        )


def text_of(value):
    """What our reader must say of a value that another one read."""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if isinstance(value, int | float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return value.replace("\r\n", "\n").strip()


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter, by_openpyxl_streaming])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_reader_finds_the_same_cells(write, seed, tmp_path):
    chance = random.Random(seed)
    sheets = {f"Feuille {number}": values_of(chance, 60, 12) for number in range(1, 4)}
    write(sheets, tmp_path / "plan.xlsx")
    content = (tmp_path / "plan.xlsx").read_bytes()
    tables = {table.name: table for table in read_file(content, "").tables}
    expected = dict(read_by_calamine(content))
    assert set(tables) == set(expected) and sum(map(len, expected.values())) > 1000
    for name, cells in expected.items():
        found = {place: cell.text for place, cell in tables[name].cells.items()}
        assert found == {place: text_of(value) for place, value in cells.items()}


@pytest.mark.once
@pytest.mark.parametrize("layout", list(Layout))
def test_our_own_workbooks_come_back_cell_by_cell(world, layout):
    """Counted by openpyxl, merged cells included."""
    content = export_plan(world.plan, layout, with_follow_up=True, today=dt.date(2026, 11, 22)).content
    tables = {table.name: table for table in read_file(content, "").tables}
    for sheet in openpyxl.load_workbook(BytesIO(content)):
        filled = {
            Place(cell.row, cell.column)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and str(cell.value).strip()
        }
        found = tables[sheet.title].cells if filled else {}
        assert set(found) == filled
        starts = {Place(one.min_row, one.min_col) for one in sheet.merged_cells.ranges} & filled
        assert {place for place, cell in found.items() if cell.rows * cell.columns > 1} <= starts


@pytest.mark.once
def test_our_own_document_comes_back_word_by_word(world):
    """Counted in its XML; the marks of lists are added by whoever shows it."""
    today = dt.date(2026, 11, 22)
    made = export_plan(
        world.plan, Layout.STRATEGIC, with_follow_up=True, today=today, file_format=Format.DOCX
    )
    with ZipFile(BytesIO(made.content)) as parts:
        body = ElementTree.fromstring(parts.read("word/document.xml"))
    expected = Counter(word for run in body.iter(f"{{{files.WORDS}}}t") for word in (run.text or "").split())
    file = read_file(made.content, "plan.docx")
    found = Counter(
        word for table in file.tables for cell in table.cells.values() for word in cell.text.split()
    )
    assert expected.total() > 20
    assert not expected - found
    assert set(found - expected) <= {"-"}
