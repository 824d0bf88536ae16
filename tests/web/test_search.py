import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg.web.search import Index, is_mistyped
from ctg.web.text import fold

ACTIONS = {
    1: "Créer un guichet unique d’accueil des familles",
    2: "Aller vers les publics éloignés : accueillir, informer",
    3: "Développer l’offre d’accueil de la petite enfance, 12 places",
    4: "Soutenir la parentalité – 13 ateliers en 2026",
    5: "Rencontres jeunesse et cœur de village",
    6: "Des familles à l’accueil du guichet",
}


@pytest.fixture
def index() -> Index:
    return Index((pk, fold(text)) for pk, text in ACTIONS.items())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("CRÉER", [1]),
        ("creer", [1]),
        ("coeur", [5]),
        ("l’offre", [3]),
        ("  petite   enfance ", [3]),
        ("parentalité soutenir", [4]),
        ("parental", [4]),  # the beginning of a word
        ("enfance parentalité", []),  # every word must be there
        ("talité", []),  # the end of a word is not
    ],
)
def test_accents_case_and_order_do_not_matter(index: Index, query: str, found: list[int]) -> None:
    assert index.find(query) == found


@pytest.mark.parametrize(
    "query", ["guihet", "guiichet", "guivhet", "gucihet", "uichet", "guichte", "guichets"]
)
def test_one_typing_mistake_is_forgiven(index: Index, query: str) -> None:
    assert index.find(query) == [1, 6]


@pytest.mark.parametrize("query", ["guhet", "gihcet", "guixxet", "xxguichet"])
def test_two_typing_mistakes_are_not(index: Index, query: str) -> None:
    assert index.find(query) == []


def test_each_word_has_its_own_mistake(index: Index) -> None:
    assert index.find("petitte enfnace") == [3]


def test_a_short_word_is_never_mistyped(index: Index) -> None:
    assert index.find("ves") == []  # « vers », « les », « des »
    assert index.find("vesr") == [2]


def test_a_long_word_may_be_mistyped_before_its_end(index: Index) -> None:
    assert index.find("acceuill") == [2]
    assert index.find("paretnal") == [4]
    assert Index([(1, "participer")]).find("partie") == []  # nothing after the mistake says that it is one


@pytest.mark.parametrize(
    ("query", "found"), [("12", [3]), ("13", [4]), ("1", []), ("2026", [4]), ("2025", []), ("202", [])]
)
def test_numbers_are_found_exactly(index: Index, query: str, found: list[int]) -> None:
    assert index.find(query) == found


def test_the_exact_phrase_comes_first_then_whole_words_then_beginnings_then_mistakes() -> None:
    texts = {
        1: "acueil de la famille",
        2: "accueillir la famille",
        3: "famille et accueil",
        4: "accueil famille",
    }
    index = Index(texts.items())
    assert index.find("accueil famille") == [4, 3, 2, 1]


def test_equals_keep_the_order_of_the_rows() -> None:
    assert Index([(9, "jeunesse"), (2, "jeunesse"), (5, "jeunesse")]).find("jeunesse") == [9, 2, 5]


@pytest.mark.parametrize("query", ["", "   ", "…"])
def test_asking_nothing_finds_all(index: Index, query: str) -> None:
    assert index.find(query) == list(ACTIONS)


def test_what_remains_of_an_elision_is_not_asked_for(index: Index) -> None:
    assert index.find("l’parentalité") == [4]


def test_a_pasted_page_is_not_searched_word_by_word(index: Index) -> None:
    words = ["accueil"] * 12 + ["introuvable"] * 5000
    assert index.find(" ".join(words)) == index.find("accueil")


def one_edit_apart(word: str, other: str) -> bool:
    """The definition, slowly: every word that one edit makes of `word`."""
    letters = "abc"
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    edited = {a + b[1:] for a, b in cuts if b} | {a + x + b for a, b in cuts for x in letters}
    edited |= {a + x + b[1:] for a, b in cuts if b for x in letters}
    edited |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    return other in edited


WORDS = st.text("abc", min_size=4, max_size=5)


@given(WORDS, st.text("abc", min_size=1, max_size=6))
def test_a_mistake_is_one_edit(word: str, other: str) -> None:
    assert is_mistyped(word, other) == (one_edit_apart(word, other) or word == other)


@given(WORDS, st.text("abc", min_size=3, max_size=6))
def test_every_mistyped_word_is_found(word: str, other: str) -> None:
    assert bool(Index([(1, other)]).find(word)) == (one_edit_apart(word, other) or other.startswith(word))
