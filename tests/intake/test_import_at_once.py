"""Several confirmations of one file, at the same moment or when the server dies: one plan, whole, or none."""

import os
import signal
import subprocess
import sys
from functools import partial
from urllib.parse import quote

import pytest
from django.conf import settings as project
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, Plan
from ctg.intake import jobs as intake_jobs
from ctg.intake.models import DroppedFile
from ctg.intake.previewing.outcome import AS_IT_IS
from ctg.web import uploads
from indicators.models import Indicator
from partners import jobs, working
from partners.models import Change, Job, JobState, Membership, Organisation
from tests import factories as f
from tests.crowd import at_once, copy_of
from tests.htmx import soup

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("files_dir")]

SIZE = 12
#: How many times the process is killed; many more by hand, `KILLS=100 pytest …`.
KILLS = int(os.environ.get("KILLS", "6"))
#: For each number that it is given, a copy of itself works and is killed after so many things written: 0,
#: just after the commit; -1, between the plan and the file that tells of it; -2, never. It answers how the
#: copy ended.
WORKER = """
import os, signal, sys, django
django.setup()
from django.core.management import call_command
from ctg.intake.writing import importing
from ctg.intake import jobs as intake_jobs
from partners import jobs, tracking
jobs.spawn = lambda: None

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def work(deaths):
    create, take_in, written = tracking.create, intake_jobs.import_plan, []
    def create_and_die(*args, **kwargs):
        written.append(create(*args, **kwargs))
        if len(written) == deaths:
            die()
        return written[-1]
    def import_and_die(*args, **kwargs):
        take_in(*args, **kwargs)
        die()
    tracking.create = create_and_die
    if deaths == 0:
        intake_jobs.import_plan = import_and_die
    if deaths == -1:
        importing.summary = die
    call_command("work_jobs", stdout=sys.stderr)

for line in sys.stdin:
    copy = os.fork()
    if not copy:
        work(int(line))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), flush=True)
"""


def rows(size):
    header = ("Axe", "Action", "Pilote", "Indicateurs")
    lines = ((f"Axe {n % 3}", f"Ouvrir le lieu numéro {n}", f"Service {n}", "Un - Deux") for n in range(size))
    return (header, *lines)


@pytest.fixture
def dropped(world):
    return f.DroppedFileFactory(territory=world.territory, rows=rows(SIZE))


def counts():
    models = (Action, Indicator, Organisation, Plan, Change)
    return [model.objects.count() for model in models]


def test_eight_confirmations_at_once_make_one_plan(world, client_of, dropped):
    client = client_of(world.camille)
    before = counts()
    address = reverse("intake:plan_import", args=[dropped.pk])
    calls = [partial(copy_of(client).post, address, {"title": "Plan repris"}) for _ in range(8)]
    answers = at_once(calls)
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    plan = Plan.objects.get(title="Plan repris")
    assert plan.actions.count() == SIZE
    assert Plan.objects.count() == before[3] + 1


@pytest.fixture
def die(tmp_path):
    """Do what waits in a process of its own, which dies after so many things written."""
    name = connection.settings_dict["NAME"]
    is_sqlite = connection.vendor == "sqlite"
    server = "" if is_sqlite else os.environ["DATABASE_URL"].rpartition("/")[0]
    surroundings = {
        "PATH": os.environ["PATH"],
        "DEMO": "1",
        "CTG_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "ctg.settings",
        "DATABASE_URL": f"sqlite:///{name}" if is_sqlite else f"{server}/{quote(str(name))}",
    }

    command = [sys.executable, "-c", WORKER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=project.BASE_DIR, env=surroundings, **pipes) as worker:

        def work(after):
            worker.stdin.write(f"{after}\n")
            worker.stdin.flush()
            code = int(worker.stdout.readline())
            # Nobody waits for half a minute in a test: the dead are seen at once.
            Job.objects.filter(state=JobState.RUNNING).update(beat_at=timezone.now() - jobs.LEASE)
            working._free_the_dead(timezone.now())
            return code

        yield work
        worker.stdin.close()


@pytest.mark.once
def test_killed_at_any_moment_the_confirmation_writes_all_or_nothing(world, die, dropped):
    asked = {"title": "Plan repris", "choices": AS_IT_IS}
    before = counts()
    things = 1 + 3 + SIZE * 4  # the plan, its axes, and per action an organisation and two indicators
    for kill in (-1, *(max(1, things * rank // KILLS) for rank in range(1, KILLS - 1))):
        intake_jobs.ask(dropped, **asked, by=world.camille, at=timezone.now())
        assert die(kill) == -signal.SIGKILL
        assert counts() == before
        dropped.refresh_from_db()
        assert not dropped.is_imported
    Job.objects.all().delete()  # One that was killed twice already is given up.
    intake_jobs.ask(dropped, **asked, by=world.camille, at=timezone.now())
    assert die(0) == -signal.SIGKILL
    after = counts()
    assert Plan.objects.get(title="Plan repris").actions.count() == SIZE
    # Taken up again, the job finds what was written.
    assert die(-2) == 0
    assert counts() == after
    assert Job.objects.order_by("pk").last().state == JobState.DONE


def test_a_long_file_is_taken_in_outside_the_request(world, client_of, monkeypatch):
    monkeypatch.setattr(intake_jobs, "AT_ONCE", 5)
    client = client_of(world.camille)
    dropped = f.DroppedFileFactory(territory=world.territory, rows=rows(6))
    response = client.post(reverse("intake:plan_import", args=[dropped.pk]), {"title": "Plan repris"})
    job = Job.objects.get()
    assert response.url == job.get_absolute_url()
    assert not Plan.objects.filter(title="Plan repris").exists()
    working.work_all(timezone.now)
    plan = Plan.objects.get(title="Plan repris")
    assert plan.actions.count() == 6
    page = soup(client.get(job.get_absolute_url()))
    assert page.find("a", href=plan.get_absolute_url())
    job.refresh_from_db()
    with uploads.open_stored(job.stored_as) as report:
        assert "6 actions" in report.read().decode()


def ask(dropped, user, title):
    return intake_jobs.ask(dropped, title=title, choices=AS_IT_IS, by=user, at=timezone.now())


def test_a_job_does_nothing_for_somebody_who_no_longer_may(world, dropped):
    job = ask(dropped, world.camille, "Plan repris")
    Membership.objects.filter(user=world.camille).update(role="official")
    working.work_all(timezone.now)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, working.GONE)
    assert not Plan.objects.filter(title="Plan repris").exists()


def test_a_job_that_cannot_be_done_says_why(world, dropped):
    job = ask(dropped, world.camille, world.plan.title)
    working.work_all(timezone.now)
    job.refresh_from_db()
    assert job.state == JobState.FAILED and "a déjà un plan" in job.error
    assert not DroppedFile.objects.filter(imported_at__isnull=False).exists()
