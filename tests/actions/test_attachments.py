"""Documents joined to actions and to meetings (S7)."""

import io
import uuid
import zipfile
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actions.models import Attachment, AttachmentKind
from ctg.web.uploads import DOCX, LIMIT, PDF, PNG
from partners.models import Change
from tests import factories as f
from tests.crowd import at_once, copy_of
from tests.htmx import soup
from tests.web.test_uploads import REFUSED, TAKEN, TYPES, office

PEOPLE = ("camille", "paul", "ines", "elise", "karim", "alex", "nadia")
READERS = set(PEOPLE[:5])


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


@pytest.fixture
def paul(client_of, world):
    return client_of(world.paul)


@pytest.fixture
def meeting(world):
    return f.MeetingFactory(body=f.BodyFactory(plan=world.plan))


def address(name, thing):
    return reverse(f"actions:{name}", args=[thing.pk])


def join(client, thing, content=TAKEN[PDF], name="Délibération.pdf", **typed):
    route = "attachment_add" if thing._meta.model_name == "action" else "meeting_attachment_add"
    data = {"title": "", "kind": "resolution", "audience": "everyone", "url": "", "token": uuid.uuid4()}
    data |= {"file": SimpleUploadedFile(name, content)} if content is not None else {}
    return client.post(address(route, thing), data | typed)


def table(client, action):
    page = soup(client.get(address("action_file", action)))
    return [row.get_text(" ", strip=True) for row in page.select("#documents tbody tr")]


def statuses(client_of, world, path):
    """What each person gets, and whether she got the file itself."""
    codes = {}
    for person in PEOPLE:
        response = client_of(getattr(world, person)).get(path)
        codes[person] = response.status_code
        was_sent = response.streaming and bool(b"".join(response))
        assert was_sent is (response.status_code == 200), person
    return codes


# Joining


@pytest.mark.parametrize(
    ("person", "code"), [("camille", 302), ("paul", 302)] + [(it, 404) for it in PEOPLE[2:]]
)
def test_those_who_keep_an_action_join_documents_to_it(client_of, world, folder, person, code):
    assert join(client_of(getattr(world, person)), world.action).status_code == code
    assert Attachment.objects.count() == int(code == 302) == len(list(folder.glob("*")))


@pytest.mark.parametrize("person", PEOPLE)
def test_the_coordination_alone_joins_documents_to_a_meeting(client_of, world, meeting, person):
    code = join(client_of(getattr(world, person)), meeting).status_code
    assert code == (302 if person == "camille" else 404)
    assert meeting.attachments.count() == int(person == "camille")


def test_a_document_says_what_it_is_who_joined_it_and_who_reads_it(paul, client_of, world, folder):
    response = join(paul, world.action, TAKEN[PDF] + b"0" * 245_000, title="Délibération du 12 mars")
    assert response["Location"] == address("action_file", world.action)
    kept = Attachment.objects.get()
    assert (kept.kind, kept.added_by) == (AttachmentKind.RESOLUTION, world.paul)
    [row] = table(client_of(world.elise), world.action)
    for words in (
        "Délibération du 12 mars",
        "PDF, 239\u00a0Ko",
        "Délibération",
        "Service Jeunesse",
        "toutes les personnes qui lisent le plan",
    ):
        assert words in row, words
    [path] = folder.iterdir()
    assert path.name == kept.stored_as and len(path.name) == 32
    assert Change.objects.filter(kind="attachment", event="created", author=world.paul).exists()


def test_without_a_title_it_is_called_by_the_name_of_its_file(paul, world):
    join(paul, world.action, name="C:\\Bureau\\PV du COPIL.pdf")
    assert Attachment.objects.get().title == "PV du COPIL.pdf"


def test_a_link_says_where_it_leads(paul, client_of, world):
    join(paul, world.action, content=None, url="https://www.exemple.fr/etude?page=2", title="L’étude")
    link = Attachment.objects.get()
    assert table(client_of(world.elise), world.action)[0].startswith("L’étude lien, www.exemple.fr")
    assert client_of(world.elise).get(link.get_absolute_url())["Location"] == link.url


# What is refused


def bomb():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", TYPES)
        made.writestr("xl/workbook.xml", b"\0" * 20_000_000)
    return data.getvalue()


HOSTILE = {
    **{kind: REFUSED[kind] for kind in ("html", "svg", "program", "zip", "broken zip", "text", "nothing")},
    "docm": office("word/document.xml", TYPES, "word/vbaProject.bin"),
    "docm that says so": office("word/document.xml", TYPES.replace(b"x.main", b"document.macroEnabled.main")),
    "bomb": bomb(),
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("name", ["Délibération.pdf", "Délibération.docx"])
def test_what_is_no_document_is_refused_beside_its_field(paul, world, folder, kind, name):
    response = join(paul, world.action, HOSTILE[kind], name=name, title="Le titre que j’ai tapé")
    page = soup(response)
    assert response.status_code == 422 and not Attachment.objects.exists() and not folder.exists()
    said = page.select_one("#id_file").find_parent(class_="field").select_one(".field__error").text
    assert ("vide" if kind == "nothing" else "PDF, image PNG ou JPEG") in said
    assert page.select_one("[name=title]")["value"] == "Le titre que j’ai tapé"


def test_too_big_a_file_is_refused_with_the_limit_and_the_rest_is_kept(paul, world, folder):
    content = TAKEN[PDF] + b"0" * (LIMIT + 1 - len(TAKEN[PDF]))
    # The file comes first, as a browser may send it: what follows is read all the same.
    data = {
        "file": SimpleUploadedFile("Gros.pdf", content),
        "title": "Le titre que j’ai tapé",
        "kind": "study",
    }
    response = paul.post(address("attachment_add", world.action), data)
    page = soup(response)
    assert response.status_code == 422 and not Attachment.objects.exists() and not folder.exists()
    assert "dépasse 5\u00a0Mo" in page.select_one("#id_file").find_parent(class_="field").text
    assert page.select_one("[name=title]")["value"] == "Le titre que j’ai tapé"
    assert page.select_one("[name=kind] [selected]")["value"] == "study"


def test_a_file_of_exactly_the_limit_is_kept(paul, world):
    assert join(paul, world.action, TAKEN[PDF].ljust(LIMIT, b"0")).status_code == 302
    assert Attachment.objects.get().size == LIMIT


ADDRESSES = {
    "https://exemple.fr/registre": 302,
    "http://exemple.fr/": 302,
    "javascript:alert(1)": 422,
    "data:text/html,x": 422,
    "ftp://exemple.fr/a": 422,
    "//exemple.fr/a": 422,
    "exemple": 422,
    "https://exemple.fr/" + "a" * 600: 422,
    "": 422,
}


@pytest.mark.parametrize(("url", "code"), ADDRESSES.items())
def test_an_address_is_that_of_a_page(paul, world, url, code):
    response = join(paul, world.action, content=None, url=url, title="Le registre")
    assert (response.status_code, Attachment.objects.count()) == (code, int(code == 302))
    if code == 422:
        link = f.AttachmentFactory(action=world.action, added_by=world.paul)
        sent = {"title": "Le registre", "kind": "other", "url": url, "seen": 1}
        assert paul.post(address("attachment_edit", link), sent).status_code == 422
        assert Attachment.objects.get().url == "https://exemple.fr/deliberation"


def test_a_file_or_an_address_not_both(paul, world, folder):
    response = join(paul, world.action, url="https://exemple.fr/")
    assert response.status_code == 422 and not Attachment.objects.exists() and not folder.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_many_times_keeps_one_file(paul, world, folder):
    token = uuid.uuid4()
    calls = [partial(join, copy_of(paul), world.action, token=token) for _ in range(12)]
    assert {response.status_code for response in at_once(calls)} == {302}
    assert Attachment.objects.count() == 1 and len(list(folder.iterdir())) == 1
    join(paul, world.action)
    assert Attachment.objects.count() == 2


# Opening


def test_a_file_leaves_as_a_download_that_can_do_nothing(paul, client_of, world):
    join(paul, world.action, TAKEN[PNG], "photo.html", title="Une photo")
    response = client_of(world.elise).get(Attachment.objects.get().get_absolute_url())
    assert response["Content-Disposition"] == 'attachment; filename="Une photo.png"'
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (PNG, "nosniff")
    assert "sandbox" in [rule.strip() for rule in response["Content-Security-Policy"].split(";")]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert b"".join(response) == TAKEN[PNG]


def test_the_files_of_a_plan_are_for_those_who_read_it(camille, client_of, world, meeting):
    for thing in (world.action, meeting):
        join(camille, thing, TAKEN[DOCX])
        codes = statuses(client_of, world, Attachment.objects.latest("pk").get_absolute_url())
        assert {person for person, code in codes.items() if code == 200} == READERS
        assert set(codes.values()) == {200, 404}


def test_what_is_for_the_coordination_does_not_exist_for_others(camille, client_of, world, meeting):
    for thing in (world.action, meeting):
        join(camille, thing, title="Entre nous", audience="coordinators")
        codes = statuses(client_of, world, Attachment.objects.latest("pk").get_absolute_url())
        assert {person for person, code in codes.items() if code == 200} == {"camille"}
    assert "Entre nous" in table(camille, world.action)[0]
    for person in ("paul", "elise", "karim"):
        client = client_of(getattr(world, person))
        assert table(client, world.action) == []
        for page in ("action_detail", "action_history", "action_file"):
            assert "Entre nous" not in client.get(address(page, world.action)).text
        assert "Entre nous" not in client.get(address("plan_history", world.plan)).text


def test_what_is_in_the_trash_opens_for_nobody(camille, client_of, world, meeting, folder):
    join(camille, world.action)
    join(camille, meeting)
    for kept in Attachment.objects.all():
        camille.post(address("attachment_trash", kept), {"seen": 1})
        assert set(statuses(client_of, world, kept.get_absolute_url()).values()) == {404}
    assert table(camille, world.action) == [] and len(list(folder.iterdir())) == 2


def test_what_lies_in_a_trashed_action_or_meeting_opens_for_nobody(camille, client_of, world, meeting):
    join(camille, world.action)
    join(camille, meeting)
    for thing in (world.action, meeting):
        type(thing).objects.filter(pk=thing.pk).update(trashed_at=timezone.now())
    for kept in Attachment.objects.all():
        assert set(statuses(client_of, world, kept.get_absolute_url()).values()) == {404}


# Changing


def test_only_a_coordination_chooses_its_readers(paul, camille, world):
    assert not soup(paul.get(address("attachment_add", world.action))).select("[name=audience]")
    join(paul, world.action, audience="coordinators")
    kept = Attachment.objects.get()
    assert kept.audience == "everyone"
    assert soup(camille.get(address("attachment_edit", kept))).select("[name=audience]")
    sent = {"title": "Renommé", "kind": "study", "audience": "coordinators", "seen": 1}
    camille.post(address("attachment_edit", kept), sent)
    kept.refresh_from_db()
    assert (kept.title, kept.kind, kept.audience) == ("Renommé", "study", "coordinators")
    # Paul, who joined it, still reads it, and renaming it does not open it.
    paul.post(address("attachment_edit", kept), {"title": "Le mien", "kind": "study", "seen": 2})
    kept.refresh_from_db()
    assert (kept.title, kept.audience) == ("Le mien", "coordinators")


def test_a_document_is_changed_by_whoever_joined_it_and_by_the_coordination(client_of, world, camille, paul):
    join(camille, world.action, title="Le sien")
    kept = Attachment.objects.get()
    assert "Modifier" not in table(paul, world.action)[0]
    for person in ("paul", "ines", "elise", "karim"):
        client = client_of(getattr(world, person))
        for name in ("attachment_edit", "attachment_trash"):
            sent = {"title": "Pris", "kind": "study", "seen": 1}
            assert client.post(address(name, kept), sent).status_code == 404
    join(paul, world.action, title="Le mien")
    assert "Modifier" in table(paul, world.action)[0] and "Modifier" not in table(paul, world.action)[1]
    kept.refresh_from_db()
    assert (kept.title, kept.trashed_at) == ("Le sien", None)


def test_a_title_is_needed_once_it_is_joined(paul, world):
    join(paul, world.action)
    kept = Attachment.objects.get()
    response = paul.post(address("attachment_edit", kept), {"title": " ", "kind": "study", "seen": 1})
    assert response.status_code == 422 and soup(response).select(".field__error")


def test_two_people_who_rename_are_told(paul, camille, world):
    join(paul, world.action)
    kept = Attachment.objects.get()
    paul.post(address("attachment_edit", kept), {"title": "Le mien", "kind": "resolution", "seen": 1})
    sent = {"title": "Le sien", "kind": "resolution", "audience": "everyone", "seen": 1}
    response = camille.post(address("attachment_edit", kept), sent)
    assert response.status_code == 409 and "Le mien" in response.text and "Le sien" in response.text


def test_a_document_comes_back_from_the_trash(camille, world):
    join(camille, world.action)
    kept = Attachment.objects.get()
    camille.post(address("attachment_trash", kept), {"seen": 1})
    camille.post(reverse("actions:trash_restore", args=["attachment", kept.pk]))
    assert len(table(camille, world.action)) == 1
