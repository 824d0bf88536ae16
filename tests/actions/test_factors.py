import datetime as dt
import uuid

import pytest
from django.urls import reverse

from actions.models import Factor
from tests.htmx import htmx, soup, text


def address(name, thing):
    return reverse(f"actions:factor_{name}", args=[thing.pk])


@pytest.fixture
def paul(client_of, world):
    return client_of(world.paul)


def form(**typed):
    empty = {"text": "Un animateur volontaire", "kind": "", "since": "", "handler": "", "removed_on": ""}
    return empty | {"token": uuid.uuid4()} | typed


def at_rest(page):
    page.select_one("#messages").clear()
    for token in page.select("[name=token]"):
        token["value"] = ""
    return text(page)


def test_a_lever_is_added_after_the_others(paul, world):
    Factor.objects.update(position=3)
    typed = form(kind="lever", since="1er mars 2026", handler="Service Jeunesse")
    page = soup(paul.post(address("add", world.action), typed, follow=True))
    lever = page.select("#factors .lever")[-1].get_text(" ", strip=True)
    assert lever.startswith("Levier Un animateur volontaire")
    assert "Depuis le 1er mars 2026 · Service Jeunesse" in lever


def test_what_the_document_does_not_say_is_to_be_qualified_in_one_click(paul, world):
    page = soup(paul.get(world.action.get_absolute_url()))
    assert "À qualifier" in page.select_one("#factors .lever__kind").text
    buttons = [button.text for button in page.select("#factors button[name=kind]")]
    assert buttons == ["C’est un frein", "C’est un levier"]
    _, page = htmx(paul, page, f"form[hx-post='{address('qualify', world.factor)}']", {"kind": "brake"})
    world.factor.refresh_from_db()
    assert world.factor.kind == "brake"
    assert page.select_one("#factors .lever__kind--brake").get_text(strip=True) == "Frein"
    assert at_rest(page) == at_rest(soup(paul.get(world.action.get_absolute_url())))


def test_a_kind_that_does_not_exist_is_refused(paul, world):
    assert paul.post(address("qualify", world.factor), {"kind": "autre", "seen": 1}).status_code == 404


def test_two_people_who_qualify_differently_are_told(paul, world, client_of):
    client_of(world.camille).post(address("qualify", world.factor), {"kind": "lever", "seen": 1})
    page = soup(paul.post(address("qualify", world.factor), {"kind": "brake", "seen": 1}, follow=True))
    world.factor.refresh_from_db()
    assert world.factor.kind == "lever"
    assert "Rien n’est changé" in page.select_one("#messages").text


def test_a_removed_brake_stays_readable(paul, world, today):
    Factor.objects.update(kind="brake")
    page = soup(paul.get(world.action.get_absolute_url()))
    _, page = htmx(paul, page, f"form[hx-post='{address('remove', world.factor)}']")
    world.factor.refresh_from_db()
    assert world.factor.removed_on == today
    past = page.select_one("#factors details")
    assert past.summary.text == "Levés (1)" and "Pas de local" in past.text and "levé le" in past.text
    assert not page.select("#factors > .lever")
    assert at_rest(page) == at_rest(soup(paul.get(world.action.get_absolute_url())))


def test_a_past_lever_is_edited_where_it_stands(paul, world):
    Factor.objects.update(kind="lever", removed_on=dt.date(2026, 1, 1))
    page = soup(paul.get(address("edit", world.factor)))
    assert page.select_one("#factors details[open] form.entry")


def test_dates_that_contradict_each_other_are_refused(paul, world):
    response = paul.post(address("add", world.action), form(since="2026-05-01", removed_on="2026-04-01"))
    assert response.status_code == 422
    assert Factor.objects.count() == 1


def test_editing_in_place_with_htmx_equals_a_reload(paul, world):
    page = soup(paul.get(world.action.get_absolute_url()))
    _, page = htmx(paul, page, f"a[hx-get='{address('edit', world.factor)}']")
    assert at_rest(page) == at_rest(soup(paul.get(address("edit", world.factor))))
    response, page = htmx(paul, page, "#factors form.entry", {"text": ""})
    assert response.status_code == 422 and page.select("#factors .notice--error")
    _, page = htmx(paul, page, "#factors form.entry", {"text": "Local trouvé trop tard"})
    assert at_rest(page) == at_rest(soup(paul.get(world.action.get_absolute_url())))


def test_the_trash_empties_the_sheet(paul, world):
    page = soup(paul.get(address("edit", world.factor)))
    _, page = htmx(paul, page, "#factors button[formaction]")
    assert "Pas de local" not in page.select_one("#factors").text
    assert page.select("#messages a")


@pytest.mark.parametrize("person", ["ines", "elise", "karim", "nadia", "alex"])
@pytest.mark.parametrize("name", ["add", "edit", "qualify", "remove", "trash"])
def test_who_does_not_keep_the_action_cannot_touch_its_factors(client_of, world, person, name):
    before = list(Factor.objects.values())
    thing = world.action if name == "add" else world.factor
    typed = form(seen=1, kind="brake")
    assert client_of(getattr(world, person)).post(address(name, thing), typed).status_code == 404
    assert list(Factor.objects.values()) == before


def test_the_same_form_sent_twice_makes_one_factor(paul, world):
    typed = form()
    for _ in range(2):
        assert paul.post(address("add", world.action), typed).status_code == 302
    assert Factor.objects.filter(text=typed["text"]).count() == 1
