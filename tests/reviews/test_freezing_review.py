"""A review becomes a frozen document: adopted by a meeting, written once, read the same for ever."""

import datetime as dt
import json
import subprocess
from io import BytesIO

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, Plan
from ctg.reviews.keeping.freezing import TRIES
from ctg.reviews.models import FrozenDocument
from partners import tracking, working
from partners.models import Job, JobState
from partners.tracking import Author
from tests import factories as f
from tests.reviews.small import stored

ELSEWHERE = {"meeting": "", "adopted_by": "Conseil communautaire", "adopted_on": "11/12/2025"}


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def review(world):
    return f.ReviewFactory(plan=world.plan, year=2025, opening="Une année pleine.")


@pytest.fixture
def meeting(world):
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    return f.MeetingFactory(body=body, held_on=dt.date(2025, 12, 11))


def freeze_url(review):
    return reverse("reviews:review_freeze", args=[review.pk])


def downloads(client, document):
    addresses = [file.get_absolute_url() for file in document.files.all()]
    addresses.append(reverse("reviews:frozen_facts", args=[document.pk]))
    return [client.get(address).content for address in addresses]


@pytest.mark.once
def test_validated_by_a_meeting_it_reads_the_same_whatever_becomes_of_the_plan(
    world, client_of, review, meeting
):
    client = client_of(world.camille)
    response = client.post(freeze_url(review), {"meeting": meeting.pk})
    job = Job.objects.get()
    assert response["Location"] == job.get_absolute_url()
    assert working.work_all(timezone.now) == 1
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "") and job.result_name.endswith("2025.pdf")
    assert "Voir les documents figés du plan" in client.get(job.get_absolute_url()).text
    document = FrozenDocument.objects.get()
    assert (document.review, document.meeting, document.adopted_on) == (review, meeting, meeting.held_on)
    reader = client_of(world.elise)
    before = downloads(reader, document)
    endings = [file.name.rpartition(".")[2] for file in document.files.all()]
    assert endings == ["pdf", "docx", "xlsx", "pptx"]
    prints_the_digest(document.sha256, *before[:3])

    change_everything(world)
    assert downloads(reader, document) == before
    assert json.loads(before[-1])["actions"][0]["title"] == "Ouvrir un café des jeunes"
    # Sent again, it leads to what was frozen.
    assert client.post(freeze_url(review), {"meeting": meeting.pk})["Location"] == document.get_absolute_url()
    assert FrozenDocument.objects.count() == 1


def prints_the_digest(sha256, pdf, word, book):
    command = ["pdftotext", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    assert sha256 in "".join(text.split())
    assert sha256 in docx.Document(BytesIO(word)).element.xml
    cells = [cell for row in openpyxl.load_workbook(BytesIO(book)).worksheets[0].values for cell in row]
    assert sha256 in cells


def change_everything(world):
    by, at = Author("Camille, coordination"), timezone.now()
    plan, action = Plan.objects.get(pk=world.plan.pk), Action.objects.get(pk=world.action.pk)
    tracking.change(action, {"title": "Tout autre chose", "status": "abandoned"}, by=by, at=at)
    tracking.trash(action, by=by, at=at)
    tracking.change(plan, {"title": "Un autre plan"}, by=by, at=at)
    f.LetterheadFactory(territory=world.territory)
    world.territory.name = "Pays sans nom"
    world.territory.save()


@pytest.fixture
def quick(monkeypatch):
    """Files that take no time to write."""
    monkeypatch.setattr(
        "ctg.reviews.keeping.review_draft.write_review", lambda facts, seal, **_: repr(seal).encode()
    )


@pytest.mark.usefixtures("quick")
def test_it_may_have_been_adopted_elsewhere(world, client_of, review):
    client_of(world.camille).post(freeze_url(review), ELSEWHERE)
    working.work_all(timezone.now)
    document = FrozenDocument.objects.get()
    assert (document.meeting, document.adopted_on) == (None, dt.date(2025, 12, 11))
    adopted = json.loads(document.facts)["document"]["adopted"]
    assert adopted == "Conseil communautaire, le 11 décembre 2025"
    assert adopted in client_of(world.elise).get(document.get_absolute_url()).text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"meeting": ""}, "Choisissez la réunion, ou dites"),
        (ELSEWHERE | {"adopted_on": ""}, "Choisissez la réunion, ou dites"),
        (ELSEWHERE | {"adopted_on": "11/12/2125"}, "pas encore passée"),
        (ELSEWHERE | {"adopted_on": "01/01/0001"}, "Indiquez une date"),
    ],
)
def test_without_an_adoption_nothing_is_frozen(world, client_of, review, sent, said):
    response = client_of(world.camille).post(freeze_url(review), sent)
    assert response.status_code == 422 and said in response.text
    assert sent.get("adopted_by", "") in response.text
    assert not Job.objects.exists()


def test_only_meetings_of_the_plan_that_were_held_are_offered(world, client_of, review, meeting):
    far = f.MeetingFactory(body=f.BodyFactory(plan=world.foreign_plan), held_on=meeting.held_on)
    coming = f.MeetingFactory(body=meeting.body, held_on=timezone.localdate() + dt.timedelta(days=3))
    client = client_of(world.camille)
    page = BeautifulSoup(client.get(freeze_url(review)).content, "html.parser").main
    assert [option["value"] for option in page.select("option")] == ["", str(meeting.pk)]
    assert "Rien ne pourra plus en être changé" in page.get_text()
    assert page.select_one(".notice--warning a")["href"] == review.get_absolute_url()
    for other in (far, coming):
        assert client.post(freeze_url(review), {"meeting": other.pk}).status_code == 422


@pytest.mark.usefixtures("quick")
def test_sent_twice_it_is_one_job_and_one_document(world, client_of, review, meeting):
    clients = [client_of(world.camille), client_of(world.camille)]
    places = {client.post(freeze_url(review), {"meeting": meeting.pk})["Location"] for client in clients * 2}
    assert len(places) == 1 == Job.objects.count()
    working.work_all(timezone.now)
    assert FrozenDocument.objects.count() == 1 and len(stored()) == 5  # With the copy of the job.


#: Four files a time, as often as one tries.
ENOUGH = 4 * TRIES - 1


@pytest.mark.parametrize("times", [1, 5, ENOUGH + 1])
def test_what_is_written_while_the_files_are_made_is_in_them_or_nothing_is_frozen(
    world, client_of, review, meeting, monkeypatch, times
):
    left = list(range(times))

    def busy(facts, seal, **_):
        if left:
            opening = f"Une année pleine {left.pop()}."
            by, at = Author("Camille, coordination"), timezone.now()
            tracking.change(review, {"opening": opening}, by=by, at=at)
        return facts.texts.opening.encode()

    monkeypatch.setattr("ctg.reviews.keeping.review_draft.write_review", busy)
    client_of(world.camille).post(freeze_url(review), {"meeting": meeting.pk})
    working.work_all(timezone.now)
    document = FrozenDocument.objects.first()
    if times > ENOUGH:
        assert document is None and not stored() and Job.objects.get().state == JobState.FAILED
    else:
        opening = "Une année pleine 0."
        assert json.loads(document.facts)["texts"]["opening"] == opening
        assert downloads(client_of(world.elise), document)[0] == opening.encode() and len(stored()) == 5


@pytest.mark.usefixtures("quick")
def test_a_right_that_ended_meanwhile_freezes_nothing(world, client_of, review, meeting):
    client_of(world.camille).post(freeze_url(review), {"meeting": meeting.pk})
    world.memberships["camille"].delete()
    working.work_all(timezone.now)
    assert Job.objects.get().error == working.GONE and not FrozenDocument.objects.exists()


def test_an_erratum_is_frozen_at_once_and_once(world, client_of):
    document = f.FrozenDocumentFactory(plan=world.plan, number=1, title="Bilan annuel 2025")
    client, place = client_of(world.camille), reverse("reviews:erratum_add", args=[document.pk])
    page = BeautifulSoup(client.get(place).content, "html.parser")
    sent = {"wrong": "Page 3 : 12 places.", "right": "", "token": page.select_one("[name=token]")["value"]}
    refused = client.post(place, sent)
    assert refused.status_code == 422 and "Page 3 : 12 places." in refused.text
    places = {client.post(place, sent | {"right": "21 places."})["Location"] for _ in range(2)}
    erratum = FrozenDocument.objects.exclude(pk=document.pk).get()
    assert places == {erratum.get_absolute_url()} and (erratum.about, erratum.number) == (document, 2)
    pdf, word = downloads(client, erratum)[:2]
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    for words in ("Page 3 : 12 places.", "21 places.", "Corrige le document n° 1", "Bilan annuel 2025"):
        assert words in " ".join(text.split())
    assert erratum.sha256 in "".join(text.split())
    assert "21 places." in docx.Document(BytesIO(word)).element.xml


def test_an_erratum_is_not_corrected_itself(world, client_of):
    document = f.FrozenDocumentFactory(plan=world.plan)
    erratum = f.FrozenDocumentFactory(plan=world.plan, kind="erratum", about=document)
    assert client_of(world.camille).get(reverse("reviews:erratum_add", args=[erratum.pk])).status_code == 404
