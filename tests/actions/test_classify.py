"""Placing actions in the reading that they lack, all at once and never over somebody else's choice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as f
from tests.htmx import soup


@pytest.fixture
def camille(world, client_of):
    return client_of(world.camille)


def address(plan, way="ambitions"):
    return f"{reverse('actions:plan_classify', args=[plan.pk])}?lecture={way}"


def row(action, seen=None, **places):
    """One line of the form, as it was opened at version `seen`."""
    prefix = f"a{action.pk}"
    line = {f"{prefix}-seen": action.version if seen is None else seen}
    return line | {f"{prefix}-{name}": value for name, value in places.items()}


def send(client, url, *rows):
    keys = [name[1:].split("-")[0] for line in rows for name in line if name.endswith("-seen")]
    return client.post(url, {"action": keys} | {name: value for line in rows for name, value in line.items()})


def test_only_the_actions_that_lack_a_place_are_listed(world, camille):
    loose = f.ActionFactory(plan=world.plan, number=2, title="Sans place")
    page = camille.get(address(world.plan)).text
    assert loose.title in page and world.action.title not in page
    assert "1 action</strong> attend" in page


def test_one_choice_gives_the_ambition_and_its_orientation(world, camille):
    loose = f.ActionFactory(plan=world.plan, number=2)
    response = send(camille, address(world.plan), row(loose, place=f"o{world.orientation.pk}"))
    assert response.status_code == 302
    loose.refresh_from_db()
    assert (loose.ambition, loose.orientation) == (world.ambition, world.orientation)
    assert "Toutes les actions ont leur place" in camille.get(response.url).text


def test_an_ambition_alone_leaves_the_orientation_to_be_chosen(world, camille):
    loose = f.ActionFactory(plan=world.plan, number=2)
    send(camille, address(world.plan), row(loose, place=f"a{world.ambition.pk}"))
    loose.refresh_from_db()
    assert (loose.ambition, loose.orientation) == (world.ambition, None)
    assert loose.title in camille.get(address(world.plan)).text


def test_themes_needs_and_objectives_are_chosen_apart(world, camille):
    loose = f.ActionFactory(plan=world.plan, number=2)
    places = {"theme": world.theme.pk, "need": "", "objective": world.objective.pk}
    send(camille, address(world.plan, "themes"), row(loose, **places))
    loose.refresh_from_db()
    assert (loose.theme, loose.need, loose.objective) == (world.theme, None, world.objective)


def test_a_row_that_somebody_else_placed_comes_back_and_the_others_are_saved(world, camille, client_of):
    other = f.OrientationFactory(plan=world.plan, ambition=world.ambition, title="Celle de l’autre")
    disputed, free = (f.ActionFactory(plan=world.plan, number=n) for n in (2, 3))
    colleague = f.MembershipFactory(territory=world.territory, user__first_name="Dominique").user
    send(client_of(colleague), address(world.plan), row(disputed, place=f"o{other.pk}"))

    mine = f"o{world.orientation.pk}"
    response = send(
        camille, address(world.plan), row(disputed, seen=1, place=mine), row(free, place=f"o{other.pk}")
    )
    assert response.status_code == 409
    assert "Dominique" in response.text and "Celle de l’autre" in response.text
    disputed.refresh_from_db()
    free.refresh_from_db()
    assert disputed.orientation == other, "nothing is overwritten"
    assert free.orientation == other, "the other rows are saved"

    # The same row, sent again with the version that the page now shows, is a decision.
    again = soup(response).select_one(f"select[name=a{disputed.pk}-place] option[selected]")
    seen = soup(response).select_one(f"input[name=a{disputed.pk}-seen]")["value"]
    assert again["value"] == mine
    send(camille, address(world.plan), row(disputed, seen=seen, place=mine))
    disputed.refresh_from_db()
    assert disputed.orientation == world.orientation


def test_a_row_left_alone_does_not_undo_what_somebody_else_chose(world, camille, client_of):
    action = f.ActionFactory(plan=world.plan, number=2)
    other = f.ActionFactory(plan=world.plan, number=3)
    send(client_of(world.camille), address(world.plan), row(action, place=f"o{world.orientation.pk}"))
    response = send(
        camille, address(world.plan), row(action, seen=1, place=""), row(other, place=f"a{world.ambition.pk}")
    )
    assert response.status_code == 302
    action.refresh_from_db()
    assert action.orientation == world.orientation


def test_a_place_in_the_trash_that_nobody_touched_is_found_again(world, camille):
    camille.post(reverse("actions:theme_trash", args=[world.theme.pk]), {"seen": 1})
    f.ThemeFactory(plan=world.plan, title="LOGEMENT")
    kept = {"need": world.need.pk, "objective": world.objective.pk}
    send(camille, address(world.plan, "themes"), row(world.action, theme="", **kept))
    world.action.refresh_from_db()
    assert world.action.theme == world.theme


def test_an_orientation_of_another_ambition_asks_to_be_chosen_again(world, camille):
    world.action.ambition = f.AmbitionFactory(plan=world.plan, number=2)
    world.action.save(update_fields=["ambition"])
    assert world.action.title in camille.get(address(world.plan)).text


def test_a_reading_without_headings_says_so_and_leads_to_the_structure(world, camille):
    plan = f.PlanFactory(territory=world.territory)
    f.ActionFactory(plan=plan, number=1)
    page = camille.get(address(plan, "themes")).text
    assert "aucune ligne où classer" in page and reverse("actions:plan_structure", args=[plan.pk]) in page


@pytest.mark.parametrize("way", ["ambitions", "themes"])
def test_neither_a_foreign_heading_nor_a_foreign_action_gets_in(way, world, camille):
    theme, orientation = (
        f.ThemeFactory(plan=world.foreign_plan),
        f.OrientationFactory(plan=world.foreign_plan),
    )
    loose = f.ActionFactory(plan=world.plan, number=2)
    places = {"ambitions": {"place": f"o{orientation.pk}"}, "themes": {"theme": theme.pk}}[way]
    assert send(camille, address(world.plan, way), row(loose, **places)).status_code == 422
    own = {"ambitions": {"place": f"o{world.orientation.pk}"}, "themes": {"theme": world.theme.pk}}[way]
    send(camille, address(world.plan, way), row(world.foreign_action, **own))
    for action in (loose, world.foreign_action):
        action.refresh_from_db()
        assert (action.theme, action.orientation, action.version) == (None, None, 1)


@pytest.mark.parametrize("way", ["ambitions", "themes"])
def test_classifying_costs_the_same_for_two_rows_as_for_twelve(way, world, camille):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            camille.get(address(world.plan, way))
        return len(queries)

    f.ActionFactory(plan=world.plan, number=50)
    before = cost()
    for number in range(2, 12):
        f.ActionFactory(plan=world.plan, number=number)
        f.OrientationFactory(plan=world.plan, ambition=world.ambition)
    assert cost() == before
