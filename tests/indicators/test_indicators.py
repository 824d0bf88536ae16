import uuid

import pytest
from django.urls import reverse

from indicators.models import Indicator
from partners.models import Change
from tests import factories as f
from tests.htmx import htmx, soup, text


def address(name, *things):
    return reverse(f"indicators:indicator_{name}", args=[thing.pk for thing in things])


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


@pytest.fixture
def second(world):
    """Another indicator of the same action."""
    return f.IndicatorFactory(plan=world.plan, actions=[world.action], wording="Satisfaction", position=1)


def form(**typed):
    empty = {"wording": "Nombre de jeunes accueillis", "kind": "count", "unit": ""}
    return empty | {"guidance": "", "source": "", "token": uuid.uuid4()} | typed


def wordings(client, action):
    page = soup(client.get(action.get_absolute_url()))
    return [heading.text for heading in page.select(".indicator__name")]


def at_rest(page):
    page.select_one("#messages").clear()
    return text(page)


def test_the_wording_is_enough_and_nothing_is_invented(camille, world):
    page = soup(camille.post(address("add", world.action), form(), follow=True))
    indicator = Indicator.objects.get(wording="Nombre de jeunes accueillis")
    assert (indicator.unit, indicator.guidance, indicator.source, indicator.is_key) == ("", "", "", False)
    assert list(indicator.actions.all()) == [world.action]
    shown = page.select(".indicator")[-1]
    assert shown.select_one(".indicator__kind").get_text(strip=True) == "Nombre"
    created = Change.objects.get(kind="indicator", object_id=indicator.pk, event="created")
    assert (created.action_id, created.author) == (world.action.pk, world.camille)


def test_an_empty_wording_comes_back(camille, world):
    response = camille.post(address("add", world.action), form(wording="", unit="personnes"))
    assert response.status_code == 422 and 'value="personnes"' in response.text


def test_the_sheet_says_everything_that_is_known(camille, world):
    other = f.ActionFactory(plan=world.plan, number=7)
    world.indicator.actions.add(other)
    known = {
        "unit": "avis",
        "is_key": "on",
        "guidance": "Un avis par jeune.",
        "seen": 1,
    }
    camille.post(address("edit", world.indicator), form(source="Questionnaire", **known))
    shown = soup(camille.get(world.action.get_absolute_url())).select_one(".indicator")
    words = shown.get_text(" ", strip=True).replace("\xa0", " ")
    assert "Nombre · unité : avis · indicateur clé · sert aussi l’action 7" in words
    assert "Un avis par jeune." in words and "Source : Questionnaire" in words
    assert shown.select_one(f"a[href='{other.get_absolute_url()}']")


def test_an_action_of_the_trash_is_served_no_more(camille, world):
    other = f.ActionFactory(plan=world.plan, number=7, trashed_at="2026-01-01T00:00Z")
    world.indicator.actions.add(other)
    assert "sert aussi" not in camille.get(world.action.get_absolute_url()).text


def test_an_indicator_is_shared_then_taken_off_one_sheet(camille, world):
    other = f.ActionFactory(plan=world.plan, number=7)
    page = soup(camille.get(address("add", other)))
    option = page.select_one("[name=indicator] option[value]:not([value=''])")
    assert option.text == world.indicator.wording
    camille.post(address("share", other), {"indicator": option["value"]})
    assert set(world.indicator.actions.all()) == {world.action, other}
    page = soup(camille.get(other.get_absolute_url()))
    _, page = htmx(camille, page, f"form[hx-post='{address('detach', other, world.indicator)}']")
    assert at_rest(page) == at_rest(soup(camille.get(other.get_absolute_url())))
    assert list(world.indicator.actions.all()) == [world.action]
    assert "actions" in Change.objects.filter(kind="indicator").values_list("field", flat=True)


def test_an_indicator_without_action_stays_in_the_plan(camille, world):
    camille.post(address("detach", world.action, world.indicator))
    page = soup(camille.get(address("list", world.plan)))
    assert "aucune action" in page.select_one("tbody tr").text


def test_sharing_twice_changes_nothing(camille, world):
    form = {"indicator": world.indicator.pk}
    assert camille.post(address("share", world.action), form).status_code == 422
    assert world.indicator.actions.count() == 1


def test_an_indicator_from_elsewhere_cannot_be_shared(camille, world):
    foreign = f.IndicatorFactory(plan=world.foreign_plan, wording="Canari de la vallée")
    response = camille.post(address("share", world.action), {"indicator": foreign.pk})
    assert response.status_code == 422 and "Canari" not in response.text
    assert not foreign.actions.exists()


def test_an_indicator_of_another_plan_of_the_territory_cannot_be_shared(camille, world):
    other = f.IndicatorFactory(plan=f.PlanFactory(territory=world.territory))
    assert camille.post(address("share", world.action), {"indicator": other.pk}).status_code == 422
    assert not other.actions.exists()


def test_moving_changes_the_order_on_the_sheet_and_equals_a_reload(camille, world, second):
    page = soup(camille.get(world.action.get_absolute_url()))
    assert wordings(camille, world.action) == [world.indicator.wording, "Satisfaction"]
    _, page = htmx(
        camille, page, f"form[hx-post='{address('move', world.action, second)}']", {"sens": "haut"}
    )
    assert wordings(camille, world.action) == ["Satisfaction", world.indicator.wording]
    assert at_rest(page) == at_rest(soup(camille.get(world.action.get_absolute_url())))


def test_moving_jumps_over_the_indicators_of_other_actions(camille, world, second):
    other = f.ActionFactory(plan=world.plan, number=7)
    f.IndicatorFactory(plan=world.plan, actions=[other], wording="Ailleurs", position=0)
    camille.post(address("move", world.action, world.indicator), {"sens": "bas"})
    assert wordings(camille, world.action) == ["Satisfaction", world.indicator.wording]


def test_an_indicator_is_moved_on_its_own_sheets_alone(camille, world):
    other = f.ActionFactory(plan=world.plan, number=7)
    for name in ("move", "detach"):
        assert camille.post(address(name, other, world.indicator), {"sens": "haut"}).status_code == 404


def test_the_trash_takes_it_off_every_sheet_and_gives_it_back(camille, world):
    url = address("edit", world.indicator)
    page = soup(camille.get(url, headers={"Referer": f"http://testserver{world.action.get_absolute_url()}"}))
    sent = {field["name"]: field["value"] for field in page.select(".letter input[type=hidden]")}
    page = soup(camille.post(page.select_one("button[formaction]")["formaction"], sent, follow=True))
    assert not page.select(".indicator")
    camille.post(reverse("actions:trash_restore", args=["indicator", world.indicator.pk]))
    assert wordings(camille, world.action) == [world.indicator.wording]


def test_editing_leads_back_to_where_it_was_opened(camille, world):
    sheet = world.action.get_absolute_url()
    assert camille.post(address("edit", world.indicator), form(seen=1, retour=sheet)).url == sheet
    elsewhere = form(seen=2, retour="//exemple.com/")
    assert camille.post(address("edit", world.indicator), elsewhere).url == address("list", world.plan)


def test_a_definition_that_two_people_changed_comes_back_with_both(camille, world):
    first = form(wording="Nombre de jeunes", seen=1)
    camille.post(address("edit", world.indicator), first)
    response = camille.post(address("edit", world.indicator), form(wording="Nombre de visites", seen=1))
    assert response.status_code == 409
    assert "Nombre de jeunes" in response.text and "Nombre de visites" in response.text


def test_the_same_form_sent_twice_makes_one_indicator(camille, world):
    typed = form()
    for _ in range(2):
        assert camille.post(address("add", world.action), typed).status_code == 302
    assert Indicator.objects.filter(wording=typed["wording"]).count() == 1


@pytest.mark.parametrize("person", ["paul", "ines", "elise", "karim", "nadia", "alex"])
def test_the_coordination_alone_defines_indicators(client_of, world, person):
    client = client_of(getattr(world, person))
    before = list(Indicator.objects.values())
    calls = [
        (address("add", world.action), form()),
        (address("share", world.action), {"indicator": world.indicator.pk}),
        (address("edit", world.indicator), form(seen=1)),
        (address("trash", world.indicator), {"seen": 1}),
        (address("detach", world.action, world.indicator), {}),
        (address("move", world.action, world.indicator), {"sens": "haut"}),
    ]
    assert {client.post(url, sent).status_code for url, sent in calls} == {404}
    assert list(Indicator.objects.values()) == before and world.indicator.actions.count() == 1
    if person in ("paul", "elise", "karim"):
        assert not soup(client.get(world.action.get_absolute_url())).select(
            "#indicators :is(form, button, [href$='/modifier/'])"
        )


def test_the_sheet_costs_the_same_for_one_indicator_as_for_twelve(camille, world, django_assert_num_queries):
    other = f.ActionFactory(plan=world.plan, number=7)
    for _ in range(11):
        f.IndicatorFactory(plan=world.plan, actions=[world.action, other])
    with django_assert_num_queries(14):
        camille.get(world.action.get_absolute_url())
