"""The signed plan: its facts, its files, its amendments, and what changed since."""

import datetime as dt
import json
import subprocess
from io import BytesIO

import docx
import openpyxl
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, Plan
from ctg.reviews.facts.canonical import canonical_json
from ctg.reviews.keeping.freezing import freeze
from ctg.reviews.models import FrozenDocument, FrozenKind
from ctg.reviews.signature.drafts import draft_amendment, draft_plan
from ctg.web import uploads
from partners import tracking, working
from partners.models import Job, JobState, Role
from partners.tracking import Author
from tests import factories as f

SIGNED = {"signed_on": "2026-02-03", "signatories": ["Caf des Yvelines", "Pays de Rivemont"]}
FORM = {"signed_on": "03/02/2026", "signatories": "Caf des Yvelines\n\n  Pays de Rivemont \n"}
BY = Author("Camille, coordination")
DAY = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def plan(world):
    f.IndicatorFactory(plan=world.plan, actions=[world.action], wording="Jeunes accueillis")
    return Plan.objects.select_related("territory").get(pk=world.plan.pk)


def content_of(file):
    with uploads.open_stored(file.stored_as) as stored:
        return stored.read()


def text_of(pdf):
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def signed(plan, user, at=DAY):
    draft = draft_plan(plan, SIGNED, user, timezone.localdate(at))
    return freeze(plan, draft, by=user, at=at)


@pytest.mark.once
def test_the_signed_plan_is_kept_in_each_layout_that_it_has_with_its_seal(world, plan):
    document = signed(plan, world.camille)
    names = [file.name for file in document.files.all()]
    assert names == [
        f"plan-signe-ctg-pays-de-rivemont-{layout}.{ending}"
        for layout in ("strategique", "thematique")
        for ending in ("pdf", "docx", "xlsx")
    ]
    pdf, word, book = [content_of(file) for file in document.files.all()[:3]]
    text = text_of(pdf)
    for words in (
        "Caf des Yvelines, Pays de Rivemont",
        "signature du 3 février 2026",
        "Plan signé, par ambition",
    ):
        assert words in text
    assert document.sha256 in "".join(text.split()) and "Ouvrir un café des jeunes" in text
    paragraphs = "\n".join(one.text for one in docx.Document(BytesIO(word)).paragraphs)
    assert document.sha256 in paragraphs and "n°\u00a01, le 2 mars 2026" in paragraphs
    sheet = openpyxl.load_workbook(BytesIO(book))["Document figé"]
    assert document.sha256 in [row[1].value for row in sheet.iter_rows()]


def test_its_facts_hold_both_readings_and_every_text_without_a_key(world, plan):
    texts = {name: f"Texte de {name}" for name in ("purpose", "content", "methods", "effects", "audiences")}
    cells = {name: f"Case {name}" for name in ("factors_text", "partners_text", "quantitative_text")}
    Action.objects.filter(pk=world.action.pk).update(**texts, **cells, priority=2)
    draft = draft_plan(plan, SIGNED, world.camille, DAY.date())
    [action] = draft.content.actions
    places = ("ambition", "orientation", "theme", "need", "objective")
    assert [getattr(action, name) for name in places] == [getattr(world, name).title for name in places]
    assert [text.text for text in action.texts] == [f"Texte de {n}" for n in list(texts)[:4]]
    assert (action.factors_text, action.audiences) == ("Case factors_text", "Texte de audiences")
    assert [(role.part, role.organisations) for role in action.roles] == [("porteur", ("Service Jeunesse",))]
    assert "Jeunes accueillis" in action.quantitative and action.factors == ("Pas de local",)
    assert (action.calendar_text, action.number, action.priority) == ("2026", 1, 2)
    text = canonical_json(draft.content)
    assert "_id" not in text and '"pk"' not in text
    assert json.loads(text)["ambitions"][0]["orientations"] == ["Animer des lieux ouverts"]


@pytest.mark.once
def test_what_changes_while_the_files_are_written_is_in_none_of_them(world, plan):
    draft = draft_plan(plan, SIGNED, world.camille, DAY.date())
    Action.objects.filter(pk=world.action.pk).update(title="Titre de la dernière minute")
    document = freeze(plan, draft, by=world.camille, at=DAY)
    assert "Ouvrir un café des jeunes" in document.facts and "dernière minute" not in document.facts
    for file in document.files.all():
        if file.name.endswith("docx"):
            told = docx.Document(BytesIO(content_of(file))).element.xml
            assert "Ouvrir un café des jeunes" in told and "dernière minute" not in told


def test_a_plan_with_one_reading_has_the_files_of_that_one(world):
    plan = f.PlanFactory(territory=world.territory)
    assert len(draft_plan(plan, SIGNED, world.camille, DAY.date()).files) == 3
    f.ThemeFactory(plan=plan)
    files = draft_plan(Plan.objects.get(pk=plan.pk), SIGNED, world.camille, DAY.date()).files
    assert all("thematique" in name for name in files) and len(files) == 3


def test_signing_is_asked_on_a_page_and_done_by_a_job_once(world, client_of, plan, monkeypatch):
    small_files(monkeypatch)
    client, place = client_of(world.camille), reverse("reviews:plan_sign", args=[plan.pk])
    assert client.get(place).status_code == 200
    refused = client.post(place, FORM | {"signed_on": "03/02/2126"})
    assert refused.status_code == 422 and "pas encore passée" in refused.text and "Caf des Yv" in refused.text
    job = {client.post(place, FORM)["Location"] for _ in range(3)}
    assert job == {Job.objects.get().get_absolute_url()}
    assert working.work_all(timezone.now) == 1
    document = FrozenDocument.objects.get()
    assert Job.objects.get().state == JobState.DONE
    assert (document.kind, document.adopted_on) == (FrozenKind.SIGNED_PLAN, dt.date(2026, 2, 3))
    assert json.loads(document.facts)["signatories"] == ["Caf des Yvelines", "Pays de Rivemont"]
    # Sent again, by the same person or another, it leads to what was signed.
    assert client.post(place, FORM)["Location"] == document.get_absolute_url()
    assert client.get(place)["Location"] == document.get_absolute_url()


def small_files(monkeypatch):
    monkeypatch.setattr(
        "ctg.reviews.signature.drafts.write_signed", lambda *given: b"%PDF " + repr(given[-1]).encode()
    )


def test_an_amendment_names_what_it_amends_and_tells_what_changed_since(world, client_of, plan, monkeypatch):
    small_files(monkeypatch)
    client, place = client_of(world.camille), reverse("reviews:amendment_add", args=[plan.pk])
    assert client.get(place)["Location"] == reverse("reviews:plan_sign", args=[plan.pk])
    first = signed(plan, world.camille)
    with time_machine.travel(DAY + dt.timedelta(days=30), tick=False):
        drop(world.action)
        page = BeautifulSoup(client.get(place).content, "html.parser")
        token = page.select_one("[name=token]")["value"]
        asked = FORM | {"title": "Avenant n° 1 : un an de plus", "token": token}
        for _ in range(2):
            client.post(place, asked)
            working.work_all(timezone.now)
    second = FrozenDocument.objects.exclude(pk=first.pk).get()
    assert (second.title, second.about, second.number) == ("Avenant n° 1 : un an de plus", first, 2)
    facts = json.loads(second.facts)
    [change] = facts["changes"]["changes"]
    assert (change["kind"], change["number"]) == ("dropped", 1)
    assert facts["plan"]["actions"] == []
    annex = second.files.get(name__endswith="modifications.docx")
    assert "Actions retirées" in docx.Document(BytesIO(content_of(annex))).element.xml


def drop(action):
    tracking.trash(Action.objects.get(pk=action.pk), by=BY, at=timezone.now())


def test_the_next_amendment_starts_from_the_one_before(world, plan, monkeypatch):
    small_files(monkeypatch)
    signed(plan, world.camille)
    later = DAY + dt.timedelta(days=30)
    with time_machine.travel(later, tick=False):
        drop(world.action)
    named = SIGNED | {"title": "Avenant n° 1", "token": "6a0cfb1c-3c0e-4b0e-9a5e-3d8c5a1f0b11"}
    draft = draft_amendment(plan, named, world.camille, later.date())
    first = freeze(plan, draft, by=world.camille, at=later + dt.timedelta(minutes=1))
    last = draft_amendment(plan, named, world.camille, later.date() + dt.timedelta(days=9))
    assert last.about == first and last.content.changes.changes == ()


def test_what_changes_on_the_very_day_of_the_signature_is_told(world, client_of, plan, monkeypatch):
    small_files(monkeypatch)
    tracking.change(Action.objects.get(pk=world.action.pk), {"title": "Avant"}, by=BY, at=timezone.now())
    signed(plan, world.camille, at=timezone.now())
    tracking.change(Action.objects.get(pk=world.action.pk), {"title": "Après"}, by=BY, at=timezone.now())
    page = client_of(world.elise).get(reverse("reviews:since_signature", args=[plan.pk])).text
    assert "Avant → Après" in page and "café des jeunes" not in page


def test_since_the_signature_is_read_by_all_and_says_how_to_begin(world, client_of, plan, monkeypatch):
    small_files(monkeypatch)
    place = reverse("reviews:since_signature", args=[plan.pk])
    sign = reverse("reviews:plan_sign", args=[plan.pk])
    assert sign in client_of(world.camille).get(place).text
    page = client_of(world.elise).get(place).text
    assert sign not in page and "Aucune version signée" in page
    document = reverse("reviews:since_signature_document", args=[plan.pk, "docx"])
    assert client_of(world.elise).get(document)["Location"] == place
    signed(plan, world.camille)
    with time_machine.travel(DAY + dt.timedelta(days=30), tick=False):
        drop(world.action)
        client = client_of(world.elise)
        page = BeautifulSoup(client.get(place).content, "html.parser").main
        assert [title.get_text() for title in page.select("h2")] == ["Actions retirées"]
        assert "Ouvrir un café des jeunes" in page.table.get_text()
        told = docx.Document(BytesIO(client.get(document).content)).element.xml
    assert "Ouvrir un café des jeunes" in told and "Document figé" not in told


def test_who_no_longer_coordinates_signs_nothing(world, client_of, plan, monkeypatch):
    small_files(monkeypatch)
    client_of(world.camille).post(reverse("reviews:plan_sign", args=[plan.pk]), FORM)
    world.memberships["camille"].role = Role.OFFICIAL
    world.memberships["camille"].save()
    working.work_all(timezone.now)
    assert Job.objects.get().error == working.GONE and not FrozenDocument.objects.exists()
