"""The annotated copy says what is wrong where it is wrong, and comes back as what was dropped."""

from io import BytesIO

import openpyxl

from ctg.intake.previewing.annotated import TITLE, Grade, Problem, annotate
from ctg.intake.reading import read_file
from ctg.intake.reading.limits import MOST_COLUMNS
from ctg.intake.tables import Cell, Place, SourceFile, Table
from tests.intake import files
from tests.intake.files import texts
from tests.intake.hostile import workbook_parts


def plan():
    cells = [
        Cell(Place(1, 1), "Plan 2026", columns=3, is_bold=True),
        *(Cell(Place(2, 1), "Axe"), Cell(Place(2, 2), "Échéance"), Cell(Place(2, 3), "Cible")),
        *(Cell(Place(3, 1), "=1+1", rows=2), Cell(Place(3, 2), "2026-09-01", is_date=True)),
        *(Cell(Place(3, 3), "12.5", is_number=True), Cell(Place(4, 2), "bientôt"), Cell(Place(4, 3), "#N/A")),
    ]
    return Table("Plan : axe/1", {cell.place: cell for cell in cells}, frozenset({3, 4}))


PROBLEMS = [
    Problem(0, Place(4, 2), Grade.WARNING, "date incertaine."),
    Problem(
        0, Place(4, 2), Grade.ERROR, "« bientôt » n’est pas une date. Écrivez par exemple « juin 2027 »."
    ),
    Problem(0, Place(4, 4), Grade.CRITICAL, "le titre manque."),
]


def annotated(problems=(), headers=None):
    return annotate(SourceFile("plan.xlsx", (plan(), plan())), problems, headers)


def test_without_problems_the_copy_reads_as_the_file():
    file = read_file(annotated(), "")
    for table in file.tables:
        assert table.cells == plan().cells
        assert table.hidden_rows == {3, 4}


def test_a_problem_stands_beside_its_row_and_on_its_cell():
    book = openpyxl.load_workbook(BytesIO(annotated(PROBLEMS, {0: 2})))
    first, second = book.worksheets
    assert first["D2"].value == TITLE
    assert first["D4"].value == (
        "B4. Avertissement\u00a0: date incertaine.\n"
        "B4. Erreur\u00a0: « bientôt » n’est pas une date. Écrivez par exemple « juin 2027 ».\n"
        "D4. Critique\u00a0: le titre manque."
    )
    assert first["B4"].comment.text.count("\n") == 1 and first["B4"].fill.fgColor.rgb.endswith("FBD9B5")
    assert first["D4"].comment.text == "Critique\u00a0: le titre manque."
    assert not first.row_dimensions[4].hidden and first.row_dimensions[3].hidden
    assert second["D2"].value is None and second["B4"].comment is None


def test_the_annotated_file_comes_back_with_one_more_column():
    table = read_file(annotated(PROBLEMS, {0: 2}), "").tables[0]
    assert {place: text for place, text in texts(table).items() if place[0] != "D"} == texts(plan())
    assert {place for place in texts(table) if place[0] == "D"} == {"D2", "D4"}


def test_nothing_that_was_dropped_becomes_a_formula():
    book = openpyxl.load_workbook(BytesIO(annotated([Problem(0, Place(3, 1), Grade.ERROR, "=cmd()")])))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type in "fe"]


def test_a_sheet_as_wide_as_can_be_keeps_its_width():
    wide = Table("Plan", {Place(1, MOST_COLUMNS): Cell(Place(1, MOST_COLUMNS), "x")})
    content = annotate(SourceFile("", (wide,)), [Problem(0, Place(1, 1), Grade.ERROR, "vide.")])
    assert read_file(content, "").tables[0].width == MOST_COLUMNS


def test_whatever_was_read_can_be_given_back():
    source = read_file(files.archive(workbook_parts()), "")
    back = read_file(annotate(source, []), "")
    assert [texts(table) for table in back.tables] == [texts(table) for table in source.tables]
