"""`kill -9` in the middle of freezing: nothing or the whole, and trying again ends with one document."""

import hashlib
import os
import signal
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings as project
from django.db import connection
from django.utils import timezone

from ctg.reviews.keeping import jobs as freezing_jobs
from ctg.reviews.models import FrozenDocument, FrozenFile
from ctg.web import uploads
from partners import jobs, working
from partners.models import Change, Job, JobState
from tests.reviews.small import stored

pytestmark = pytest.mark.django_db(transaction=True)

#: The command as the server starts it, but that it kills itself with signal 9 where the test says.
WORKER = """
import os, signal, django
django.setup()
from django.core.management import call_command
from ctg.reviews.keeping import freezing, jobs as freezing_jobs, sealing
from partners import jobs, working
freezing_jobs.DRAFTINGS["plan"] = "tests.reviews.small.draft_asked"
jobs.spawn = lambda: None

def die_before(module, name):
    module.__dict__[name] = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)

def die_after(owner, name, after=1):
    work, calls = getattr(owner, name), []
    def wrapped(*args, **kwargs):
        done = work(*args, **kwargs)
        calls.append(done)
        if len(calls) == after:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    setattr(owner, name, wrapped)

point = os.environ.get("POINT")
if point == "before a file": die_before(sealing, "_stored")
if point == "between two files": die_after(sealing, "_stored")
if point == "before the register": die_before(freezing, "_keep")
if point == "after the row": die_after(freezing.FrozenDocument.objects, "create")
if point == "before the commit": die_after(freezing, "_tell")
if point == "after the commit": die_after(freezing, "_keep")
call_command("work_jobs")
"""

POINTS = ("before a file", "between two files", "before the register", "after the row", "before the commit")


@pytest.fixture
def worker(settings, tmp_path):
    """Do what waits in a process of its own, which ends at `point`."""
    settings.FILES_DIR = tmp_path / "files"
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

    def work(point=""):
        command = [sys.executable, "-c", WORKER]
        ended = subprocess.run(command, cwd=project.BASE_DIR, env=surroundings | {"POINT": point}, timeout=60)
        # Nobody waits for half a minute in a test: the dead are seen at once.
        Job.objects.filter(state=JobState.RUNNING).update(beat_at=timezone.now() - jobs.LEASE)
        working._free_the_dead(timezone.now())
        return ended.returncode

    return work


def ask(world):
    now = timezone.now()
    return freezing_jobs.ask(world.plan, "plan", {}, title="Plan signé", by=world.camille, at=now)


def is_whole(document):
    for file in document.files.all():
        with uploads.open_stored(file.stored_as) as kept:
            assert hashlib.sha256(kept.read()).hexdigest() == file.sha256
    return document.files.count() == 2 and Change.objects.filter(kind="frozendocument").count() == 1


def test_killed_before_its_end_it_leaves_nothing_in_the_register(world, worker):
    ask(world)
    for point in POINTS:
        assert worker(point) == -signal.SIGKILL, point
        assert not FrozenDocument.objects.exists() and not FrozenFile.objects.exists(), point
        assert not Change.objects.filter(kind="frozendocument").exists(), point
        # Killed twice a job is given up, and asked for anew.
        ask(world)
    assert worker() == 0
    document = FrozenDocument.objects.get()
    assert document.number == 1 and is_whole(document)
    assert {file.stored_as for file in document.files.all()} <= stored()


def test_killed_just_after_it_the_next_try_finds_what_is_frozen(world, worker):
    job = ask(world)
    assert worker("after the commit") == -signal.SIGKILL
    document = FrozenDocument.objects.get()
    assert is_whole(document)
    assert worker() == 0
    assert FrozenDocument.objects.get() == document and is_whole(document)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result_name) == (JobState.DONE, 2, "plan.pdf")
