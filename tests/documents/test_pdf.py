"""Plans and sheets as PDF: accessible, archivable, and saying what they are."""

import itertools
import re
from dataclasses import replace

import pydyf
import pytest
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import TextBox

from ctg.documents.order import Layout
from ctg.documents.papers.blocks import Section
from ctg.documents.pdf import conformity, renderer
from ctg.documents.pdf.renderer import render_pdf, write_pdf
from ctg.documents.selection import Selection
from tests import factories as f
from tests.documents.files import failures, html_of, inside, paper_of, papers_of, sheet_of
from tests.documents.hostile import LONG, STORED, poison

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: Nothing of it is drawn: PDF/UA wants to know what it shows.
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E"
    "%3Crect width='9' height='9'/%3E%3C/svg%3E"
)


SHORT = {name: text for name, text in STORED.items() if name not in ("long", "emoji")}


@pytest.fixture
def followed(plan):
    """A small plan with something of everything."""
    action = poison(plan, "Aller vers les familles")
    f.ActionFactory(plan=plan, ambition=action.ambition, title="Sans orientation")
    f.ActionFactory(plan=plan, title="À classer", content="• un\n  ○ deux\n  suite\n• trois")
    return plan


def test_both_source_plans_are_accessible_and_archivable(ccgm, demonstration):
    for with_follow_up, as_list in itertools.product((False, True), repeat=2):
        options = {"with_follow_up": with_follow_up, "as_list": as_list}
        assert not failures(write_pdf(paper_of(demonstration, Layout.STRATEGIC, **options)))
        assert not failures(write_pdf(paper_of(ccgm, Layout.THEMATIC, **options)))
    for action in (ccgm.actions.get(number=3), demonstration.actions.get(number=6)):
        assert not failures(write_pdf(sheet_of(action)))


def test_every_paper_of_a_followed_plan_is_too(followed):
    for paper in papers_of(followed):
        assert not failures(write_pdf(paper))


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("as_list", [False, True])
def test_an_empty_plan_is_still_a_document(plan, layout, as_list):
    assert not failures(write_pdf(paper_of(plan, layout, with_follow_up=True, as_list=as_list)))


@pytest.mark.parametrize("text", SHORT.values(), ids=SHORT)
def test_whatever_is_stored_is_printed(plan, text):
    action = poison(plan, text)
    assert not failures(write_pdf(paper_of(plan, with_follow_up=True)))
    assert not failures(write_pdf(sheet_of(action)))


def test_a_sign_that_no_font_has_is_the_one_thing_that_may_be_wrong(plan):
    """A box stands for it; which fonts there are is up to the machine."""
    action = poison(plan, STORED["emoji"])
    assert {rule for _, rule in failures(write_pdf(sheet_of(action)))} <= {
        "PDFUA1-NOTDEF-GLYPH-001",
        "PDFA3A-NOTDEF-GLYPH-001",
    }


def test_forty_thousand_characters_are_printed_whole(plan):
    ambition = f.AmbitionFactory(plan=plan, title=LONG)
    action = f.ActionFactory(plan=plan, ambition=ambition, title=LONG, purpose=LONG)
    f.ProgressNoteFactory(action=action, text=LONG)
    paper = paper_of(plan, with_follow_up=True)
    assert html_of(paper).count(LONG) == 5  # the contents name the ambition once more
    assert not failures(write_pdf(paper))


def test_a_lone_surrogate_is_left_out(plan):
    paper = replace(paper_of(plan), sections=[Section(2, "avant\ud800après", "a\udfffb")])
    assert not failures(write_pdf(paper))


def test_an_address_without_a_space_stays_on_the_page(plan):
    action = poison(plan, "https://exemple.fr/" + "chemin" * 60)
    for paper in (paper_of(plan, with_follow_up=True), paper_of(plan, as_list=True), sheet_of(action)):
        document = HTML(string=html_of(paper)).render(
            stylesheets=renderer.stylesheets(), presentational_hints=True
        )
        for sheet in document.pages:
            texts = [box for box in sheet._page_box.descendants() if isinstance(box, TextBox)]
            assert texts
            assert max(box.position_x + box.width for box in texts) < sheet.width - 30


def test_two_hundred_actions_are_one_document(plan):
    ambition = f.AmbitionFactory(plan=plan)
    for number in range(1, 201):
        f.ActionFactory(plan=plan, number=number, ambition=ambition, content="• un point\n• un autre")
    content = write_pdf(paper_of(plan, with_follow_up=True))
    assert not failures(content)
    assert inside(content).count(b"/S /H3") >= 200


@pytest.mark.parametrize(
    ("sound", "faulty", "rule"),
    [
        ('<html lang="fr">', "<html>", "LANG"),
        (r"<title>[^<]*</title>", "", "TITLE"),
        ("<h2 ", "<h5 ", "HEADING"),
        ("</header>", f'<img src="{PICTURE}"></header>', "FIGURE"),
    ],
    ids=["language", "title", "heading level", "alternative text"],
)
def test_the_checker_sees_what_we_could_forget(followed, sound, faulty, rule):
    html = html_of(paper_of(followed))
    assert not failures(render_pdf(html))
    changed = re.sub(sound, faulty, html, count=1)
    assert changed != html
    assert any(rule in failed for _, failed in failures(render_pdf(changed)))


def test_accessibility_is_claimed_by_us(followed, monkeypatch):
    monkeypatch.setattr(renderer, "finish", lambda *args, **options: None)
    assert failures(write_pdf(paper_of(followed)))


def test_a_stream_that_ends_with_a_carriage_return_is_not_compressed():
    """Validators take it for the end of a line, one file out of seven."""
    document = pydyf.PDF()
    document.add_object(pydyf.Stream([b"<rdf:RDF></rdf:RDF>"], {"Type": "/Metadata"}, compress=True))
    streams = [pydyf.Stream([b"a" * length], compress=True) for length in range(512)]
    ambiguous = [stream for stream in streams if stream.data.endswith(conformity.AMBIGUOUS)]
    others = {stream: stream.data for stream in streams if stream not in ambiguous}
    for stream in streams:
        document.add_object(stream)
    conformity.finish(document)
    assert ambiguous
    assert not [stream for stream in ambiguous if b"FlateDecode" in stream.data]
    assert not [stream for stream in others if stream.data != others[stream]]


def test_a_document_is_written_again_when_its_last_streams_are_ambiguous(plan, monkeypatch):
    attempts = []

    def finish(pdf, *, attempt):
        attempts.append(attempt)
        conformity.finish(pdf, attempt=attempt)
        if attempt == 0:
            pdf.add_object(pydyf.Stream([b"a\r"]))

    monkeypatch.setattr(renderer, "finish", finish)
    assert conformity.AMBIGUOUS not in write_pdf(paper_of(plan))
    assert attempts == [0, 1]


def test_the_title_page_says_what_the_document_is(ccgm):
    selection = Selection(frozenset(ccgm.actions.values_list("pk", flat=True)[:3]), 19, "En cours, Jeunesse")
    html = html_of(paper_of(ccgm, Layout.THEMATIC, with_follow_up=True, selection=selection))
    cover = html.partition("</header>")[0]
    for words in (
        "Communauté de communes Gally-Mauldre",
        "Plan d’actions CTG 2025-2028",
        "Plan et suivi, par thématique",
        "2025–2028",
        "Données du 22 novembre 2026",
        "3 actions sur 19\u00a0: En cours, Jeunesse",
    ):
        assert words in cover, words


def test_the_file_says_its_title_its_language_and_its_headings(ccgm):
    content = inside(write_pdf(paper_of(ccgm, Layout.THEMATIC)))
    assert b"/Lang (fr)" in content
    assert b"/DisplayDocTitle true" in content
    assert "Plan d’actions CTG 2025-2028 – Communauté".encode("utf-16-be").hex().encode() in content
    assert b"/Outlines" in content and content.count(b"/Dest") >= ccgm.actions.count()
    assert b"/CreationDate (D:20261122" in content


def test_the_contents_lead_to_each_section(demonstration):
    html = html_of(paper_of(demonstration))
    links = re.findall(r'<a href="#(s\d+)">([^<]+)</a>', html)
    assert len(links) == demonstration.ambitions.count() == 4
    for anchor, title in links:
        assert re.search(rf'<h2 [^>]*id="{anchor}"[^>]*>{re.escape(title)}</h2>', html)


def test_a_table_names_its_columns_and_its_rows(ccgm):
    html = html_of(paper_of(ccgm, Layout.THEMATIC, as_list=True))
    assert html.count('<th scope="row">') == ccgm.actions.count()
    assert html.count('<th scope="col">N°</th>') == html.count("<table")
    content = inside(write_pdf(paper_of(ccgm, Layout.THEMATIC, as_list=True)))
    assert b"/Headers" in content


def test_nothing_of_the_stylesheet_is_ignored(followed, caplog):
    with caplog.at_level("WARNING", logger="weasyprint"):
        renderer.stylesheets.cache_clear()
        write_pdf(paper_of(followed, with_follow_up=True))
    assert not caplog.records
