"""The history tells who changed what, in words, and only to those who may read it."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners import tracking
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup


@pytest.fixture
def camille(world, client_of):
    return client_of(world.camille)


def change(thing, by="Camille, coordination", at=None, reason="", batch=None, **values):
    tracking.change(
        thing, values, by=Author(by), at=at or timezone.now(), reason=reason, batch=batch or uuid.uuid4()
    )


def plan_history(plan, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('actions:plan_history', args=[plan.pk])}?{query}"


def rows(response):
    """The cells of the table, gesture after gesture."""
    page = soup(response)
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in page.select(".history tbody tr")
    ]


def test_a_change_is_told_field_by_field_with_its_reason(world, camille):
    at = timezone.make_aware(dt.datetime(2026, 3, 2, 14, 5))
    change(world.action, at=at, reason="Travaux", status="postponed", calendar_text="2027")
    gesture, *fields = rows(camille.get(plan_history(world.plan)))
    assert gesture == ["2 mars 2026, 14:05 · Camille, coordination Motif : Travaux"]
    assert ["Action 1 : Ouvrir un café des jeunes", "Statut", "à venir", "reportée"] in fields
    assert ["", "Calendrier, tel qu’écrit", "2026", "2027"] in fields, "the subject is named once"


def test_the_history_of_an_action_holds_its_milestones_and_nothing_of_the_others(world, camille):
    other = f.ActionFactory(plan=world.plan, number=2)
    change(other, title="Un titre d’ailleurs")
    change(world.milestone, title="Bail signé à deux")
    page = camille.get(reverse("actions:action_history", args=[world.action.pk])).text
    assert "Jalon\u00a0: Bail signé à deux" in page and "Un titre d’ailleurs" not in page


def test_one_gesture_stands_together(world, camille):
    batch = uuid.uuid4()
    change(world.action, batch=batch, title="Un")
    change(world.milestone, batch=batch, title="Deux")
    assert len(soup(camille.get(plan_history(world.plan))).select(".history tbody")) == 1


def test_a_long_text_is_folded_and_whole(world, camille):
    long = " ".join(["mot"] * 200) + " dernier"
    change(world.action, purpose=long)
    details = soup(camille.get(plan_history(world.plan))).select_one(".history details")
    assert details and "dernier" in details.get_text()


def test_what_was_pasted_is_never_run(world, camille):
    change(world.action, title="<script>alert(1)</script>")
    assert "<script>alert(1)" not in camille.get(plan_history(world.plan)).text


def test_private_notes_are_told_to_the_coordination_alone(world, client_of, camille):
    note = f.ProgressNoteFactory(action=world.action, author=world.camille, audience="coordinators")
    change(note, by="Signature secrète", text="Canari privé")
    for url in (plan_history(world.plan), reverse("actions:action_history", args=[world.action.pk])):
        assert "Canari privé" in camille.get(url).text
        for reader in (world.paul, world.elise, world.karim):
            page = client_of(reader).get(url).text
            assert "Canari privé" not in page
            assert "Signature secrète" not in page, "nor is who writes them, in the filter"


def test_the_history_is_filtered_by_person_and_by_day_both_ends_included(world, camille):
    day = timezone.make_aware(dt.datetime(2026, 5, 10, 23, 30))
    change(world.action, by="Paul", at=day, title="Le soir")
    change(world.action, by="Inès", at=day + dt.timedelta(hours=1), title="Le lendemain")
    assert len(soup(camille.get(plan_history(world.plan, qui="Paul"))).select(".history tbody")) == 1
    only = camille.get(plan_history(world.plan, du="2026-05-10", au="2026-05-10")).text
    assert "Le soir" in only and "Le lendemain" not in only
    later = camille.get(plan_history(world.plan, du="2026-05-11")).text
    assert "· Inès" in later and "· Paul" not in later


def test_a_filter_that_finds_nothing_leads_back_to_everything(world, camille):
    change(world.action, title="Un")
    page = camille.get(plan_history(world.plan, au="2020-01-01")).text
    assert "Aucune modification ne répond" in page and "Tout voir" in page


def test_a_date_that_is_none_is_said_and_filters_nothing(world, camille):
    change(world.action, title="Un")
    response = camille.get(plan_history(world.plan, du="hier"))
    assert "Indiquez une date" in response.text and "· Camille" in response.text


def test_the_history_of_another_territory_does_not_exist(world, client_of):
    nadia = client_of(world.nadia)
    assert nadia.get(plan_history(world.plan)).status_code == 404
    assert nadia.get(reverse("actions:action_history", args=[world.action.pk])).status_code == 404


def test_fifty_changes_a_page_at_a_constant_cost(world, camille):
    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            response = camille.get(url)
        return len(queries), response

    change(world.action, title="Un")
    change(world.action, title="Deux")
    before, _ = cost(plan_history(world.plan))
    for number in range(60):
        change(world.action, title=f"Titre {number}")
    after, response = cost(plan_history(world.plan))
    assert after == before
    assert len(soup(response).select(".history tbody")) == 50
    second = camille.get(plan_history(world.plan, page=2))
    assert len(soup(second).select(".history tbody")) == 12
