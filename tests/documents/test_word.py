"""Plans and sheets as Word documents: real structure, every text whole, and nothing but text."""

import re
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import RGBColor

from ctg.documents.order import Layout
from ctg.documents.papers.blocks import Fact, Passage, Section, Table
from ctg.documents.selection import Selection
from ctg.documents.word.template import SHIPPED, STYLES, TemplateError, build_template, open_template
from ctg.documents.word.writer import write_docx
from ctg.web.text import clean
from tests import factories as f
from tests.documents.files import paper_of, parts_of, sheet_of
from tests.documents.hostile import PAYLOADS, STORED, poison

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def opened(content):
    return docx.Document(BytesIO(content))


def words_of(content):
    """All that a document shows, in its body."""
    body = opened(content).element.body
    for element in body.iter(qn("w:br")):
        element.text = "\n"
    for element in body.iter(qn("w:tab")):
        element.text = "\t"
    shown = (qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:noBreakHyphen"))
    return "".join(element.text or "\u2011" for element in body.iter(*shown))


def said_by(paper):
    """All that a paper has to say, in its sections."""
    for section in paper.sections:
        yield from (section.title, section.summary)
        for block in section.blocks:
            if isinstance(block, Fact):
                yield from (block.label, *block.items)
            elif isinstance(block, Passage):
                yield from (block.label, *(line.text for line in block.lines))
            elif isinstance(block, Table):
                yield from (column.title for column in block.columns)
                yield from (cell for row in block.rows for cell in row)
            else:
                yield from (*block.words, block.lateness, block.reason)


def test_both_source_plans_are_whole(ccgm, demonstration):
    for paper in (
        paper_of(demonstration, with_follow_up=True),
        paper_of(ccgm, Layout.THEMATIC),
        paper_of(ccgm, Layout.THEMATIC, with_follow_up=True, as_list=True),
        sheet_of(ccgm.actions.get(number=3)),
    ):
        words = words_of(write_docx(paper))
        assert not [said for said in said_by(paper) if said not in words]


def test_headings_are_real_and_skip_no_level(demonstration):
    paper = paper_of(demonstration)
    styles = [
        (paragraph.style.name, paragraph.text)
        for paragraph in opened(write_docx(paper)).paragraphs
        if paragraph.style.name.startswith(("Heading", "Title"))
    ]
    assert styles[0] == ("Title", "Plan d’actions CTG")
    assert styles[1:] == [(f"Heading {section.level - 1}", section.title) for section in paper.sections]
    levels = [int(name[-1]) for name, _ in styles[1:]]
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))


def test_lists_are_lists(demonstration):
    styles = {paragraph.style.name for paragraph in opened(write_docx(paper_of(demonstration))).paragraphs}
    assert {"List Bullet", "List Bullet 2", "List Continue"} <= styles


def test_a_table_repeats_its_titles_and_says_what_it_holds(ccgm):
    tables = opened(write_docx(paper_of(ccgm, Layout.THEMATIC, as_list=True))).tables
    assert len(tables) == ccgm.themes.filter(actions__isnull=False).distinct().count()
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_the_file_says_its_title_its_language_and_its_pages(ccgm):
    selection = Selection(frozenset(ccgm.actions.values_list("pk", flat=True)[:3]), 19, "En cours")
    content = write_docx(paper_of(ccgm, Layout.THEMATIC, with_follow_up=True, selection=selection))
    document, parts = opened(content), parts_of(content)
    assert document.core_properties.title.startswith("Plan d’actions CTG 2025-2028 – Communauté de communes")
    assert document.core_properties.language == "fr-FR"
    assert 'w:lang w:val="fr-FR"' in parts["word/styles.xml"]
    assert "3 actions sur 19\u00a0: En cours" in words_of(content)
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "CCGM · Plan d’actions CTG 2025-2028"
    for footer in (section.footer, section.first_page_footer):
        fields = [element.text.strip() for element in footer._element.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert footer.paragraphs[0].text.startswith("Données du 22 novembre 2026")


def test_a_list_lies_on_its_side(plan):
    section = opened(write_docx(paper_of(plan, as_list=True))).sections[0]
    assert section.page_width > section.page_height


def test_no_text_becomes_a_field_or_leads_elsewhere(plan):
    actions = [poison(plan, payload) for payload in PAYLOADS]
    lists = paper_of(plan, with_follow_up=True, as_list=True)
    for paper in (paper_of(plan, with_follow_up=True), lists, *map(sheet_of, actions[-3:])):
        content = write_docx(paper)
        parts = parts_of(content)
        everything = "".join(parts.values())
        assert not re.search(r"<w:(?:hyperlink|fldSimple|object|altChunk|subDoc)\b", everything)
        assert 'TargetMode="External"' not in everything
        fields = re.findall(r"<w:instrText[^>]*>([^<]*)<", everything)
        assert {field.strip() for field in fields} == {"PAGE", "NUMPAGES"}
        words = words_of(content)
        assert not [said for said in map(clean, said_by(paper)) if said not in words]


@pytest.mark.parametrize("text", STORED.values(), ids=STORED)
def test_whatever_is_stored_is_written_whole(plan, text):
    action = poison(plan, text)
    for paper in (paper_of(plan, with_follow_up=True), sheet_of(action)):
        words = words_of(write_docx(paper))
        assert not [said[:80] for said in map(clean, said_by(paper)) if said not in words]


def test_a_lone_surrogate_is_left_out(plan):
    paper = replace(paper_of(plan), sections=[Section(2, "avant\ud800après")])
    assert "avantaprès" in words_of(write_docx(paper))


@pytest.mark.parametrize("layout", Layout)
def test_an_empty_plan_is_still_a_document(plan, layout):
    assert opened(write_docx(paper_of(plan, layout))).paragraphs


def test_two_hundred_actions_are_one_document(plan):
    for number in range(1, 201):
        f.ActionFactory(plan=plan, number=number)
    words = words_of(write_docx(paper_of(plan, with_follow_up=True)))
    assert words.count("Action ") >= 200


# The template


def test_the_shipped_template_is_the_one_that_the_code_makes():
    assert docx.Document(str(SHIPPED)).styles.element.xml == build_template().styles.element.xml


@pytest.fixture
def template():
    """A territory's own: written in, with red headings."""
    document = build_template()
    document.add_paragraph("Rapport de l’an dernier")
    document.styles["Heading 1"].font.color.rgb = RGBColor(0xFF, 0, 0)
    return document


def saved(document):
    file = BytesIO()
    document.save(file)
    file.seek(0)
    return file


def test_a_template_gives_its_looks_and_not_its_words(ccgm, template):
    document = opened(write_docx(paper_of(ccgm, Layout.THEMATIC), saved(template)))
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(0xFF, 0, 0)
    assert not [one for one in document.paragraphs if "l’an dernier" in one.text]


@pytest.mark.parametrize("name", STYLES)
def test_a_style_that_is_missing_is_named_as_word_names_it(template, name):
    template.styles[name]._element.find(qn("w:name")).set(qn("w:val"), "Autre")
    with pytest.raises(TemplateError, match=re.escape(f"«\u00a0{STYLES[name][1]}\u00a0» ({name})")):
        open_template(saved(template))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html></html>"])
def test_what_is_no_word_document_is_refused_in_words(content):
    with pytest.raises(TemplateError, match="n’est pas un document Word"):
        open_template(BytesIO(content))
