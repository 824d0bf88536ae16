"""The letterhead of a territory: who chooses it, what is refused, and what it changes in each document."""

import io
import uuid
import zipfile
from functools import partial
from random import Random

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx.oxml.ns import qn
from docx.shared import RGBColor
from PIL import Image, ImageFile

from actions.models import Plan
from ctg.documents import exports
from ctg.documents.exports import Format
from ctg.documents.models import Letterhead
from ctg.documents.order import Layout
from ctg.documents.word.template import ATTACHED_TEMPLATE, STYLES, build_template
from ctg.web.uploads import DOCX, LIMIT
from partners.models import Change
from tests import factories as f
from tests.crowd import at_once, copy_of
from tests.documents.files import TODAY, failures, inside, parts_of
from tests.htmx import soup

LOGO, TEMPLATE = "logo", "modele"
RED = RGBColor(0xFF, 0, 0)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


def address(name, territory, *more):
    return reverse(f"documents:{name}", args=[territory.pk, *more])


def red_template():
    document = build_template()
    document.styles["Title"].font.color.rgb = RED
    return saved(document)


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def put(client, territory, part, content, name="", **typed):
    """Send a file as the page does, which carries the version that it showed."""
    page = soup(client.get(address("letterhead", territory)))
    seen = page.select_one(f"[name={part}-seen]")
    sent = {f"{part}-seen": seen["value"] if seen else "", f"{part}-token": uuid.uuid4()}
    name = name or {LOGO: "logo.png", TEMPLATE: "modele.docx"}[part]
    sent |= {f"{part}-file": SimpleUploadedFile(name, content)} if content is not None else {}
    return client.post(address("letterhead_replace", territory, part), sent | typed)


def complaint(response, part):
    field = soup(response).select_one(f"#id_{part}-file").find_parent(class_="field")
    return field.select_one(".field__error").get_text(" ", strip=True)


def in_use(territory):
    return Letterhead.objects.of_territory(territory.pk).first()


# Choosing


def test_a_logo_is_put_to_use_shown_and_told_by_the_history(camille, world):
    assert "Ni logo ni modèle" in camille.get(address("letterhead", world.territory)).text
    response = put(camille, world.territory, LOGO, f.picture(), "Logo 2026.png")
    assert response["Location"] == address("letterhead", world.territory)
    page = soup(camille.get(response["Location"]))
    [image] = page.select("main img")
    assert image["alt"] == f"Logo de {world.territory}"
    assert "Logo 2026.png" in page.text
    shown = camille.get(image["src"])
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert "sandbox" in shown["Content-Security-Policy"] and "no-store" in shown["Cache-Control"]
    assert Image.open(io.BytesIO(shown.content)).size == (40, 20)
    change = Change.objects.get(kind="letterhead", field="logo")
    assert (change.author, change.before_text) == (world.camille, "")
    assert change.after_text.startswith("Logo 2026.png (image PNG")
    assert "Logo 2026.png (image PNG" in page.select_one(".timeline").text


def test_a_file_of_the_same_name_is_a_change_and_the_old_file_is_kept(camille, world, folder):
    put(camille, world.territory, LOGO, f.picture())
    put(camille, world.territory, LOGO, f.picture(size=(60, 20)))
    changes = Change.objects.filter(kind="letterhead", field="logo").order_by("pk")
    assert [bool(change.before_text) for change in changes] == [False, True]
    assert len(list(folder.iterdir())) == 2


def test_a_template_is_downloaded_again_ours_before_it(camille, world):
    ours = camille.get(address("letterhead_template", world.territory))
    assert ours.content == camille.get(address("starting_template", world.territory)).content
    assert ours["Content-Type"] == DOCX and "modele-plan-ctg.docx" in ours["Content-Disposition"]
    sent = red_template()
    put(camille, world.territory, TEMPLATE, sent, "Charte.docx")
    theirs = camille.get(address("letterhead_template", world.territory))
    assert b"".join(theirs) == sent and "Charte.docx" in theirs["Content-Disposition"]
    assert "sandbox" in theirs["Content-Security-Policy"]


def test_our_own_template_is_accepted_as_it_comes(camille, world):
    ours = camille.get(address("starting_template", world.territory)).content
    assert put(camille, world.territory, TEMPLATE, ours).status_code == 302


def test_each_file_is_removed_alone(camille, world):
    put(camille, world.territory, LOGO, f.picture())
    put(camille, world.territory, TEMPLATE, red_template())
    seen = in_use(world.territory).version
    path = address("letterhead_remove", world.territory, LOGO)
    assert camille.post(path, {"seen": seen}).status_code == 302
    assert (in_use(world.territory).logo, bool(in_use(world.territory).template)) == ({}, True)
    assert camille.get(address("letterhead_logo", world.territory)).status_code == 404
    assert camille.post(path, {"seen": seen}).status_code == 302


def test_what_somebody_changed_in_between_is_not_overwritten(camille, client_of, world, folder):
    put(camille, world.territory, LOGO, f.picture(), "premier.png")
    other = f.MembershipFactory(territory=world.territory, user=f.UserFactory(first_name="Dominique"))
    seen = in_use(world.territory).version
    put(client_of(other.user), world.territory, LOGO, f.picture(), "second.png")
    late = {"logo-seen": seen}
    answers = [
        put(camille, world.territory, LOGO, f.picture(), "troisième.png", **late),
        camille.post(address("letterhead_remove", world.territory, LOGO), {"seen": seen}),
    ]
    for answer in answers:
        assert answer.status_code == 409 and "Dominique" in soup(answer).select_one(".notice").text
    for forged in ("", "²", "0", "9" * 40):
        camille.post(address("letterhead_remove", world.territory, LOGO), {"seen": forged})
    assert in_use(world.territory).logo["name"] == "second.png"
    assert len(list(folder.iterdir())) == 2


def test_the_other_file_may_change_in_between(camille, world):
    put(camille, world.territory, LOGO, f.picture())
    seen = in_use(world.territory).version
    put(camille, world.territory, TEMPLATE, red_template())
    assert put(camille, world.territory, LOGO, f.picture(), **{"logo-seen": seen}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_many_times_keeps_one_file(camille, world, folder):
    token = uuid.uuid4()
    send = partial(put, part=LOGO, content=f.picture(), **{"logo-token": token, "logo-seen": 1})
    calls = [partial(send, copy_of(camille), world.territory) for _ in range(8)]
    assert {answer.status_code for answer in at_once(calls)} == {302}
    assert len(list(folder.iterdir())) == 1
    assert Change.objects.filter(kind="letterhead", field="logo").count() == 1


def test_the_letterhead_of_others_is_out_of_reach(camille, client_of, world):
    f.LetterheadFactory(territory=world.elsewhere, logo_name="Canari.png")
    before = in_use(world.elsewhere)
    put(camille, world.territory, LOGO, f.picture())
    put(camille, world.territory, TEMPLATE, red_template())
    camille.post(address("letterhead_remove", world.territory, LOGO), {"seen": 99})
    for name in ("letterhead", "letterhead_logo", "letterhead_template", "starting_template"):
        assert camille.get(address(name, world.elsewhere)).status_code == 404
    for part in (LOGO, TEMPLATE):
        path = address("letterhead_replace", world.elsewhere, part)
        file = SimpleUploadedFile("logo.png", f.picture())
        assert camille.post(path, {f"{part}-file": file}).status_code == 404
    after = in_use(world.elsewhere)
    assert (after.logo, after.template, after.version) == (before.logo, before.template, before.version)
    for person, code in (("paul", 200), ("elise", 200), ("nadia", 404), ("alex", 404)):
        put(camille, world.territory, LOGO, f.picture())
        assert (
            client_of(getattr(world, person)).get(address("letterhead_logo", world.territory)).status_code
            == code
        )


# What is refused


def huge():
    return f.picture(mode="1", size=(3001, 20))


PICTURES = {
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "PNG ou JPEG"),
    "html": (b"<!doctype html><script>alert(1)</script>", "PNG ou JPEG"),
    "gif": (b"GIF89a", "PNG ou JPEG"),
    "pdf": (b"%PDF-1.7", "PNG ou JPEG"),
    "word": (red_template(), "PNG ou JPEG"),
    "cut": (f.picture(size=(400, 400))[:-300], "ne s’ouvre pas"),
    "only a signature": (b"\x89PNG\r\n\x1a\n", "ne s’ouvre pas"),
    "cut jpeg": (f.picture("JPEG", size=(400, 400))[:200], "ne s’ouvre pas"),
    "too wide": (huge(), "3001 × 20"),
    "one colour": (f.picture(size=(1, 1)), "une seule couleur"),
    "white on nothing": (None, "une seule couleur"),
    "nothing": (b"", "vide"),
}


def white_on_nothing():
    image = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    image.paste((255, 255, 255, 255), (5, 5, 20, 15))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("kind", PICTURES)
def test_what_is_no_logo_is_refused_beside_its_field(camille, world, folder, kind, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # As WeasyPrint leaves it.
    content, words = PICTURES[kind]
    response = put(camille, world.territory, LOGO, white_on_nothing() if content is None else content)
    assert response.status_code == 422 and words in complaint(response, LOGO)
    assert in_use(world.territory) is None and not folder.exists()


@pytest.mark.parametrize("part", [LOGO, TEMPLATE])
def test_a_file_that_is_too_big_or_missing_is_said_to_be(camille, world, folder, part):
    big = f.picture().ljust(LIMIT + 1, b"0")
    assert "dépasse 5\u00a0Mo" in complaint(put(camille, world.territory, part, big), part)
    assert "Choisissez un fichier" in complaint(put(camille, world.territory, part, None), part)
    assert not folder.exists()


def changed(entries=None, **more):
    """The red template with other entries: {name: (before, after)}, or whole ones."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(red_template())) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            before, after = (entries or {}).get(name, (b"", b""))
            assert before in content
            new.writestr(name, content.replace(before, after, 1) if before else content)
        for name, content in more.items():
            new.writestr(name, content)
    return file.getvalue()


def with_relation(reltype, target="http://ailleurs.exemple/x", part="header"):
    """A template whose header, or settings, leads elsewhere."""
    document = docx.Document(io.BytesIO(red_template()))
    document.sections[0].header.paragraphs[0].text = "Territoire"
    owner = (
        document.sections[0].header.part
        if part == "header"
        else document.part.part_related_by(f"{REL}/settings")
    )
    owner.relate_to(target, reltype, is_external=True)
    return saved(document)


REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "[Content_Types].xml"
MAIN = b"wordprocessingml.document.main+xml"
TEMPLATES = {
    "image": (f.picture(), "n’est pas un document Word"),
    "text": (b"Bonjour", "n’est pas un document Word"),
    "macros": (changed(**{"word/vbaProject.bin": b"x"}), "sans macro"),
    "macros that say so": (
        changed({TYPES: (MAIN, b"wordprocessingml.document.macroEnabled.main+xml")}),
        "sans macro",
    ),
    "dotx": (changed({TYPES: (MAIN, b"wordprocessingml.template.main+xml")}), "qui s’ouvre"),
    "broken xml": (changed({"word/document.xml": (b"<w:body>", b"<w:body")}), "qui s’ouvre"),
    "broken styles": (changed({"word/styles.xml": (b"<w:docDefaults", b"<w:doc <")}), "qui s’ouvre"),
    "no page": (
        changed({"word/document.xml": (b"w:body", b"w:bodi"), "word/settings.xml": (b"", b"")}),
        "qui s’ouvre",
    ),
    "bomb": (changed(**{"word/a.xml": b"\0" * 120_000_000}), "n’est pas un document Word"),
    "too long": (
        changed(**{"word/a.xml": Random(1).randbytes(3_000_000).hex().encode() + b"0" * 3_000_000}),
        "trop long",
    ),
    "linked image": (with_relation(f"{REL}/image"), "va chercher une image ailleurs"),
    "embedded object": (with_relation(f"{REL}/oleObject"), "objet incorporé"),
}


@pytest.mark.parametrize("kind", TEMPLATES)
def test_what_cannot_be_a_template_is_refused_beside_its_field(camille, world, folder, kind):
    content, words = TEMPLATES[kind]
    response = put(camille, world.territory, TEMPLATE, content)
    assert response.status_code == 422 and words in complaint(response, TEMPLATE)
    assert in_use(world.territory) is None and not folder.exists()


def test_the_styles_that_are_missing_are_named_as_word_names_them(camille, world):
    document = docx.Document(io.BytesIO(red_template()))
    for name in ("List Bullet 2", "Subtitle"):
        document.styles[name].element.find(qn("w:name")).set(qn("w:val"), "Autre")
    response = put(camille, world.territory, TEMPLATE, saved(document))
    assert response.status_code == 422
    said = complaint(response, TEMPLATE)
    assert "«\u00a0Liste à puces 2\u00a0» (List Bullet 2)" in said and "«\u00a0Sous-titre\u00a0»" in said
    assert "Titre 1" not in said
    assert in_use(world.territory) is None


@pytest.mark.parametrize("name", STYLES)
def test_each_style_that_the_writer_uses_is_asked_for(camille, world, name):
    document = build_template()
    document.styles[name].element.find(qn("w:name")).set(qn("w:val"), "Autre")
    response = put(camille, world.territory, TEMPLATE, saved(document))
    assert response.status_code == 422 and f"({name})" in complaint(response, TEMPLATE)


# What documents take of it


@pytest.fixture
def dressed(camille, world):
    put(camille, world.territory, LOGO, f.picture(size=(600, 200)))
    put(camille, world.territory, TEMPLATE, red_template())
    return world


def papers(world, file_format):
    meeting = f.MeetingFactory(body=f.BodyFactory(plan=world.plan))
    options = {"today": TODAY, "file_format": file_format}
    for as_list in (False, True):
        yield exports.export_plan(
            world.plan, Layout.THEMATIC, with_follow_up=True, as_list=as_list, **options
        )
    yield exports.export_sheet(world.action, **options)
    yield exports.export_indicator(world.indicator, **options)
    yield exports.export_agenda(meeting, **options)
    yield exports.export_minutes(meeting, **options)


def title_color(content):
    return docx.Document(io.BytesIO(content)).styles["Title"].font.color.rgb


def pictures_of(content):
    """What the pictures of the body of a Word document say to those who do not see them."""
    body = docx.Document(io.BytesIO(content)).element.body
    return [element.get("descr") for element in body.iter(qn("wp:docPr"))]


def test_every_pdf_bears_the_logo_and_keeps_both_promises(dressed):
    for export in papers(dressed, Format.PDF):
        assert not failures(export.content), export.name
        everything = inside(export.content)
        assert everything.count(b"/Subtype /Image") == 1, export.name
        assert b"/Alt" in everything and b"/S /Figure" in everything
        assert b"/SMask" not in everything and b"/Interpolate true" not in everything


def test_every_word_document_bears_the_logo_in_the_looks_of_the_territory(dressed):
    for export in papers(dressed, Format.DOCX):
        assert pictures_of(export.content) == [f"Logo de {dressed.territory}"], export.name
        assert title_color(export.content) == RED, export.name


def test_without_a_letterhead_papers_stay_as_they_were(world):
    f.LetterheadFactory(territory=world.elsewhere)
    for export in papers(world, Format.DOCX):
        assert not pictures_of(export.content) and title_color(export.content) != RED
    for export in papers(world, Format.PDF):
        assert b"/Subtype /Image" not in inside(export.content) and not failures(export.content)


def test_a_template_named_by_hand_goes_before_that_of_the_territory(dressed, tmp_path):
    ours, written = tmp_path / "ours.docx", tmp_path / "plan.docx"
    ours.write_bytes(saved(build_template()))
    words = ["export_plan", str(dressed.plan.pk), "--layout", "thematique", "--format", "docx"]
    call_command(*words, "--output", written)
    assert title_color(written.read_bytes()) == RED
    call_command(*words, "--output", written, "--modele", ours)
    assert title_color(written.read_bytes()) != RED


def test_files_that_are_lost_leave_a_paper_without_them(dressed, camille, folder):
    for path in folder.iterdir():
        path.unlink()
    for file_format in (Format.PDF, Format.DOCX):
        for export in papers(dressed, file_format):
            assert export.content
    page = camille.get(address("letterhead", dressed.territory))
    assert "Ce modèle ne sert plus" in page.text
    for name in ("letterhead_logo", "letterhead_template"):
        assert camille.get(address(name, dressed.territory)).status_code == 404


def test_a_template_that_lacks_what_a_later_version_asks_for_gives_way_to_ours(world, camille, monkeypatch):
    document = docx.Document(io.BytesIO(red_template()))
    document.styles["Quote"].element.find(qn("w:name")).set(qn("w:val"), "Autre")
    put(camille, world.territory, TEMPLATE, saved(document))
    assert "ne sert plus" not in camille.get(address("letterhead", world.territory)).text
    monkeypatch.setitem(STYLES, "Quote", (STYLES["Normal"][0], "Citation"))
    page = camille.get(address("letterhead", world.territory)).text
    assert "Ce modèle ne sert plus" in page and "Citation" in page
    written = exports.export_sheet(world.action, today=TODAY, file_format=Format.DOCX).content
    assert title_color(written) != RED


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", mode) for mode in ("RGBA", "LA", "P", "1", "I;16")] + [("JPEG", "CMYK"), ("JPEG", "L")],
)
def test_whatever_its_colours_a_logo_keeps_the_file_archivable(camille, world, kind, mode):
    image = Image.new("RGBA", (300, 100), (200, 30, 30, 128))
    image.paste((0, 80, 80, 255), (0, 0, 90, 100))
    image = image.convert("L").convert(mode) if mode == "I;16" else image.convert(mode)
    file = io.BytesIO()
    image.save(file, kind)
    assert put(camille, world.territory, LOGO, file.getvalue()).status_code == 302
    shown = camille.get(address("letterhead_logo", world.territory)).content
    assert Image.open(io.BytesIO(shown)).mode == "RGB"
    export = exports.export_sheet(world.action, today=TODAY, file_format=Format.PDF)
    assert not failures(export.content) and b"/SMask" not in inside(export.content)


def test_what_a_camera_noted_stays_behind(camille, world):
    exif = Image.Exif()
    exif[0x010E] = "Canari"  # What the picture shows, as its author described it.
    exif[0x0112] = 6  # Turned by a quarter.
    sent = f.picture("JPEG", exif=exif, icc_profile=b"canari", comment=b"Canari")
    assert b"Canari" in sent
    put(camille, world.territory, LOGO, sent, "photo.jpg")
    kept = camille.get(address("letterhead_logo", world.territory)).content
    assert b"anari" not in kept
    assert Image.open(io.BytesIO(kept)).size == (20, 40)


def test_a_logo_that_is_bigger_than_paper_needs_is_made_smaller(camille, world):
    put(camille, world.territory, LOGO, f.picture(size=(3000, 1000)))
    kept = camille.get(address("letterhead_logo", world.territory)).content
    assert Image.open(io.BytesIO(kept)).size == (1200, 400)


@pytest.mark.parametrize("size", [(3000, 2), (2, 3000), (3000, 3000), (20, 10)])
def test_a_logo_of_any_shape_stays_in_its_box(camille, world, size):
    put(camille, world.territory, LOGO, f.picture(size=size))
    content = exports.export_sheet(world.action, today=TODAY, file_format=Format.DOCX).content
    [shape] = docx.Document(io.BytesIO(content)).inline_shapes
    assert 0 < shape.width.mm <= 60.1 and 0 < shape.height.mm <= 25.1
    pdf = exports.export_sheet(world.action, today=TODAY, file_format=Format.PDF).content
    assert not failures(pdf)


def test_what_was_written_in_a_template_does_not_travel(camille, world):
    document = docx.Document(io.BytesIO(red_template()))
    document.add_paragraph("Canari du corps")
    document.add_picture(io.BytesIO(f.picture(size=(77, 33))))
    document.part.relate_to("https://canari.exemple/", f"{REL}/hyperlink", is_external=True)
    document.core_properties.last_modified_by = "Canari Martin"
    document.core_properties.keywords = "Canari"
    document.sections[0].header.paragraphs[0].text = "Siège de la communauté"
    document.part.part_related_by(f"{REL}/settings").relate_to(
        r"file:///C:\Canari\a.dotx", ATTACHED_TEMPLATE, is_external=True
    )
    assert put(camille, world.territory, TEMPLATE, saved(document)).status_code == 302
    content = exports.export_sheet(world.action, today=TODAY, file_format=Format.DOCX).content
    everything = "".join(parts_of(content).values())
    assert "anari" not in everything
    assert "External" not in everything
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert not [name for name in file.namelist() if "media" in name]
    assert "Siège de la communauté" in everything


def test_a_header_of_their_own_stands_on_the_first_page_too(camille, world):
    document = docx.Document(io.BytesIO(red_template()))
    document.sections[0].header.paragraphs[0].text = "Siège de la communauté"
    put(camille, world.territory, TEMPLATE, saved(document))
    content = exports.export_sheet(world.action, today=TODAY, file_format=Format.DOCX).content
    section = docx.Document(io.BytesIO(content)).sections[0]
    assert not section.different_first_page_header_footer
    lines = [line.text for line in section.header.paragraphs]
    assert lines[0] == "Siège de la communauté" and "Action 1" in lines[-1]


@pytest.mark.parametrize("file_format", [Format.PDF, Format.DOCX])
def test_a_letterhead_costs_one_query_however_long_the_plan(dressed, file_format):
    def asked():
        plan = Plan.objects.select_related("territory").get(pk=dressed.plan.pk)
        options = {"with_follow_up": False, "today": TODAY, "file_format": file_format}
        with CaptureQueriesContext(connection) as queries:
            exports.export_plan(plan, Layout.THEMATIC, **options)
        return [query["sql"] for query in queries.captured_queries]

    few = asked()
    assert sum("documents_letterhead" in sql for sql in few) == 1
    for number in range(2, 14):
        f.ActionFactory(plan=dressed.plan, number=number)
    assert len(asked()) == len(few)
