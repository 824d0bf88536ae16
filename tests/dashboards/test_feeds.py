"""Calendars to follow: what they hold, for whom, and until when; read by a real iCalendar parser."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from actions import merging
from ctg.dashboards.models import ReadLink
from partners.models import Membership
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup
from tests.test_queries import cost

PARIS = timezone.get_default_timezone()


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


def follow(client, plan, calendar="plan"):
    url = reverse("dashboards:feed_list", args=[plan.pk])
    assert client.post(url, {"calendar": calendar}).status_code == 302
    return soup(client.get(url)).select_one("input[readonly]")["value"]


def path_of(address):
    assert address.startswith("http")
    return "/" + address.split("/", 3)[3]


def events_of(address, client=None):
    response = (client or Client()).get(path_of(address))
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(response.content)
    assert not calendar.errors
    events = calendar.walk("VEVENT")
    assert not [error for event in events for error in event.errors]
    return {str(event["summary"]): event for event in events}


def test_a_calendar_is_read_without_an_account(camille, world, today):
    f.MeetingFactory(
        body=f.BodyFactory(plan=world.plan, name="COPIL"), held_on=today, place_text="Salle, du « conseil »"
    )
    f.DecisionFactory(
        plan=world.plan, subject="Ouvrir", outcome="taken", decided_on=today, due_on=today + dt.timedelta(9)
    )
    f.MilestoneFactory(action=world.action, title="Chaises\u00a0; tables, néons\n", due_on=today)
    f.ActionFactory(plan=world.plan, number=7, calendar_text=f"décembre {today.year}")
    events = events_of(follow(camille, world.plan))
    assert {
        "COPIL",
        "Décision à appliquer\u00a0: Ouvrir",
        "Jalon\u00a0: Bail signé",
        "Fin prévue\u00a0: action 7",
    } <= set(events)
    assert events["COPIL"]["location"] == "Salle, du « conseil »"
    assert events["COPIL"]["dtstart"].dt == today
    assert events["COPIL"]["url"].endswith(f"/reunions/{world.plan.bodies.get().meetings.get().pk}/")


def test_a_year_is_no_day_of_a_calendar(camille, world):
    """`world.action` is planned for « 2026 »: nobody can put that in an agenda."""
    assert not [name for name in events_of(follow(camille, world.plan)) if name.startswith("Fin prévue")]


@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2026-07-14"])
def test_hours_survive_both_clock_changes(camille, world, day, time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 1, 12, tzinfo=PARIS))
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    f.MeetingFactory(body=body, held_on=dt.date.fromisoformat(day), starts_at=dt.time(14, 30))
    event = events_of(follow(camille, world.plan))["COPIL"]
    starts = event["dtstart"].dt.astimezone(PARIS)
    assert (starts.date().isoformat(), starts.time()) == (day, dt.time(14, 30))
    assert event["dtend"].dt - event["dtstart"].dt == dt.timedelta(hours=2)


def test_an_organisation_has_what_it_carries_and_no_more(client_of, world, today):
    f.MilestoneFactory(action=world.action, title="À Paul", due_on=today)
    other = f.ActionFactory(plan=world.plan, number=2)
    f.MilestoneFactory(action=other, title="À une autre", due_on=today)
    f.MilestoneFactory(action=other, title="Confié", due_on=today, owner=world.service)
    events = events_of(follow(client_of(world.paul), world.plan, f"organisme-{world.service.pk}"))
    assert {"Jalon\u00a0: À Paul", "Jalon\u00a0: Confié"} <= set(events)
    assert "Jalon\u00a0: À une autre" not in events


def test_an_elu_has_the_actions_she_follows(client_of, world, today):
    world.elise.last_name = "Roche"
    world.elise.save()
    followed = f.ActionFactory(plan=world.plan, number=2, elected_lead="ELISE ROCHE")
    f.MilestoneFactory(action=followed, title="Suivi", due_on=today)
    events = events_of(follow(client_of(world.elise), world.plan, "elu-ELISE ROCHE"))
    assert set(events) == {"Jalon\u00a0: Suivi"}


@pytest.mark.parametrize("person", ["paul", "ines", "elise", "karim"])
def test_nobody_else_is_offered_the_calendar_of_others(client_of, world, person):
    f.ActionFactory(plan=world.plan, number=2, elected_lead="Quelqu’un d’autre")
    url = reverse("dashboards:feed_list", args=[world.plan.pk])
    other = world.partner if person == "paul" else world.service
    for calendar in (f"organisme-{other.pk}", "elu-Quelqu’un d’autre", "autre"):
        assert client_of(getattr(world, person)).post(url, {"calendar": calendar}).status_code == 422
    assert not ReadLink.objects.exists()


def test_asked_twice_it_is_the_same_address(camille, world):
    assert follow(camille, world.plan) == follow(camille, world.plan)
    assert ReadLink.objects.count() == 1


def test_a_stopped_calendar_opens_nothing_and_a_new_one_has_another_address(camille, world):
    address = follow(camille, world.plan)
    camille.post(reverse("dashboards:feed_stop", args=[ReadLink.objects.get().pk]))
    assert Client().get(path_of(address)).status_code == 404
    assert follow(camille, world.plan) != address


def test_it_ends_with_the_access_of_whoever_follows_it(camille, world):
    address = follow(camille, world.plan)
    Membership.objects.filter(user=world.camille).delete()
    assert Client().get(path_of(address)).status_code == 404


def test_it_ends_with_the_account(camille, world):
    address = follow(camille, world.plan)
    world.camille.is_active = False
    world.camille.save()
    assert Client().get(path_of(address)).status_code == 404


def test_it_opens_one_thing_and_leaves_no_trace(camille, world):
    address = follow(camille, world.plan)
    response = Client().get(path_of(address))
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    token = path_of(address).split("/")[-1].removesuffix(".ics")
    assert token not in repr(list(ReadLink.objects.values_list()))
    assert Client().get(f"/lecture/{token}/").status_code == 404


def test_nothing_private_nor_trashed_is_told(camille, world, today):
    f.ProgressNoteFactory(action=world.action, text="Entre nous", audience="coordinators")
    f.MilestoneFactory(action=world.action, title="Jeté", due_on=today, trashed_at=timezone.now())
    text = Client().get(path_of(follow(camille, world.plan))).content.decode()
    assert "Entre nous" not in text and "Jeté" not in text and "camille@" not in text


def test_hostile_texts_stay_in_their_line(camille, world, today):
    title = "A\r\nBEGIN:VEVENT\r\nSUMMARY:Pirate\\;,é" + "x" * 300
    f.MilestoneFactory(action=world.action, title=title[:300], due_on=today)
    events = events_of(follow(camille, world.plan))
    assert "Pirate" not in events
    assert any("BEGIN:VEVENT" in name for name in events)


def test_it_costs_the_same_for_twelve_as_for_two(camille, world, today):
    address = path_of(follow(camille, world.plan))
    body = f.BodyFactory(plan=world.plan)

    def grow(count):
        for _ in range(count):
            f.MeetingFactory(body=body)
            f.MilestoneFactory(action=world.action, due_on=today)
            f.ActionFactory(plan=world.plan, calendar_text=f"décembre {today.year}")
            f.DecisionFactory(plan=world.plan, outcome="taken", decided_on=today, due_on=today)

    grow(2)
    few = cost(Client(), address)
    grow(10)
    assert cost(Client(), address) == few


def test_a_merged_organisation_keeps_its_calendar(camille, world):
    address = follow(camille, world.plan, f"organisme-{world.service.pk}")
    kept, by = world.partner, Author("Camille", world.camille)
    seen = merging.preview(world.camille, kept, world.service).seen
    merging.merge_organisations(kept, world.service, seen=seen, by=by, at=timezone.now())
    assert ReadLink.objects.get().organisation == kept
    assert Client().get(path_of(address)).status_code == 200
