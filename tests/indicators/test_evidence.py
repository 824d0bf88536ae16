"""One value, with what proves it and its past (S7)."""

from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ctg.web.uploads import LIMIT
from indicators.models import Channel, Evidence, Measurement, State
from indicators.values import entry
from partners.models import Change
from partners.tracking import Author
from tests import factories as f
from tests.crowd import at_once, copy_of
from tests.web.test_uploads import REFUSED, TAKEN

PDF = TAKEN["application/pdf"]
PARTNER = Author("Dominique Petit, Service Jeunesse")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def visitor(world):
    link = f.EntryLinkFactory(solicitation=world.solicitation, respondent_name="Dominique Petit")
    client = Client()
    client.get(reverse("indicators:link_open", args=[link.token]))
    return client


def address(name, thing):
    return reverse(f"indicators:{name}", args=[thing.pk])


def join(client, value, content=PDF, name="Registre.pdf", **more):
    return client.post(address("evidence_add", value), {"file": SimpleUploadedFile(name, content)} | more)


def test_a_partner_joins_a_file_by_her_link(world, visitor, folder):
    path = address("evidence_add", world.measurement)
    page = BeautifulSoup(visitor.get(path).content, "html.parser")
    assert page.select_one("form[enctype='multipart/form-data'] input[type=file]")
    response = join(visitor, world.measurement)
    assert response.status_code == 302 and response["Location"] == world.solicitation.get_absolute_url()
    proof = Evidence.objects.get()
    assert (proof.name, proof.media_type, proof.size) == ("Registre.pdf", "application/pdf", len(PDF))
    assert proof.added_label == "Dominique Petit, Service Jeunesse"
    assert (folder / proof.stored_as).read_bytes() == PDF
    assert "Registre.pdf" in visitor.get(world.solicitation.get_absolute_url()).text
    assert Change.objects.filter(kind="measurement", label="justificatif", after_text="Registre.pdf").exists()


def test_a_file_leaves_as_a_download_of_its_own_type_and_nothing_else(world, client_of):
    join(client_of(world.paul), world.measurement, TAKEN["image/png"], "photo.html")
    response = client_of(world.elise).get(address("evidence_detail", Evidence.objects.get()))
    assert response["Content-Disposition"] == 'attachment; filename="photo.html.png"'
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response) == TAKEN["image/png"]


def test_the_files_of_a_draft_are_for_the_organisation_and_the_coordination(world, client_of):
    join(client_of(world.paul), world.measurement)
    Measurement.objects.update(state=State.DRAFT)
    path = address("evidence_detail", Evidence.objects.get())
    codes = {}
    for name in ("paul", "camille", "ines", "elise", "karim", "alex", "nadia"):
        response = client_of(getattr(world, name)).get(path)
        codes[name] = response.status_code
        assert (b"".join(response) == PDF) is response.streaming
    assert {name for name, code in codes.items() if code == 200} == {"paul", "camille"}
    assert set(codes.values()) == {200, 404}


@pytest.mark.parametrize("kind", ["html", "svg", "zip", "program", "workbook with macros", "nothing"])
def test_what_is_no_document_is_refused_with_the_reason(world, client_of, kind, folder):
    response = join(client_of(world.paul), world.measurement, REFUSED[kind], name="Registre.pdf")
    assert response.status_code == 422
    assert not Evidence.objects.exists() and not folder.exists()


def test_too_big_a_file_is_refused_with_the_limit(world, client_of):
    response = join(client_of(world.paul), world.measurement, PDF + b"0" * LIMIT, name_="x")
    assert response.status_code == 422 and "dépasse 5\u00a0Mo" in response.text
    assert not Evidence.objects.exists()


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
def test_an_address_is_that_of_a_page(world, client_of, url, code):
    path = address("evidence_add", world.measurement)
    response = client_of(world.paul).post(path, {"url": url, "name": "Le registre"})
    assert (response.status_code, Evidence.objects.count()) == (code, int(code == 302))
    if code == 422:
        assert "Le registre" in response.text


def test_a_file_or_an_address_not_both(world, client_of):
    response = join(client_of(world.paul), world.measurement, url="https://exemple.fr/")
    assert response.status_code == 422 and not Evidence.objects.exists()


def test_what_is_removed_is_seen_no_more_and_its_file_stays(world, visitor, client_of, folder):
    join(visitor, world.measurement)
    proof = Evidence.objects.get()
    path = address("evidence_remove", proof)
    assert "Retirer «\u00a0Registre.pdf\u00a0»" in visitor.get(path).text
    assert visitor.post(path).status_code == 302
    proof.refresh_from_db()
    assert proof.removed_at and (folder / proof.stored_as).exists()
    assert client_of(world.camille).get(address("evidence_detail", proof)).status_code == 404
    assert Change.objects.filter(label="justificatif", before_text="Registre.pdf", after_text="").exists()
    assert visitor.post(path).status_code == 302  # to sign in: it is no longer there


def test_nothing_is_joined_to_a_validated_value_but_by_the_coordination(world, visitor, client_of):
    Measurement.objects.update(state=State.VALIDATED)
    for client in (visitor, client_of(world.paul)):
        assert join(client, world.measurement).status_code == 302
    assert not Evidence.objects.exists()
    join(client_of(world.camille), world.measurement)
    assert Evidence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_fifty_times_is_kept_once(world, client_of, folder):
    client = client_of(world.paul)
    calls = [partial(join, copy_of(client), world.measurement) for _ in range(50)]
    assert {response.status_code for response in at_once(calls)} == {302}
    assert Evidence.objects.count() == 1 and len(list(folder.iterdir())) == 1
    join(client, world.measurement, PDF[:-1] + b"!")  # as long, and another
    assert Evidence.objects.count() == 2


# The page of a value


@pytest.fixture
def told(world):
    """A value with a past: a draft, sent, returned, corrected, sent again, validated."""
    world.measurement.delete()
    year = timezone.localdate().year
    keys = {"year": year, "channel": Channel.LINK, "by": PARTNER, "at": timezone.now()}
    who = (world.indicator, world.service, str(year))
    value = entry.answer(*who, {"amount": 11, "comment": "Fermé en mai"}, **keys)
    entry.submit([value], by=PARTNER, at=timezone.now())
    camille = Author("Camille, coordination")
    entry.send_back(value, note="Et l’été ?", by=camille, at=timezone.now())
    entry.answer(*who, {"amount": 14}, **keys)
    entry.submit([value], by=PARTNER, at=timezone.now())
    entry.validate([value], by=camille, at=timezone.now())
    value.refresh_from_db()
    return value


def test_the_page_of_a_value_says_who_when_and_by_which_way(world, told, client_of):
    said = client_of(world.elise).get(told.get_absolute_url()).text
    for words in ("14", "validée", PARTNER.label, "lien personnel", "Fermé en mai", "Camille, coordination"):
        assert words in said, words


def test_the_past_of_a_value_is_whole_for_those_who_keep_it(world, told, client_of):
    def past(person):
        page = BeautifulSoup(
            client_of(getattr(world, person)).get(told.get_absolute_url()).content, "html.parser"
        )
        return page.select_one(".history, .empty").get_text(" ")

    for keeper in ("paul", "camille"):
        assert "Et l’été" in past(keeper) and "11" in past(keeper)
    for reader in ("ines", "elise", "karim"):
        assert "Et l’été" not in past(reader) and "11" not in past(reader).split()
