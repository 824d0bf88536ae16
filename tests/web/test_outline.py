import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ctg.web.outline import Kind, Line, Run, parse, plain, tidy, to_html

CANONICAL = """\
Un paragraphe avec une **Finalité** :

• organiser des **temps réguliers** autour de :
  ○ la parentalité,
  ○ la santé,
  en lien avec les habitants ;
• diffuser (-5 % de non-recours – au moins)
Un dernier paragraphe."""

# What a person may type: lines with or without a bullet, and the same pieces in any order.
INDENTS = ["", " ", "  ", "    ", "\t", "\u00a0\u00a0"]
SIGNS = ["•", "○", "-", "–", "--", "*", "·", "▪", "§", "o", "\uf0b7", "\uf0a7", "◦", ""]
SPACES = ["", " ", "  ", "\t", "\u00a0"]
TEXTS = ["", "a", "é **b**", "5 %", "**", "<b>&amp;", '"']
BREAKS = ["\n", "\n\n", "\r\n", "\x0b", "\u2028"]
LINES = st.tuples(*map(st.sampled_from, (INDENTS, SIGNS, SPACES, TEXTS, BREAKS))).map("".join)
PIECES = st.sampled_from(INDENTS + SIGNS + SPACES + TEXTS + BREAKS)
TYPED = st.one_of(
    st.text(), st.lists(LINES, max_size=8).map("".join), st.lists(PIECES, max_size=30).map("".join)
)


@given(TYPED)
def test_any_text_can_be_read(text):
    lines = parse(text)
    assert all(line.text.strip() for line in lines)
    assert parse(tidy(text)) == lines


@given(TYPED)
def test_a_level_always_hangs_from_a_bullet(text):
    above = Kind.PARAGRAPH
    for line in parse(text):
        if line.kind in (Kind.SUBBULLET, Kind.CONTINUATION):
            assert above is not Kind.PARAGRAPH
        above = line.kind


@given(TYPED)
@example("\uf0b7\ta\no\tb\n§\tc")
def test_tidying_twice_changes_nothing(text):
    once = tidy(text)
    assert tidy(once) == once


def test_the_canonical_form_is_left_alone():
    assert tidy(CANONICAL) == CANONICAL


def test_the_canonical_form_is_read_line_by_line():
    assert parse("a **b**\n• c\n  ○ d\n  e") == (
        Line(Kind.PARAGRAPH, (Run("a "), Run("b", bold=True))),
        Line(Kind.BULLET, (Run("c"),)),
        Line(Kind.SUBBULLET, (Run("d"),)),
        Line(Kind.CONTINUATION, (Run("e"),)),
    )


@pytest.mark.parametrize("sign", ["-", "–", "*", "·", "▪", "§", "\uf0b7", "\uf0a7", "•", "◦", "○", "--"])
@pytest.mark.parametrize("space", [" ", "\t", "\u00a0", "   "])
def test_every_sign_starts_a_bullet(sign, space):
    assert tidy(f"{sign}{space}un\n{sign}{space}deux") == "• un\n• deux"


@pytest.mark.parametrize(
    "below", ["o\t", "o   ", "○ ", "◦ ", "-- ", "  - ", "\t- ", "    • ", "§\t", "\uf0a7\t"]
)
def test_a_deeper_bullet_goes_to_the_second_level(below):
    assert tidy(f"• un\n{below}deux\n• trois") == "• un\n  ○ deux\n• trois"


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("\uf0b7\tun\no\tdeux\n\uf0a7\ttrois\n\uf0b7\tquatre", "• un\n  ○ deux\n  ○ trois\n• quatre"),
        ("- un\n  - deux\n    - trois\n- quatre", "• un\n  ○ deux\n  ○ trois\n• quatre"),
        ("•\tun\n-\tdeux\n-\ttrois\n•\tquatre", "• un\n  ○ deux\n  ○ trois\n• quatre"),
        ("- un\n– deux", "• un\n• deux"),
        ("   - un\n   - deux\n  - trois", "• un\n• deux\n• trois"),
        ("o\tun\no\tdeux\n• trois", "• un\n• deux\n• trois"),
        ("Liste :\n  ○ un\n  ○ deux", "Liste :\n• un\n• deux"),
        ("- un\n\n- deux\n\n\n\nfin", "• un\n\n• deux\n\nfin"),
        ("\n\n un   \r\n•\r\n", "un"),
        ("- un\n  suite\nfin", "• un\n  suite\nfin"),
        ("- un\nmilieu\n  - deux\n  - trois", "• un\nmilieu\n• deux\n• trois"),
        ("▪ un\n○ deux\n▪ trois", "• un\n  ○ deux\n• trois"),
    ],
)
def test_pasted_lists_keep_their_levels(pasted, expected):
    assert tidy(pasted) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "-5 % de non-recours",
        "de 3 - 5 ans",
        "-",
        "**Objectif** : agir",
        "§ 3 de la convention",
        "ou bien",
        "o un",
    ],
)
def test_an_ordinary_sentence_is_not_a_bullet(sentence):
    assert tidy(sentence) == sentence
    assert [line.kind for line in parse(sentence)] == [Kind.PARAGRAPH]


@pytest.mark.parametrize("text", ["a ** b ** c", "**", "****", "**a", "a**", "** a**", "2**3"])
def test_marks_without_emphasis_stay_as_they_are(text):
    assert plain(text) == text
    assert parse(text)[0].runs == (Run(text),)


def test_plain_keeps_the_signs_and_drops_the_marks():
    assert plain("• **un** et **deux*trois**\n  ○ trois") == "• un et deux*trois\n  ○ trois"


def test_html_nests_the_second_level_in_its_bullet():
    assert to_html(CANONICAL) == (
        "<p>Un paragraphe avec une <strong>Finalité</strong> :</p>"
        "<ul><li>organiser des <strong>temps réguliers</strong> autour de :"
        "<ul><li>la parentalité,</li><li>la santé,</li></ul>"
        "<p>en lien avec les habitants ;</p></li>"
        "<li>diffuser (-5 % de non-recours – au moins)</li></ul>"
        "<p>Un dernier paragraphe.</p>"
    )


@given(TYPED)
def test_html_shows_every_word_and_lets_no_markup_through(text):
    html = to_html(text)
    assert set(re.findall(r"<[^>]*>?", html)) <= {
        f"<{slash}{tag}>" for slash in ("", "/") for tag in ("p", "ul", "li", "strong")
    }
    shown: list[str] = []
    reader = HTMLParser()
    reader.handle_data = shown.append
    reader.feed(html)
    reader.close()
    assert "".join(shown) == "".join(line.text for line in parse(text))


@pytest.mark.parametrize(
    "text", ["**a " * 10_000, "- a\n  o\tb\n" * 4_000, "*" * 40_000, "\t" * 40_000 + "a"]
)
def test_a_long_paste_is_read_quickly(text):
    start = time.perf_counter()
    to_html(tidy(text))
    assert time.perf_counter() - start < 2
