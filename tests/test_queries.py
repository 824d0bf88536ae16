"""G5: a page costs as many queries for 2,000 actions as for 17, and for 300 territories as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.models import Action, Involvement
from partners.models import Membership, Role, Territory
from tests import factories as f


def cost(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def grow(world, size):
    """Bring the plan to `size` actions, each carried, under ten orientations and five themes."""
    lines = [f.OrientationFactory(plan=world.plan, ambition=world.ambition) for _ in range(10)]
    themes = [f.ThemeFactory(plan=world.plan) for _ in range(5)]
    first = Action.objects.filter(plan=world.plan).count() + 1
    made = Action.objects.bulk_create(
        Action(
            plan=world.plan,
            number=number,
            position=number,
            title=f"Faire {number}",
            ambition=world.ambition,
            orientation=lines[number % 10],
            theme=themes[number % 5],
            need=world.need,
            objective=world.objective,
        )
        for number in range(first, size + 1)
    )
    Involvement.objects.bulk_create(
        Involvement(action=action, organisation=world.service, part="lead") for action in made
    )


def enlarge(world, territories):
    """Other territories with their plans, some of which Camille follows too."""
    for number in range(territories):
        plan = f.PlanFactory(territory=Territory.objects.create(name=f"Territoire {number}"))
        f.ActionFactory(plan=plan)
        if number % 3 == 0:
            Membership.objects.create(territory=plan.territory, user=world.camille, role=Role.OFFICIAL)


def pages(world):
    return {
        "plan": world.plan.get_absolute_url(),
        "thematic": world.plan.get_absolute_url() + "?lecture=themes",
        "filtered": world.plan.get_absolute_url() + "?statut=planned&regard=retard&q=faire",
        "action": world.action.get_absolute_url(),
        "follow_up": f"{world.action.get_absolute_url()}suivi/",
    }


LIMITS = {"plan": 10, "thematic": 10, "action": 14, "follow_up": 10}


def test_the_number_of_queries_grows_with_nothing(client, world):
    client.force_login(world.camille)
    grow(world, 17)
    few = {name: cost(client, url) for name, url in pages(world).items()}
    for name, limit in LIMITS.items():
        assert few[name] <= limit, name
    for size in (200, 2_000):
        grow(world, size)
        assert {name: cost(client, url) for name, url in pages(world).items()} == few, size
    enlarge(world, 300)
    assert {name: cost(client, url) for name, url in pages(world).items()} == few, "300 territories"


@pytest.mark.parametrize("name", ["organisation_list", "membership_list"])
def test_lists_of_a_territory_cost_the_same_for_two_as_for_twelve(client, world, name):
    client.force_login(world.camille)
    url = f"/territoires/{world.territory.pk}/{'organismes' if name.startswith('org') else 'personnes'}/"
    few = cost(client, url)
    for _ in range(10):
        organisation = f.OrganisationFactory(territory=world.territory)
        f.MembershipFactory(territory=world.territory, role=Role.MEMBER, organisation=organisation)
    assert cost(client, url) == few
