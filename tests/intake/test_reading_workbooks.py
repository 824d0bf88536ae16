"""Workbooks are read as a person sees them, from whichever program they come."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from ctg.intake.reading import read_file
from ctg.intake.reading.drafts import HIDDEN
from ctg.intake.tables import Refusal
from tests.intake.files import archive, rows, texts, workbook, workbook_parts


def saved(book):
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def sheet_of(values, formats=None):
    """A workbook of one sheet as openpyxl writes it: values by their places."""
    book = openpyxl.Workbook()
    for place, value in values.items():
        book.active[place] = value
        if formats and place in formats:
            book.active[place].number_format = formats[place]
    return saved(book)


def only_table(content):
    (table,) = read_file(content, "plan.xlsx").tables
    return table


def one_cell(value, number_format):
    return only_table(sheet_of({"B2": value}, {"B2": number_format})).cells[2, 2]


@pytest.mark.parametrize(
    "value, text",
    [
        *[(12.0, "12"), (12, "12"), (0.5, "0.5"), (-0.0, "0"), (1e21, "1" + "0" * 21), (1e-7, "0.0000001")],
        *[(0.1 + 0.2, "0.3"), (1234567.891, "1234567.891"), (2**53, "9007199254740992")],
    ],
)
def test_a_number_is_plain_digits(value, text):
    cell = one_cell(value, "General")
    assert cell.text == text and cell.is_number and not cell.is_date


@pytest.mark.parametrize(
    "value, number_format, text, is_date",
    [
        (dt.date(2026, 9, 1), "DD/MM/YYYY", "2026-09-01", True),
        (dt.date(2026, 9, 15), "[$-40C]d mmmm yyyy", "2026-09-15", True),
        (dt.date(2026, 9, 1), "mmm-yy", "septembre 2026", False),
        (dt.date(2026, 9, 15), "mmm-yy", "2026-09-15", True),
        (dt.date(2026, 1, 1), "yyyy", "2026", False),
        (dt.datetime(2026, 9, 1, 14, 30), "dd/mm/yyyy hh:mm", "2026-09-01 14:30", False),
        (dt.datetime(2026, 9, 1, 14, 30), "dd/mm/yyyy", "2026-09-01", True),
        (dt.time(14, 30), "hh:mm", "14:30", False),
        (1.5, "[h]:mm", "36:00", False),
        (59, "dd/mm/yyyy", "1900-02-28", True),
        (61, "dd/mm/yyyy", "1900-03-01", True),
        (0.12, "0%", "12\u00a0%", False),
        (0.125, "0%", "12,5\u00a0%", False),
        (0.07, "0.00%", "7\u00a0%", False),
        (1000, "00000", "01000", False),
        (1500, '#,##0 "€"', "1500", False),
        (1500, '[Red]#,##0" jours"', "1500", False),
        (-5, "dd/mm/yyyy", "-5", False),
        (3_000_000, "dd/mm/yyyy", "3000000", False),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(value, number_format, text, is_date):
    cell = one_cell(value, number_format)
    assert (cell.text, cell.is_date) == (text, is_date)


def test_dates_of_a_workbook_of_an_old_macintosh():
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    content = workbook(
        {"Plan": '<sheetData><row><c s="1"><v>0</v></c><c s="1"><v>44804</v></c></row></sheetData>'},
        styles=styles,
        properties='<workbookPr date1904="1"/>',
    )
    assert texts(only_table(content)) == {"A1": "1904-01-01", "B1": "2026-09-01"}


def test_truths_errors_and_spelled_dates():
    content = workbook(
        {
            "Plan": '<sheetData><row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c>'
            '<c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="d"><v>2026-09-01T00:00:00Z</v></c></row>'
            "</sheetData>"
        }
    )
    file = read_file(content, "")
    assert texts(file.tables[0]) == {"A1": "VRAI", "B1": "FAUX", "D1": "2026-09-01"}
    assert file.notes == ("«\u00a0Plan\u00a0», cellules en erreur (#REF!), lues comme vides\u00a0: C1.",)


def test_a_formula_is_its_kept_result_and_one_without_is_told():
    content = workbook(
        {
            "Plan": '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f><v></v></c>'
            '<c r="C1" t="str"><f>A1&amp;"x"</f><v>2x</v></c><c r="D1" t="str"><f>""</f><v></v></c>'
            '<c r="E1"><f>NOW()</f></c></row></sheetData>'
        }
    )
    file = read_file(content, "")
    assert texts(file.tables[0]) == {"A1": "2", "C1": "2x"}
    assert file.notes == (
        "«\u00a0Plan\u00a0», formules, lues à leur dernier résultat\u00a0: A1, C1.",
        "«\u00a0Plan\u00a0», formules dont le résultat n’est pas enregistré, lues comme vides\u00a0: B1, E1.",
    )


def test_texts_in_runs_are_joined_and_cleaned():
    strings = [
        '<si><r><rPr><b/></rPr><t xml:space="preserve">Axe </t></r><r><rPr><b/></rPr><t>1</t></r></si>',
        "<si><t>東京</t><rPh><t>とうきょう</t></rPh></si>",
        "ligne_x000D_\nsuivante_x0007_",
        "_x005F_x0041_",
        "<si><t>a</t><r><t>b</t></r></si>",
    ]
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(5))
    table = only_table(workbook({"Plan": f"<sheetData><row>{cells}</row></sheetData>"}, strings=strings))
    expected = ["Axe 1", "東京", "ligne\nsuivante", "_x0041_", "ab"]
    assert [cell.text for cell in table.cells.values()] == expected
    assert [cell.is_bold for cell in table.cells.values()] == [True, False, False, False, False]


def test_bold_comes_from_the_cell_or_from_all_its_runs():
    book = openpyxl.Workbook()
    bold = InlineFont(b=True)
    book.active["A1"], book.active["B1"] = "titre", "simple"
    book.active["A1"].font = Font(bold=True)
    book.active["C1"] = CellRichText(TextBlock(bold, "tout"), TextBlock(bold, " gras"))
    book.active["D1"] = CellRichText(TextBlock(bold, "en partie"), " gras")
    table = only_table(saved(book))
    assert {str(place): cell.is_bold for place, cell in table.cells.items()} == {
        "A1": True,
        "B1": False,
        "C1": True,
        "D1": False,
    }


def test_a_merged_cell_stands_once_and_reaches_over_what_is_filled():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["C2"], sheet["C4"] = "Plan", "Axe 1", "un", "trois"
    sheet.merge_cells("A2:B4")
    sheet.merge_cells("A1:XFD1")
    cells = only_table(saved(book)).cells
    assert (cells[1, 1].rows, cells[1, 1].columns) == (1, 3)
    assert (cells[2, 1].rows, cells[2, 1].columns) == (3, 2)


def test_what_a_merged_cell_hides_is_told():
    merged = (
        rows(["Axe", "caché"]) + '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B1:B3"/></mergeCells>'
    )
    file = read_file(workbook({"Plan": merged}), "")
    assert texts(file.tables[0]) == {"A1": "Axe"}
    assert [note for note in file.notes if note.endswith("\u00a0: B1.") and "fusionnée" in note]


def test_what_is_hidden_is_read_and_told():
    book = openpyxl.Workbook()
    book.active.title = "Plan"
    for row in range(1, 5):
        book.active.append([f"a{row}", f"b{row}", f"c{row}"])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    other = book.create_sheet("Listes")
    other["A1"] = "x"
    other.sheet_state = "veryHidden"
    file = read_file(saved(book), "")
    assert [len(table.cells) for table in file.tables] == [12, 1]
    assert file.tables[0].hidden_rows == {3}
    assert [table.is_hidden for table in file.tables] == [False, True]
    assert file.notes == (
        "«\u00a0Plan\u00a0», colonnes masquées, lues aussi\u00a0: B.",
        "«\u00a0Plan\u00a0», lignes masquées, lues aussi\u00a0: 3.",
        HIDDEN.format("Listes"),
    )


@pytest.mark.parametrize("dimension", ["", '<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>'])
def test_what_a_sheet_claims_of_its_size_changes_nothing(dimension):
    lines = [[f"a{row}", f"b{row}"] for row in range(1, 1001)]
    assert len(only_table(workbook({"Plan": dimension + rows(*lines)})).cells) == 2000


def test_cells_without_references_follow_one_another():
    content = workbook(
        {
            "Plan": "<sheetData><row><c><v>1</v></c><c/><c><v>3</v></c></row><row/>"
            "<row><c><v>4</v></c></row></sheetData>"
        }
    )
    assert texts(only_table(content)) == {"A1": "1", "C1": "3", "A3": "4"}
    numbered = workbook(
        {"Plan": '<sheetData><row r="5"><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData>'}
    )
    assert texts(only_table(numbered)) == {"A5": "1", "A6": "2"}


def test_a_prefixed_and_strict_workbook_is_read():
    content = workbook(
        {
            "Plan": '<x:sheetData xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:row>'
            '<x:c t="str"><x:v>Axe</x:v></x:c></x:row></x:sheetData>'
        }
    )
    assert texts(only_table(content)) == {"A1": "Axe"}


def test_endless_empty_ranges_of_libreoffice_weigh_nothing():
    empty = "".join(f'<row r="{row}" hidden="1"><c r="A{row}" s="1"/></row>' for row in range(3, 60_000))
    content = workbook(
        {
            "Plan": f'<sheetData><row r="1"><c r="A1" t="str"><v>Axe</v></c></row>{empty}'
            '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
        }
    )
    table = only_table(content)
    assert texts(table) == {"A1": "Axe"} and not table.hidden_rows


def test_sheets_are_read_in_the_order_of_the_workbook_and_empty_ones_left_out():
    file = read_file(workbook({"Deux": rows(["b"]), "Vide": "<sheetData/>", "Un": rows(["a"])}), "plan.xlsx")
    assert file.name == "plan.xlsx"
    assert [(table.name, texts(table)) for table in file.tables] == [
        ("Deux", {"A1": "b"}),
        ("Un", {"A1": "a"}),
    ]


def test_a_workbook_that_says_nothing_is_refused():
    with pytest.raises(Refusal, match="aucun tableau rempli"):
        read_file(saved(openpyxl.Workbook()), "")


def test_what_stands_beside_cells_is_told():
    parts = workbook_parts({"Plan": rows(["a"])})
    shape = '<xdr:sp xmlns:xdr="urn:x"><xdr:txBody><a:t xmlns:a="urn:a">Attention</a:t></xdr:txBody></xdr:sp>'
    beside = {"xl/media/image1.png": "x", "xl/comments1.xml": "<c/>", "xl/drawings/drawing1.xml": shape}
    assert read_file(archive(parts | beside), "").notes == (
        "Les images ne sont pas lues.",
        "Les commentaires posés sur les cellules ne sont pas lus.",
        "Les formes et les zones de texte ne sont pas lues.",
    )
    assert not read_file(archive(parts | {"xl/drawings/drawing1.xml": "<a/>"}), "").notes
