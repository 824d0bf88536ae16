"""The presentation: ten slides at most, readable from the end of the room, and nothing cut in silence."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from PIL import ImageFont
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from ctg.reviews.facts.shapes import HighlightFact
from ctg.reviews.slides import bars, look, template, write_slides
from ctg.reviews.slides.fitting import ELLIPSIS, count_lines, shorten
from ctg.web.text import clean
from tests.documents.hostile import LONG, PAYLOADS, STORED
from tests.reviews.facts_samples import SEAL, action_of, empty, filled_with, large, progress_of, sample, turns

pytestmark = pytest.mark.once

#: Of the letters, in points.
SMALLEST = 18

MADE = {
    "usual": sample(),
    "empty": empty(),
    "large": large(),
    "long": filled_with(LONG),
    "one word": filled_with(STORED["one word"]),
    "capitals": filled_with("MAISON DES FAMILLES " * 40),
}


@pytest.fixture(scope="module", params=MADE)
def deck(request):
    return Presentation(BytesIO(write_slides(MADE[request.param], None)))


def opened(facts, seal=None):
    return Presentation(BytesIO(write_slides(facts, seal)))


def titles(deck):
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def words_on(slide):
    """All that a slide shows, but its chart."""
    return "\n".join(element.text or "" for element in slide._element.iter(qn("a:t")))


def notes_of(slide):
    return slide.notes_slide.notes_text_frame.text


def slide_called(deck, title):
    return next(slide for slide in deck.slides if slide.shapes.title.text_frame.text == title)


def test_there_are_ten_slides_at_most_each_under_its_title(deck):
    assert 3 <= len(deck.slides) <= 10
    assert all(titles(deck)) and len(set(titles(deck))) == len(deck.slides)


def test_a_usual_year_has_its_ten():
    assert titles(opened(sample())) == [
        "Bilan annuel 2026",
        "L’année 2026 en bref",
        "Avancement par ambition",
        "Faits marquants",
        "Indicateurs clés",
        "Difficultés et leviers",
        "Ce qui a changé",
        "Gouvernance et décisions",
        "Feuille de route 2027",
        "Décisions demandées",
    ]


def test_one_listens_to_the_title_then_the_sentence_then_the_rest(deck):
    for slide in list(deck.slides)[1:]:
        kinds = [shape.placeholder_format.type if shape.is_placeholder else None for shape in slide.shapes]
        assert kinds[0] == PP_PLACEHOLDER.TITLE
        assert [shape.name for shape in list(slide.shapes)[:2]] == ["Titre", "Phrase"]
        assert kinds[-2:] == [PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER]
        assert slide.shapes[1].text_frame.text
        identifiers = [shape.shape_id for shape in slide.shapes]
        assert len(set(identifiers)) == len(identifiers)


def test_slides_are_numbered(deck):
    for number, slide in enumerate(deck.slides, 1):
        field = slide._element.find(f".//{qn('a:fld')}")
        if number > 1:
            assert (field.get("type"), field.findtext(qn("a:t"))) == ("slidenum", str(number))


def test_every_text_is_french_and_large_enough(deck):
    parts = [one for slide in deck.slides for one in (slide, slide.notes_slide)]
    for part in [*parts, *deck.slide_layouts, deck.slide_master]:
        runs = list(part._element.iter(qn("a:r"), qn("a:fld")))
        assert {run.find(qn("a:rPr")).get("lang") for run in runs} <= {"fr-FR"}
    sizes = [
        int(properties.get("sz"))
        for part in [*deck.slides, *deck.slide_layouts]
        for properties in part._element.iter(qn("a:rPr"), qn("a:defRPr"))
        if properties.get("sz")
    ]
    assert sizes and min(sizes) >= SMALLEST * 100
    for chart in charts(deck):
        found = {int(one.get("sz")) for one in chart._chartSpace.iter(qn("a:defRPr")) if one.get("sz")}
        assert min(found) >= SMALLEST * 100


def charts(deck):
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def test_tables_have_titles_and_drawings_have_words(deck):
    frames = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table or shape.has_chart]
    for frame in frames:
        assert frame._element.find(f".//{qn('p:cNvPr')}").get("descr")
        assert not frame.has_table or (frame.table.first_row and frame.table.first_col)
    for part in (*deck.slide_layouts,):
        for drawn in part._element.iter(qn("p:cxnSp")):
            assert b"decorative" in etree.tostring(drawn)


def test_nothing_overflows(deck):
    """Measured with letters that are wider than those of the slides."""
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                assert needed(shape.text_frame, shape.width.pt) <= shape.height.pt * 1.01, (
                    shape.text_frame.text
                )
            elif shape.has_table:
                tall = sum(row_height(row, shape.table.columns) for row in shape.table.rows)
                assert shape.top.pt + tall <= look.FOOTER_BOX[1] * 72


def row_height(row, columns):
    needs = [
        needed(cell.text_frame, column.width.pt - 12) + 8
        for cell, column in zip(row.cells, columns, strict=False)
    ]
    return max([row.height.pt, *needs])


def needed(frame, width):
    """The points that the paragraphs take, dots and insets included."""
    total = 0
    for paragraph in frame.paragraphs:
        size = size_of(frame, paragraph)
        text = paragraph.text
        has_dot = (
            size <= 24 and "buNone" not in etree.tostring(paragraph._p).decode() and len(frame.paragraphs) > 1
        )
        room = width - (20 if has_dot else 0)
        total += lines_of(text, room, size) * size * 1.2 + (5 if has_dot else 0)
    return total


def size_of(frame, paragraph):
    sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
    if sizes:
        return sizes[0]
    shape = frame._parent
    if getattr(shape, "is_placeholder", False):
        idx = shape.placeholder_format.idx
        layout = shape.part.slide.slide_layout
        found = [one for one in layout.placeholders if one.placeholder_format.idx == idx]
        return int(found[0]._element.find(f".//{qn('a:defRPr')}").get("sz")) / 100
    return SMALLEST


def lines_of(text, room, size):
    font = ImageFont.load_default(100)
    # Calibri is a tenth narrower than the letters that Pillow comes with.
    scale = size / 100 * 0.92
    lines, used = 1, 0.0
    for word in re.split(" ", text):
        long = font.getlength(word) * scale
        if used and used + font.getlength(" ") * scale + long > room:
            lines, used = lines + 1, 0.0
        used += long + (font.getlength(" ") * scale if used else 0)
        while used > room:
            lines, used = lines + 1, used - room
    return lines


def test_what_a_slide_shortens_its_notes_hold_whole():
    facts = sample()
    told = replace(
        facts,
        highlights=tuple(HighlightFact(f"Fait {n}", f"{LONG} fin{n}", None) for n in range(9)),
        texts=replace(facts.texts, difficulties=f"{LONG} frein", outlook=f"{LONG} demain"),
    )
    deck = opened(told)
    slide = slide_called(deck, "Faits marquants")
    assert ELLIPSIS.strip() in words_on(slide) and "et 4 autres dans le bilan" in words_on(slide)
    assert all(f"{LONG} fin{n}" in notes_of(slide) for n in range(9))
    assert f"{LONG} frein" in notes_of(slide_called(deck, "Difficultés et leviers"))
    assert f"{LONG} demain" in notes_of(slide_called(deck, "Feuille de route 2027"))


def test_rows_that_have_no_place_are_counted_and_noted():
    deck = opened(large())
    indicators = slide_called(deck, "Indicateurs clés")
    assert "et 4 autres dans le bilan" in words_on(indicators)
    assert all(one.wording in notes_of(indicators) for one in large().indicators if one.is_key)
    moved = slide_called(deck, "Ce qui a changé")
    assert "et 55 autres dans le bilan" in words_on(moved) and "Action 60" in notes_of(moved)


def test_the_chart_counts_each_action_once():
    for facts in (sample(), large()):
        [chart] = charts(opened(facts))
        counted = sum(sum(series.values) for series in chart.plots[0].series)
        assert counted == facts.progress.whole.total
        assert len(list(chart.plots[0].categories)) <= bars.MOST
    assert list(chart.plots[0].categories)[-1] == "Les 6 autres"


@pytest.mark.parametrize(
    ("ambition", "title"), [("", "Avancement par thématique"), ("Grandir", "Avancement par ambition")]
)
def test_the_chart_follows_the_headings_that_a_plan_has(ambition, title):
    actions = [action_of(number, ambition=ambition) for number in (1, 2)]
    facts = replace(sample(), actions=tuple(actions), progress=progress_of(actions))
    assert title in titles(opened(facts))


def test_a_plan_without_any_heading_is_one_bar():
    actions = (action_of(1, ambition="", theme=""),)
    deck = opened(replace(sample(), actions=actions, progress=progress_of(actions)))
    assert list(charts(deck)[0].plots[0].categories) == ["Tout le plan"]


def test_a_draft_says_so_on_each_slide_and_a_frozen_review_shows_its_digest():
    draft, frozen = opened(sample()), opened(sample(), SEAL)
    assert all("rojet, non arrêté" in words_on(slide) for slide in draft.slides)
    assert SEAL.sha256 in words_on(frozen.slides[0])
    assert not any("non arrêté" in words_on(slide) for slide in frozen.slides)
    assert "Adopter le bilan annuel 2026" in words_on(draft.slides[-1])
    assert "Adopter" not in words_on(frozen.slides[-1])


@pytest.mark.parametrize(
    "texts", [*turns(PAYLOADS), [STORED["controls"]], [STORED["emoji"]], [STORED["right-to-left"]], [""]]
)
def test_hostile_texts_are_only_text(texts):
    content = write_slides(filled_with(*texts), None)
    with ZipFile(BytesIO(content)) as file:
        names = file.namelist()
        for name in names:
            if name.endswith((".xml", ".rels")):
                part = file.read(name)
                assert b'TargetMode="External"' not in part and b"hlinkClick" not in part, name
    assert not [name for name in names if re.search(r"vba|ole|activeX|printer|thumbnail", name)]
    first = clean(texts[0]).split()
    assert not first or first[0] in words_on(Presentation(BytesIO(content)).slides[0])


def test_no_title_becomes_a_formula_in_what_a_chart_is_made_of():
    for start in range(0, len(PAYLOADS), bars.MOST):
        titles = PAYLOADS[start : start + bars.MOST]
        actions = tuple(action_of(number, ambition=title) for number, title in enumerate(titles, 1))
        content = write_slides(replace(sample(), actions=actions, progress=progress_of(actions)), None)
        with ZipFile(BytesIO(content)) as file:
            [book] = [file.read(name) for name in file.namelist() if name.endswith(".xlsx")]
        cells = [cell for row in load_workbook(BytesIO(book)).active for cell in row]
        assert len(cells) == 2 * (len(titles) + 1)
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_what_nobody_wrote_has_no_slide():
    assert titles(opened(empty())) == ["Bilan annuel 2026", "L’année 2026 en bref", "Décisions demandées"]


def test_every_slide_has_notes(deck):
    assert all(notes_of(slide) for slide in deck.slides)


def test_the_template_is_the_one_that_the_code_makes():
    made = BytesIO()
    template.rebuild().save(made)
    with ZipFile(made) as new, ZipFile(template.SHIPPED) as old:
        assert new.namelist() == old.namelist()
        for name in new.namelist():
            assert new.read(name) == old.read(name), name


def test_nothing_of_it_is_in_english():
    parts = (template.open_template().slide_master, *template.open_template().slide_layouts)
    assert not [
        one.text for part in parts for one in part._element.iter(qn("a:t")) if "lick" in (one.text or "")
    ]


def test_the_colours_are_those_of_the_product(settings):
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text().partition("@media")[0]
    known = dict(re.findall(r"--color-([a-z-]+): #([0-9A-F]{6})", tokens))
    assert {status: known[status] for status in look.STATUS_COLORS} == look.STATUS_COLORS
    ours = (look.INK, look.MUTED, look.ACCENT, look.ACCENT_STRONG, look.PAPER, look.HAIRLINE, look.CONTOUR)
    assert set(ours) <= set(known.values())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.floats(60, 850), st.integers(18, 54), st.integers(1, 6))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text, width, size, lines):
    said, whole = shorten(text, width=width, size=size, lines=lines), " ".join(clean(text).split())
    if count_lines(text, width=width, size=size) <= lines:
        assert not said.endswith(ELLIPSIS) or whole.endswith("…")
    else:
        assert said.endswith(ELLIPSIS) and len(said) <= len(text) + len(ELLIPSIS)
    # A box narrower than three signs has no room for a word and for what says that it was cut.
    assert count_lines(said, width=max(width, 4 * size), size=size) <= lines


def test_a_text_is_cut_after_a_word():
    assert shorten("Aller vers les familles", width=150, size=18) == f"Aller vers les{ELLIPSIS}"
    assert shorten("Aller vers les familles", width=400, size=18) == "Aller vers les familles"
