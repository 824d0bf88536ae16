"""Bodies and their members: who steers the plan."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.governance.reading import last_steering, next_meeting
from actions.models import Body, Seat
from partners.models import Change
from tests import factories as f
from tests.htmx import soup

DAY = dt.timedelta(days=1)


@pytest.fixture
def camille(world, client_of):
    return client_of(world.camille)


@pytest.fixture
def copil(world):
    return f.BodyFactory(plan=world.plan, name="COPIL")


def rooms(plan):
    return reverse("actions:body_list", args=[plan.pk])


def said(response):
    return soup(response).main.get_text(" ", strip=True).replace("\xa0", " ")


def member(**typed):
    return {"name": "Élise Roche", "function": "Vice-présidente", "organisation": "", "email": ""} | typed


def test_a_plan_without_bodies_leads_to_the_copil_in_one_gesture(world, camille):
    page = soup(camille.get(rooms(world.plan)))
    assert "Aucune réunion n’est prévue." in page.main.text
    form = page.select_one(".body-first form")
    sent = {field["name"]: field["value"] for field in form.select("[name]")} | {"token": uuid.uuid4()}
    for _ in range(2):
        response = camille.post(form["action"], sent, follow=True)
        assert soup(response).h1.text == "COPIL"
    assert [(body.kind, body.name) for body in Body.objects.all()] == [("steering", "COPIL")]


def test_a_reader_of_an_empty_plan_is_told_and_offered_nothing(world, client_of):
    page = soup(client_of(world.elise).get(rooms(world.plan)))
    assert "n’a pas encore décrit le comité de pilotage" in page.main.text
    assert not page.select("main form, main a.button")


def test_the_room_opens_on_the_next_meeting_and_what_waits(world, camille, copil, today):
    f.MeetingFactory(body=copil, held_on=today + 12 * DAY, starts_at="14:30", place_text="Salle du conseil")
    f.MeetingFactory(body=copil, held_on=today - 12 * DAY)
    f.DecisionFactory(plan=world.plan, subject="Financer le guide", actions=[world.action])
    taken = {"outcome": "taken", "decided_on": today - 40 * DAY}
    f.DecisionFactory(plan=world.plan, subject="Étendre les horaires", due_on=today - 3 * DAY, **taken)
    f.DecisionFactory(plan=world.plan, subject="Bouclée", done_on=today, **taken)
    text = said(camille.get(rooms(world.plan)))
    assert "à 14 h 30, Salle du conseil, dans 12 jours." in text
    assert "1 décision à prendre et 1 à appliquer, dont 1 en retard." in text
    assert "En retard de 3 jours" in text and "compte rendu à arrêter" in text and "Bouclée" not in text


def test_the_next_meeting_is_of_any_body_and_the_last_copil_is_behind(world, copil, today):
    cotech = f.BodyFactory(plan=world.plan, kind="technical")
    assert next_meeting(world.plan, world.paul, today) is None
    held = f.MeetingFactory(body=copil, held_on=today - 9 * DAY)
    f.MeetingFactory(body=copil, held_on=today - 90 * DAY)
    f.MeetingFactory(body=cotech, held_on=today - DAY)
    f.MeetingFactory(body=copil, held_on=today + 9 * DAY)
    near = f.MeetingFactory(body=cotech, held_on=today)
    assert next_meeting(world.plan, world.paul, today) == near
    assert last_steering(world.plan, world.elise, today) == held
    assert last_steering(world.plan, world.nadia, today) is None


def test_a_member_is_added_changed_and_trashed(world, camille, copil):
    add = reverse("actions:seat_add", args=[copil.pk])
    assert "Contacts professionnels seulement" in camille.get(add).text
    camille.post(add, member(organisation=world.service.pk, email="elise@rivemont.example"))
    seat = Seat.objects.get()
    edit = reverse("actions:seat_edit", args=[seat.pk])
    camille.post(edit, member(function="Présidente", seen=1))
    seat.refresh_from_db()
    assert (seat.function, seat.organisation) == ("Présidente", None)
    assert "Présidente" in said(camille.get(copil.get_absolute_url()))
    camille.post(reverse("actions:seat_trash", args=[seat.pk]), {"seen": seat.version})
    assert "Pas encore de membre" in said(camille.get(copil.get_absolute_url()))
    assert "Élise Roche" in camille.get(reverse("actions:trash_list", args=[world.plan.pk])).text


def test_the_address_of_a_member_is_read_by_the_coordination_alone(world, camille, copil, client_of):
    seat = f.SeatFactory(body=copil, name="Élise Roche")
    edit = reverse("actions:seat_edit", args=[seat.pk])
    camille.post(edit, member(email="elise@rivemont.example", seen=1))
    history = reverse("actions:plan_history", args=[world.plan.pk])
    for page in (copil.get_absolute_url(), history):
        assert "elise@rivemont.example" in camille.get(page).text
        for reader in (world.paul, world.elise, world.karim):
            assert "elise@rivemont.example" not in client_of(reader).get(page).text
    assert "Élise Roche" in client_of(world.karim).get(copil.get_absolute_url()).text


def test_an_organisation_of_elsewhere_is_no_choice(world, camille, copil):
    foreign = f.OrganisationFactory(territory=world.elsewhere)
    response = camille.post(reverse("actions:seat_add", args=[copil.pk]), member(organisation=foreign.pk))
    assert response.status_code == 422 and not Seat.objects.exists()
    assert soup(response).select_one("[name=name]")["value"] == "Élise Roche"


def test_two_people_who_rename_a_body_read_both_names(world, camille, copil):
    edit = reverse("actions:body_edit", args=[copil.pk])
    typed = {"kind": "steering", "mission": "", "seen": copil.version}
    camille.post(edit, typed | {"name": "Comité de pilotage"})
    response = camille.post(edit, typed | {"name": "COPIL élargi"})
    assert response.status_code == 409
    assert "Comité de pilotage" in response.text and "COPIL élargi" in response.text


def test_a_body_in_the_trash_takes_its_meetings_along_and_brings_them_back(world, camille, copil):
    meeting = f.MeetingFactory(body=copil)
    camille.post(reverse("actions:body_trash", args=[copil.pk]), {"seen": copil.version})
    assert camille.get(meeting.get_absolute_url()).status_code == 404
    assert "COPIL" in camille.get(reverse("actions:trash_list", args=[world.plan.pk])).text
    camille.post(reverse("actions:trash_restore", args=["body", copil.pk]))
    assert camille.get(meeting.get_absolute_url()).status_code == 200


def test_members_and_decisions_follow_an_organisation_that_is_merged(world, camille, copil):
    twin = f.OrganisationFactory(territory=world.territory, name="Sports")
    seat = f.SeatFactory(body=copil, organisation=twin)
    decision = f.DecisionFactory(plan=world.plan, owner=twin)
    merge = reverse("actions:organisation_merge", args=[world.service.pk])
    page = soup(camille.get(merge, {"avec": twin.pk}))
    assert "1 membre d’une instance" in page.main.text and "1 décision dont il se charge" in page.main.text
    camille.post(merge, {it["name"]: it["value"] for it in page.select("main form input[value]")})
    seat.refresh_from_db()
    decision.refresh_from_db()
    assert (seat.organisation, decision.owner) == (world.service, world.service)
    assert Change.objects.filter(kind="decision", object_id=decision.pk, field="owner").exists()


def test_the_pages_of_the_bodies_cost_the_same_for_two_and_for_twelve(world, camille, copil, today):
    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            assert camille.get(path).status_code == 200
        return len(queries)

    def furnish(count):
        for rank in range(count):
            body = f.BodyFactory(plan=world.plan)
            for one in (copil, body):
                f.SeatFactory(body=one, organisation=f.OrganisationFactory(territory=world.territory))
                f.MeetingFactory(body=one, held_on=today - rank * DAY)
                f.MeetingFactory(body=one, held_on=today + (rank + 1) * DAY)
            action = f.ActionFactory(plan=world.plan)
            f.DecisionFactory(plan=world.plan, asked_of=copil, actions=[action, world.action])
            taken = {"outcome": "taken", "decided_on": today, "meeting": f.MeetingFactory(body=copil)}
            f.DecisionFactory(plan=world.plan, owner=world.service, actions=[action], **taken)

    pages = (rooms(world.plan), copil.get_absolute_url())
    furnish(2)
    few = [cost(path) for path in pages]
    furnish(10)
    assert [cost(path) for path in pages] == few
