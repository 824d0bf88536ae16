import datetime as dt

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.urls import reverse

from partners.models import Session, User
from tests import factories as f
from tests.htmx import soup

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Chrome/120.0 Safari/537.36 Edg/120.0"
PROFILE = "/compte/profil/"


@pytest.fixture
def camille(world):
    return world.camille


@pytest.fixture
def clock(time_machine):
    """A clock that only moves when it is told to."""
    time_machine.move_to(dt.datetime.now(dt.UTC), tick=False)
    return time_machine


def sign_in(user, agent=FIREFOX):
    client = Client(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": user.email, "password": f.PASSWORD})
    return client


def is_open(client):
    return client.get(PROFILE).status_code == 200


def hours(number):
    return dt.timedelta(hours=number)


def test_the_session_changes_its_key_when_it_opens(camille):
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": camille.email})
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": camille.email, "password": f.PASSWORD})
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert before != after
    assert not Session.objects.filter(session_key=before).exists()
    assert is_open(client)


def test_signing_out_kills_the_session_on_the_server(camille):
    client = sign_in(camille)
    stolen = Client()
    stolen.cookies = client.cookies.copy()
    assert is_open(stolen)
    client.post(reverse("account_logout"))
    assert not is_open(stolen)
    assert not Session.objects.filter(user=camille).exists()


def test_getting_the_page_does_not_sign_out(camille):
    client = sign_in(camille)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_open(client)


def test_two_hours_without_a_visit_end_the_session(camille, clock):
    client = sign_in(camille)
    clock.shift(hours(1.9))
    assert is_open(client)
    clock.shift(hours(2.01))
    assert not is_open(client)


def test_twelve_hours_end_the_session_however_busy(camille, clock):
    client = sign_in(camille)
    for _ in range(11):
        clock.shift(hours(1))
        assert is_open(client)
    clock.shift(dt.timedelta(minutes=59))
    assert is_open(client)
    clock.shift(dt.timedelta(minutes=2))
    assert not is_open(client)


def test_a_new_password_does_not_lengthen_the_twelve_hours(camille, clock):
    client = sign_in(camille)
    for _ in range(6):
        clock.shift(hours(1.9))
        assert is_open(client)
    new = "Une autre phrase assez longue"
    form = {"oldpassword": f.PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    assert is_open(client)
    clock.shift(hours(0.7))
    assert not is_open(client)


def test_a_visit_writes_the_session_at_most_every_five_minutes(camille, clock):
    client = sign_in(camille)
    first = Session.objects.get(user=camille)
    clock.shift(dt.timedelta(minutes=4))
    client.get(PROFILE)
    assert Session.objects.get(user=camille).seen_at == first.seen_at
    clock.shift(dt.timedelta(minutes=2))
    client.get(PROFILE)
    assert Session.objects.get(user=camille).seen_at > first.seen_at
    assert Session.objects.get(user=camille).opened_at == first.opened_at


def test_one_sees_ones_sessions_and_no_key(camille, world):
    client = sign_in(camille)
    other = sign_in(camille, EDGE)
    sign_in(world.paul)
    page = soup(client.get(PROFILE))
    rows = [row.text for row in page.select("tbody tr")]
    assert len(rows) == 2
    assert any("Firefox sur Windows" in row and "celle-ci" in row for row in rows)
    assert any("Edge sur macOS" in row and "celle-ci" not in row for row in rows)
    for browser in (client, other):
        assert browser.cookies[settings.SESSION_COOKIE_NAME].value not in str(page)


def test_one_closes_one_session(camille):
    client, other = sign_in(camille), sign_in(camille, EDGE)
    handle = Session.objects.get(agent=EDGE).handle
    client.post(reverse("partners:session_close", args=[handle]))
    assert not is_open(other)
    assert is_open(client)


def test_one_closes_all_the_others(camille, world):
    client, other, paul = sign_in(camille), sign_in(camille, EDGE), sign_in(world.paul)
    client.post(reverse("partners:session_close_others"))
    assert (is_open(client), is_open(other), is_open(paul)) == (True, False, True)


def test_closing_this_session_signs_out(camille):
    client = sign_in(camille)
    answer = client.post(reverse("partners:session_close", args=[Session.objects.get(user=camille).handle]))
    assert answer.url == reverse("account_login")
    assert not is_open(client)


def test_nobody_closes_the_session_of_another(camille, world):
    client, paul = sign_in(camille), sign_in(world.paul)
    handle = Session.objects.get(user=world.paul).handle
    assert client.post(reverse("partners:session_close", args=[handle])).status_code == 404
    assert is_open(paul)


def test_a_closed_session_does_not_come_back_with_its_next_write(camille):
    client = sign_in(camille)
    session = client.session
    assert session["_auth_user_id"]
    Session.objects.filter(user=camille).delete()
    session["something"] = "written late"
    with pytest.raises(UpdateError):
        session.save()
    assert not is_open(client)


def test_a_new_password_closes_the_other_sessions(camille):
    client, other = sign_in(camille), sign_in(camille, EDGE)
    new = "Une autre phrase assez longue"
    form = {"oldpassword": f.PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), form)
    assert Session.objects.filter(user=camille).count() == 1
    assert is_open(client)
    assert not is_open(other)


def test_a_closed_account_loses_its_sessions_at_once(camille):
    client = sign_in(camille)
    User.objects.filter(pk=camille.pk).update(is_active=False)
    assert not is_open(client)


def test_one_changes_ones_name(camille):
    client = sign_in(camille)
    client.post(reverse("partners:account_edit"), {"first_name": "Claire", "last_name": "Morvan"})
    camille.refresh_from_db()
    assert str(camille) == "Claire Morvan"
    long = {"first_name": "x" * 101, "last_name": ""}
    answer = client.post(reverse("partners:account_edit"), long)
    assert answer.status_code == 422
    assert "Claire Morvan" in soup(answer).header.text
