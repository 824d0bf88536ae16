import pytest
from django.urls import reverse

from tests import factories as f
from tests.htmx import soup


def test_one_plan_opens_at_once(world, client_of):
    for person in (world.camille, world.paul, world.elise):
        assert client_of(person).get("/").url == world.plan.get_absolute_url()


def test_several_plans_are_listed_with_their_actions(world, client_of):
    f.MembershipFactory(territory=world.elsewhere, user=world.karim, role="caf")
    f.PlanFactory(territory=f.TerritoryFactory(), title="Canari")
    page = soup(client_of(world.karim).get("/"))
    assert [link["href"] for link in page.select("main strong")[1:] for link in [link.parent]] == [
        world.plan.get_absolute_url(),
        world.foreign_plan.get_absolute_url(),
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
    address = reverse("actions:plan_add", args=[membership.territory.pk])
    assert bool(page.select(f"a[href='{address}']")) is offered


def test_a_plan_in_the_trash_is_not_listed(world, client_of):
    f.PlanFactory(territory=world.territory, title="Ancien", trashed_at=world.note.written_at)
    assert client_of(world.camille).get("/").url == world.plan.get_absolute_url()


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
