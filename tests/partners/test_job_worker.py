"""The worker as it runs: a process of its own, that may be killed, last too long, or take too much."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from partners import jobs, working
from partners.models import Job, JobState

pytestmark = pytest.mark.django_db(transaction=True)

#: The command as the server starts it, with works that this test needs.
WORKER = """
import os, pathlib, time, django
django.setup()
from django.core.management import call_command
from partners import jobs, working
import datetime as dt
working.BEAT = .2
working.TIME_LIMIT = dt.timedelta(seconds=float(os.environ.get("LIMIT", "60")))
@jobs.register("slow")
def slow(params, user, progress):
    for step in range(int(params["steps"])):
        progress(step, int(params["steps"]), f"Étape {step}.")
        time.sleep(.05)
    return jobs.Result("lent.pdf", str(os.getpid()).encode(), "application/pdf")
@jobs.register("greedy")
def greedy(params, user, progress):
    return jobs.Result("gros.pdf", str(len(bytes(2 * 1024**3))).encode(), "application/pdf")
jobs.spawn = pathlib.Path(os.environ["CTG_DATA_DIR"], "successor").touch
call_command("work_jobs")
"""


@pytest.fixture
def surroundings(settings, tmp_path):
    """What a worker must find: the database of this test, and a folder."""
    settings.FILES_DIR = tmp_path / "files"
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        address = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + quote(str(name))
    return {
        "PATH": os.environ["PATH"],
        "DEMO": "1",
        "CTG_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "ctg.settings",
        "DATABASE_URL": address,
    }


@pytest.fixture
def worker(surroundings):
    """Start a worker; what a test left running ends with it."""
    started = []

    def start(**more):
        command = [sys.executable, "-c", WORKER]
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=surroundings | more, stdout=subprocess.DEVNULL
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def asked(user, territory, kind="slow", **params):
    return jobs.start(user, kind, params, title="Un travail", territory=territory, at=timezone.now())


def again(job):
    return Job.objects.get(pk=job.pk)


def wait_for(fact, seconds=60):
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def silence_passes():
    """The dead are seen at once: nobody waits for half a minute in a test."""
    Job.objects.filter(state=JobState.RUNNING).update(beat_at=timezone.now() - jobs.LEASE)


def test_killed_in_the_middle_a_job_is_done_by_the_next_worker(world, worker):
    job = asked(world.camille, world.territory, steps=20)
    first = worker()
    wait_for(lambda: again(job).steps_done >= 3)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert again(job).state == JobState.RUNNING
    silence_passes()
    assert worker().wait(60) == 0
    job = again(job)
    assert (job.state, job.attempts, job.steps_done) == (JobState.DONE, 2, 19)


def test_killed_twice_a_job_is_given_up_and_says_why(world, worker, client_of):
    job = asked(world.camille, world.territory, steps=2_000)
    for attempt in (1, 2):
        process = worker()
        wait_for(lambda attempt=attempt: again(job).attempts == attempt and again(job).steps_done)
        process.kill()
        process.wait()
        silence_passes()
    assert worker().wait(60) == 0
    assert again(job).error == working.KILLED
    assert working.KILLED in client_of(world.camille).get(job.get_absolute_url()).text


def test_the_claim_is_renewed_as_long_as_the_work_lasts(world, worker):
    job = asked(world.camille, world.territory, steps=40)
    process = worker()
    wait_for(lambda: again(job).steps_done)
    first = again(job).beat_at
    wait_for(lambda: again(job).beat_at and again(job).beat_at > first)
    assert process.wait(60) == 0 and again(job).state == JobState.DONE


def test_what_lasts_too_long_is_stopped_and_another_worker_goes_on(world, worker, tmp_path):
    job = asked(world.camille, world.territory, steps=2_000)
    assert worker(LIMIT="0.5").wait(60) == 1
    assert (again(job).state, again(job).error) == (JobState.FAILED, working.TOO_LONG)
    assert (tmp_path / "successor").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is Linux's")
def test_what_takes_too_much_memory_fails_and_the_next_one_is_done(world, worker):
    large = asked(world.camille, world.territory, "greedy")
    small = asked(world.camille, world.territory, steps=1)
    assert worker().wait(60) == 0
    assert again(large).error == working.TOO_LARGE
    assert again(small).state == JobState.DONE


def test_the_server_starts_a_worker_which_makes_the_document(
    world, client_of, surroundings, settings, monkeypatch
):
    """As in an installation: from the address of an export to the file, `manage.py work_jobs` in between."""
    from ctg.documents import jobs as documents

    monkeypatch.setitem(documents.AT_ONCE, documents.Format.DOCX, 0)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    settings.JOBS_IN_BACKGROUND = True
    client = client_of(world.camille)
    place = client.get(reverse("documents:plan_document", args=[world.plan.pk, "thematique", "docx"]))
    job = Job.objects.get()
    assert place["Location"] == job.get_absolute_url()
    wait_for(lambda: again(job).state == JobState.DONE)
    file = b"".join(client.get(reverse("partners:job_download", args=[job.pk])))
    assert file.startswith(b"PK\x03\x04")
    connections.close_all()
