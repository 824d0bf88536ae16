"""What a plan shows by colouring cells under years and months."""

from io import BytesIO

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from ctg.intake.content import read_plan
from ctg.intake.layout import recognise
from ctg.intake.period_titles import names_a_period
from ctg.intake.reading.direct import read_file
from ctg.intake.reading.shading import MARK

GREEN, GREY = "92D050", "D9D9D9"
QUARTERS = ("T1 2026", "T2 2026", "T3 2026", "T4 2026")
TITLES = ("Action", "Pilote", *QUARTERS)
ACTIONS = (("Ouvrir un café des habitants", "CCAS"), ("Former les agents", "Caf"), ("Éditer un guide", "CC"))


def workbook(coloured, titles=TITLES, texts=(), merged=()):
    """`coloured` gives a colour to cells, by row of `ACTIONS` and column, from 1 on."""
    book = Workbook()
    sheet = book.active
    sheet.append(titles)
    for action in ACTIONS:
        sheet.append(action)
    for (row, column), colour in coloured.items():
        sheet.cell(row + 1, column).fill = PatternFill("solid", fgColor=colour)
    for (row, column), text in dict(texts).items():
        sheet.cell(row + 1, column, text)
    for cells in merged:
        sheet.merge_cells(cells)
    file = BytesIO()
    book.save(file)
    return read_file(file.getvalue(), "plan.xlsx")


def calendars(source):
    return [action.calendar_text for action in read_plan(source, recognise(source)).actions]


def marks(source):
    return {str(cell.place) for cell in source.tables[0].cells.values() if cell.text == MARK}


def test_coloured_quarters_are_the_calendar_of_their_action_and_it_is_said():
    source = workbook({(1, 3): GREEN, (1, 4): GREEN, (2, 6): "FFC000", (3, 3): GREEN})
    assert calendars(source) == ["T1 2026 à T2 2026", "T4 2026", "T1 2026"]
    [note] = [note for note in source.notes if "color" in note]
    assert note.endswith("lues comme des croix, lignes\u00a0: 2, 3, 4.")


def test_a_merged_bar_reaches_as_far_as_it_goes():
    assert marks(workbook({(1, 3): GREEN, (2, 4): GREEN}, merged=["C2:E2"])) == {"C2", "D2", "E2", "D3"}


def test_bands_zebras_and_whole_columns_say_nothing():
    band = {(2, column): GREY for column in range(1, 7)}
    assert not marks(workbook(band))
    assert not marks(workbook({(row, 3): GREY for row in (1, 2, 3)}))
    assert not marks(workbook({(1, 3): "FFFFFF"}))
    assert not marks(workbook({(1, 2): GREY}))


def test_colours_only_adorn_where_there_are_crosses_or_no_periods():
    assert not marks(workbook({(1, 3): GREEN}, texts={(2, 4): "x"}))
    assert not marks(workbook({(1, 3): GREEN}, titles=("Action", "Pilote", "Budget", "Statut", "Avis", "Vu")))


def test_a_coloured_cell_with_words_keeps_them():
    source = workbook({(1, 3): GREEN, (1, 4): GREEN, (2, 3): GREEN}, texts={(1, 3): "étude"})
    assert marks(source) == {"D2", "C3"}
    assert "étude" in calendars(source)[0]


def test_initials_of_months_and_years_over_them():
    titles = ("Action", "Pilote", *"JFMAMJJASOND")
    assert marks(workbook({(1, 5): GREEN, (2, 14): GREEN}, titles=titles)) == {"E2", "N3"}


def test_a_table_of_word():
    document = docx.Document()
    table = document.add_table(rows=1, cols=6)
    for cell, title in zip(table.rows[0].cells, TITLES, strict=True):
        cell.text = title
    for rank, action in enumerate(ACTIONS):
        cells = table.add_row().cells
        for cell, text in zip(cells, action, strict=False):
            cell.text = text
        shade = OxmlElement("w:shd")
        shade.set(qn("w:fill"), GREEN)
        cells[2 + rank]._tc.get_or_add_tcPr().append(shade)
    file = BytesIO()
    document.save(file)
    assert calendars(read_file(file.getvalue(), "plan.docx")) == ["T1 2026", "T2 2026", "T3 2026"]


@pytest.mark.parametrize(
    "title", ["2026", "Année 2027", "2026-2027", "T3", "1er trim. 2026", "sept. 26", "Juin"]
)
def test_titles_of_periods(title):
    assert names_a_period(title)


@pytest.mark.parametrize("title", ["Action", "26", "Nombre", "20260", "Maison", "Tarif 2", "Marsac 2026"])
def test_other_titles(title):
    assert not names_a_period(title)
