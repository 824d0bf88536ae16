"""The worker's side of jobs: one after the other, each claimed in a transaction of its own.

The database refuses a third running job, and a second one of the same person, whatever the workers do. A
claim is renewed by a thread; a worker that dies leaves one that ends after `partners.jobs.LEASE`, and its
job is tried once more. What a worker writes counts only while the claim is its own (`attempts` names it).
"""

import datetime as dt
import logging
import os
import secrets
import threading
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from ctg.web import uploads

from .jobs import LEASE, Refused, Result, work_of
from .models import Job, JobState
from .models.job import LANES

logger = logging.getLogger(__name__)

Clock = Callable[[], dt.datetime]

#: What leaves after a while; apps above add theirs when they are ready (`AppConfig.ready`).
SWEEPS: list[Callable[[dt.datetime], object]] = []

BEAT = 5
TRIES = 2
TIME_LIMIT = dt.timedelta(minutes=5)

KILLED = "Le travail s’est interrompu deux fois avant la fin."
TOO_LONG = "C’était trop long\u00a0: le travail a été arrêté."
TOO_LARGE = "C’était trop gros pour la mémoire de ce serveur."
GONE = "Ce qui était demandé n’existe plus, ou ne vous est plus ouvert."
BROKEN = "Une erreur est survenue (incident {})."


def work_all(clock: Clock, *, on_overtime: Callable[[], None] = lambda: None) -> int:
    """Do what waits, and return how many jobs were done. Never call it inside a transaction.

    `on_overtime` is called by a thread when a job lasts beyond `TIME_LIMIT` or is no longer ours: it ends
    the process, since nothing else stops a thread.
    """
    count = 0
    while job := claim(clock()):
        _work(job, clock, on_overtime)
        count += 1
    purge(clock())
    return count


def claim(now: dt.datetime) -> Job | None:
    """Take the oldest job that may run now, or nothing."""
    _free_the_dead(now)
    while True:
        running = list(Job.objects.filter(state=JobState.RUNNING).values_list("lane", "owner"))
        lane = next((lane for lane in LANES if lane not in {held for held, _ in running}), None)
        waiting = Job.objects.filter(state=JobState.WAITING).exclude(owner__in=[who for _, who in running])
        pk = waiting.order_by("created_at", "pk").values_list("pk", flat=True).first()
        if lane is None or pk is None:
            return None
        try:
            with transaction.atomic(durable=True):
                if waiting.filter(pk=pk).update(
                    **{"state": JobState.RUNNING, "lane": lane, "attempts": F("attempts") + 1},
                    **{"started_at": now, "beat_at": now, "steps_done": 0, "steps_total": 0, "said": ""},
                ):
                    return Job.objects.select_related("owner").get(pk=pk)
        except IntegrityError:
            continue  # Another worker took the lane, or a job of the same person, at this very moment.


def purge(now: dt.datetime) -> None:
    """Take away what has been kept long enough, the file first: without its row it would stay for ever."""
    for job in Job.objects.expired(now):
        if job.stored_as:
            uploads.drop_stored(job.stored_as)
        job.delete()
    for sweep in SWEEPS:
        sweep(now)


def _free_the_dead(now: dt.datetime) -> None:
    dead = Job.objects.filter(state=JobState.RUNNING, beat_at__lte=now - LEASE)
    free: dict[str, Any] = {"lane": None, "beat_at": None}
    dead.filter(attempts__lt=TRIES).update(state=JobState.WAITING, **free)
    dead.filter(attempts__gte=TRIES).update(state=JobState.FAILED, error=KILLED, finished_at=now, **free)


def _work(job: Job, clock: Clock, on_overtime: Callable[[], None]) -> None:
    done = threading.Event()
    beat = threading.Thread(target=_beat, args=(job, clock, done, on_overtime), name="beat", daemon=True)
    beat.start()
    try:
        result = _result(job, _Progress(job))
    except ObjectDoesNotExist:
        _settle(job, JobState.FAILED, clock(), error=GONE)
    except Refused as refused:
        _settle(job, JobState.FAILED, clock(), error=str(refused)[:300])
    except MemoryError:
        _settle(job, JobState.FAILED, clock(), error=TOO_LARGE)
    except Exception:
        incident = secrets.token_hex(3).upper()
        logger.exception("Incident %s: job %s (%s)", incident, job.pk, job.kind)
        _settle(job, JobState.FAILED, clock(), error=BROKEN.format(incident))
    else:
        _hand_over(job, result, clock())
    finally:
        done.set()
        beat.join()


def _result(job: Job, progress: "_Progress") -> Result:
    """Do the work for its owner as she is today: her doors say what she may still read."""
    if not Job.objects.held_by(job.owner).filter(pk=job.pk, owner__is_active=True).exists():
        raise Job.DoesNotExist
    return work_of(job.kind)(job.params, job.owner, progress)


def _hand_over(job: Job, result: Result, now: dt.datetime) -> None:
    stored_as = uploads.keep_content(result.chunks())
    size = uploads.size_of(stored_as)
    file = {"result_name": result.name, "media_type": result.media_type, "size": size}
    if not _settle(job, JobState.DONE, now, stored_as=stored_as, **file):
        uploads.drop_stored(stored_as)


def _settle(job: Job, state: JobState, now: dt.datetime, **content: Any) -> bool:
    """Write how a job ended, unless somebody else has taken it up since."""
    free = {"lane": None, "beat_at": None, "finished_at": now}
    return bool(_ours(job).update(state=state, **free, **content))


def _ours(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


class _Progress:
    def __init__(self, job: Job) -> None:
        assert job.started_at is not None
        self.at = job.started_at
        self._job = job

    def __call__(self, done: int, total: int, said: str) -> None:
        """Forward only, and never beyond the whole."""
        steps = {"steps_done": min(done, total), "steps_total": total}
        _ours(self._job).filter(steps_done__lte=min(done, total)).update(**steps, said=said[:200])


def _beat(job: Job, clock: Clock, done: threading.Event, on_overtime: Callable[[], None]) -> None:
    assert job.started_at is not None
    ends_at = job.started_at + TIME_LIMIT
    while not done.wait(BEAT):
        try:
            if clock() >= ends_at:
                _settle(job, JobState.FAILED, clock(), error=TOO_LONG)
            elif _ours(job).update(beat_at=clock()):
                continue
        except DatabaseError:
            continue  # The next beat may find it again.
        finally:
            connection.close()
        if not done.wait(BEAT):  # It may have ended by itself at this very moment.
            on_overtime()
        return


def lower_limits(memory: int) -> None:
    """Let pages go first, and have a document that grows too large fail alone."""
    os.nice(10)
    try:
        import resource
    except ImportError:  # Not on every system.
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
