"""Tables of Word are read as a person sees them, and the text around them too."""

from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from docx.shared import Pt

from ctg.intake.reading import read_file
from tests.intake.files import WORDS, document, paragraph, table, texts

LEVEL = '<w:lvl w:ilvl="{}"><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'.format
BULLETS = (
    f'<w:abstractNum w:abstractNumId="1">{LEVEL(0, "bullet", "•")}{LEVEL(1, "bullet", "o")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{LEVEL(0, "decimal", "%1.")}{LEVEL(1, "lowerLetter", "%1.%2)")}'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)


def listed(text, level=0, number=1):
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def read(body, **others):
    return read_file(document(body, **others), "plan.docx")


def test_a_table_is_named_after_the_words_above_it_and_what_surrounds_it_is_kept():
    file = read(
        paragraph("Axe 1 : Petite enfance")
        + table(["Action", "Pilote"], ["Crèche", "Caf"])
        + paragraph("Fin")
    )
    assert [one.name for one in file.tables] == [
        "Tableau 1\u00a0: Axe 1 : Petite enfance",
        "Texte hors des tableaux",
    ]
    assert texts(file.tables[0]) == {"A1": "Action", "B1": "Pilote", "A2": "Crèche", "B2": "Caf"}
    assert texts(file.tables[1]) == {"A1": "Axe 1 : Petite enfance", "A2": "Fin"}


def test_cells_over_several_columns_and_rows():
    restart, following = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        [('<w:gridSpan w:val="3"/>', paragraph("Axe 1", run="<w:b/>"))],
        [(restart, paragraph("Thème")), "un", "x"],
        [(following, paragraph("")), "deux", "y"],
        ["autre", (restart, paragraph("trois")), "z"],
    )
    cells = read(body).tables[0].cells
    assert {
        str(place): (cell.rows, cell.columns) for place, cell in cells.items() if cell.rows + cell.columns > 2
    } == {
        "A1": (1, 3),
        "A2": (2, 1),
    }
    assert cells[1, 1].is_bold and not cells[2, 1].is_bold
    assert list(cells) == sorted(cells)


def test_rows_that_start_further_right():
    body = (
        "<w:tbl><w:tr><w:tc>{0}</w:tc><w:tc>{0}</w:tc></w:tr><w:tr>{1}<w:tc>{0}</w:tc></w:tr></w:tbl>".format(
            paragraph("x"), '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
        )
    )
    assert set(texts(read(body).tables[0])) == {"A1", "B1", "B2"}


def test_lists_are_written_with_the_marks_that_word_shows():
    cell = listed("un") + listed("deux", 1) + listed("trois") + paragraph("fin") + listed("")
    numbers = (
        listed("a", 0, 2) + listed("b", 1, 2) + listed("c", 1, 2) + listed("d", 0, 2) + listed("e", 1, 2)
    )
    file = read(table([("", cell), ("", numbers)], [("", listed("", 0, 2)), "x"]), numbering=BULLETS)
    assert texts(file.tables[0]) == {
        "A1": "- un\n  - deux\n- trois\nfin",
        "B1": "1. a\n  1.a) b\n  1.b) c\n2. d\n  2.a) e",
        "A2": "3.",
        "B2": "x",
    }


def test_numbers_of_headings_come_from_their_style():
    styles = (
        '<w:style w:styleId="T1"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
        "<w:rPr><w:b/></w:rPr></w:style>"
        '<w:style w:styleId="T2"><w:basedOn w:val="T1"/></w:style>'
    )
    heading = paragraph("Axe", '<w:pStyle w:val="T2"/>')
    plain = paragraph("Sans", '<w:pStyle w:val="T2"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    (around,) = read(heading + plain + heading, numbering=BULLETS, styles=styles).tables
    assert texts(around) == {"A1": "1. Axe", "A2": "Sans", "A3": "2. Axe"}
    assert around.cells[1, 1].is_bold


def test_styles_of_deeper_lists_are_indented():
    style = '<w:style w:styleId="{}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'.format
    content = paragraph("un", '<w:pStyle w:val="Listepuces"/>') + paragraph(
        "deux", '<w:pStyle w:val="Listepuces2"/>'
    )
    styles = style("Listepuces") + style("Listepuces2")
    file = read(table([("", content)]), numbering=BULLETS, styles=styles)
    assert texts(file.tables[0]) == {"A1": "- un\n  - deux"}


def test_deletions_and_instructions_are_not_text_and_additions_are():
    content = (
        "<w:p><w:del><w:r><w:delText>jamais</w:delText></w:r></w:del><w:ins><w:r><w:t>ajouté</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>parti</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:tab/><w:t>suite</w:t><w:br/><w:t>ligne</w:t><w:noBreakHyphen/></w:r>"
        '<w:hyperlink><w:r><w:t>lien</w:t></w:r></w:hyperlink><w:sdt><w:sdtPr><w:alias w:val="z"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>contrôle</w:t></w:r></w:sdtContent></w:sdt>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:footnoteReference w:id="1"/></w:r></w:p>'
    )
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('ligne supprimée')}</w:tc></w:tr>"
    file = read(table([("", content)]).replace("</w:tbl>", f"{gone}</w:tbl>"))
    assert texts(file.tables[0]) == {"A1": "ajouté\tsuite\nligne\u2011liencontrôle☑"}
    assert any("Suivi des modifications" in note for note in file.notes)
    assert any("notes de bas de page" in note for note in file.notes)


def test_a_table_within_a_cell_is_read_apart_and_told():
    file = read(table(["a", ("", paragraph("avant") + table(["dedans"]) + paragraph(""))]))
    assert [texts(one) for one in file.tables] == [{"A1": "a", "B1": "avant"}, {"A1": "dedans"}]
    assert file.notes == ("Tableau 1, cellule B1\u00a0: le tableau qu’elle contient est lu à part.",)


def test_pictures_and_documents_within_are_told():
    drawn = '<w:p><w:r><w:drawing><a xmlns=""/></w:drawing></w:r></w:p><w:altChunk/>'
    assert read(paragraph("x") + drawn).notes == (
        "Les images et les dessins ne sont pas lus.",
        "Un document inséré dans celui-ci n’est pas lu.",
    )


def test_text_boxes_are_read_once_where_they_are_anchored():
    """Word writes each twice, for itself and for programs that do not know them."""
    said = f"<w:txbxContent>{paragraph('Fiche 1')}{table(['dans la boîte'])}</w:txbxContent>"
    box = (
        '<w:p><w:r><w:t>avant</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:drawing>'
        f"{said}</w:drawing></mc:Choice><mc:Fallback><w:pict>{said}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    file = read(box + table(["a", ("", box)]) + paragraph("fin"))
    assert [(one.name, list(texts(one).values())) for one in file.tables] == [
        ("Tableau 1\u00a0: Fiche 1", ["dans la boîte"]),
        ("Tableau 2", ["a", "avant"]),
        ("Tableau 3\u00a0: Fiche 1", ["dans la boîte"]),
        ("Texte hors des tableaux", ["avant", "Fiche 1", "Fiche 1", "fin"]),
    ]
    assert not file.notes


@pytest.fixture
def made_by_word(tmp_path):
    """A document of python-docx, whose template comes from Word, with tables of all sizes."""
    made = docx.Document()
    made.add_heading("Plan d’actions", 1)
    for height, width in ((3, 2), (12, 7), (1, 1)):
        grid = made.add_table(height, width)
        for row in range(height):
            for column in range(width):
                grid.cell(row, column).text = (
                    f"cellule {row} {column}\nsuite" if (row + column + 1) % 4 else ""
                )
        made.add_paragraph(f"après {height}", style="List Bullet").runs[0].font.size = Pt(9)
    grid = made.add_table(4, 4)
    grid.cell(0, 0).merge(grid.cell(2, 1)).text = "fusion"
    grid.cell(3, 3).text = "coin"
    path = tmp_path / "plan.docx"
    made.save(path)
    return path


def test_every_word_of_a_document_is_read_once(made_by_word):
    """Counted by a reader of its own: the runs of the body, in any order."""
    with ZipFile(made_by_word) as parts:
        body = ElementTree.fromstring(parts.read("word/document.xml"))
    expected = sorted(" ".join(run.text for run in body.iter(f"{{{WORDS}}}t")).split())
    file = read_file(made_by_word.read_bytes(), "plan.docx")
    found = " ".join(cell.text for one in file.tables for cell in one.cells.values())
    assert sorted(word for word in found.split() if word != "-") == expected
    assert len(file.tables) == 5
    merged = file.tables[3].cells[1, 1]
    assert (merged.rows, merged.columns, merged.text) == (3, 2, "fusion")
