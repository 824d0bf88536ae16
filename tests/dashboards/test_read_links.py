"""A read link opens the page of the élus of one plan, for a time, and nothing else (D3)."""

import datetime as dt
import logging

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ctg.dashboards import sharing
from ctg.dashboards.models import ReadLink
from ctg.web.logs import HideTokens
from partners.models import Change
from partners.tokens import token_of
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup
from tests.routes import address, furnish, neighbours
from tests.state import difference, state_of
from tests.test_access import PUBLIC, ROUTES
from tests.test_queries import cost

CAMILLE = Author("Camille, coordination")
LOGIN = "/compte/connexion/"
READABLE = {"dashboards:board", "dashboards:board_list"}


def path_of(name, *keys):
    return reverse(f"dashboards:{name}", args=keys)


def opened(link, client=None):
    client = client or Client()
    client.get(path_of("read_link_open", link.token))
    return client


@pytest.fixture
def link(world):
    return f.ReadLinkFactory(plan=world.plan)


def test_opening_gives_a_cookie_and_an_address_without_the_token(link):
    response = Client().get(path_of("read_link_open", link.token))
    assert (response.status_code, response["Location"]) == (302, path_of("board", link.plan_id))
    [cookie] = response.cookies.values()
    assert cookie.key == f"__Host-lecture-{link.plan_id}"
    assert cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "Lax"


def test_the_page_is_marked_and_kept_from_other_sites_and_search_engines(link):
    client = opened(link)
    for path in (path_of("board", link.plan_id), path_of("board_list", link.plan_id)):
        response = client.get(path)
        assert response.status_code == 200
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        mark = soup(response).select_one(".masthead__mark").get_text()
        assert mark.startswith("Document de travail · lien de lecture valable jusqu’au ")
        assert link.token not in response.text


def test_the_page_of_a_link_leads_nowhere_else(world, link):
    f.DecisionFactory(plan=world.plan, actions=[world.action])
    f.BlockageFactory(action=world.action)
    f.IndicatorFactory(plan=world.plan, is_key=True, contributors=[world.service])
    client = opened(link)
    waiting, seen = [path_of("board", world.plan.pk)], set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        page = soup(client.get(path))
        assert page.select_one(".masthead__mark"), path
        for a in page.select("main a[href]"):
            target = a["href"].partition("#")[0]
            assert target.startswith(path_of("board", world.plan.pk)), a
            if target not in seen:
                waiting.append(target)
    assert len(seen) > 8


def test_a_link_shows_no_private_note_and_no_address(world, link):
    f.ProgressNoteFactory(
        action=world.action, author=world.camille, text="Note gardée", audience="coordinators"
    )
    f.SeatFactory(body=f.BodyFactory(plan=world.plan), name="Élise Roche", email="elise@mairie.exemple")
    client = opened(link)
    for query in ("", "?de=decisions", "?de=changements", "?de=indicateurs", "?de=jalons"):
        text = client.get(path_of("board_list", world.plan.pk) + query).text
        assert "Note gardée" not in text and "@" not in text.split("<main", 1)[1]


def test_a_visit_changes_nothing(world, link):
    before = state_of()
    client = opened(link)
    client.get(path_of("board", world.plan.pk))
    client.head(path_of("read_link_open", link.token))
    assert client.post(path_of("board", world.plan.pk)).status_code == 405
    assert not difference(before, state_of())


def test_a_link_opens_one_plan_only(world, link):
    other = f.PlanFactory(territory=world.territory)
    client = opened(link)
    for plan in (other, world.foreign_plan):
        assert client.get(path_of("board", plan.pk))["Location"].startswith(LOGIN)
        client.cookies[f"__Host-lecture-{plan.pk}"] = link.token
        assert client.get(path_of("board", plan.pk)).status_code == 404


def test_a_link_opens_no_other_route(world, link):
    neighbours(world)
    furnish(world)
    client = opened(link)
    before = state_of()
    for name, (method, who, target) in ROUTES.items():
        if who == PUBLIC or name in READABLE:
            continue
        response = getattr(client, method.lower())(address(name, world, target))
        assert response.status_code == 302 and response["Location"].startswith(LOGIN), name
    assert not difference(before, state_of())


def test_an_account_comes_before_a_link(world, link, client_of):
    client = opened(link, client_of(world.elise))
    assert not soup(client.get(path_of("board", world.plan.pk))).select_one(".masthead__mark")


@pytest.mark.parametrize("end", ["expired", "revoked", "unknown", "of a calendar", "of a plan in the trash"])
def test_a_link_that_opens_nothing_says_the_same_whatever_the_reason(world, link, end):
    client = opened(link)
    token, now = link.token, timezone.now()
    if end == "expired":
        ReadLink.objects.update(expires_at=now)
    elif end == "revoked":
        sharing.revoke(link, by=CAMILLE, at=now)
    elif end == "of a calendar":
        ReadLink.objects.update(opens="calendar")
    elif end == "of a plan in the trash":
        world.plan.trashed_at = now
        world.plan.save(update_fields=["trashed_at"])
    else:
        token = "a" * 43
        client.cookies[f"__Host-lecture-{world.plan.pk}"] = token
    unknown = Client().get(path_of("read_link_open", "b" * 43))
    for response in (
        Client().get(path_of("read_link_open", token)),
        client.get(path_of("board", world.plan.pk)),
        client.get(path_of("board_list", world.plan.pk)),
    ):
        assert response.status_code == 404
        assert soup(response).main.get_text() == soup(unknown).main.get_text()
        assert response["Referrer-Policy"] == "no-referrer"
    assert "Ce lien n’ouvre rien" in unknown.text


def test_a_link_opens_until_the_end_of_its_last_day(world):
    last_day = timezone.localdate() + dt.timedelta(days=10)
    link = sharing.make_link(world.plan, label="Maires", last_day=last_day, by=CAMILLE, at=timezone.now())
    midnight = timezone.make_aware(dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time.min))
    path = path_of("read_link_open", token_of(link.seed))
    for moment, status in ((midnight - dt.timedelta(seconds=1), 302), (midnight, 404)):
        with time_machine.travel(moment, tick=False):
            assert Client().get(path).status_code == status
    assert sharing.last_day_of(link) == last_day


def test_the_database_holds_no_token_and_no_log_writes_one(link):
    held = " ".join(map(str, ReadLink.objects.values_list()))
    assert link.token not in held
    line = logging.LogRecord("x", 20, "", 0, f"GET /lecture/{link.token}/ HTTP/1.1 302", None, None)
    HideTokens().filter(line)
    assert line.getMessage() == "GET /lecture/…/ HTTP/1.1 302"


# The coordination


def test_a_link_is_made_shown_again_and_revoked(world, client_of, today):
    f.MeetingFactory(body=f.BodyFactory(plan=world.plan), held_on=today + dt.timedelta(days=20))
    client = client_of(world.camille)
    form = soup(client.get(path_of("read_link_add", world.plan.pk)))
    assert form.select_one("[name=last_day]")["value"] == str(today + dt.timedelta(days=21))
    sent = {field["name"]: field.get("value", "") for field in form.select("main input[name]")}
    sent |= {"label": "COPIL de décembre"}
    response = client.post(path_of("read_link_add", world.plan.pk), sent)
    [link] = ReadLink.objects.all()
    assert link.expires_at > timezone.now() and link.created_label.startswith("Camille")
    shown = soup(client.get(response["Location"])).select_one("input[readonly]")["value"]
    assert shown == f"{settings.BASE_URL}{path_of('read_link_open', token_of(link.seed))}"
    assert Client().get(shown.removeprefix(settings.BASE_URL)).status_code == 302
    # Sent twice, the form makes one link.
    assert client.post(path_of("read_link_add", world.plan.pk), sent).status_code == 302
    assert ReadLink.objects.count() == 1
    bare = client.get(path_of("read_link_list", world.plan.pk)).text
    assert token_of(link.seed) not in bare and "COPIL de décembre" in bare
    assert client.post(path_of("read_link_revoke", link.pk)).status_code == 302
    assert Client().get(shown.removeprefix(settings.BASE_URL)).status_code == 404
    told = [change.after_text for change in Change.objects.filter(label="lien de lecture").order_by("pk")]
    assert told == ["créé pour COPIL de décembre", "révoqué, pour COPIL de décembre"]


def test_without_a_planned_committee_a_link_lasts_a_month(today):
    assert sharing.usual_last_day(None, today) == today + dt.timedelta(days=30)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_last_day_that_makes_no_sense_is_refused_and_what_was_typed_stays(world, client_of, today, days):
    day = today + dt.timedelta(days=days)
    response = client_of(world.camille).post(
        path_of("read_link_add", world.plan.pk), {"label": "Maires", "last_day": day.isoformat()}
    )
    assert response.status_code == 422
    page = soup(response)
    assert page.select_one("[name=label]")["value"] == "Maires"
    assert page.select_one("[name=last_day]")["aria-invalid"] == "true"
    assert not ReadLink.objects.exists()


def test_revoking_twice_keeps_the_first_date(link):
    now = timezone.now()
    sharing.revoke(link, by=CAMILLE, at=now)
    sharing.revoke(link, by=CAMILLE, at=now + dt.timedelta(days=1))
    link.refresh_from_db()
    assert link.revoked_at == now


def test_the_list_of_links_costs_the_same_for_two_as_for_twelve(world, client_of):
    client, path = client_of(world.camille), path_of("read_link_list", world.plan.pk)
    f.ReadLinkFactory.create_batch(2, plan=world.plan)
    few = cost(client, path)
    f.ReadLinkFactory.create_batch(10, plan=world.plan)
    assert cost(client, path) == few
