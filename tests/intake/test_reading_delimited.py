"""CSV as French spreadsheets write it, and what a clipboard holds."""

import pytest

from ctg.documents.value_csv import cell as held_back
from ctg.intake.reading import read_file, read_pasted
from ctg.intake.tables import Refusal
from tests.intake.files import texts

PLAN = 'Axe;Action;Coût\r\n1;"Créer une crèche;\r\nsuite ""été""";12,5\r\n2;L’été;13,4\r\n'
READ = {
    **{"A1": "Axe", "B1": "Action", "C1": "Coût"},
    **{"A2": "1", "B2": 'Créer une crèche;\nsuite "été"', "C2": "12,5"},
    **{"A3": "2", "B3": "L’été", "C3": "13,4"},
}


def read(content):
    (table,) = read_file(content, "plan.csv").tables
    return texts(table)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_encodings_and_separators(encoding, separator):
    written = (
        PLAN.replace('"Créer une crèche;', '"Créer une crèche§').replace(";", separator).replace("§", ";")
    )
    assert read(written.encode(encoding)) == READ


def test_commas_separate_when_they_cut_all_rows_alike():
    assert read(b'Axe,Action\n1,"a; b"\n2,"c; d"\n') == {
        **{"A1": "Axe", "B1": "Action"},
        **{"A2": "1", "B2": "a; b", "A3": "2", "B3": "c; d"},
    }


def test_decimal_commas_and_punctuation_do_not_separate():
    assert set(read(b"Valeur;Cible\n12,5;13,5\n1,5;2,5\n")) == {"A1", "B1", "A2", "B2", "A3", "B3"}
    assert read("1. Créer, avec la Caf, un lieu\n2. Former\n".encode()) == {
        "A1": "1. Créer, avec la Caf, un lieu",
        "A2": "2. Former",
    }


def test_the_separator_that_a_file_declares_is_not_a_row():
    assert read(b"sep=|\r\na;b|c\r\nd|e\r\n") == {"A1": "a;b", "B1": "c", "A2": "d", "B2": "e"}


def test_quotes_that_close_nowhere_are_ordinary_signs():
    assert read(b'a;b\n"Sport" pour tous;"x\nc;5" de haut\n') == {
        **{"A1": "a", "B1": "b", "A2": '"Sport" pour tous', "B2": '"x'},
        **{"A3": "c", "B3": '5" de haut'},
    }


def test_blank_lines_keep_their_place_and_a_last_empty_cell_is_one():
    assert read(b"a;b\n\n;\nc;\n") == {"A1": "a", "B1": "b", "A4": "c"}


def test_what_our_own_csv_holds_back_comes_as_it_was():
    assert read(f"a;{held_back('=1+1')};'quoted'\nb;c;d\n".encode())["B1"] == "=1+1"


def test_signs_that_no_encoding_knows_are_told():
    file = read_file(b"a;\x81\nb;\xe9\n", "")
    assert texts(file.tables[0]) == {"A1": "a", "B1": "\ufffd", "A2": "b", "B2": "é"}
    assert "illisibles" in file.notes[0]


def test_what_is_neither_text_nor_table_is_refused():
    for content in (b"", b" \r\n", b"\x00\x01\x02", b"abc\x00def"):
        with pytest.raises(Refusal):
            read_file(content, "plan.csv")


def test_cells_pasted_from_a_spreadsheet():
    (table,) = read_pasted('Axe\tAction\r\n1\t"deux\nlignes ""ici"""\r\n\t"Sport" pour tous\r\n').tables
    assert texts(table) == {
        **{"A1": "Axe", "B1": "Action", "A2": "1"},
        **{"B2": 'deux\nlignes "ici"', "B3": '"Sport" pour tous'},
    }


def test_rows_of_word_pasted_as_text_are_put_together_again_and_told():
    file = read_pasted("Plan\nAxe\tAction\tPilote\nA\tun\ndeux\tCaf\nVille\nB\ttrois\tCaf\n")
    assert texts(file.tables[0]) == {
        **{"A1": "Plan", "A2": "Axe", "B2": "Action", "C2": "Pilote"},
        **{"A3": "A", "B3": "un\ndeux", "C3": "Caf\nVille"},
        **{"A4": "B", "B4": "trois", "C4": "Caf"},
    }
    assert "plusieurs paragraphes" in file.notes[0]


def test_uneven_rows_with_cells_between_quotes_come_from_a_spreadsheet():
    file = read_pasted('Axe\tAction\tPilote\nA\t"un\ndeux"\nB\ttrois\tCaf\n')
    assert texts(file.tables[0])["B2"] == "un\ndeux" and not file.notes


def test_bands_between_pasted_rows_stay_rows():
    file = read_pasted("Axe\tAction\nThème 1\nA\tun\nThème 2\nB\tdeux\n")
    assert texts(file.tables[0])["A2"] == "Thème 1" and not file.notes


FORMATTED = """<html><head><style>td {color: red}</style></head><body><!--StartFragment--><p>Mon plan</p>
<table><tr><td rowspan=2>Axe<td colspan=2><b>A</b> <b>c</b></td></tr>
<tr><td></td><td>z<br>  y<ul><li>un<ul><li>deux</ul></ul></td></tr>
<tr><td><p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>·</span><![endif]>un
 et demi</p><p style='mso-list:l0 level2 lfo1'><span>o&nbsp;&nbsp;</span>trois</p></td><td>&nbsp;</td></tr>
</table>fin</body></html>"""


def test_the_formatted_form_knows_merged_cells_and_paragraphs():
    table, around = read_pasted("Axe\tA c", FORMATTED).tables
    assert texts(table) == {
        **{"A1": "Axe", "B1": "A c", "C2": "z\ny\n- un\n  - deux"},
        "A3": "·un et demi\n  o\u00a0\u00a0trois",
    }
    assert (table.cells[1, 1].rows, table.cells[1, 2].columns) == (2, 2)
    assert table.cells[1, 2].is_bold and not table.cells[1, 1].is_bold
    assert texts(around) == {"A1": "Mon plan", "A2": "fin"}


def test_without_a_table_the_formatted_form_is_left_aside():
    assert texts(read_pasted("a\tb", "<p>a b</p>").tables[0]) == {"A1": "a", "B1": "b"}
