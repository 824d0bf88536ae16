"""A meeting from its agenda to its minutes, and on to the next one."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import AgendaItem, Attendance, Decision, Meeting
from tests import factories as f
from tests.htmx import htmx, soup, text

DAY = dt.timedelta(days=1)


@pytest.fixture
def camille(world, client_of):
    return client_of(world.camille)


@pytest.fixture
def copil(world):
    return f.BodyFactory(plan=world.plan, name="COPIL")


@pytest.fixture
def meeting(copil, today):
    return f.MeetingFactory(body=copil, held_on=today)


def address(name, thing):
    return reverse(f"actions:{name}", args=[thing.pk])


def said(response):
    return soup(response).main.get_text(" ", strip=True).replace("\xa0", " ")


def titles(meeting):
    return [str(item) for item in meeting.items.current()]


def sent(page, selector="main form"):
    """What a form of the page sends as it stands."""
    form = page.select_one(selector)
    fields = {}
    for field in form.select("[name]"):
        if field.get("type") in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("[selected]")
            fields[field["name"]] = chosen["value"] if chosen else ""
        else:
            value = field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")
            fields.setdefault(field["name"], []).append(value)
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def test_from_one_copil_to_the_next(world, camille, copil, today):
    """The journey of the coordinator, all of it through the pages."""
    seat = f.SeatFactory(body=copil, name="Élise Roche")
    guide = f.DecisionFactory(plan=world.plan, subject="Financer le guide", actions=[world.action])
    add = address("meeting_add", copil)
    camille.post(add, {"held_on": today.isoformat(), "starts_at": "14h30", "token": uuid.uuid4()})
    first = Meeting.objects.get()
    assert first.starts_at == dt.time(14, 30) and titles(first) == ["Financer le guide"]

    late = f.ActionFactory(plan=world.plan, number=7, title="Créer un guichet", calendar_text="2020")
    fill = address("meeting_fill", first)
    assert "Déjà à l’ordre du jour" in said(camille.get(fill))
    camille.post(fill, {"action": [late.pk], "decision": [guide.pk]})
    assert titles(first) == ["Financer le guide", "Action 7 : Créer un guichet"]

    present = {f"seat-{seat.pk}": "present", f"was-seat-{seat.pk}": "", "guests": "Karim Benali, Caf"}
    camille.post(address("attendance_edit", first), present)
    settle = {"outcome": "taken", "decided_on": today.isoformat(), "ruling": "8 400 €", "seen": guide.version}
    due = {"owner": world.service.pk, "due_on": (today + 30 * DAY).isoformat(), "meeting": first.pk}
    camille.post(f"{address('decision_settle', guide)}?reunion={first.pk}", settle | due)
    response = camille.post(address("meeting_conclude", first), {"seen": first.version}, follow=True)
    assert "1 décision prise et 2 personnes présentes. Compte rendu arrêté" in said(response)

    f.DecisionFactory(plan=world.plan, subject="Choisir le local", asked_of=copil)
    f.DecisionFactory(plan=world.plan, subject="Écrire aux écoles", asked_of=f.BodyFactory(plan=world.plan))
    tomorrow = {"held_on": (today + DAY).isoformat(), "token": uuid.uuid4()}
    response = camille.post(add, tomorrow, follow=True)
    second = Meeting.objects.latest("pk")
    assert titles(second) == ["Choisir le local", "Financer le guide"], "open ones only, those to take first"
    assert "s’ouvre sur 2 décisions en cours" in soup(response).select_one("#messages").text


def test_a_meeting_sent_twice_is_one_meeting_with_one_agenda(world, camille, copil, today):
    f.DecisionFactory(plan=world.plan, subject="Financer le guide")
    typed = {"held_on": today.isoformat(), "token": uuid.uuid4()}
    for _ in range(2):
        camille.post(address("meeting_add", copil), typed)
    assert Meeting.objects.count() == 1 and AgendaItem.objects.count() == 1


def test_a_meeting_of_the_past_does_not_open_on_what_is_open_today(world, camille, copil, today):
    f.DecisionFactory(plan=world.plan, subject="Financer le guide")
    camille.post(address("meeting_add", copil), {"held_on": (today - DAY).isoformat()})
    assert not Meeting.objects.get().items.exists()


@pytest.mark.parametrize(
    ("typed", "name"), [({"held_on": "31/02/2027"}, "held_on"), ({"held_on": "0026-01-01"}, "held_on")]
)
def test_a_wrong_date_comes_back_with_all_that_was_typed(camille, copil, typed, name):
    response = camille.post(address("meeting_add", copil), {"place_text": "Salle des fêtes"} | typed)
    page = soup(response)
    assert response.status_code == 422 and page.select_one(f"[name={name}][aria-invalid=true]")
    assert page.select_one("[name=place_text]")["value"] == "Salle des fêtes"


def test_the_filters_bring_up_what_a_meeting_should_look_at(world, camille, meeting, today):
    make = lambda **given: f.ActionFactory(plan=world.plan, **given)  # noqa: E731
    late = make(number=21, title="Tardive", calendar_text="2020", confidence="hard")
    stuck = make(number=22, title="Coincée")
    f.BlockageFactory(action=stuck, reason="Pas de local", since=today - 40 * DAY)
    f.BlockageFactory(action=make(number=23, title="Libérée"), lifted_on=today)
    make(number=24, title="Rayée", calendar_text="2020", trashed_at=f.timezone.now())
    page = soup(camille.get(address("meeting_fill", meeting)))
    parts = {it.legend.get_text(" ", strip=True): it for it in page.select("fieldset")}
    assert list(parts) == [
        "Décisions ouvertes 0",
        "Actions en retard 1",
        "Actions bloquées 1",
        "Actions en difficulté 1",
    ]
    assert "Bloquée depuis 40 jours" in parts["Actions bloquées 1"].text
    assert "Proposée plus haut" in parts["Actions en difficulté 1"].text
    boxes = [int(box["value"]) for box in page.select("[name=action]")]
    assert sorted(boxes) == sorted({late.pk, stuck.pk, *boxes}) and "Rayée" not in page.text
    by_theme = soup(camille.get(address("meeting_fill", meeting), {"lecture": "thematique"}))
    assert "JEUNESSE (1)" in [it.text for it in by_theme.select("summary")][0:9]


def test_what_somebody_else_added_meanwhile_is_not_added_twice(world, camille, meeting):
    for _ in range(2):
        camille.post(address("meeting_fill", meeting), {"action": [world.action.pk, world.action.pk, "x"]})
    assert titles(meeting) == [str(world.action)]
    response = camille.post(address("meeting_fill", meeting), {}, follow=True)
    assert "Rien n’est ajouté" in response.text


def test_nothing_of_elsewhere_enters_an_agenda(world, camille, meeting):
    foreign = f.DecisionFactory(plan=world.foreign_plan)
    sent = {"action": [world.foreign_action.pk], "decision": [foreign.pk]}
    camille.post(address("meeting_fill", meeting), sent)
    response = camille.post(address("item_add", meeting), {"title": "", "action": world.foreign_action.pk})
    assert response.status_code == 422 and not AgendaItem.objects.exists()


def test_points_are_added_moved_noted_and_trashed(world, camille, meeting):
    for title in ("Bilan", "Questions"):
        camille.post(address("item_add", meeting), {"title": title})
    camille.post(address("item_add", meeting), {"title": "", "action": world.action.pk})
    empty = camille.post(address("item_add", meeting), {"title": ""})
    assert empty.status_code == 422 and "Écrivez le point" in empty.text
    bilan, questions, action = meeting.items.current()
    camille.post(address("item_move", action), {"sens": "haut"})
    assert titles(meeting) == ["Bilan", str(world.action), "Questions"]
    camille.post(address("item_edit", bilan), {"title": "Bilan", "summary": "Adopté.", "seen": 1})
    assert "Adopté." in said(camille.get(meeting.get_absolute_url()))
    questions.refresh_from_db()
    camille.post(address("item_trash", questions), {"seen": questions.version})
    assert titles(meeting) == ["Bilan", str(world.action)]
    trash = camille.get(address("trash_list", world.plan))
    assert "Questions" in trash.text and str(meeting) in trash.text
    camille.post(reverse("actions:trash_restore", args=["agendaitem", questions.pk]))
    assert len(titles(meeting)) == 3


def test_after_a_move_with_htmx_the_page_equals_a_reload(camille, meeting):
    first, _ = (f.AgendaItemFactory(meeting=meeting, position=rank) for rank in (1, 2))
    page = soup(camille.get(meeting.get_absolute_url()))
    _, swapped = htmx(camille, page, f"#item_move-{first.pk}-bas")
    again = soup(camille.get(meeting.get_absolute_url()))
    for it in (swapped, again):
        it.select_one("#messages").clear()
    assert text(swapped) == text(again)


def test_a_point_on_what_lies_in_the_trash_says_so(world, camille, meeting):
    f.AgendaItemFactory(
        meeting=meeting, title="", action=f.ActionFactory(plan=world.plan, trashed_at=f.timezone.now())
    )
    assert "à la corbeille" in said(camille.get(meeting.get_absolute_url()))


def test_presences_are_noted_at_once_and_only_what_changed_is_written(world, camille, meeting):
    seats = [f.SeatFactory(body=meeting.body) for _ in range(3)]
    path = address("attendance_edit", meeting)
    form = sent(soup(camille.get(path)))
    camille.post(path, form | {f"seat-{seats[0].pk}": "excused", "others": "present"})
    assert [row.presence for row in Attendance.objects.order_by("seat")] == ["excused", "present", "present"]
    versions = list(Attendance.objects.values_list("pk", "version"))
    camille.post(path, sent(soup(camille.get(path))))
    assert list(Attendance.objects.values_list("pk", "version")) == versions
    camille.post(path, sent(soup(camille.get(path))) | {f"seat-{seats[0].pk}": "", "guests": "Karim\nAnne"})
    text = said(camille.get(meeting.get_absolute_url()))
    assert "Présents (4)" in text and "Karim" in text and "Rien n’est noté pour 1 membre." in text


def test_two_people_who_note_the_same_member_read_each_other(world, camille, meeting):
    alone, both = (f.SeatFactory(body=meeting.body, name=name) for name in ("Anne Le Goff", "Élise Roche"))
    path = address("attendance_edit", meeting)
    mine = sent(soup(camille.get(path))) | {f"seat-{both.pk}": "present", "guests": "Karim"}
    theirs = mine | {f"seat-{alone.pk}": "excused", f"seat-{both.pk}": "absent", "guests": "Anne"}
    camille.post(path, theirs)
    response = camille.post(path, mine)
    page = soup(response)
    assert response.status_code == 409 and "autre chose pour Élise Roche" in page.main.text
    assert page.select_one(f"[name=seat-{both.pk}][checked]")["value"] == "present", "what was typed stays"
    assert Attendance.objects.get(seat=both).presence == "absent"
    camille.post(path, sent(page) | {f"seat-{alone.pk}": "excused"})
    assert Attendance.objects.get(seat=both).presence == "present"
    assert Attendance.objects.get(seat=alone).presence == "excused"
    assert set(Attendance.objects.filter(seat=None).values_list("guest", flat=True)) == {"Anne", "Karim"}


def test_who_left_the_body_stays_in_the_minutes(world, camille, meeting):
    seat = f.SeatFactory(body=meeting.body, name="Anne Le Goff")
    f.AttendanceFactory(meeting=meeting, seat=seat, guest="")
    camille.post(address("seat_trash", seat), {"seen": seat.version})
    assert "Anne Le Goff" in said(camille.get(meeting.get_absolute_url()))
    assert "n’est plus membre" in camille.get(address("attendance_edit", meeting)).text


def test_a_presence_noted_again_cannot_come_back_from_the_trash(world, camille, meeting):
    seat = f.SeatFactory(body=meeting.body, name="Anne Le Goff")
    old = f.AttendanceFactory(meeting=meeting, seat=seat, guest="", trashed_at=f.timezone.now())
    f.AttendanceFactory(meeting=meeting, seat=seat, guest="")
    assert camille.post(reverse("actions:trash_restore", args=["attendance", old.pk])).status_code == 404


def test_concluded_minutes_change_no_more_until_they_are_opened_again(world, camille, meeting):
    item = f.AgendaItemFactory(meeting=meeting, title="Bilan")
    decision = f.DecisionFactory(plan=world.plan)
    camille.post(address("meeting_conclude", meeting), {"seen": meeting.version})
    meeting.refresh_from_db()
    assert meeting.concluded_at
    typed = {
        "title": "Ajouté après",
        "held_on": meeting.held_on.isoformat(),
        "minutes": "Écrit après",
        "seen": 9,
    }
    for name, thing in (
        ("item_add", meeting),
        ("item_edit", item),
        ("meeting_edit", meeting),
        ("attendance_edit", meeting),
    ):
        response = camille.post(address(name, thing), typed)
        assert response.status_code == 422 and "Le compte rendu est arrêté" in response.text, name
    assert "Ajouté après" in camille.post(address("item_add", meeting), typed).text
    camille.post(address("item_move", item), {"sens": "haut"})
    camille.post(address("item_trash", item), {"seen": item.version})
    camille.post(address("meeting_fill", meeting), {"action": [world.action.pk]})
    settled = {
        "outcome": "taken",
        "decided_on": meeting.held_on.isoformat(),
        "meeting": meeting.pk,
        "seen": 1,
    }
    assert camille.post(address("decision_settle", decision), settled).status_code == 422
    assert titles(meeting) == ["Bilan"] and Decision.objects.get(pk=decision.pk).is_pending
    page = soup(camille.get(meeting.get_absolute_url()))
    assert not page.select("#agenda a.button, #agenda button")
    camille.post(address("meeting_reopen", meeting), {"seen": meeting.version})
    assert camille.post(address("item_add", meeting), typed).status_code == 302


def test_the_minutes_of_a_meeting_to_come_stay_open(camille, copil):
    meeting = f.MeetingFactory(body=copil)
    response = camille.post(address("meeting_conclude", meeting), {"seen": meeting.version}, follow=True)
    meeting.refresh_from_db()
    assert "n’a pas encore eu lieu" in response.text and meeting.concluded_at is None


def test_a_meeting_that_changed_since_the_button_was_drawn_is_concluded_all_the_same(camille, meeting):
    """Only whoever concluded it first is in the way."""
    edit = {"held_on": meeting.held_on.isoformat(), "place_text": "Ailleurs", "seen": meeting.version}
    camille.post(address("meeting_edit", meeting), edit)
    camille.post(address("meeting_conclude", meeting), {"seen": meeting.version})
    meeting.refresh_from_db()
    assert meeting.concluded_at and meeting.place_text == "Ailleurs"


def test_a_meeting_with_long_texts_keeps_them_whole(camille, meeting):
    words = "Un relevé très long. " * 400
    edit = {"held_on": meeting.held_on.isoformat(), "minutes": words, "seen": meeting.version}
    camille.post(address("meeting_edit", meeting), edit)
    meeting.refresh_from_db()
    assert meeting.minutes.strip() == words.strip()
    long = camille.post(address("item_add", meeting), {"title": "x" * 301})
    assert long.status_code == 422 and "300 caractères au plus" in long.text


def test_whoever_reads_the_plan_reads_a_meeting_and_changes_nothing(world, client_of, meeting):
    f.AgendaItemFactory(meeting=meeting, title="Bilan")
    for person in (world.paul, world.ines, world.elise, world.karim):
        page = soup(client_of(person).get(meeting.get_absolute_url()))
        assert "Bilan" in page.text and not page.select("main form")
    assert client_of(world.nadia).get(meeting.get_absolute_url()).status_code == 404


def test_the_pages_of_a_meeting_cost_the_same_for_two_points_and_for_twelve(world, camille, meeting, today):
    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            assert camille.get(path).status_code == 200
        return len(queries)

    def furnish(count):
        for _ in range(count):
            action = f.ActionFactory(plan=world.plan, calendar_text="2020")
            f.BlockageFactory(action=action)
            taken = {"outcome": "taken", "decided_on": today, "meeting": meeting, "owner": world.service}
            for given in ({"asked_of": f.BodyFactory(plan=world.plan)}, taken):
                decision = f.DecisionFactory(plan=world.plan, actions=[action, world.action], **given)
                f.AgendaItemFactory(meeting=meeting, title="", decision=decision)
            f.AgendaItemFactory(meeting=meeting, title="", action=action)
            organisation = f.OrganisationFactory(territory=world.territory)
            seat = f.SeatFactory(body=meeting.body, organisation=organisation)
            f.AttendanceFactory(meeting=meeting, seat=seat, guest="")
            f.SeatFactory(body=meeting.body, organisation=organisation)
            f.AmbitionFactory(plan=world.plan)

    pages = (
        meeting.get_absolute_url(),
        address("meeting_fill", meeting),
        address("attendance_edit", meeting),
        address("decision_list", world.plan),
    )
    furnish(2)
    few = [cost(path) for path in pages]
    furnish(10)
    assert [cost(path) for path in pages] == few
