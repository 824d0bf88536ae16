"""The register of a plan: who reads what, and files handed out as they were frozen or not at all."""

import hashlib
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as project
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import Plan
from ctg.reviews.keeping.freezing import freeze
from ctg.reviews.keeping.register import read_register
from ctg.reviews.models import FrozenDocument, FrozenKind
from tests import factories as f
from tests.reviews.small import draft_of, erratum_of


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def frozen(world):
    plan = Plan.objects.select_related("territory").get(pk=world.plan.pk)
    return freeze(plan, draft_of(), by=world.camille, at=timezone.now())


def register_of(client, plan):
    response = client.get(reverse("reviews:register", args=[plan.pk]))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def words_of(tag):
    return " ".join(tag.get_text().split())


def test_all_who_read_the_plan_find_what_is_frozen_and_the_coordination_what_is_prepared(
    world, client_of, frozen
):
    f.ReviewFactory(plan=world.plan, year=2031)
    f.EvaluationFactory(plan=world.plan)
    for reader in (world.elise, world.karim, world.ines):
        page = register_of(client_of(reader), world.plan)
        assert "Plan signé" in words_of(page) and frozen.get_absolute_url() in str(page)
        assert "2031" not in words_of(page) and "En préparation" not in words_of(page)
        assert not page.select("form, a.button")
        assert not read_register(world.plan, reader).has_drafts
    page = words_of(register_of(client_of(world.camille), world.plan))
    assert "Bilan 2031" in page and "Évaluation à mi-parcours" in page


def test_an_empty_register_says_so(world, client_of):
    page = words_of(register_of(client_of(world.elise), world.plan))
    assert "Rien n’est figé pour l’instant." in page
    assert "Figer le plan signé" not in page
    assert "Figer le plan signé" in words_of(register_of(client_of(world.camille), world.plan))


def test_a_review_that_is_frozen_is_no_longer_in_preparation(world, client_of):
    review = f.ReviewFactory(plan=world.plan, year=2031)
    draft = draft_of(kind=FrozenKind.REVIEW, review=review, title="Bilan annuel 2031")
    freeze(world.plan, draft, by=world.camille, at=timezone.now())
    page = register_of(client_of(world.camille), world.plan)
    assert "Aucun bilan n’est en préparation." in words_of(page)


def test_the_page_of_a_document_gives_its_files_and_how_to_check_them(world, client_of, frozen):
    client = client_of(world.elise)
    page = BeautifulSoup(client.get(frozen.get_absolute_url()).content, "html.parser").main
    assert frozen.sha256 in words_of(page) and "sha256sum document-1-contenu.json" in words_of(page)
    for file in frozen.files.all():
        assert file.sha256 in words_of(page)
        answer = client.get(file.get_absolute_url())
        assert hashlib.sha256(answer.content).hexdigest() == file.sha256
        assert answer["Content-Disposition"] == f'attachment; filename="{file.name}"'
        assert "sandbox" in answer["Content-Security-Policy"]
    facts = client.get(reverse("reviews:frozen_facts", args=[frozen.pk]))
    assert hashlib.sha256(facts.content).hexdigest() == frozen.sha256
    assert json.loads(facts.content)["document"]["number"] == 1
    assert "erratum" not in words_of(page)


def test_a_correction_stands_at_the_top_of_what_it_corrects_and_in_the_register(world, client_of, frozen):
    erratum = freeze(world.plan, erratum_of(frozen), by=world.camille, at=timezone.now())
    client = client_of(world.elise)
    page = BeautifulSoup(client.get(frozen.get_absolute_url()).content, "html.parser").main
    notice = page.select_one(".notice--warning")
    assert words_of(notice).startswith("Ce document est corrigé par l’erratum n° 2")
    assert notice.a["href"] == erratum.get_absolute_url()
    row = register_of(client, world.plan).select("tbody tr")[1]
    assert "corrigé par l’erratum n° 2" in words_of(row)
    page = BeautifulSoup(client.get(erratum.get_absolute_url()).content, "html.parser").main
    assert page.select_one(".notice").a["href"] == frozen.get_absolute_url()


@pytest.mark.parametrize("harm", ["flipped", "cut", "lost"])
def test_a_file_that_differs_is_never_handed_out(world, client_of, frozen, caplog, harm):
    file = frozen.files.first()
    path = Path(project.FILES_DIR) / file.stored_as
    content = bytearray(path.read_bytes())
    if harm == "lost":
        path.unlink()
    else:
        content[20] ^= 1
        path.write_bytes(content if harm == "flipped" else content[:-1])
    response = client_of(world.elise).get(file.get_absolute_url())
    assert response.status_code == 500
    page = words_of(BeautifulSoup(response.content, "html.parser").main)
    assert "Rien ne vous a été envoyé." in page
    assert frozen.sha256 not in response.text
    incident = page.rpartition("incident ")[2].partition(".")[0].strip()
    assert f"Incident {incident}" in caplog.text and file.name in caplog.text


def test_facts_that_differ_from_their_digest_are_never_handed_out(world, client_of):
    frozen = f.FrozenDocumentFactory(plan=world.plan, sha256="0" * 64)
    response = client_of(world.elise).get(reverse("reviews:frozen_facts", args=[frozen.pk]))
    assert response.status_code == 500 and "Plan signé</h1>" not in response.text


def test_nothing_but_reading_is_possible(world, client_of, frozen):
    client = client_of(world.camille)
    places = [frozen.get_absolute_url(), reverse("reviews:frozen_facts", args=[frozen.pk])]
    places += [file.get_absolute_url() for file in frozen.files.all()]
    for place in places:
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(place).status_code == 405
    assert FrozenDocument.objects.get() == frozen


def test_what_was_adopted_by_a_meeting_leads_to_it_under_its_name_of_then(world, client_of):
    from ctg.reviews.keeping.adoption import Adoption

    meeting = f.MeetingFactory(body=f.BodyFactory(plan=world.plan, name="COPIL"))
    adoption = Adoption("COPIL du 11 décembre 2026", meeting.held_on, meeting)
    document = freeze(world.plan, draft_of(adoption=adoption), by=world.camille, at=timezone.now())
    meeting.body.name = "Comité rebaptisé"
    meeting.body.save()
    page = client_of(world.elise).get(document.get_absolute_url()).text
    assert f'<a href="{meeting.get_absolute_url()}">COPIL du 11 décembre 2026</a>' in page


def test_thirty_documents_ask_as_many_questions_as_three(world, client_of, frozen):
    client = client_of(world.camille)

    def questions(address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    register = reverse("reviews:register", args=[world.plan.pk])
    counts = []
    for more in (2, 27):
        for _ in range(more):
            freeze(world.plan, erratum_of(frozen), by=world.camille, at=timezone.now())
        for _ in range(more):
            f.ReviewFactory(plan=world.plan, year=2000 + f.Review.objects.count())
        counts.append((questions(register), questions(frozen.get_absolute_url())))
    assert counts[0] == counts[1]
