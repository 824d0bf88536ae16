"""Work that takes more than a second: asked for in a request, done by a process of its own.

What may be asked is registered under a word. A job outlives the page, the server and the process that does
it: whoever asks for one, and whoever looks at one that waits for nobody, starts `manage.py work_jobs`.
"""

import datetime as dt
import hashlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO, Any, Protocol

from django.conf import settings
from django.db import transaction

from .models import Job, JobState, Territory, User
from .models.job import LANES
from .shell import Link

#: Beyond this silence, whoever was doing a job is dead.
LEASE = dt.timedelta(seconds=30)

#: How often one process starts a worker because somebody looks: starting one costs a second.
PATIENCE = 10

#: How much of a file is read at once.
CHUNK = 1024**2


class Refused(Exception):
    """What was asked cannot be done; the message is a French sentence for whoever asked."""


@dataclass(frozen=True)
class Result:
    """The file that a job makes; one that may not fit in memory is a file, at its beginning."""

    name: str
    content: bytes | IO[bytes]
    media_type: str

    def chunks(self) -> Iterator[bytes]:
        if isinstance(self.content, bytes):
            yield self.content
        else:
            with self.content as file:
                yield from iter(partial(file.read, CHUNK), b"")


class Progress(Protocol):
    """Says where a job is; what is behind what was said before is left out. `at` is when it began."""

    at: dt.datetime

    def __call__(self, done: int, total: int, said: str) -> None: ...


Work = Callable[[dict[str, Any], User, Progress], Result]

#: Where what a job made is found, beside its file.
Place = Callable[[dict[str, Any]], Link]

_works: dict[str, Work] = {}
_places: dict[str, Place] = {}


def register(kind: str, *, place: Place | None = None) -> Callable[[Work], Work]:
    """Name what a job can do. The work goes through the doors with its user: only keys are kept of it."""

    def keep(work: Work) -> Work:
        _works[kind] = work
        if place:
            _places[kind] = place
        return work

    return keep


def work_of(kind: str) -> Work:
    return _works[kind]


def place_of(job: Job) -> Link | None:
    place = _places.get(job.kind)
    return place(job.params) if place else None


def start(
    user: User, kind: str, params: dict[str, Any], *, title: str, territory: Territory, at: dt.datetime
) -> Job:
    """Ask for a job; the same one that waits or runs already is answered again."""
    same = {"owner": user, "fingerprint": _fingerprint(kind, params)}
    content = {"kind": kind, "params": params, "title": title, "territory": territory, "created_at": at}
    job, is_new = Job.objects.alive().get_or_create(**same, defaults=content)
    if is_new:
        transaction.on_commit(spawn)
    return job


def start_again(job: Job, *, at: dt.datetime) -> Job:
    return start(job.owner, job.kind, job.params, title=job.title, territory=job.territory, at=at)


def cancel(job: Job) -> bool:
    """Forget a job that waits; False when it has begun."""
    deleted, _ = Job.objects.filter(pk=job.pk, state=JobState.WAITING).delete()
    return bool(deleted)


def look_after(job: Job, *, now: dt.datetime) -> None:
    """Start a worker for a job that nobody does: its server was stopped, or its process killed."""
    global _looked_at
    if is_left_alone(job, now) and time.monotonic() - _looked_at >= PATIENCE:
        _looked_at = time.monotonic()
        spawn()


def is_left_alone(job: Job, now: dt.datetime) -> bool:
    """Whether it is neither being done nor about to be by one of those at work."""
    if job.state == JobState.RUNNING:
        return job.beat_at is not None and job.beat_at <= now - LEASE
    at_work = Job.objects.filter(state=JobState.RUNNING, beat_at__gt=now - LEASE)
    return job.is_waiting and at_work.count() < len(LANES)


_looked_at = -float(PATIENCE)


def _fingerprint(kind: str, params: dict[str, Any]) -> str:
    asked = json.dumps([kind, params], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(asked.encode()).hexdigest()


def spawn() -> None:
    """Start a worker that outlives this process; one that finds nothing to do ends at once."""
    if not settings.JOBS_IN_BACKGROUND:
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work_jobs"]
    worker = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    # Somebody must take note of its end, or it stays in the table of processes.
    threading.Thread(target=worker.wait, name="job worker", daemon=True).start()
