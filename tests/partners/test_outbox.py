"""The outbox: each letter leaves once, whatever dies in between."""

import datetime as dt
import os
import random
import smtplib
import subprocess
import sys
import threading
import time
import uuid
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from partners import outbox
from partners.models import Letter
from partners.tokens import fresh_seed, token_of
from tests.crowd import at_once

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def letter(key="clé", **given):
    written = {"to_email": "dominique@exemple.fr", "to_name": "Dominique Petit", "subject": "Vos valeurs"}
    written |= {"body": "Bonjour, voici votre lien\u00a0: {lien}", "territory": None, "at": NOW}
    return outbox.write(key=key, **written | given)


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "ctg.web.mail_files.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mails"
    return settings.EMAIL_FILE_PATH


def files(folder):
    return sorted(folder.glob("*.eml")) if folder.exists() else []


# Writing


def test_the_same_key_twice_is_one_letter(db):
    assert letter(subject="Le premier") == letter(subject="Le second")
    assert Letter.objects.get().subject == "Le premier"


@pytest.mark.django_db(transaction=True)
def test_the_same_key_from_ten_people_at_once_is_one_letter():
    def write():
        with transaction.atomic():
            return letter().pk

    assert len(set(at_once([write] * 10))) == 1
    assert Letter.objects.count() == 1


def test_a_letter_goes_with_what_it_tells(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        letter()
        raise ZeroDivisionError
    assert outbox.deliver(at=NOW) == 0 and not mail.outbox


# What leaves


def test_the_link_is_put_in_when_the_letter_leaves_and_stored_nowhere(db):
    seed = fresh_seed()
    letter(link_path="/repondre/", link_seed=seed)
    assert outbox.deliver(at=NOW) == 1
    [sent] = mail.outbox
    assert f"{settings.BASE_URL}/repondre/{token_of(seed)}/" in sent.body and "{lien}" not in sent.body
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM partners_letter")
        assert token_of(seed) not in repr(cursor.fetchall())


def test_a_letter_says_whom_to_answer_and_that_a_machine_wrote_it(db):
    letter(reply_to="camille@exemple.fr")
    outbox.deliver(at=NOW)
    sent = mail.outbox[0]
    assert sent.reply_to == ["camille@exemple.fr"] and sent.extra_headers["Auto-Submitted"]


def test_nothing_leaves_before_it_is_due_nor_twice(db):
    letter(due_at=NOW + dt.timedelta(hours=1))
    assert outbox.deliver(at=NOW) == 0
    assert outbox.deliver(at=NOW + dt.timedelta(hours=1)) == 1
    assert outbox.deliver(at=NOW + dt.timedelta(hours=2)) == 0
    assert Letter.objects.get().sent_at >= NOW + dt.timedelta(hours=1)


def test_the_command_sends_what_is_due_as_often_as_one_likes(db, capsys):
    letter()
    for sent in (1, 0):
        call_command("send_letters")
        assert f"{sent} courriel(s)" in capsys.readouterr().out
    assert len(mail.outbox) == 1


def test_a_letter_of_the_demonstration_is_one_file_that_reads_well(db, folder):
    letter(subject="Vos 6 valeurs à saisir", link_path="/repondre/", link_seed="graine")
    outbox.deliver(at=NOW)
    text = files(folder)[0].read_text()
    assert "To: dominique@exemple.fr" in text and token_of("graine") in text
    assert not list(folder.glob(".*")), "a draft stays behind"


# Crashes


def test_a_crash_before_or_after_the_sending_leaves_one_mail(db, folder, monkeypatch):
    class Crash(BaseException):
        pass

    write = outbox.mail.EmailMessage.send
    for happens in ("before", "after"):
        letter(happens)

        def crash(self, *args, happens=happens):
            if happens == "after":
                write(self)
            raise Crash

        with monkeypatch.context() as patched, pytest.raises(Crash):
            patched.setattr(outbox.mail.EmailMessage, "send", crash)
            outbox.deliver(at=NOW)
        before = files(folder)
        assert outbox.deliver(at=NOW + outbox.LEASE - dt.timedelta(seconds=9)) == 0
        assert files(folder) == before
        assert outbox.deliver(at=NOW + outbox.LEASE + dt.timedelta(seconds=1)) == 1
    assert len(files(folder)) == 2


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_each_letter_is_one_file(tmp_path):
    """`kill -9` in the middle of a delivery, several times; the database is a real one."""
    count, rng, folder = 60, random.Random(3), tmp_path / "mails"
    for number in range(count):
        letter(f"lettre {number}", at=timezone.now())
    left = []
    for _ in range(5):
        before = len(files(folder))
        process = send_letters(tmp_path)
        while len(files(folder)) <= before and process.poll() is None:
            time.sleep(0.001)
        time.sleep(rng.uniform(0, 0.08))
        process.kill()
        process.wait()
        left.append(Letter.objects.filter(sent_at=None, claimed_at__isnull=False).count())
        an_hour_passes()
    assert any(left), "no kill fell between a claim and its mark"
    assert send_letters(tmp_path).wait() == 0
    assert len(files(folder)) == count == Letter.objects.exclude(sent_at=None).count()


#: The command as one runs it, but that each letter takes a while to leave: a kill then falls into it.
SLOWLY = """
import time, django
django.setup()
from django.core import mail
from django.core.management import call_command
send = mail.EmailMessage.send
def slow(self, *args, **kwargs):
    time.sleep(0.02)
    sent = send(self, *args, **kwargs)
    time.sleep(0.02)
    return sent
mail.EmailMessage.send = slow
call_command("send_letters")
"""


def send_letters(data):
    """Send in a process of its own, on the database of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        address = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + quote(str(name))
    (data / "secret-key").write_text(
        "the same for each of these processes, as in an installation of one's own"
    )
    environment = {"PATH": os.environ["PATH"], "DEMO": "1", "CTG_DATA_DIR": str(data)}
    environment["DJANGO_SETTINGS_MODULE"] = "ctg.settings"
    return subprocess.Popen(
        [sys.executable, "-c", SLOWLY],
        cwd=settings.BASE_DIR,
        env=environment | {"DATABASE_URL": address},
        stdout=subprocess.DEVNULL,
    )


def an_hour_passes():
    """The claims of the dead are old: nobody waits for ten minutes in a test."""
    held = Letter.objects.filter(claimed_at__isnull=False)
    held.update(claimed_at=F("claimed_at") - dt.timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
def test_deliveries_at_the_same_moment_send_each_letter_once():
    for number in range(30):
        letter(f"lettre {number}", to_email=f"personne{number}@exemple.fr")
    sent = at_once([lambda: outbox.deliver(at=NOW)] * 4)
    assert sum(sent) == 30
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 30


# Failures


class Refusing(locmem.EmailBackend):
    """Refuses some addresses, or does not answer at all."""

    error = smtplib.SMTPRecipientsRefused({"inconnue@exemple.fr": (550, b"no such user")})

    def send_messages(self, messages):
        if any("inconnue@exemple.fr" in message.to for message in messages):
            raise self.error
        return super().send_messages(messages)


@pytest.fixture
def refusing(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"


def test_a_letter_that_is_refused_holds_up_no_other_and_is_tried_again_later(db, refusing):
    letter("a", to_email="inconnue@exemple.fr")
    letter("b")
    assert outbox.deliver(at=NOW) == 1
    refused = Letter.objects.get(key="a")
    assert "no such user" in refused.last_error and refused.attempts == 1 and refused.claimed_at is None
    assert list(outbox.unsent(prefix="a")) == [refused]
    assert outbox.deliver(at=NOW + dt.timedelta(minutes=1)) == 0
    assert Letter.objects.get(key="a").attempts == 1
    refused.to_email = "connue@exemple.fr"
    refused.save()
    assert outbox.deliver(at=NOW + dt.timedelta(minutes=6)) == 1
    assert not outbox.unsent(prefix="a")


def test_a_letter_is_given_up_after_eight_tries_over_days(db, refusing):
    letter(to_email="inconnue@exemple.fr")
    at = NOW
    for _ in range(20):
        outbox.deliver(at=at)
        at = max(at, Letter.objects.get().due_at) + dt.timedelta(minutes=1)
    refused = Letter.objects.get()
    assert refused.attempts == outbox.TRIES and outbox.given_up(refused)
    assert refused.due_at - NOW > dt.timedelta(days=3)


def test_a_server_that_is_away_costs_the_others_no_try(db, refusing, monkeypatch):
    monkeypatch.setattr(Refusing, "error", ConnectionRefusedError())
    letter("a", to_email="inconnue@exemple.fr")
    letter("b")
    assert outbox.deliver(at=NOW) == 0
    assert Letter.objects.get(key="b").attempts == 0
    assert outbox.deliver(at=NOW) == 1


# In the background


@pytest.mark.django_db(transaction=True)
def test_a_page_is_not_held_up_and_the_letter_leaves_after_the_commit(settings):
    settings.OUTBOX_IN_BACKGROUND = True
    with transaction.atomic():
        letter(uuid.uuid4().hex, at=timezone.now())
        outbox.deliver_soon()
        assert not [thread for thread in threading.enumerate() if thread.name == "outbox"]
    for thread in threading.enumerate():
        if thread.name == "outbox":
            thread.join(30)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_what_fails_in_the_background_stays_there(settings, monkeypatch, caplog):
    settings.OUTBOX_IN_BACKGROUND = True

    def fail(*, at):
        raise RuntimeError

    monkeypatch.setattr(outbox, "deliver", fail)
    outbox.deliver_soon()
    for thread in threading.enumerate():
        if thread.name == "outbox":
            thread.join(30)
    assert "The letters did not leave" in caplog.text
    assert outbox._room.acquire(blocking=False)
    outbox._room.release()
