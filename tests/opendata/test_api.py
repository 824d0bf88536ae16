"""The open data by program: a key in a header opens one plan, to read, and nothing else does."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ctg.dashboards import sharing
from ctg.opendata.keys import RATE
from indicators.models import Measurement, State
from partners.tracking import Author
from tests import factories as f
from tests.opendata.files import whole_of
from tests.routes import neighbours
from tests.state import difference, state_of
from tests.test_queries import cost, grow

PARTS = ("plan", "actions", "jalons", "indicateurs", "valeurs")


def path_of(part):
    return reverse("opendata:data_answer", args=[part])


def program(key=None, token=None):
    """A client that shows the token of a key."""
    token = token or (key and key.token)
    return Client(headers={"Authorization": f"Bearer {token}"} if token else {})


@pytest.fixture
def key(world):
    return f.ReadLinkFactory(plan=world.plan, opens="data", expires_at=None, label="Portail")


def refused(response, status):
    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    assert list(response.json()) == ["erreur"] and response.json()["erreur"]
    return response


def test_each_part_says_what_the_files_say(world, key):
    Measurement.objects.update(state=State.VALIDATED)
    whole = whole_of(world.plan)
    for part in PARTS:
        response = program(key).get(path_of(part))
        assert response.status_code == 200
        assert response["Content-Type"] == "application/json; charset=utf-8"
        said = json.loads(response.content)
        assert said == {name: whole[name] for name in ("licence", "date", part)}


def test_head_answers_as_get_without_the_text(key):
    response = program(key).head(path_of("actions"))
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_it_is_read_only(key, method):
    client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {key.token}"})
    before = state_of()
    response = refused(getattr(client, method)(path_of("actions")), 405)
    assert response["Allow"] == "GET, HEAD"
    assert not difference(before, state_of())


def test_reading_changes_nothing(key):
    before = state_of()
    for part in PARTS:
        program(key).get(path_of(part))
    assert not difference(before, state_of())


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic {token}", "{token}", "Bearer {token}x", "Bearer é", "Bearer \0"],
)
def test_without_its_key_nothing_opens(key, header):
    headers = {"Authorization": header.format(token=key.token)}
    response = refused(Client(headers=headers).get(path_of("plan")), 401)
    assert response["WWW-Authenticate"] == "Bearer"


def test_neither_a_session_nor_an_address_opens_it(world, key, client_of):
    refused(client_of(world.camille).get(path_of("plan")), 401)
    for name in ("token", "key", "access_token", "cle"):
        refused(Client().get(path_of("plan"), {name: key.token}), 401)
    client = Client()
    client.cookies[sharing.cookie_of(world.plan.pk)] = key.token
    refused(client.get(path_of("plan")), 401)


def test_a_link_of_another_kind_is_no_key_and_a_key_is_no_link(world, key):
    for opens in ("board", "calendar"):
        link = f.ReadLinkFactory(plan=world.plan, opens=opens)
        refused(program(link).get(path_of("plan")), 401)
    assert Client().get(reverse("dashboards:read_link_open", args=[key.token])).status_code == 404
    assert Client().get(reverse("dashboards:feed", args=[key.token])).status_code == 404


def test_a_key_opens_its_plan_only(world, key):
    neighbours(world)
    for part in PARTS:
        assert "Canari" not in program(key).get(path_of(part)).text
    theirs = f.ReadLinkFactory(plan=world.foreign_plan, opens="data")
    for part in PARTS:
        assert "café des jeunes" not in program(theirs).get(path_of(part)).text


def test_an_unknown_part_is_not_found_in_json(key):
    response = refused(program(key).get(path_of("notes")), 404)
    assert "actions" in response.json()["erreur"]
    refused(Client().get(path_of("notes")), 401)


def test_a_key_lasts_the_time_that_was_chosen(world):
    now = timezone.now()
    key = sharing.make_link(
        world.plan,
        opens="data",
        label="Portail",
        last_day=timezone.localdate(now) + dt.timedelta(days=2),
        by=Author("Camille"),
        at=now,
    )
    token = sharing.token_of(key.seed)
    last = timezone.make_aware(
        dt.datetime.combine(timezone.localdate(now) + dt.timedelta(days=2), dt.time(23, 59))
    )
    with time_machine.travel(last, tick=False):
        assert program(token=token).get(path_of("plan")).status_code == 200
    with time_machine.travel(last + dt.timedelta(minutes=1), tick=False):
        refused(program(token=token).get(path_of("plan")), 401)


def test_a_key_without_an_end_opens_years_later_until_it_is_revoked(world, key):
    with time_machine.travel(timezone.now() + dt.timedelta(days=4000)):
        assert program(key).get(path_of("plan")).status_code == 200
        sharing.revoke(key, by=Author("Camille"), at=timezone.now())
        refused(program(key).get(path_of("plan")), 401)


def test_the_key_of_a_plan_in_the_trash_opens_nothing(world, key):
    world.plan.trashed_at = timezone.now()
    world.plan.save()
    refused(program(key).get(path_of("plan")), 401)


def test_a_key_is_answered_sixty_times_a_minute(world, key):
    other = f.ReadLinkFactory(plan=world.plan, opens="data")
    with time_machine.travel(dt.datetime(2026, 11, 22, 10, 0, 15, tzinfo=dt.UTC), tick=False) as clock:
        cache.clear()
        for _ in range(RATE):
            assert program(key).head(path_of("plan")).status_code == 200
        response = refused(program(key).get(path_of("plan")), 429)
        assert response["Retry-After"] == "45"
        assert program(other).get(path_of("plan")).status_code == 200
        clock.shift(45)
        assert program(key).get(path_of("plan")).status_code == 200


@time_machine.travel(dt.datetime(2026, 11, 22, 10, 0, 15, tzinfo=dt.UTC), tick=False)
def test_a_reading_costs_the_same_whatever_the_plan(world, key):
    """The clock stands still: the count of readings begins anew with each minute, by another query."""
    grow(world, 17)
    few = [cost(program(key), path_of(part)) for part in PARTS]
    grow(world, 200)
    for _ in range(12):
        indicator = f.IndicatorFactory(plan=world.plan, actions=[world.action], contributors=[world.partner])
        f.MeasurementFactory(indicator=indicator, organisation=world.partner)
    assert [cost(program(key), path_of(part)) for part in PARTS] == few
