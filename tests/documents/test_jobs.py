"""The documents of a large plan are prepared outside the request, and are the same ones."""

import datetime as dt
from io import BytesIO

import docx
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from ctg.documents.exports import Format
from ctg.documents.jobs import AT_ONCE, LINES_AT_ONCE
from partners import working
from partners.models import Job, JobState
from tests import factories as f


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def fill(plan, count):
    """Bring a plan to so many actions."""
    there = Action.objects.filter(plan=plan).count()
    Action.objects.bulk_create(
        f.ActionFactory.build(plan=plan, number=number) for number in range(there + 1, count + 1)
    )


def address(plan, file_format="pdf", layout="thematique", query=""):
    name, rest = ("plan_workbook", []) if file_format == "xlsx" else ("plan_document", [file_format])
    return reverse(f"documents:{name}", args=[plan.pk, layout, *rest]) + query


def work():
    return working.work_all(timezone.now)


def fetch(client, job):
    return b"".join(client.get(reverse("partners:job_download", args=[job.pk])))


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx"])
def test_a_large_plan_leads_to_its_job_and_one_action_less_answers_at_once(
    world, client_of, monkeypatch, file_format
):
    monkeypatch.setitem(AT_ONCE, Format(file_format), 4)
    client = client_of(world.elise)
    fill(world.plan, 4)
    assert client.get(address(world.plan, file_format)).status_code == 200
    fill(world.plan, 5)
    response = client.get(address(world.plan, file_format))
    job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (302, job.get_absolute_url())
    assert (job.owner, job.territory) == (world.elise, world.territory)
    assert client.get(response["Location"]).status_code == 200


def test_what_filters_keep_and_the_short_list_count_for_what_they_are(world, client_of, monkeypatch):
    monkeypatch.setitem(AT_ONCE, Format.DOCX, 4)
    client = client_of(world.camille)
    fill(world.plan, 4 * LINES_AT_ONCE)
    filtered = address(world.plan, "docx", query=f"?q={world.action.title}")
    assert client.get(filtered).status_code == 200
    assert client.get(address(world.plan, "docx", query="?liste=1")).status_code == 200
    fill(world.plan, 4 * LINES_AT_ONCE + 1)
    assert client.get(address(world.plan, "docx", query="?liste=1")).status_code == 302


def test_the_job_makes_the_file_that_would_have_been_answered(world, client_of, monkeypatch):
    fill(world.plan, 6)
    client = client_of(world.camille)
    query = "?suivi=1&statut=planned"
    at_once = client.get(address(world.plan, "docx", query=query))
    assert at_once.status_code == 200
    monkeypatch.setitem(AT_ONCE, Format.DOCX, 1)
    assert client.get(address(world.plan, "docx", query=query)).status_code == 302
    assert work() == 1
    job = Job.objects.get()
    assert f'filename="{job.result_name}"' in at_once["Content-Disposition"]
    assert job.result_name.endswith(f"thematique-suivi-extrait-{timezone.localdate()}.docx")
    assert words(fetch(client, job)) == words(at_once.content)


def words(content):
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def test_a_hundred_actions_in_pdf_tell_their_pages(world, client_of, monkeypatch):
    fill(world.plan, AT_ONCE[Format.PDF] + 1)
    client, said = client_of(world.camille), []
    client.get(address(world.plan))
    tell = working._Progress.__call__

    def overheard(self, done, total, what):
        tell(self, done, total, what)
        job = Job.objects.get()
        said.append((job.steps_done, job.steps_total, job.said))

    monkeypatch.setattr(working._Progress, "__call__", overheard)
    work()
    job = Job.objects.get()
    assert job.state == JobState.DONE and fetch(client, job).startswith(b"%PDF-1.7")
    assert said[0] == (0, said[0][1], f"Lecture de {AT_ONCE[Format.PDF] + 1} actions.")
    words = [what for _, _, what in said]
    assert "Mise en page\u00a0: page 3." in words and "Écriture du fichier." in words
    assert [done for done, _, _ in said] == sorted(done for done, _, _ in said)
    assert said[-1][0] == said[-1][1]


def test_the_same_file_asked_twice_is_prepared_once_and_another_one_apart(world, client_of, monkeypatch):
    monkeypatch.setitem(AT_ONCE, Format.DOCX, 0)
    client = client_of(world.camille)
    places = [client.get(address(world.plan, "docx"))["Location"] for _ in range(3)]
    # Words of the address that change nothing of the document do not make it another one.
    places.append(client.get(address(world.plan, "docx", query="?page=2"))["Location"])
    assert len(set(places)) == 1
    others = [address(world.plan, "docx", query=query) for query in ("?suivi=1", "?liste=1", "?q=Ouvrir")]
    others.append(address(world.plan, "docx", "strategique"))
    assert len({client.get(other)["Location"] for other in others} | set(places)) == 5
    titles = sorted(Job.objects.values_list("title", flat=True))
    assert len(set(titles)) == 5 and all(world.plan.title in title and "Word" in title for title in titles)


def test_looking_at_the_address_alone_asks_for_nothing(world, client_of, monkeypatch):
    monkeypatch.setitem(AT_ONCE, Format.DOCX, 0)
    response = client_of(world.camille).head(address(world.plan, "docx"))
    assert response["Location"] == reverse("partners:job_list")
    assert not Job.objects.exists()


def test_strangers_start_nothing(world, client_of, monkeypatch):
    monkeypatch.setitem(AT_ONCE, Format.DOCX, 0)
    for stranger in (world.nadia, world.alex):
        assert client_of(stranger).get(address(world.plan, "docx")).status_code == 404
    assert not Job.objects.exists()


@pytest.mark.parametrize("lost", ["right", "plan", "door"])
def test_what_may_no_longer_be_read_is_not_written(world, client_of, monkeypatch, settings, lost):
    monkeypatch.setitem(AT_ONCE, Format.DOCX, 0)
    client_of(world.paul).get(address(world.plan, "docx"))
    if lost == "right":
        world.memberships["paul"].delete()
    elif lost == "plan":
        world.plan.trashed_at = timezone.now()
        world.plan.save()
    else:  # However it came there, a key of elsewhere opens nothing.
        Job.objects.update(params=Job.objects.get().params | {"plan": world.foreign_plan.pk})
    work()
    assert (Job.objects.get().state, Job.objects.get().error) == (JobState.FAILED, working.GONE)
    assert not settings.FILES_DIR.exists()


def test_the_document_is_dated_of_the_day_when_it_is_made(world, client_of, monkeypatch):
    monkeypatch.setitem(AT_ONCE, Format.DOCX, 0)
    with time_machine.travel(dt.datetime(2026, 11, 22, 22, 30, tzinfo=dt.UTC), tick=False):
        client_of(world.camille).get(address(world.plan, "docx"))
    with time_machine.travel(dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC), tick=False):
        work()
    assert Job.objects.get().result_name.endswith("-2026-11-23.docx")
