"""What blocks an action: said on its sheet by those who keep it, seen in the plan, lifted by somebody."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from actions.models import Blockage, Decision, Outcome
from partners.models import Change
from tests import factories as f
from tests.htmx import htmx, soup, text

DECIDED = {"outcome": Outcome.TAKEN, "decided_on": dt.date(2026, 6, 2), "ruling": "Oui."}


def address(name, thing):
    return reverse(f"actions:blockage_{name}", args=[thing.pk])


def sheet(client, world):
    return soup(client.get(world.action.get_absolute_url()))


def form(**typed):
    return {"reason": "Le local est vendu", "since": "01/05/2026", "token": uuid.uuid4()} | typed


@pytest.fixture
def paul(client_of, world):
    """He is of the service that carries the action."""
    return client_of(world.paul)


@pytest.fixture
def blockage(world, today):
    return f.BlockageFactory(
        action=world.action, reason="Le local est vendu", since=today - dt.timedelta(days=12)
    )


def test_a_blockage_says_since_when_for_how_long_and_why(paul, world, blockage):
    shown = sheet(paul, world).select_one("#blockages .blockage").get_text(" ", strip=True)
    assert "Bloquée" in shown and "(12 jours)" in shown and "Le local est vendu" in shown
    assert "Bloquée depuis le" in sheet(paul, world).select_one("#sheet-head").get_text()


def test_who_keeps_the_action_adds_one_and_the_history_tells(paul, world):
    paul.post(address("add", world.action), form())
    added = Blockage.objects.get()
    assert (added.action, added.since, added.decision) == (world.action, dt.date(2026, 5, 1), None)
    change = Change.objects.get(kind="blockage")
    assert (change.event, change.action_id) == ("created", world.action.pk)
    assert "Le local est vendu" in sheet(paul, world).select_one("#sheet-history").get_text()


def test_the_decision_that_it_needs_is_asked_for_in_the_same_gesture(paul, world, today):
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    typed = form(subject="Louer un autre local", asked_of=body.pk)
    for _ in range(2):
        paul.post(address("add", world.action), typed)
    [added], [decision] = Blockage.objects.all(), Decision.objects.all()
    assert added.decision == decision and list(decision.actions.all()) == [world.action]
    assert (decision.subject, decision.asked_of, decision.asked_on) == ("Louer un autre local", body, today)
    assert decision.context == "Le local est vendu" and decision.is_pending
    batches = set(Change.objects.filter(kind__in=["blockage", "decision"]).values_list("batch", flat=True))
    assert len(batches) == 1


def test_a_new_one_stands_from_today_unless_another_day_is_said(paul, world, today):
    page = soup(paul.get(address("add", world.action)))
    assert page.select_one("#blockages [name=since]")["value"] == today.isoformat()


def test_a_decision_may_be_asked_for_later_and_only_once(paul, world, blockage):
    typed = form(seen=1, subject="Louer un autre local")
    paul.post(address("edit", blockage), typed)
    paul.post(address("edit", blockage), typed)
    blockage.refresh_from_db()
    assert blockage.decision == Decision.objects.get()
    assert not soup(paul.get(address("edit", blockage))).select("#blockages [name=subject]")


def test_a_dispute_asks_for_nothing(paul, world, blockage, client_of):
    client_of(world.camille).post(address("edit", blockage), form(seen=1, reason="Vendu par la mairie"))
    response = paul.post(address("edit", blockage), form(seen=1, reason="Vendu hier", subject="Louer"))
    assert response.status_code == 409 and not Decision.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": ""}, "Ce champ est obligatoire"),
        ({"since": ""}, "Ce champ est obligatoire"),
        ({"since": "01/01/2090"}, "Cette date est encore à venir"),
        ({"asked_of": "body"}, "Dites quelle décision est demandée"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(paul, world, typed, said):
    body = f.BodyFactory(plan=world.plan)
    typed = {name: body.pk if value == "body" else value for name, value in typed.items()}
    response = paul.post(address("add", world.action), form(**typed))
    assert response.status_code == 422 and said in response.text
    assert "Le local est vendu" in response.text or not typed.get("reason", "x")
    assert not Blockage.objects.exists()


def test_a_body_of_elsewhere_is_no_choice(paul, world):
    foreign = f.BodyFactory(plan=world.foreign_plan, name="COPIL de la vallée")
    response = paul.post(address("add", world.action), form(subject="Louer", asked_of=foreign.pk))
    assert response.status_code == 422 and "vallée" not in response.text
    assert not Decision.objects.exists()


def test_lifting_says_when_and_how_and_the_blockage_stays_readable(paul, world, blockage, today):
    page = soup(paul.get(address("lift", blockage)))
    assert page.select_one("#blockages [name=lifted_on]")["value"] == today.isoformat()
    paul.post(address("lift", blockage), {"seen": 1, "lifted_on": today, "lifted_by": "Bail signé ailleurs"})
    blockage.refresh_from_db()
    assert (blockage.lifted_on, blockage.lifted_by) == (today, "Bail signé ailleurs")
    page = sheet(paul, world)
    assert "Rien ne bloque cette action" in page.select_one("#blockages").get_text()
    assert "Bail signé ailleurs" in page.select_one("#blockages details").get_text()
    assert "Bloquée" not in page.select_one("#sheet-head").get_text()


@pytest.mark.parametrize("day", ["", "01/01/2020", "01/01/2090"])
def test_it_is_not_lifted_without_a_day_that_makes_sense(paul, blockage, day):
    response = paul.post(address("lift", blockage), {"seen": 1, "lifted_on": day, "lifted_by": "Voilà"})
    assert response.status_code == 422 and "Voilà" in response.text
    blockage.refresh_from_db()
    assert blockage.lifted_on is None


def test_a_lifted_one_stands_again_once_its_day_is_emptied(paul, world, blockage, today):
    Blockage.objects.update(lifted_on=today)
    paul.post(address("edit", blockage), form(seen=1, lifted_on="", lifted_by=""))
    assert Blockage.objects.standing().get() == blockage


def test_in_the_trash_it_blocks_nothing(paul, world, blockage):
    paul.post(address("trash", blockage), {"seen": 1})
    assert "Rien ne bloque" in sheet(paul, world).select_one("#blockages").get_text()
    assert not soup(paul.get(f"{world.plan.get_absolute_url()}?regard=bloquee")).select(".ledger__row")
    trash = paul.get(reverse("actions:trash_list", args=[world.plan.pk])).text
    assert "Le local est vendu" in trash


def test_who_only_reads_has_no_button(client_of, world, blockage):
    for person in (world.elise, world.karim, world.ines):
        section = sheet(client_of(person), world).select_one("#blockages")
        assert "Le local est vendu" in section.get_text() and not section.select("a.button, .blockage__tools")


def test_a_settled_decision_asks_whether_to_lift_and_lifts_nothing(paul, world, blockage):
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    held = f.MeetingFactory(body=body, held_on=dt.date(2026, 6, 2))
    blockage.decision = f.DecisionFactory(plan=world.plan, actions=[world.action], asked_of=body)
    blockage.save()
    assert "Décision demandée : COPIL" in sheet(paul, world).select_one(".blockage").get_text()
    Decision.objects.update(meeting=held, **DECIDED)
    block = sheet(paul, world).select_one(".blockage")
    said = " ".join(block.get_text().split())
    assert "Décidée le 2 juin 2026 (COPIL) : lever le blocage ?" in said
    assert block.select_one(f"a.button[href='{address('lift', blockage)}']")
    assert Blockage.objects.standing().exists()


def test_a_decision_in_the_trash_is_asked_no_more(paul, world, blockage, today):
    blockage.decision = f.DecisionFactory(plan=world.plan, subject="Louer", trashed_at=f.timezone.now())
    blockage.save()
    assert "Louer" not in sheet(paul, world).select_one("#blockages").get_text()


def test_the_plan_marks_what_is_blocked_and_filters_on_it(paul, world, blockage):
    other = f.ActionFactory(plan=world.plan, number=2)
    f.BlockageFactory(action=other, lifted_on=dt.date(2026, 6, 1))
    url = world.plan.get_absolute_url()
    assert "Bloquée depuis le" in soup(paul.get(url)).select_one(f"#action-{world.action.pk}").get_text()
    page = soup(paul.get(f"{url}?regard=bloquee"))
    assert [row["id"] for row in page.select("tbody[id]")] == [f"action-{world.action.pk}"]


def test_silence_is_counted_as_the_plan_says(client_of, world, today):
    world.action.status = "ongoing"
    world.action.save()
    written = f.timezone.now() - dt.timedelta(days=40)
    world.action.notes.update(written_at=written)
    camille, url = client_of(world.camille), world.plan.get_absolute_url()
    assert "Sans nouvelles depuis" not in camille.get(url).text
    words = [name for name in world.plan.tracked_fields if name.endswith("_label")]
    edit = {name: getattr(world.plan, name) for name in words} | {"title": "CTG", "silent_days": 30}
    camille.post(reverse("actions:plan_edit", args=[world.plan.pk]), edit | {"seen": 1})
    page = camille.get(f"{url}?regard=sans-nouvelles").text
    assert "Sans nouvelles depuis 30 jours" in page and "Ouvrir un café" in page


def test_the_swaps_equal_a_reload(paul, world, blockage, today):
    page = sheet(paul, world)
    _, page = htmx(paul, page, f"a[hx-get='{address('lift', blockage)}']")
    _, page = htmx(paul, page, "#blockages form", {"lifted_by": "Bail signé", "lifted_on": str(today)})
    again = sheet(paul, world)
    for one in (page, again):
        one.select_one("#messages").clear()
    assert text(page) == text(again)
