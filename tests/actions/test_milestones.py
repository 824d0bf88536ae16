import datetime as dt
import re
import threading
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from actions.models import Milestone
from partners.models import Change
from tests import factories as f
from tests.htmx import htmx, soup, text


def address(name, thing):
    return reverse(f"actions:milestone_{name}", args=[thing.pk])


@pytest.fixture
def paul(client_of, world):
    """He is of the service that carries the action."""
    return client_of(world.paul)


def form(**typed):
    return {"title": "Travaux finis", "due_on": "", "owner": "", "token": uuid.uuid4()} | typed


def at_rest(page):
    """A page without its message, and without the tokens of its open forms."""
    page.select_one("#messages").clear()
    for token in page.select("[name=token]"):
        token["value"] = ""
    return text(page)


def test_a_milestone_is_added_with_its_date_and_its_owner(paul, world):
    typed = form(due_on="31/12/2026", owner=world.partner.pk)
    page = soup(paul.post(address("add", world.action), typed, follow=True))
    milestone = Milestone.objects.get(title="Travaux finis")
    assert (milestone.due_on, milestone.owner, milestone.action) == (
        dt.date(2026, 12, 31),
        world.partner,
        world.action,
    )
    shown = page.select(".milestone")[-1].get_text(" ", strip=True)
    assert "Travaux finis" in shown and "Mission locale" in shown
    assert Change.objects.filter(kind="milestone", object_id=milestone.pk, event="created").exists()


def test_the_form_opens_in_its_place_without_javascript(paul, world):
    page = soup(paul.get(address("edit", world.milestone)))
    assert page.select_one("#milestones .entry [name=title]")["value"] == "Bail signé"
    assert not page.select("#milestones .milestone"), "no other tool can wipe out what is being typed"


def test_errors_come_back_in_place_with_what_was_typed(paul, world, today):
    tomorrow = today + dt.timedelta(days=1)
    response = paul.post(address("add", world.action), form(title="", reached_on=tomorrow))
    page = soup(response)
    assert response.status_code == 422
    assert len(page.select("#milestones .notice--error li")) == 2
    assert page.select_one("#milestone_reached_on")["value"] == tomorrow.isoformat()


def test_milestones_follow_their_dates_and_the_undated_come_last(paul, world):
    for title, due_on in [("sans date", None), ("tôt", dt.date(2020, 1, 1)), ("tard", dt.date(2040, 1, 1))]:
        f.MilestoneFactory(action=world.action, title=title, due_on=due_on)
    page = soup(paul.get(world.action.get_absolute_url()))
    titles = [item.select_one("span").text for item in page.select(".milestone")]
    assert titles == ["tôt", "Bail signé", "tard", "sans date"]


def test_lateness_is_said_in_words_and_drawn_as_a_diamond(paul, world, today):
    Milestone.objects.update(due_on=today - dt.timedelta(days=104))
    late = soup(paul.get(world.action.get_absolute_url())).select_one(".milestone--late")
    assert "en retard de 104 jours" in late.text
    assert late.select_one("use")["href"] == "#i-late"


def test_what_is_due_today_is_not_late(paul, world, today):
    Milestone.objects.update(due_on=today)
    page = soup(paul.get(world.action.get_absolute_url()))
    assert not page.select(".milestone--late") and "en retard de" not in page.text


def test_reaching_asks_nothing_and_counts_on_the_sheet(paul, world, today):
    page = soup(paul.get(world.action.get_absolute_url()))
    _, page = htmx(paul, page, f"form[hx-post='{address('reach', world.milestone)}']")
    world.milestone.refresh_from_db()
    assert world.milestone.reached_on == today
    assert "1 jalon sur 1 atteint" in page.select_one("#milestones").text
    assert at_rest(page) == at_rest(soup(paul.get(world.action.get_absolute_url())))


def test_reaching_twice_from_an_old_page_keeps_the_first_date_and_says_so(paul, world, client_of):
    first = form(title="Bail signé", reached_on="2026-01-05", seen=1)
    assert client_of(world.camille).post(address("edit", world.milestone), first).status_code == 302
    page = soup(paul.post(address("reach", world.milestone), {"seen": 1}, follow=True))
    world.milestone.refresh_from_db()
    assert world.milestone.reached_on == dt.date(2026, 1, 5)
    message = page.select_one("#messages").text
    assert "Rien n’est changé" in message and "5 janvier 2026" in message and "Camille" in message


def test_reaching_does_not_clash_with_a_new_title(paul, world, client_of, today):
    new = form(title="Bail signé par tous", due_on=world.milestone.due_on, seen=1)
    client_of(world.camille).post(address("edit", world.milestone), new)
    paul.post(address("reach", world.milestone), {"seen": 1})
    world.milestone.refresh_from_db()
    assert (world.milestone.title, world.milestone.reached_on) == ("Bail signé par tous", today)


def test_a_reached_milestone_is_opened_again(paul, world):
    Milestone.objects.update(reached_on=dt.date(2026, 2, 1))
    page = soup(paul.get(world.action.get_absolute_url()))
    _, page = htmx(paul, page, f"form[hx-post='{address('reopen', world.milestone)}']")
    world.milestone.refresh_from_db()
    assert world.milestone.reached_on is None
    assert "0 jalon sur 1 atteint" in page.select_one("#milestones").text


def test_editing_in_place_with_htmx_equals_a_reload(paul, world):
    sheet = world.action.get_absolute_url()
    page = soup(paul.get(sheet))
    _, page = htmx(paul, page, f"a[hx-get='{address('edit', world.milestone)}']")
    assert at_rest(page) == at_rest(soup(paul.get(address("edit", world.milestone))))
    _, page = htmx(paul, page, "#milestones form.entry", {"title": "Bail rendu"})
    assert "Bail rendu" in page.select_one("#milestones").text
    assert at_rest(page) == at_rest(soup(paul.get(sheet)))


def test_refused_and_cancelled_with_htmx(paul, world):
    page = soup(paul.get(world.action.get_absolute_url()))
    _, page = htmx(paul, page, f"a[hx-get='{address('add', world.action)}']")
    response, page = htmx(paul, page, "#milestones form.entry", {"title": " "})
    assert response.status_code == 422 and page.select("#milestones .notice--error")
    _, page = htmx(paul, page, "#milestones [data-cancel]")
    assert at_rest(page) == at_rest(soup(paul.get(world.action.get_absolute_url())))


def test_a_title_that_two_people_changed_comes_back_with_both(paul, world, client_of):
    theirs = form(title="Bail notarié", due_on=world.milestone.due_on, seen=1)
    client_of(world.camille).post(address("edit", world.milestone), theirs)
    mine = form(title="Bail précaire", due_on=world.milestone.due_on, seen=1)
    response = paul.post(address("edit", world.milestone), mine)
    assert response.status_code == 409
    assert "Bail notarié" in response.text and "Bail précaire" in response.text
    world.milestone.refresh_from_db()
    assert world.milestone.title == "Bail notarié"


def test_the_trash_says_where_it_is_and_gives_back(paul, world):
    page = soup(paul.get(address("edit", world.milestone)))
    assert page.select_one("button[formaction]")["formaction"] == address("trash", world.milestone)
    _, page = htmx(paul, page, "button[formaction]")
    assert "Aucun jalon" in page.select_one("#milestones").text
    trash = page.select_one("#messages a")["href"]
    assert "Bail signé" in paul.get(trash).text
    paul.post(reverse("actions:trash_restore", args=["milestone", world.milestone.pk]))
    assert "Bail signé" in paul.get(world.action.get_absolute_url()).text


def test_what_somebody_just_changed_is_not_thrown_away(paul, world, client_of):
    client_of(world.camille).post(address("edit", world.milestone), form(title="Bail notarié", seen=1))
    page = soup(paul.post(address("trash", world.milestone), {"seen": 1}, follow=True))
    assert "vient de changer" in page.select_one("#messages").text
    assert Milestone.objects.current().filter(title="Bail notarié").exists()


def test_what_is_in_the_trash_has_no_address(paul, world):
    paul.post(address("trash", world.milestone), {"seen": 1})
    for name in ("edit", "reach", "reopen", "trash"):
        assert paul.post(address(name, world.milestone), form(seen=2)).status_code == 404


@pytest.mark.parametrize("person", ["ines", "elise", "karim", "nadia", "alex"])
@pytest.mark.parametrize("name", ["add", "edit", "reach", "reopen", "trash"])
def test_who_does_not_keep_the_action_cannot_touch_its_milestones(client_of, world, person, name):
    before = list(Milestone.objects.values())
    thing = world.action if name == "add" else world.milestone
    assert client_of(getattr(world, person)).post(address(name, thing), form(seen=1)).status_code == 404
    assert list(Milestone.objects.values()) == before


def test_readers_see_no_tool(client_of, world):
    page = soup(client_of(world.elise).get(world.action.get_absolute_url()))
    assert not page.select("#milestones :is(a, button)")


def test_an_owner_from_elsewhere_is_refused(paul, world):
    foreign = f.OrganisationFactory(territory=world.elsewhere)
    assert paul.post(address("add", world.action), form(owner=foreign.pk)).status_code == 422
    assert not Milestone.objects.filter(owner=foreign).exists()


def test_an_owner_from_the_other_territory_of_the_same_person_is_refused(paul, world):
    f.MembershipFactory(territory=world.elsewhere, user=world.paul)
    foreign = f.OrganisationFactory(territory=world.elsewhere, name="Canari de la vallée")
    assert "Canari" not in paul.get(address("add", world.action)).text
    assert paul.post(address("add", world.action), form(owner=foreign.pk)).status_code == 422


def test_the_same_form_sent_twice_makes_one_milestone(paul, world):
    typed = form()
    for _ in range(2):
        assert paul.post(address("add", world.action), typed).status_code == 302
    paul.post(address("add", world.action), form())
    assert Milestone.objects.filter(title="Travaux finis").count() == 2


def test_opening_the_form_costs_one_more_query_than_the_sheet(paul, world, django_assert_num_queries):
    for number in range(12):
        f.OrganisationFactory(territory=world.territory, name=f"Commune {number}")
        f.MilestoneFactory(action=world.action, owner=world.partner)
    with django_assert_num_queries(14):
        paul.get(world.action.get_absolute_url())
    with django_assert_num_queries(16):  # the door, then the organisations
        paul.get(address("add", world.action))


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_forms_at_once_make_one_milestone(world, client_of):
    typed = form()
    answers = []

    def send():
        try:
            answers.append(client_of(world.paul).post(address("add", world.action), typed))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [re.sub(r"\d+", "", answer.url) for answer in answers] == ["/actions//"] * 50
    assert Milestone.objects.filter(title="Travaux finis").count() == 1
