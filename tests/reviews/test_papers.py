"""The review as PDF and as Word: accessible, archivable, whole, and honest about what nobody wrote."""

import re
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from ctg.documents.papers.blocks import Fact, Passage, Standing, Table
from ctg.documents.pdf.renderer import render_pdf, write_pdf
from ctg.documents.word.writer import write_docx
from ctg.reviews.papers.review import review_paper
from ctg.web.text import clean
from tests.documents.files import failures, html_of, inside, parts_of
from tests.documents.hostile import LONG, PAYLOADS, STORED
from tests.documents.test_pdf_safety import FORBIDDEN, structure
from tests.documents.test_word import said_by, words_of
from tests.reviews.facts_samples import (
    SEAL,
    action_of,
    change_of,
    changes_of,
    empty,
    filled_with,
    large,
    progress_of,
    sample,
    turns,
)

pytestmark = pytest.mark.once

GLYPHS = {"PDFUA1-NOTDEF-GLYPH-001", "PDFA3A-NOTDEF-GLYPH-001"}


def with_actions(*actions):
    return replace(sample(), actions=actions, progress=progress_of(actions))


def titles(paper):
    return [section.title for section in paper.sections if section.level == 2]


def blocks_under(paper, title):
    return next(section for section in paper.sections if section.title == title).blocks


def labels(blocks):
    return [block.label for block in blocks if isinstance(block, Fact | Passage)]


def tables(paper):
    return [block for section in paper.sections for block in section.blocks if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("facts", "seal"),
    [(sample(), SEAL), (empty(), None), (filled_with(STORED["right-to-left"]), None)],
    ids=["usual", "empty", "right to left"],
)
def test_the_pdf_is_accessible_and_archivable(facts, seal):
    assert not failures(write_pdf(review_paper(facts, seal)))


@pytest.mark.parametrize(
    ("sound", "faulty", "rule"),
    [('<html lang="fr">', "<html>", "LANG"), ("<h2 ", "<h5 ", "HEADING")],
    ids=["language", "heading level"],
)
def test_the_checker_sees_what_we_could_forget(sound, faulty, rule):
    html = html_of(review_paper(empty(), None))
    assert any(rule in failed for _, failed in failures(render_pdf(html.replace(sound, faulty, 1))))


def test_its_parts_come_in_the_order_that_people_expect():
    assert titles(review_paper(sample(), None)) == [
        "Mot d’ouverture",
        "Faits marquants",
        "Où en est le plan",
        "Action par action",
        "Indicateurs",
        "Difficultés et leviers",
        "Participation des habitants",
        "Gouvernance de l’année",
        "Modifications du plan",
        "Feuille de route 2027",
        "Annexe\u00a0: toutes les actions",
    ]


def test_an_empty_plan_says_so_and_leaves_out_what_nobody_wrote():
    paper = review_paper(empty(), None)
    assert titles(paper) == [
        "Où en est le plan",
        "Action par action",
        "Indicateurs",
        "Difficultés et leviers",
        "Gouvernance de l’année",
        "Modifications du plan",
        "Feuille de route 2027",
    ]
    assert all(section.summary or section.blocks for section in paper.sections if section.level == 3)
    said = [section.summary for section in paper.sections]
    assert "Le plan ne compte encore aucune action." in said
    assert "Le plan ne suit encore aucun indicateur." in said


def test_a_draft_says_so_on_each_page_and_a_frozen_review_prints_its_digest():
    draft, frozen = review_paper(sample(), None).cover, review_paper(sample(), SEAL).cover
    assert draft.running.endswith("projet, non arrêté") and "projet" not in frozen.running
    assert Fact("État", ["Projet, non arrêté"]) in draft.facts
    assert {fact.label: fact.items[0] for fact in frozen.facts}["Empreinte SHA-256"] == SEAL.sha256


@pytest.mark.parametrize("make", [sample, empty, large])
def test_headings_follow_each_other_and_tables_are_as_wide_as_the_page(make):
    paper = review_paper(make(), None)
    levels = [1, *(section.level for section in paper.sections)]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    for table in tables(paper):
        assert 95 <= sum(column.share for column in table.columns) <= 100, table.caption
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_what_the_coordination_wrote_stands_in_place_of_the_notes():
    written, noted, silent = with_actions(
        action_of(1, achieved="Fait."), action_of(2), action_of(3, notes=())
    ).actions
    paper = review_paper(with_actions(written, noted, silent), None)
    by_action = {
        number: blocks_under(paper, f"Action {number}\u00a0: {written.title[:-1]}{number}")
        for number in (1, 2, 3)
    }
    assert Passage("Ce qui a été fait", "Fait.") in by_action[1]
    assert not [label for label in labels(by_action[1]) if label.startswith("Le 14")]
    assert (
        Passage("Le 14 mars 2026, Paul Martin, Service Petite enfance", "Trois ateliers tenus.")
        in by_action[2]
    )
    assert Fact("Ce qui a été fait", ["rien n’a été noté cette année"]) in by_action[3]


def test_where_an_action_stands_comes_first():
    action = action_of(1, status="suspended", confidence="", progress=None, reason="Poste vacant.")
    blocks = blocks_under(review_paper(with_actions(action), None), "Action 1\u00a0: " + action.title)
    assert blocks[0] == Standing("suspended", "suspendue", "sans avis", None, "", "Poste vacant.")


def test_actions_stand_under_their_themes_where_a_plan_has_no_ambition():
    plain = [action_of(number, ambition="", theme="Jeunesse") for number in (1, 2)]
    paper = review_paper(with_actions(*plain), None)
    found = [(section.level, section.title) for section in paper.sections]
    assert (3, "Jeunesse") in found
    assert (4, "Action 1\u00a0: " + plain[0].title) in found


def test_a_milestone_that_was_missed_is_told_from_one_to_come():
    rows = {}
    for table in tables(review_paper(sample(), None)):
        if table.caption == "Jalons":
            rows |= {row[0]: row[2] for row in table.rows}
    assert rows == {"Ouverture du lieu": "atteint le 3 septembre 2026"}
    missed, coming = (
        replace(sample().actions[0].milestones[0], title=t, due_on=d, reached_on="")
        for t, d in (("raté", "2026-11-21"), ("à venir", "2026-11-22"))
    )
    [table] = [
        one
        for one in tables(review_paper(with_actions(action_of(1, milestones=(missed, coming))), None))
        if one.caption == "Jalons"
    ]
    assert [row[2] for row in table.rows] == ["non atteint", "à venir"]


def test_an_action_that_changed_twice_is_named_in_full_once():
    twice = changes_of(
        change_of(3), change_of(3, words="calendrier modifié", before="", after="2027"), change_of(4)
    )
    [table] = [
        one
        for one in tables(review_paper(replace(sample(), since_last_year=twice), None))
        if one.caption == "Depuis la fin de l’année 2025"
    ]
    assert [row[0].partition("\u00a0")[0] for row in table.rows] == ["Action 3", "Action 3", "Action 4"]
    assert [len(row[0]) > 10 for row in table.rows] == [True, False, True]
    assert [row[1] for row in table.rows][1:] == ["calendrier modifié\n2027", "Statut\nen cours → reportée"]


def test_findings_stand_beside_the_figures_as_texts():
    key = blocks_under(review_paper(sample(), None), "Indicateurs clés")
    assert isinstance(key[0], Table)
    assert Passage("Satisfaction des parents, Caf", "Les pères viennent.") in key


def test_nothing_of_the_paper_is_missing_from_the_word_document():
    paper = review_paper(sample(), SEAL)
    content = write_docx(paper)
    shown = words_of(content)
    for text in filter(None, said_texts(paper)):
        for line in re.split(r"\n", clean(text)):
            assert re.sub(r"\*\*|^\s*[•○] ", "", line) in shown, line
    document = docx.Document(BytesIO(content))
    headings = [one.style.name for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings.count("Heading 1") == len(titles(paper))
    assert {"Heading 2", "Heading 3"} <= set(headings)
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def said_texts(paper):
    """`said_by` knows all blocks but charts, whose sentence stands in their place."""
    drawn = [block for section in paper.sections for block in section.blocks if block.kind == "drawing"]
    bare = [
        replace(section, blocks=[block for block in section.blocks if block.kind != "drawing"])
        for section in paper.sections
    ]
    return [*said_by(replace(paper, sections=bare)), *(block.sentence for block in drawn)]


@pytest.mark.parametrize(
    "texts", [*turns(PAYLOADS), [*map(STORED.get, ("controls", "emoji", "one word")), ""]]
)
def test_hostile_texts_are_only_text_in_word(texts):
    parts = parts_of(write_docx(review_paper(filled_with(*texts), None)))
    fields = set(re.findall(r"<w:instrText[^>]*>([^<]*)<", "".join(parts.values())))
    assert {field.strip() for field in fields} <= {"PAGE", "NUMPAGES"}
    assert 'TargetMode="External"' not in "".join(parts.values())


def test_hostile_texts_are_only_text_in_pdf():
    content = write_pdf(review_paper(filled_with(*PAYLOADS), None))
    assert not FORBIDDEN.search(structure(content))


def test_a_sign_that_no_font_has_is_the_one_thing_that_may_be_wrong():
    facts = replace(empty(), texts=replace(empty().texts, participation=STORED["emoji"]))
    assert {rule for _, rule in failures(write_pdf(review_paper(facts, None)))} <= GLYPHS


def test_forty_thousand_characters_are_whole():
    """In a passage, and in the cell of a table, taller than a page."""
    decision = replace(sample().decisions[0], subject=LONG, ruling="")
    facts = replace(empty(), texts=replace(empty().texts, participation=LONG), decisions=(decision,))
    assert html_of(review_paper(facts, None)).count(LONG) == 2
    assert words_of(write_docx(review_paper(facts, None))).count(LONG) == 2
    assert len(pages_of(write_pdf(review_paper(facts, None)))) > 10


def pages_of(pdf):
    return re.findall(rb"/Type /Page\b", inside(pdf))
