"""The « séance »: a meeting on the wall, one point per screen, and what is recorded there."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import Decision, Outcome, ProgressNote
from tests import factories as f
from tests.htmx import soup

READERS = ("paul", "ines", "elise", "karim")


@pytest.fixture
def meeting(world, today):
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    return f.MeetingFactory(body=body, held_on=today, place_text="Salle du conseil")


@pytest.fixture
def item(world, meeting):
    """The only point of the agenda: the action of the world."""
    return f.AgendaItemFactory(meeting=meeting, title="", action=world.action)


@pytest.fixture
def asked(world, meeting):
    return f.DecisionFactory(plan=world.plan, actions=[world.action], subject="Louer le local de la gare")


def opening_of(meeting):
    return reverse("actions:session_open", args=[meeting.pk])


def screen_of(meeting, rank=1):
    return reverse("actions:session_screen", args=[meeting.pk, rank])


def command(name, item):
    return reverse(f"actions:session_{name}", args=[item.pk])


def read(client, path):
    return " ".join(soup(client.get(path)).get_text(" ").split())


def form_at(client, path, label):
    """What the form of that name would send as it stands."""
    form = soup(client.get(path)).find("form", attrs={"aria-label": label})
    fields = {field["name"]: field.get("value", "") for field in form.find_all("input", type="hidden")}
    fields |= {area["name"]: area.get_text().lstrip("\n") for area in form.find_all("textarea")}
    fields |= {
        one["name"]: one["value"] for one in form.find_all("input", type="radio") if "checked" in one.attrs
    }
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


# What is shown


def test_each_screen_leads_to_the_next_and_back(world, meeting, client_of):
    for title in ("Bilan", "Budget"):
        f.AgendaItemFactory(meeting=meeting, title=title)
    client = client_of(world.elise)
    path, seen = opening_of(meeting), []
    while path:
        page = soup(client.get(path))
        seen.append(page.h1.get_text(strip=True))
        link = page.find("a", rel="next")
        path = link and link["href"]
    assert seen == ["COPIL", "Bilan", "Budget", "Aucune décision enregistrée"]
    backwards = []
    path = screen_of(meeting, 3)
    while link := soup(client.get(path)).find("a", rel="prev"):
        path = link["href"]
        backwards.append(path)
    assert backwards == [screen_of(meeting, 2), screen_of(meeting, 1), opening_of(meeting)]


def test_the_first_screen_says_what_the_meeting_will_look_at(world, meeting, item, client_of):
    page = soup(client_of(world.elise).get(opening_of(meeting)))
    text = page.get_text(" ")
    assert "Salle du conseil" in text
    [link] = page.select(".session__agenda a")
    assert (link["href"], link.get_text()) == (screen_of(meeting), str(world.action))


def test_a_screen_says_in_words_where_the_action_stands(world, meeting, item, asked, client_of):
    world.action.calendar_text, world.action.status, world.action.confidence = "2024", "ongoing", "hard"
    world.action.progress = 40
    world.action.derive()
    world.action.save()
    f.BlockageFactory(action=world.action, reason="Pas de bail", since=dt.date(2026, 5, 1))
    f.BlockageFactory(action=world.action, reason="Vieux souci", lifted_on=dt.date(2026, 6, 1))
    text = read(client_of(world.elise), screen_of(meeting))
    for words in (
        *("Action 1", world.action.title, "Service Jeunesse", "En cours", "En difficulté", "40 %"),
        *("En retard depuis janvier 2025", "Bloquée depuis le 1er mai 2026", "Pas de bail"),
        *("Décision demandée", "Louer le local de la gare", "Visite faite."),
    ):
        assert words.replace("\u00a0", " ") in text.replace("\u00a0", " "), words
    assert "Vieux souci" not in text


def test_a_note_kept_among_coordinators_is_never_on_the_wall(world, meeting, item, client_of):
    f.ProgressNoteFactory(
        action=world.action, text="À ne pas lire", audience=ProgressNote.Audience.COORDINATORS
    )
    text = read(client_of(world.camille), screen_of(meeting))
    assert "À ne pas lire" not in text
    assert "Visite faite." in text


def test_a_decision_to_take_shows_its_context_and_its_one_action(world, meeting, asked, client_of):
    Decision.objects.filter(pk=asked.pk).update(context="Le bail finit en mars.")
    f.AgendaItemFactory(meeting=meeting, title="", decision=asked)
    page = soup(client_of(world.elise).get(screen_of(meeting)))
    assert page.h1.get_text(strip=True) == "Louer le local de la gare"
    assert "Le bail finit en mars." in page.get_text()
    assert str(world.action) in page.get_text()


def test_a_decision_about_several_actions_names_them(world, meeting, client_of):
    other = f.ActionFactory(plan=world.plan, title="Créer un guide")
    decision = f.DecisionFactory(plan=world.plan, actions=[world.action, other])
    f.AgendaItemFactory(meeting=meeting, title="", decision=decision)
    page = soup(client_of(world.camille).get(screen_of(meeting)))
    assert str(other) in page.get_text() and str(world.action) in page.get_text()
    assert page.find("form", attrs={"aria-label": "Météo"}) is None


def test_an_agenda_without_a_point_proposes_what_is_late_blocked_or_difficult(world, meeting, client_of):
    late = f.ActionFactory(plan=world.plan, title="En retard", calendar_text="2024", status="ongoing")
    hard = f.ActionFactory(plan=world.plan, title="Difficile", confidence="hard", status="ongoing")
    over = f.ActionFactory(plan=world.plan, title="Finie", confidence="hard", status="done")
    f.BlockageFactory(action=world.action)
    page = soup(client_of(world.camille).get(opening_of(meeting)))
    named = [link.get_text() for link in page.select(".session__agenda a")]
    assert set(named) == {str(late), str(hard), str(world.action)}
    assert str(over) not in page.get_text()
    fill = reverse("actions:meeting_fill", args=[meeting.pk])
    assert page.find("a", href=fill)
    assert not soup(client_of(world.elise).get(opening_of(meeting))).find("a", href=fill)


def test_an_agenda_that_grew_shorter_leads_to_its_end(world, meeting, item, client_of):
    client = client_of(world.elise)
    assert client.get(screen_of(meeting, 40)).headers["Location"] == screen_of(meeting, 2)
    assert client.get(screen_of(meeting, 0)).headers["Location"] == opening_of(meeting)


def test_an_action_in_the_trash_leaves_its_point_readable(world, meeting, item, client_of):
    world.action.trashed_at = timezone.now()
    world.action.save()
    client = client_of(world.camille)
    page = soup(client.get(screen_of(meeting)))
    assert world.action.title in page.h1.get_text()
    assert page.find("form", attrs={"aria-label": "Météo"}) is None
    assert client.post(command("confidence", item), {"confidence": "fine"}).status_code == 404


@pytest.mark.parametrize("name", READERS)
def test_readers_follow_without_controls(world, meeting, item, asked, client_of, name):
    client = client_of(getattr(world, name))
    for rank in (1, 2):
        assert not soup(client.get(screen_of(meeting, rank))).find("form")
    assert client.post(command("summary", item), {"summary": "Non"}).status_code == 404


def test_concluded_minutes_leave_no_controls(world, meeting, item, client_of):
    meeting.concluded_at = timezone.now()
    meeting.save()
    client = client_of(world.camille)
    for rank in (1, 2):
        assert not soup(client.get(screen_of(meeting, rank))).find("form")


# What is recorded


def test_the_meteo_is_recorded_with_its_word(world, meeting, item, client_of):
    client = client_of(world.camille)
    sent = form_at(client, screen_of(meeting), "Météo") | {
        "confidence": "hard",
        "note": "Le bail est refusé.",
    }
    response = client.post(command("confidence", item), sent, follow=True)
    assert response.redirect_chain == [(screen_of(meeting), 302)]
    world.action.refresh_from_db()
    assert (world.action.confidence, world.action.status) == ("hard", "planned")
    assert "En difficulté" in read(client, screen_of(meeting))
    client.post(command("confidence", item), sent)
    assert ProgressNote.objects.filter(text="Le bail est refusé.").count() == 1


def test_a_meteo_that_is_not_sereine_must_say_why(world, meeting, item, client_of):
    client = client_of(world.camille)
    sent = form_at(client, screen_of(meeting), "Météo") | {"confidence": "watch", "note": ""}
    response = client.post(command("confidence", item), sent)
    assert response.status_code == 422
    page = soup(response)
    assert "Dites en un mot ce qui inquiète." in page.get_text()
    fold = page.find("form", attrs={"aria-label": "Météo"}).find_parent("details")
    assert fold.has_attr("open")
    assert page.find("input", value="watch").has_attr("checked")
    world.action.refresh_from_db()
    assert world.action.confidence == ""


def test_the_meteo_leaves_status_progress_and_reason_alone(world, meeting, item, client_of):
    world.action.status, world.action.status_reason, world.action.progress = "postponed", "Sans local", 20
    world.action.save()
    client = client_of(world.camille)
    sent = form_at(client, screen_of(meeting), "Météo") | {"confidence": "fine"}
    assert client.post(command("confidence", item), sent).status_code == 302
    world.action.refresh_from_db()
    kept = (world.action.status, world.action.status_reason, world.action.progress, world.action.confidence)
    assert kept == ("postponed", "Sans local", 20, "fine")


def test_what_was_said_is_kept_and_shown(world, meeting, item, client_of):
    client = client_of(world.camille)
    sent = form_at(client, screen_of(meeting), "Ce qui s’est dit") | {"summary": "La Caf suit."}
    assert client.post(command("summary", item), sent).headers["Location"] == screen_of(meeting)
    item.refresh_from_db()
    assert item.summary == "La Caf suit."
    assert "La Caf suit." in read(client_of(world.elise), screen_of(meeting))


def test_two_summaries_written_at_once_come_back_both(world, meeting, item, client_of):
    client = client_of(world.camille)
    late = form_at(client, screen_of(meeting), "Ce qui s’est dit")
    client.post(command("summary", item), late | {"summary": "Le premier texte."})
    response = client.post(command("summary", item), late | {"summary": "Le second texte."})
    assert response.status_code == 409
    text = soup(response).get_text()
    assert "Le premier texte." in text and "Le second texte." in text
    item.refresh_from_db()
    assert item.summary == "Le premier texte."


def test_minutes_concluded_in_the_meantime_keep_what_is_typed_on_screen(world, meeting, item, client_of):
    client = client_of(world.camille)
    sent = form_at(client, screen_of(meeting), "Ce qui s’est dit") | {"summary": "Un mot de plus."}
    meeting.concluded_at = timezone.now()
    meeting.save()
    response = client.post(command("summary", item), sent)
    assert response.status_code == 422
    assert "Un mot de plus." in soup(response).find("textarea", attrs={"name": "summary"}).get_text()


def test_a_decision_that_was_asked_is_ruled_by_the_meeting(world, meeting, item, asked, client_of, today):
    client = client_of(world.camille)
    sent = form_at(client, screen_of(meeting), asked.subject) | {
        "outcome": "taken",
        "ruling": "Le local est loué.",
        "owner": world.service.pk,
        "due_on": today.isoformat(),
    }
    assert client.post(command("settle", item), sent).headers["Location"] == screen_of(meeting)
    asked.refresh_from_db()
    assert (asked.outcome, asked.ruling, asked.meeting) == (Outcome.TAKEN, "Le local est loué.", meeting)
    assert (asked.decided_on, asked.owner, asked.due_on) == (today, world.service, today)
    text = read(client, screen_of(meeting, 2))
    assert "Le local est loué." in text and "Service Jeunesse" in text


def test_a_decision_that_comes_up_is_asked_and_ruled_in_one_gesture(world, meeting, item, client_of, today):
    client = client_of(world.camille)
    sent = form_at(client, screen_of(meeting), "Nouvelle décision") | {"subject": "Écrire aux maires"}
    for _ in range(2):
        assert client.post(command("settle", item), sent).status_code == 302
    decision = Decision.objects.get()
    assert (decision.subject, decision.outcome, decision.meeting) == ("Écrire aux maires", "taken", meeting)
    assert (decision.asked_of, decision.asked_on) == (meeting.body, today)
    assert list(decision.actions.all()) == [world.action]


@pytest.mark.parametrize("outcome", ["taken", "pending"])
def test_a_decision_on_a_point_of_mere_words_stays_with_it(world, meeting, client_of, outcome):
    point = f.AgendaItemFactory(meeting=meeting, title="Bilan de l’année")
    client = client_of(world.camille)
    sent = form_at(client, screen_of(meeting), "Nouvelle décision")
    client.post(command("settle", point), sent | {"subject": "Publier le bilan", "outcome": outcome})
    point.refresh_from_db()
    assert (point.title, point.decision) == ("Bilan de l’année", Decision.objects.get())
    for rank in (1, 2):
        assert "Publier le bilan" in read(client_of(world.elise), screen_of(meeting, rank))


def test_a_decision_about_several_actions_is_seen_again_on_their_screen(world, meeting, client_of):
    other = f.ActionFactory(plan=world.plan)
    decision = f.DecisionFactory(plan=world.plan, actions=[world.action, other])
    point = f.AgendaItemFactory(meeting=meeting, title="", decision=decision)
    client = client_of(world.camille)
    sent = form_at(client, screen_of(meeting), "Nouvelle décision") | {"subject": "Écrire aux maires"}
    client.post(command("settle", point), sent)
    assert "Écrire aux maires" in read(client, screen_of(meeting))


def test_a_decision_that_comes_up_may_be_left_to_take(world, meeting, item, client_of):
    client = client_of(world.camille)
    sent = form_at(client, screen_of(meeting), "Nouvelle décision")
    client.post(command("settle", item), sent | {"subject": "Trouver un local", "outcome": "pending"})
    decision = Decision.objects.get()
    assert (decision.outcome, decision.meeting, decision.decided_on) == ("pending", None, None)
    assert "Trouver un local" in read(client, screen_of(meeting, 2))


def test_a_decision_without_a_subject_comes_back_with_its_ruling(world, meeting, item, client_of):
    client = client_of(world.camille)
    sent = form_at(client, screen_of(meeting), "Nouvelle décision") | {
        "subject": "",
        "ruling": "Oui, dès mai.",
    }
    response = client.post(command("settle", item), sent)
    assert response.status_code == 422
    form = soup(response).find("form", attrs={"aria-label": "Nouvelle décision"})
    assert "Oui, dès mai." in form.get_text()
    assert form.find_parent("details").has_attr("open")


def test_a_meeting_held_ahead_of_its_day_decides_today(world, meeting, item, asked, client_of, today):
    meeting.held_on = today + dt.timedelta(days=9)
    meeting.save()
    client = client_of(world.camille)
    client.post(command("settle", item), form_at(client, screen_of(meeting), asked.subject))
    asked.refresh_from_db()
    assert (asked.outcome, asked.decided_on) == ("taken", today)


def test_a_ruling_that_two_people_wrote_comes_back_both(world, meeting, item, asked, client_of):
    client = client_of(world.camille)
    late = form_at(client, screen_of(meeting), asked.subject)
    client.post(command("settle", item), late | {"ruling": "Oui, sans délai."})
    response = client.post(command("settle", item), late | {"ruling": "Oui, en mai."})
    assert response.status_code == 409
    text = soup(response).get_text()
    assert "Oui, sans délai." in text and "Oui, en mai." in text


def test_a_decision_of_another_point_is_not_ruled_here(world, meeting, item, client_of):
    other = f.DecisionFactory(plan=world.plan, subject="Autre chose")
    client = client_of(world.camille)
    for key in (other.pk, "x"):
        response = client.post(command("settle", item), {"decision": key, "outcome": "taken"})
        assert response.status_code == 404
    other.refresh_from_db()
    assert other.is_pending


def test_a_decision_taken_elsewhere_is_not_a_result_of_this_meeting(world, meeting, item, client_of, today):
    f.DecisionFactory(
        plan=world.plan, actions=[world.action], outcome="taken", decided_on=today, subject="Déjà vu"
    )
    client = client_of(world.camille)
    for rank in (1, 2):
        assert "Déjà vu" not in read(client, screen_of(meeting, rank))


def test_the_last_screen_concludes_the_minutes(world, meeting, item, client_of):
    client = client_of(world.camille)
    form = soup(client.get(screen_of(meeting, 2))).find("form")
    sent = {field["name"]: field["value"] for field in form.find_all("input")}
    client.post(form["action"], sent)
    meeting.refresh_from_db()
    assert meeting.concluded_at


# htmx, and what it costs


def test_a_screen_comes_alone_when_htmx_asks_for_it(world, meeting, item, client_of):
    client = client_of(world.elise)
    for rank in (1, 2):
        path = screen_of(meeting, rank)
        fragment = soup(client.get(path, headers={"HX-Request": "true", "HX-Target": "session"}))
        whole = soup(client.get(path))
        assert fragment.title.extract().get_text() == whole.title.get_text()
        assert str(fragment.find(id="session")).split() == str(whole.find(id="session")).split()
        assert not fragment.select(".stage")


def queries_of(client, path):
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


def test_twelve_points_cost_what_two_cost(world, meeting, client_of):
    client = client_of(world.camille)

    def add(count):
        for _ in range(count):
            action = f.ActionFactory(plan=world.plan, calendar_text="2024")
            f.InvolvementFactory(action=action, organisation=world.service)
            decision = f.DecisionFactory(plan=world.plan, actions=[action, world.action])
            f.AgendaItemFactory(meeting=meeting, title="", action=action)
            f.AgendaItemFactory(meeting=meeting, title="", decision=decision)
            f.DecisionFactory(
                plan=world.plan,
                actions=[action],
                meeting=meeting,
                outcome="taken",
                owner=f.OrganisationFactory(territory=world.territory),
                decided_on=timezone.localdate(),
            )
            f.ProgressNoteFactory(action=action)
            f.BlockageFactory(action=world.action)

    def paths():
        last = meeting.items.count() + 1
        return [opening_of(meeting), *(screen_of(meeting, rank) for rank in (1, 2, last))]

    add(1)
    few = [queries_of(client, path) for path in paths()]
    add(11)
    assert [queries_of(client, path) for path in paths()] == few
    assert max(few) <= 16, few


def test_an_empty_agenda_costs_the_same_for_a_long_plan(world, meeting, client_of):
    client = client_of(world.camille)
    f.ActionFactory(plan=world.plan, confidence="hard")
    few = queries_of(client, opening_of(meeting))
    for _ in range(20):
        f.BlockageFactory(action=f.ActionFactory(plan=world.plan, confidence="hard"))
    assert queries_of(client, opening_of(meeting)) == few
