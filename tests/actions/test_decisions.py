"""A decision: asked, ruled, carried out; its constraints are said in the form."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from actions.governance import deciding
from actions.models import Action, Decision, Outcome
from partners.models import Change
from partners.tracking import Author, Conflict
from tests import factories as f
from tests.htmx import soup

DAY = dt.timedelta(days=1)


@pytest.fixture
def camille(world, client_of):
    return client_of(world.camille)


@pytest.fixture
def decision(world):
    return f.DecisionFactory(plan=world.plan, subject="Financer le guide", actions=[world.action])


@pytest.fixture
def by(world):
    return {"by": Author("Camille", world.camille), "at": timezone.now()}


def address(name, thing):
    return reverse(f"actions:decision_{name}", args=[thing.pk])


def asked(**typed):
    return {"subject": "Choisir le local", "context": "", "asked_of": "", "asked_on": ""} | typed


def ruled(decision, today, **typed):
    kept = {"outcome": "taken", "ruling": "", "decided_on": today.isoformat(), "seen": decision.version}
    return kept | {"meeting": "", "owner": "", "due_on": ""} | typed


def errors(response):
    assert response.status_code == 422
    return soup(response).select_one("main form").get_text(" ", strip=True).replace("\xa0", " ")


def test_a_decision_asked_from_a_sheet_names_its_action(world, camille):
    path = f"{address('add', world.plan)}?action={world.action.pk}"
    page = soup(camille.get(path))
    assert page.select_one("[name=actions][checked]")["value"] == str(world.action.pk)
    body = f.BodyFactory(plan=world.plan)
    typed = asked(actions=[world.action.pk], asked_of=body.pk, token=uuid.uuid4())
    for _ in range(2):
        camille.post(path, typed)
    decision = Decision.objects.get()
    assert list(decision.actions.all()) == [world.action] and decision.asked_of == body


def test_actions_and_bodies_of_elsewhere_are_no_choice(world, camille):
    foreign = f.BodyFactory(plan=world.foreign_plan)
    for wrong in ({"actions": [world.foreign_action.pk]}, {"asked_of": foreign.pk}):
        response = camille.post(address("add", world.plan), asked(**wrong))
        assert response.status_code == 422 and not Decision.objects.exists()


def test_an_action_in_the_trash_stays_with_its_decision(world, camille, decision):
    other = f.ActionFactory(plan=world.plan, trashed_at=timezone.now())
    decision.actions.add(other)
    camille.post(address("edit", decision), asked(actions=[world.action.pk], seen=decision.version))
    decision.refresh_from_db()
    assert decision.subject == "Choisir le local" and set(decision.actions.all()) == {world.action, other}


def test_a_decision_is_taken_then_carried_out(world, camille, decision, today):
    typed = ruled(decision, today, ruling="8 400 €", owner=world.service.pk, due_on=today)
    camille.post(address("settle", decision), typed)
    decision.refresh_from_db()
    assert (decision.outcome, decision.owner, decision.due_on) == ("taken", world.service, today)
    done = {"done_on": today.isoformat(), "seen": decision.version}
    form = address("done", decision)
    response = camille.post(form, done, headers={"Referer": f"http://testserver{form}"})
    assert response.url == decision.get_absolute_url()
    decision.refresh_from_db()
    assert decision.done_on == today
    page = soup(camille.get(decision.get_absolute_url())).main.text
    assert "Appliquée le" in page and "8 400 €" in page
    assert Change.objects.filter(kind="decision", field="outcome", after="taken").exists()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"decided_on": ""}, "Ce champ est obligatoire"),
        ({"decided_on": "2999-01-01"}, "encore à venir"),
        ({"decided_on": "2026-02-31"}, "Indiquez une date"),
        ({"due_on": "2020-01-01"}, "vient avant celle de la décision"),
        ({"outcome": "pending"}, "La décision est"),
        ({"outcome": ""}, "Ce champ est obligatoire"),
    ],
)
def test_a_ruling_that_makes_no_sense_is_said_beside_its_field(camille, decision, today, typed, message):
    response = camille.post(address("settle", decision), ruled(decision, today, ruling="Oui", **typed))
    assert message in errors(response)
    assert "Oui" in soup(response).select_one("[name=ruling]").text
    decision.refresh_from_db()
    assert decision.is_pending


def test_a_settled_decision_may_be_taken_back(world, camille, decision, today):
    camille.post(address("settle", decision), ruled(decision, today, owner=world.service.pk, ruling="Oui"))
    decision.refresh_from_db()
    camille.post(address("settle", decision), ruled(decision, today, outcome="pending", decided_on=""))
    decision.refresh_from_db()
    assert (decision.outcome, decision.decided_on, decision.owner) == (Outcome.PENDING, None, None)
    assert decision.ruling == ""


def test_a_declined_decision_keeps_its_words_and_nobody_carries_it_out(world, camille, decision, today):
    typed = ruled(decision, today, outcome="declined", ruling="Trop cher", owner=world.service.pk)
    camille.post(address("settle", decision), typed)
    decision.refresh_from_db()
    assert (decision.outcome, decision.ruling, decision.owner) == ("declined", "Trop cher", None)
    response = camille.post(
        address("done", decision), {"done_on": today.isoformat(), "seen": decision.version}
    )
    assert "n’est pas prise" in errors(response)


def test_what_was_carried_out_is_not_declined_before_somebody_says_that_it_was_not(camille, decision, today):
    camille.post(address("settle", decision), ruled(decision, today))
    decision.refresh_from_db()
    early = {"done_on": (today - DAY).isoformat(), "seen": decision.version}
    assert "vient avant celle de la décision" in errors(camille.post(address("done", decision), early))
    camille.post(address("done", decision), {"done_on": today.isoformat(), "seen": decision.version})
    decision.refresh_from_db()
    typed = ruled(decision, today, outcome="declined")
    assert "dites d’abord" in errors(camille.post(address("settle", decision), typed))
    camille.post(address("done", decision), {"done_on": "", "seen": decision.version})
    decision.refresh_from_db()
    assert camille.post(address("settle", decision), typed | {"seen": decision.version}).status_code == 302


def test_two_people_who_rule_otherwise_read_both_rulings(world, camille, decision, today):
    camille.post(address("settle", decision), ruled(decision, today, ruling="Oui, en avril"))
    response = camille.post(address("settle", decision), ruled(decision, today, ruling="Oui, en mai"))
    assert response.status_code == 409
    assert "Oui, en avril" in response.text and "Oui, en mai" in response.text


def test_gestures_that_together_make_no_sense_save_nothing(world, decision, today, by):
    """One person declines what another, from an older page, notes as carried out."""
    taken = {"outcome": "taken", "ruling": "", "decided_on": today}
    deciding.settle(decision, **taken, **by)
    seen = decision.version
    deciding.settle(decision, **(taken | {"outcome": "declined"}), seen=seen, **by)
    with pytest.raises(ValidationError):
        deciding.carry_out(decision, on=today, seen=seen, **by)
    decision.refresh_from_db()
    assert (decision.outcome, decision.done_on) == ("declined", None)


def test_a_stale_settlement_is_a_conflict(world, decision, today, by):
    seen = decision.version
    deciding.settle(decision, outcome="taken", ruling="Oui", decided_on=today, seen=seen, **by)
    with pytest.raises(Conflict):
        deciding.settle(decision, outcome="declined", ruling="Non", decided_on=today, seen=seen, **by)


def test_the_list_is_filtered_by_its_address_and_counts_every_state(world, camille, decision, today):
    taken = {"plan": world.plan, "outcome": "taken", "decided_on": today - 9 * DAY}
    f.DecisionFactory(subject="En retard", due_on=today - DAY, **taken)
    f.DecisionFactory(subject="À temps", due_on=today, **taken)
    f.DecisionFactory(subject="Finie", done_on=today, due_on=today - DAY, **taken)
    f.DecisionFactory(subject="Refusée", **(taken | {"outcome": "declined"}))
    f.DecisionFactory(subject="Jetée", **taken, trashed_at=timezone.now())
    expected = {
        "": ["Financer le guide", "En retard", "À temps", "Finie", "Refusée"],
        "a-prendre": ["Financer le guide"],
        "prises": ["En retard", "À temps"],
        "en-retard": ["En retard"],
        "appliquees": ["Finie"],
        "ecartees": ["Refusée"],
    }
    for state, subjects in expected.items():
        page = soup(camille.get(address("list", world.plan), {"etat": state}))
        assert [it.a.text for it in page.select("tbody th")] == subjects, state
        assert page.select_one(".facet[aria-current] data")["value"] == str(len(subjects))
    assert "Financer" in camille.get(address("list", world.plan), {"etat": "nimporte"}).text


def test_an_empty_state_leads_back_to_all_decisions(world, camille):
    assert "Aucune décision pour l’instant" in camille.get(address("list", world.plan)).text
    page = soup(camille.get(address("list", world.plan), {"etat": "en-retard"}))
    assert page.select_one(".empty a")["href"] == "?"


def test_a_decision_recorded_during_a_meeting_goes_on_to_its_ruling(world, camille, today):
    meeting = f.MeetingFactory(body=f.BodyFactory(plan=world.plan), held_on=today)
    response = camille.post(f"{address('add', world.plan)}?reunion={meeting.pk}", asked(), follow=True)
    page = soup(response)
    assert page.select_one("[name=meeting] [selected]")["value"] == str(meeting.pk)
    decision = Decision.objects.get()
    path = response.redirect_chain[-1][0]
    response = camille.post(path, ruled(decision, today, meeting=meeting.pk))
    assert response.url == meeting.get_absolute_url()
    for nonsense in ("999999", "x", "9" * 40):
        assert (
            camille.get(f"{address('add', world.plan)}?reunion={nonsense}&action={nonsense}").status_code
            == 200
        )


def test_a_meeting_or_a_body_in_the_trash_stays_with_its_decision(world, camille, today):
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    meeting = f.MeetingFactory(body=body, held_on=today, trashed_at=timezone.now())
    given = {"outcome": "taken", "decided_on": today, "meeting": meeting, "asked_of": body}
    decision = f.DecisionFactory(plan=world.plan, **given)
    assert not soup(camille.get(decision.get_absolute_url())).find("a", string=str(meeting))
    camille.post(address("settle", decision), ruled(decision, today, due_on=today.isoformat()))
    decision.refresh_from_db()
    assert (decision.meeting, decision.due_on) == (meeting, today)


def test_a_decision_goes_to_the_trash_and_comes_back(world, camille, decision):
    item = f.AgendaItemFactory(
        meeting=f.MeetingFactory(body=f.BodyFactory(plan=world.plan)), title="", decision=decision
    )
    camille.post(address("trash", decision), {"seen": decision.version})
    assert camille.get(decision.get_absolute_url()).status_code == 404
    assert camille.get(item.meeting.get_absolute_url()).status_code == 200
    camille.post(reverse("actions:trash_restore", args=["decision", decision.pk]))
    assert "Financer le guide" in camille.get(item.meeting.get_absolute_url()).text


def test_a_reader_sees_a_decision_and_no_command(world, client_of, decision):
    page = soup(client_of(world.karim).get(decision.get_absolute_url()))
    assert "Financer le guide" in page.text and not page.select("main a.button, main form")
    assert Action.objects.filter(decisions=decision).exists()


def test_a_decision_that_is_declined_keeps_nobody_in_charge(world):
    """Whatever the page sent: what is declined has no owner and no day."""
    decision = f.DecisionFactory(plan=world.plan, owner=world.service)
    by, at = Author("Camille", world.camille), timezone.now()
    deciding.settle(
        decision,
        outcome=Outcome.DECLINED,
        ruling="Non.",
        decided_on=at.date(),
        owner=world.service,
        due_on=at.date(),
        by=by,
        at=at,
    )
    decision.refresh_from_db()
    assert (decision.outcome, decision.owner, decision.due_on) == (Outcome.DECLINED, None, None)
    deciding.settle(
        decision, outcome=Outcome.PENDING, ruling="Peut-être.", decided_on=at.date(), by=by, at=at
    )
    assert (decision.decided_on, decision.ruling) == (None, "")
