"""What is asked for once is done once, outside the request; one's own is one's own, for a week."""

import datetime as dt
import threading
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners import jobs, working
from partners.jobs import Result, register
from partners.models import Job, JobState
from tests import factories as f
from tests.crowd import at_once
from tests.htmx import soup

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    monkeypatch.setattr(jobs, "_looked_at", -1e9)


@register("echo")
def echo(params, user, progress):
    progress(1, 2, "La moitié.")
    return Result(
        f"{params['word']}.pdf", f"{params['word']} de {user.first_name}".encode(), "application/pdf"
    )


@register("broken")
def broken(params, user, progress):
    raise ValueError("secret")


@register("swollen")
def swollen(params, user, progress):
    raise MemoryError


@register("asks")
def asks(params, user, progress):
    from actions.models import Plan

    plan = Plan.objects.visible_to(user).get(pk=params["plan"])
    return Result("plan.pdf", plan.title.encode(), "application/pdf")


def asked(user, territory, kind="echo", at=NOW, **params):
    params = params or {"word": "bonjour"}
    return jobs.start(user, kind, params, title="Un travail", territory=territory, at=at)


def work(at=None):
    return working.work_all(lambda: at or timezone.now())


def again(job):
    return Job.objects.get(pk=job.pk)


def content(client, job):
    return b"".join(client.get(reverse("partners:job_download", args=[job.pk])))


# Asking


def test_the_same_asked_again_is_the_same_job_until_it_has_ended(world):
    first = asked(world.camille, world.territory)
    assert asked(world.camille, world.territory).pk == first.pk
    assert asked(world.camille, world.territory, word="autre").pk != first.pk
    assert asked(world.paul, world.territory).pk != first.pk
    assert work() == 3
    assert asked(world.camille, world.territory).pk != first.pk


@pytest.mark.django_db(transaction=True)
def test_the_same_asked_ten_times_at_once_is_one_job(world):
    made = at_once([lambda: asked(world.camille, world.territory).pk] * 10)
    assert set(made) == set(Job.objects.values_list("pk", flat=True)) and len(set(made)) == 1


def test_what_it_makes_is_downloaded_and_not_shown(world, client_of):
    job, client = asked(world.camille, world.territory, at=timezone.now()), client_of(world.camille)
    work()
    page = soup(client.get(job.get_absolute_url()))
    assert "Prêt à télécharger." in page.select_one("h1 + p").text
    response = client.get(page.select_one("#job-next")["href"])
    assert b"".join(response) == b"bonjour de Camille"
    assert response["Content-Disposition"] == 'attachment; filename="bonjour.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


# Claims


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_never_take_the_same_job_nor_more_than_two(world):
    people = [f.MembershipFactory(territory=world.territory).user for _ in range(6)]
    for person in people:
        asked(person, world.territory)
    claimed = [job for job in at_once([lambda: working.claim(NOW)] * 6) if job]
    assert len(claimed) == len({job.pk for job in claimed}) == 2
    assert {job.lane for job in claimed} == {1, 2}
    assert working.claim(NOW) is None


@pytest.mark.django_db(transaction=True)
def test_a_person_has_one_job_running_and_leaves_room_to_the_others(world):
    for word in ("un", "deux", "trois"):
        asked(world.camille, world.territory, word=word)
    last = asked(world.paul, world.territory, at=NOW + dt.timedelta(hours=1))
    claimed = [job for job in at_once([lambda: working.claim(NOW)] * 4) if job]
    assert sorted(job.owner.first_name for job in claimed) == ["Camille", "Paul"]
    assert last.pk in {job.pk for job in claimed}


@pytest.mark.django_db(transaction=True)
def test_a_crowd_of_workers_does_everything_once(world, monkeypatch):
    people = [f.MembershipFactory(territory=world.territory).user for _ in range(5)]
    for person in people:
        for word in ("un", "deux"):
            asked(person, world.territory, word=word)
    at_work, most, lock = [0], [0], threading.Lock()

    def counted(params, user, progress):
        with lock:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        result = echo(params, user, progress)
        with lock:
            at_work[0] -= 1
        return result

    monkeypatch.setitem(jobs._works, "echo", counted)
    done = at_once([work] * 4)
    while left := work():
        done.append(left)
    assert sum(done) == 10 and most[0] <= 2
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


@pytest.mark.parametrize("same", [{"lane": 1}, {"owner": "camille"}])
def test_the_database_itself_refuses_a_third_and_a_second_of_one_person(world, same):
    running = {"state": JobState.RUNNING, "beat_at": NOW, "territory": world.territory}
    f.JobFactory(owner=world.camille, lane=1, **running)
    other = {"owner": world.camille if "owner" in same else world.paul, "lane": same.get("lane", 2)}
    with pytest.raises(IntegrityError), transaction.atomic():
        f.JobFactory(**running, **other)
    with pytest.raises(IntegrityError), transaction.atomic():
        f.JobFactory(owner=world.paul, lane=3, **running)


# Death


def test_a_job_whose_worker_died_is_tried_once_more_then_given_up(world):
    job, at = asked(world.camille, world.territory), NOW
    for _ in range(2):
        assert working.claim(at).pk == job.pk
        assert working.claim(at + jobs.LEASE - dt.timedelta(seconds=1)) is None
        at += jobs.LEASE
    assert working.claim(at) is None
    job = again(job)
    assert (job.state, job.error, job.attempts) == (JobState.FAILED, working.KILLED, 2)


def test_who_lost_her_claim_writes_nothing_any_more(world, folder):
    asked(world.camille, world.territory)
    late = working.claim(NOW)
    taken = working.claim(NOW + jobs.LEASE)
    working._Progress(late)(1, 2, "Fantôme.")
    working._hand_over(late, Result("fantome.pdf", b"fantome", "application/pdf"), NOW)
    assert (again(taken).state, again(taken).said) == (JobState.RUNNING, "")
    assert not list(Path(folder).iterdir())
    working._hand_over(taken, Result("vrai.pdf", b"vrai", "application/pdf"), NOW)
    assert (again(taken).state, again(taken).result_name) == (JobState.DONE, "vrai.pdf")


@pytest.mark.parametrize(
    ("state", "held", "expected"),
    [("waiting", {}, 1), ("running", {"silence": 31}, 1), ("running", {"silence": 5}, 0), ("done", {}, 0)],
)
def test_looking_at_a_job_that_nobody_does_starts_a_worker(
    world, client_of, monkeypatch, state, held, expected
):
    job = f.JobFactory(owner=world.camille, territory=world.territory)
    running = {"lane": 1, "beat_at": timezone.now() - dt.timedelta(seconds=held.get("silence", 0))}
    Job.objects.update(state=state, **(running if state == "running" else {}))
    started = []
    monkeypatch.setattr(jobs, "spawn", lambda: started.append(1))
    for _ in range(3):  # And not one at each look.
        client_of(world.camille).get(job.get_absolute_url())
    assert len(started) == expected


def test_a_job_that_waits_behind_two_others_starts_no_third_worker(world):
    for lane, person in enumerate([world.camille, world.paul], 1):
        running = {"state": "running", "lane": lane, "beat_at": NOW}
        f.JobFactory(owner=person, territory=world.territory, **running)
    waiting = asked(world.ines, world.territory)
    assert not jobs.is_left_alone(waiting, NOW)
    assert jobs.is_left_alone(waiting, NOW + jobs.LEASE)


# Failures


def test_a_failure_says_so_under_a_number_and_can_be_tried_again(world, client_of, caplog):
    job, client = asked(world.camille, world.territory, "broken", timezone.now()), client_of(world.camille)
    work()
    page = soup(client.get(job.get_absolute_url()))
    said = page.select_one(".notice").text
    assert said.startswith("Une erreur est survenue (incident ") and "secret" not in page.text
    assert said[-8:-2] in caplog.text
    response = client.post(reverse("partners:job_restart", args=[job.pk]))
    new = Job.objects.exclude(pk=job.pk).get()
    assert response["Location"] == new.get_absolute_url()
    assert (new.state, new.kind, new.params, new.title) == ("waiting", job.kind, job.params, job.title)


def test_a_document_that_is_too_large_fails_alone(world):
    large = asked(world.camille, world.territory, "swollen")
    small = asked(world.camille, world.territory)
    work()
    assert (again(large).state, again(large).error) == (JobState.FAILED, working.TOO_LARGE)
    assert again(small).state == JobState.DONE


@pytest.mark.parametrize("removal", ["membership", "account", "plan"])
def test_rights_that_end_between_asking_and_doing_leave_nothing(world, folder, removal):
    job = asked(world.paul, world.territory, "asks", plan=world.plan.pk)
    if removal == "membership":
        world.memberships["paul"].delete()
    elif removal == "account":
        world.paul.is_active = False
        world.paul.save()
    else:
        world.plan.trashed_at = NOW
        world.plan.save()
    work()
    job = again(job)
    assert (job.state, job.error, job.stored_as) == (JobState.FAILED, working.GONE, "")
    assert not folder.exists()


# Progress


def test_progress_never_goes_back_nor_beyond(world):
    asked(world.camille, world.territory)
    job = working.claim(NOW)
    told, seen = working._Progress(job), []
    for done in (1, 3, 2, 3, 9):
        told(done, 5, f"Étape {done}.")
        seen.append((again(job).steps_done, again(job).said))
    assert seen == [(1, "Étape 1."), (3, "Étape 3."), (3, "Étape 3."), (3, "Étape 3."), (5, "Étape 9.")]


def test_the_page_tells_where_it_is_and_asks_again_by_itself(world, client_of):
    job, client = asked(world.camille, world.territory, at=timezone.now()), client_of(world.camille)
    page = soup(client.get(job.get_absolute_url()))
    region = page.select_one("#job")
    assert region["hx-get"] == f"{job.get_absolute_url()}?vu=waiting" and region["hx-trigger"] == "every 2s"
    assert page.select_one("#job-next")["href"] == job.get_absolute_url()  # Without JavaScript.
    assert not page.select_one("meta[http-equiv]")
    working._Progress(working.claim(timezone.now()))(2, 3, "Page 12.")
    headers = {"HX-Request": "true", "HX-Target": "job"}
    fragment = soup(client.get(region["hx-get"], headers=headers))
    bar = fragment.select_one("progress")
    assert (bar["value"], bar["max"]) == ("2", "3") and "Page 12." in fragment.text
    assert fragment.select_one("#job-news").text == "En train de se faire."
    # Said once: a screen reader is not told at each look what it knows.
    same = soup(client.get(fragment.select_one("#job")["hx-get"], headers=headers))
    assert not same.select_one("#job-news")
    Job.objects.update(state=JobState.FAILED, error="Trop long.", lane=None, finished_at=timezone.now())
    ended = soup(client.get(fragment.select_one("#job")["hx-get"], headers=headers))
    assert not ended.select_one("#job").get("hx-get") and "Trop long." in ended.text
    assert ended.select_one("#job-news").text == "Non abouti."


# Pages


def test_results_are_for_their_owner_as_long_as_she_belongs_there(world, client_of):
    job = asked(world.paul, world.territory, at=timezone.now())
    work()
    paul = client_of(world.paul)
    assert content(paul, job) == b"bonjour de Paul"
    names = ("job_detail", "job_download", "job_cancel", "job_restart")
    paths = [reverse(f"partners:{name}", args=[job.pk]) for name in names]
    for person in (world.camille, world.ines, world.nadia, world.alex):
        client = client_of(person)
        assert [client.get(path).status_code for path in paths[:2]] == [404, 404]
        assert [client.post(path).status_code for path in paths[2:]] == [404, 404]
        assert job.title not in client.get(reverse("partners:job_list")).text
    world.memberships["paul"].delete()
    assert [paul.get(path).status_code for path in paths[:2]] == [404, 404]


def test_a_job_that_waits_can_be_cancelled_and_one_that_runs_cannot(world, client_of):
    job, client = asked(world.camille, world.territory, at=timezone.now()), client_of(world.camille)
    cancel = reverse("partners:job_cancel", args=[job.pk])
    working.claim(timezone.now())
    assert client.post(cancel)["Location"] == job.get_absolute_url() and again(job)
    Job.objects.update(state=JobState.WAITING, lane=None, beat_at=None)
    assert client.post(cancel)["Location"] == reverse("partners:job_list")
    assert not Job.objects.exists()


def test_files_leave_after_a_week(world, client_of, folder):
    old = f.JobFactory(owner=world.camille, territory=world.territory)
    recent = f.JobFactory(owner=world.camille, territory=world.territory)
    now = timezone.now()
    Job.objects.filter(pk=old.pk).update(finished_at=now - dt.timedelta(days=7, seconds=1))
    Job.objects.filter(pk=recent.pk).update(finished_at=now - dt.timedelta(days=6, hours=23))
    client = client_of(world.camille)
    assert client.get(old.get_absolute_url()).status_code == 404  # Even before somebody sweeps.
    work(now)
    assert list(Job.objects.all()) == [recent]
    assert [path.name for path in folder.iterdir()] == [recent.stored_as]


def test_a_file_that_was_lost_is_not_an_error_of_the_server(world, client_of, folder):
    job = f.JobFactory(owner=world.camille, territory=world.territory)
    (folder / job.stored_as).unlink()
    assert client_of(world.camille).get(reverse("partners:job_download", args=[job.pk])).status_code == 404


def test_the_list_costs_the_same_for_two_and_for_twelve(world, client_of):
    client, costs = client_of(world.camille), []
    for count in (2, 10):
        for _ in range(count):
            f.JobFactory(owner=world.camille, territory=world.territory)
        with CaptureQueriesContext(connection) as queries:
            page = soup(client.get(reverse("partners:job_list")))
        costs.append(len(queries))
    assert len(page.select("tbody tr")) == 12 and costs[0] == costs[1]
