import pytest
from django.urls import reverse

from tests import factories as f
from tests.htmx import soup

LANDS = {"camille": "todo", "paul": "todo", "elise": "board", "karim": "board"}


@pytest.mark.parametrize("person", LANDS)
def test_one_plan_opens_at_once_where_the_role_begins(world, client_of, person):
    landing = reverse(f"dashboards:{LANDS[person]}", args=[world.plan.pk])
    client = client_of(getattr(world, person))
    assert client.get("/").url == landing
    assert client.get(landing).status_code == 200


def test_who_has_two_roles_lands_where_she_has_most_to_do(world, client_of):
    f.MembershipFactory(territory=world.territory, user=world.elise, role="coordinator")
    assert client_of(world.elise).get("/").url == reverse("dashboards:todo", args=[world.plan.pk])


def rooms(client, page):
    """The pages of the navigation, those under « Plus » included, by their labels."""
    return {link.get_text(strip=True): link["href"] for link in soup(client.get(page)).select("nav li a")}


@pytest.mark.parametrize("person", [*LANDS, "ines"])
def test_every_room_is_two_clicks_away_and_opens(world, client_of, person):
    client = client_of(getattr(world, person))
    found = rooms(client, world.action.get_absolute_url())
    assert {"À faire", "Plan", "Frise", "Instances", "Page élus", "Organismes", "Historique"} <= set(found)
    assert (
        ("Personnes" in found)
        == ("Campagnes" in found)
        == ("Page publique" in found)
        == (person == "camille")
    )
    assert ("À saisir" in found) == (person in ("paul", "ines"))
    for address in found.values():
        assert client.get(address, follow=True).status_code == 200, address


def test_the_room_one_is_in_is_marked_even_under_more(world, client_of):
    client = client_of(world.camille)
    page = soup(client.get(reverse("actions:plan_history", args=[world.plan.pk])))
    assert page.select_one(".masthead__more")["data-current"] == ""
    assert page.select_one("nav [aria-current=page]").get_text(strip=True) == "Historique"


def test_several_plans_are_listed_with_their_actions(world, client_of):
    f.MembershipFactory(territory=world.elsewhere, user=world.karim, role="caf")
    f.PlanFactory(territory=f.TerritoryFactory(), title="Canari")
    page = soup(client_of(world.karim).get("/"))
    assert [link["href"] for link in page.select("main strong")[1:] for link in [link.parent]] == [
        reverse("dashboards:board", args=[world.plan.pk]),
        reverse("dashboards:board", args=[world.foreign_plan.pk]),
    ]
    assert "1 action" in page.main.text
    assert "Canari" not in page.text


def test_without_any_plan_one_learns_whom_to_ask(db, client_of):
    user = f.UserFactory(email="nouvelle@exemple.fr")
    page = soup(client_of(user).get("/"))
    assert "Demandez-la" in page.main.text
    assert "nouvelle@exemple.fr" in page.main.text


@pytest.mark.parametrize(("person", "offered"), [("coordinator", True), ("official", False)])
def test_a_territory_without_a_plan_offers_its_coordination_to_write_it(db, client_of, person, offered):
    membership = f.MembershipFactory(role=person)
    page = soup(client_of(membership.user).get("/"))
    address = reverse("cycle:start", args=[membership.territory.pk])
    assert bool(page.select(f"a[href='{address}']")) is offered


def test_a_plan_in_the_trash_is_not_listed(world, client_of):
    f.PlanFactory(territory=world.territory, title="Ancien", trashed_at=world.note.written_at)
    assert client_of(world.camille).get("/").url == reverse("dashboards:todo", args=[world.plan.pk])


def test_the_home_page_costs_the_same_for_two_territories_as_for_many(
    world, client_of, django_assert_max_num_queries, django_assert_num_queries
):
    f.MembershipFactory(territory=world.elsewhere, user=world.karim, role="caf")
    client = client_of(world.karim)
    with django_assert_max_num_queries(10) as few:
        client.get("/")
    for _ in range(12):
        plan = f.PlanFactory()
        f.ActionFactory(plan=plan)
        f.MembershipFactory(territory=plan.territory, user=world.karim, role="caf")
    with django_assert_num_queries(len(few.captured_queries)):
        client.get("/")


@pytest.mark.parametrize("name", ["accessibility", "privacy", "legal"])
def test_legal_pages_are_open_to_all(db, client, name):
    page = soup(client.get(reverse(f"ctg:{name}")))
    assert len(page.select("h1")) == 1
    assert "plan-ctg@exemple.fr" in page.main.text


def test_the_accessibility_page_does_not_promise_more_than_was_measured(db, client):
    text = client.get(reverse("ctg:accessibility")).text
    assert "non conforme" in text
    assert "Défenseur des droits" in text
