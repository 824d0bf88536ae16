from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ctg.web.text import clean, clean_line, fold

FAMILY = "👩\u200d👩\u200d👧"
HEART_ON_FIRE = "❤\ufe0f\u200d🔥"

# Every kind of sign, the dangerous ones often.
TEXTS = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from(
            "\r\n\x0b\x0c\x00\x1f\x85\u2028\u200b\u200c\u200d\u202e\ufeff\ud83d\ude00\ufffee\u0301K\u212a👩"
        ),
    )
)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("un\r\ndeux\rtrois", "un\ndeux\ntrois"),
        (
            "soft\x0bbreak\x0cpage\u2028line\u2029paragraph\x85next",
            "soft\nbreak\npage\nline\nparagraph\nnext",
        ),
        ("nul\x00 bell\x07 escape\x1b[0m delete\x7f", "nul bell escape[0m delete"),
        ("half \ud83d an emoji \ude00", "half  an emoji "),
        ("not \ufffea \uffffsign", "not a sign"),
        ("ac\u00adcueil\u200b et\ufeff par\u2060ent", "accueil et parent"),
        ("im\u200dpossible \u200cde voir", "impossible de voir"),
        ("facture\u202egpj.exe\u202c \u2066x\u2069", "facturegpj.exe x"),
        ("e\u0301le\u0300ve", "élève"),
        ("e\u200b\u0301", "é"),
    ],
)
def test_what_pasting_brings_along_is_cleaned(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        FAMILY,
        HEART_ON_FIRE,
        "مرحبا بالعالم، שלום",
        "می\u200cخواهم",  # Persian needs its non-joiner
        "«\u00a0Où\u00a0?\u00a0», 12\u202f345\u00a0€ – l’œuvre…",
        "tabulé\tet\n\nà la ligne",
        "  - une liste\n    - son détail",
    ],
)
def test_what_a_person_wrote_stays(text: str) -> None:
    assert clean(text) == text


@given(TEXTS)
def test_clean_text_is_clean_and_accepted_everywhere(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert "\x00" not in cleaned  # PostgreSQL
    assert not ILLEGAL_CHARACTERS_RE.search(cleaned)  # openpyxl
    root = ElementTree.Element("t")
    root.text = cleaned
    assert (
        ElementTree.fromstring(ElementTree.tostring(root, encoding="utf-8")).text or ""
    ) == cleaned  # XML 1.0


@given(TEXTS)
def test_a_clean_line_is_one_line_and_stays_the_same(text: str) -> None:
    line = clean_line(text)
    assert clean_line(line) == line
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


def test_a_line_folds_its_spaces_and_keeps_the_no_break_ones() -> None:
    assert clean_line("  Petite   enfance\n\tet\u2003parents ") == "Petite enfance et parents"
    assert clean_line("12\u00a0% ou 3\u202f000\u00a0?") == "12\u00a0% ou 3\u202f000\u00a0?"
    assert clean_line("Objectif \u00a0 : dix") == "Objectif\u00a0: dix"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Créer un LIEU d’accueil", "creer un lieu d accueil"),
        ("Cœur, ex-æquo & Straße", "coeur ex aequo strasse"),
        ("E\u0301TE\u0301", "ete"),
        ("« Où ? »\u00a0– ici…", "ou ici"),
        ("Caf (Yvelines) / M.S.A.", "caf yvelines m s a"),
        ("ac\u00adcueil", "accueil"),
        ("12\u202f345,6 m²", "12 345 6 m2"),
        ("Łódź, Ærø, İzmir", "lodz aero izmir"),
        ("قُرآن", "قران"),
        ("…", ""),
    ],
)
def test_folding_keeps_words_only(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
