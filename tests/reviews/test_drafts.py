"""A review in preparation as files: for the coordination, at once or outside the request."""

from io import BytesIO

import docx
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from ctg.documents.exports import Format
from ctg.reviews.drafts import REVIEW_FORMATS
from ctg.reviews.jobs import AT_ONCE
from partners import working
from partners.models import Job, JobState
from tests import factories as f

pytestmark = pytest.mark.django_db

SIGNATURES = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "pptx": b"PK"}


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def review(world):
    return f.ReviewFactory(plan=world.plan, year=2026, opening="Une année pleine.")


def address(review, file_format):
    return reverse("reviews:review_file", args=[review.pk, file_format])


@pytest.mark.once
@pytest.mark.parametrize("file_format", REVIEW_FORMATS)
@time_machine.travel("2026-11-22T12:00:00Z", tick=False)
def test_a_small_plan_answers_each_file_under_its_name(world, client_of, review, file_format):
    response = client_of(world.camille).get(address(review, file_format))
    assert response.status_code == 200
    assert response["Content-Type"] == Format(file_format).content_type
    assert response.content.startswith(SIGNATURES[file_format])
    assert (
        f'filename="bilan-2026-pays-de-rivemont-projet-2026-11-22.{file_format}"'
        in response["Content-Disposition"]
    )


def test_a_format_that_a_review_does_not_have_is_not_an_address(world, client_of, review):
    assert client_of(world.camille).get(f"/bilans/{review.pk}/projet.csv").status_code == 404


def test_it_is_for_the_coordination_alone(world, client_of, review):
    for stranger in (world.paul, world.elise, world.nadia, world.alex):
        assert client_of(stranger).get(address(review, "docx")).status_code == 404
    assert not Job.objects.exists()


def test_what_was_frozen_is_no_draft_any_more(world, client_of, review):
    frozen = f.FrozenDocumentFactory(plan=world.plan, kind="review", review=review)
    response = client_of(world.camille).get(address(review, "docx"))
    assert (response.status_code, response["Location"]) == (302, frozen.get_absolute_url())


@pytest.mark.parametrize("file_format", REVIEW_FORMATS)
def test_a_large_plan_leads_to_its_job(world, client_of, review, monkeypatch, file_format):
    count = Action.objects.of_plan(world.plan).count()
    monkeypatch.setitem(AT_ONCE, Format(file_format), count - 1)
    client = client_of(world.camille)
    assert client.head(address(review, file_format))["Location"] == reverse("partners:job_list")
    assert not Job.objects.exists()
    places = {client.get(address(review, file_format))["Location"] for _ in range(2)}
    job = Job.objects.get()
    assert places == {job.get_absolute_url()}
    assert job.title.startswith("Bilan 2026, projet, ")


@pytest.mark.once
def test_the_job_writes_the_file_that_would_have_been_answered(world, client_of, review, monkeypatch):
    client = client_of(world.camille)
    at_once = client.get(address(review, "docx"))
    monkeypatch.setitem(AT_ONCE, Format.DOCX, 0)
    client.get(address(review, "docx"))
    assert working.work_all(timezone.now) == 1
    job = Job.objects.get()
    assert f'filename="{job.result_name}"' in at_once["Content-Disposition"]
    written = b"".join(client.get(reverse("partners:job_download", args=[job.pk])))
    assert words(written) == words(at_once.content)
    assert "Une année pleine." in words(written)


def words(content):
    return [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]


@pytest.mark.parametrize("lost", ["right", "review", "door"])
def test_a_draft_that_may_no_longer_be_read_is_not_written(world, client_of, review, monkeypatch, lost):
    monkeypatch.setitem(AT_ONCE, Format.DOCX, 0)
    client_of(world.camille).get(address(review, "docx"))
    if lost == "right":
        world.memberships["camille"].delete()
    elif lost == "review":
        review.trashed_at = timezone.now()
        review.save()
    else:  # However it came there, a key of elsewhere opens nothing.
        elsewhere = f.ReviewFactory(plan=world.foreign_plan)
        Job.objects.update(params=Job.objects.get().params | {"review": elsewhere.pk})
    working.work_all(timezone.now)
    assert (Job.objects.get().state, Job.objects.get().error) == (JobState.FAILED, working.GONE)
