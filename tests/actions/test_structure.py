"""The shape of a plan: its headings, their order, and what becomes of their actions."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Ambition, Theme
from partners.models import Change
from tests import factories as f
from tests.htmx import htmx, soup, text


@pytest.fixture
def camille(world, client_of):
    return client_of(world.camille)


def structure(plan):
    return reverse("actions:plan_structure", args=[plan.pk])


def titles(model, plan):
    return list(model.objects.current().filter(plan=plan).values_list("title", flat=True))


def sent(thing, **fields):
    return {"seen": thing.version, "token": uuid.uuid4(), **fields}


@pytest.mark.parametrize("kind", ["ambition", "orientation", "theme", "need", "objective"])
def test_each_kind_is_added_edited_trashed_and_restored(kind, world, camille):
    plan = world.plan
    more = {"ambition": {"number": 9}, "orientation": {"ambition": world.ambition.pk}}.get(kind, {})
    response = camille.post(
        reverse(f"actions:{kind}_add", args=[plan.pk]),
        {"title": "Une  ligne\u00a0neuve", **more},
        follow=True,
    )
    assert response.status_code == 200
    heading = type(getattr(world, kind)).objects.get(title="Une ligne\u00a0neuve")
    assert heading.plan == plan

    edit = reverse(f"actions:{kind}_edit", args=[heading.pk])
    camille.post(edit, sent(heading, title="Reprise", **more))
    heading.refresh_from_db()
    assert heading.title == "Reprise"

    camille.post(reverse(f"actions:{kind}_trash", args=[heading.pk]), {"seen": heading.version})
    heading.refresh_from_db()
    assert heading.trashed_by == world.camille
    assert camille.get(edit).status_code == 404

    camille.post(reverse("actions:trash_restore", args=[kind, heading.pk]))
    assert camille.get(edit).status_code == 200


def test_sending_the_same_form_twice_adds_one_ambition_and_says_so_twice(world, camille):
    add = reverse("actions:ambition_add", args=[world.plan.pk])
    form = {"number": 2, "title": "Deuxième", "token": uuid.uuid4()}
    first, second = camille.post(add, form), camille.post(add, form)
    assert first.url == second.url
    assert Ambition.objects.filter(title="Deuxième").count() == 1


def test_moving_changes_the_order_and_no_number(world, camille):
    second = f.AmbitionFactory(plan=world.plan, number=2, title="Deuxième", position=50)
    camille.post(reverse("actions:ambition_move", args=[second.pk]), {"sens": "haut"})
    assert titles(Ambition, world.plan) == ["Deuxième", world.ambition.title]
    second.refresh_from_db()
    assert second.number == 2


def test_moving_things_that_share_a_place_orders_them_all(world, camille):
    for title in ("A", "B", "C"):
        f.ThemeFactory(plan=world.plan, title=title, position=1_000_000)
    last = Theme.objects.get(title="C")
    camille.post(reverse("actions:theme_move", args=[last.pk]), {"sens": "haut"})
    assert titles(Theme, world.plan) == ["JEUNESSE", "A", "C", "B"]


def test_the_last_of_a_list_stays_where_it_is(world, camille):
    response = camille.post(
        reverse("actions:theme_move", args=[world.theme.pk]), {"sens": "bas"}, follow=True
    )
    assert "Déjà en fin de liste" in response.text
    assert not Change.objects.filter(kind="theme").exists()


def test_an_unknown_direction_moves_nothing(world, camille):
    url = reverse("actions:theme_move", args=[world.theme.pk])
    assert camille.post(url, {"sens": "ailleurs"}).status_code == 404


def test_after_a_move_with_htmx_the_page_equals_a_reload(world, camille):
    f.ThemeFactory(plan=world.plan, title="LOGEMENT", position=999)
    page = soup(camille.get(structure(world.plan)))
    _, swapped = htmx(camille, page, f"#theme_move-{world.theme.pk}-bas")
    reloaded = soup(camille.get(structure(world.plan)))
    for whole in (swapped, reloaded):
        whole.select_one("#messages").clear()
    assert text(swapped) == text(reloaded)
    assert titles(Theme, world.plan) == ["LOGEMENT", "JEUNESSE"]


def test_an_action_moves_among_those_of_its_orientation(world, camille):
    between = f.ActionFactory(plan=world.plan, number=2)
    last = f.ActionFactory(plan=world.plan, number=3, ambition=world.ambition, orientation=world.orientation)
    where = f"orientation-{world.orientation.pk}"
    response = camille.post(
        reverse("actions:action_move", args=[last.pk]), {"sens": "haut", "ouvert": where}, follow=True
    )
    assert [a.number for a in world.plan.actions.all()] == [3, 2, 1]
    assert f"fold-{where}" in response.text and between.title not in response.text
    assert (
        camille.post(
            reverse("actions:action_move", args=[between.pk]), {"sens": "haut", "ouvert": where}
        ).status_code
        == 404
    )


def test_trashing_a_heading_keeps_its_actions_and_restoring_gives_them_back(world, camille):
    page = camille.get(reverse("actions:orientation_trash", args=[world.orientation.pk]))
    assert "Son action reste dans le plan" in page.text
    camille.post(reverse("actions:orientation_trash", args=[world.orientation.pk]), {"seen": 1})
    plan = world.plan.get_absolute_url()
    assert "Orientation à préciser" in camille.get(plan).text
    assert world.action.title in camille.get(plan).text
    camille.post(reverse("actions:trash_restore", args=["orientation", world.orientation.pk]))
    assert "Orientation à préciser" not in camille.get(plan).text


def test_an_ambition_in_the_trash_leaves_its_orientations_to_be_placed(world, camille):
    camille.post(reverse("actions:ambition_trash", args=[world.ambition.pk]), {"seen": 1})
    page = camille.get(structure(world.plan)).text
    assert "À rattacher" in page and world.orientation.title in page


def test_what_somebody_changed_since_is_not_trashed_unseen(world, camille):
    url = reverse("actions:theme_trash", args=[world.theme.pk])
    camille.post(
        reverse("actions:theme_edit", args=[world.theme.pk]), sent(world.theme, title="JEUNESSE ET SPORT")
    )
    response = camille.post(url, {"seen": 1})
    assert response.status_code == 409 and "Camille" in response.text
    world.theme.refresh_from_db()
    assert world.theme.trashed_at is None


def test_an_orientation_takes_its_actions_to_its_new_ambition(world, camille):
    other = f.AmbitionFactory(plan=world.plan, number=2, title="Autre")
    gone = f.ActionFactory(plan=world.plan, number=7, ambition=world.ambition, orientation=world.orientation)
    camille.post(reverse("actions:action_trash", args=[gone.pk]), {"seen": 1})
    url = reverse("actions:orientation_edit", args=[world.orientation.pk])
    assert "Son action changera de place avec elle" in camille.get(url).text
    response = camille.post(
        url, sent(world.orientation, title=world.orientation.title, ambition=other.pk), follow=True
    )
    assert "2 actions ont changé de place" in response.text
    world.action.refresh_from_db()
    gone.refresh_from_db()
    assert world.action.ambition == gone.ambition == other
    moved = Change.objects.filter(field="ambition")
    assert {c.kind for c in moved} == {"orientation", "action"} and len({c.batch for c in moved}) == 1


def test_two_titles_for_one_heading_come_back_side_by_side(world, camille):
    url = reverse("actions:need_edit", args=[world.need.pk])
    camille.post(url, sent(world.need, title="Mon titre"))
    response = camille.post(url, {"seen": 1, "title": "Un autre titre"})
    assert response.status_code == 409
    assert "Mon titre" in response.text and "Un autre titre" in response.text


def test_impacts_are_typed_one_per_line(world, camille):
    url = reverse("actions:ambition_edit", args=[world.ambition.pk])
    camille.post(url, sent(world.ambition, number=1, title="T", impacts="Un  impact\n\n deux \x0btrois"))
    world.ambition.refresh_from_db()
    assert world.ambition.impacts == ["Un impact", "deux", "trois"]
    assert "Un impact\ndeux\ntrois" in camille.get(url).text


def test_an_orientation_cannot_go_to_a_foreign_ambition(world, camille):
    foreign = f.AmbitionFactory(plan=world.foreign_plan)
    url = reverse("actions:orientation_edit", args=[world.orientation.pk])
    assert camille.post(url, sent(world.orientation, title="T", ambition=foreign.pk)).status_code == 422
    world.orientation.refresh_from_db()
    assert world.orientation.ambition == world.ambition


@pytest.mark.parametrize("name", ["paul", "elise", "karim", "nadia"])
def test_the_structure_is_for_the_coordination(name, world, client_of):
    client = client_of(getattr(world, name))
    assert client.get(structure(world.plan)).status_code == 404
    assert (
        client.post(reverse("actions:theme_move", args=[world.theme.pk]), {"sens": "bas"}).status_code == 404
    )


def test_the_structure_costs_the_same_however_long(world, camille):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            camille.get(structure(world.plan))
        return len(queries)

    before = cost()
    for number in range(2, 12):
        ambition = f.AmbitionFactory(plan=world.plan, number=number)
        orientation = f.OrientationFactory(plan=world.plan, ambition=ambition)
        f.ThemeFactory(plan=world.plan)
        f.ActionFactory(plan=world.plan, number=number, ambition=ambition, orientation=orientation)
    assert cost() == before
