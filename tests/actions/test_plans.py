"""Plans and actions are created, renamed and put in the trash by those who coordinate."""

import uuid

import pytest
from django.urls import reverse

from actions.models import Action, Plan
from partners.models import Change
from tests import factories as f


@pytest.fixture
def camille(world, client_of):
    return client_of(world.camille)


WORDS = {
    "ambition_label": "Axe",
    "orientation_label": "Enjeu",
    "theme_label": "Thématique",
    "need_label": "Besoin",
    "objective_label": "Objectif",
    "priority_label": "Priorité",
    "silent_days": 90,
}


def plan_form(**fields):
    return {"title": "CTG 2026-2030", "token": uuid.uuid4(), **WORDS, **fields}


def test_a_new_plan_belongs_to_the_territory_and_opens_on_its_structure(world, camille):
    url = reverse("actions:plan_add", args=[world.territory.pk])
    assert camille.get(url).status_code == 200
    response = camille.post(
        url, plan_form(first_year=2026, last_year=2030, dated_on="24/11/2025"), follow=True
    )
    plan = Plan.objects.get(title="CTG 2026-2030")
    assert plan.territory == world.territory and plan.dated_on.year == 2025
    assert response.wsgi_request.path == reverse("actions:plan_structure", args=[plan.pk])


def test_a_form_sent_twice_creates_one_plan(world, camille):
    form = plan_form()
    replies = [camille.post(reverse("actions:plan_add", args=[world.territory.pk]), form) for _ in range(2)]
    assert Plan.objects.filter(title="CTG 2026-2030").count() == 1
    assert replies[0].url == replies[1].url


def test_the_words_of_a_plan_name_its_levels_everywhere(world, camille):
    camille.post(reverse("actions:plan_edit", args=[world.plan.pk]), plan_form(seen=1))
    assert "Axes" in camille.get(reverse("actions:plan_structure", args=[world.plan.pk])).text
    assert "Axe à ajouter" in camille.get(reverse("actions:ambition_add", args=[world.plan.pk])).text


def test_years_in_the_wrong_order_come_back_with_what_was_typed(world, camille):
    url = reverse("actions:plan_edit", args=[world.plan.pk])
    response = camille.post(url, plan_form(seen=1, first_year=2030, last_year=2026))
    assert response.status_code == 422
    assert "La dernière année vient avant la première" in response.text and "CTG 2026-2030" in response.text


def test_a_plan_goes_to_the_trash_of_its_territory_and_comes_back_whole(world, camille):
    response = camille.post(reverse("actions:plan_trash", args=[world.plan.pk]), {"seen": 1}, follow=True)
    assert camille.get(world.plan.get_absolute_url()).status_code == 404
    assert camille.get(world.action.get_absolute_url()).status_code == 404
    assert world.plan.title in response.text
    camille.post(reverse("actions:trash_restore", args=["plan", world.plan.pk]))
    assert world.action.title in camille.get(world.plan.get_absolute_url()).text


def add_action(client, plan, **fields):
    form = {"number": 2, "title": "Créer un guichet", "token": uuid.uuid4(), **fields}
    return client.post(reverse("actions:action_add", args=[plan.pk]), form)


def test_the_number_proposed_was_never_used_even_in_the_trash(world, camille):
    gone = f.ActionFactory(plan=world.plan, number=40)
    camille.post(reverse("actions:action_trash", args=[gone.pk]), {"seen": 1})
    page = camille.get(reverse("actions:action_add", args=[world.plan.pk])).text
    assert 'name="number" value="41"' in page


def test_an_action_is_added_in_both_readings_at_the_end_of_the_plan(world, camille):
    places = {"orientation": world.orientation.pk, "theme": world.theme.pk}
    response = add_action(camille, world.plan, **places)
    action = Action.objects.get(number=2, plan=world.plan)
    assert response.url == action.get_absolute_url()
    assert (action.ambition, action.theme) == (world.ambition, world.theme)
    assert action.position > world.action.position and action.search_text
    assert Change.objects.get(kind="action", object_id=action.pk).event == "created"


def test_an_action_sent_twice_is_added_once_and_both_replies_lead_to_it(world, camille):
    token = uuid.uuid4()
    first, second = (add_action(camille, world.plan, token=token) for _ in range(2))
    assert first.url == second.url
    assert world.plan.actions.filter(number=2).count() == 1


def test_two_actions_with_equal_texts_are_two_actions(world, camille):
    add_action(camille, world.plan)
    add_action(camille, world.plan, number=3)
    assert world.plan.actions.filter(title="Créer un guichet").count() == 2


def test_a_number_already_taken_is_refused_before_and_during_the_save(world, camille, monkeypatch):
    assert add_action(camille, world.plan, number=1).status_code == 422
    # Somebody takes the number between the check and the save.
    monkeypatch.setattr("actions.operations.is_received", lambda token, user: True)
    response = add_action(camille, world.plan, number=1)
    assert response.status_code == 422 and "déjà celui d’une autre action" in response.text
    assert world.plan.actions.count() == 1


def test_trashing_an_action_changes_no_other_number(world, camille):
    second = f.ActionFactory(plan=world.plan, number=2)
    camille.post(reverse("actions:action_trash", args=[world.action.pk]), {"seen": 1})
    second.refresh_from_db()
    assert second.number == 2
    assert world.action.title not in camille.get(world.plan.get_absolute_url()).text.split('id="main"')[1]


@pytest.mark.parametrize("name", ["paul", "ines", "elise", "karim", "nadia", "alex"])
def test_plans_are_made_and_unmade_by_the_coordination_alone(name, world, client_of):
    client = client_of(getattr(world, name))
    for route, key in {
        "plan_add": world.territory.pk,
        "plan_edit": world.plan.pk,
        "plan_trash": world.plan.pk,
        "action_add": world.plan.pk,
        "action_trash": world.action.pk,
        "territory_trash": world.territory.pk,
    }.items():
        assert client.get(reverse(f"actions:{route}", args=[key])).status_code == 404, route
        if route != "territory_trash":
            assert client.post(reverse(f"actions:{route}", args=[key]), {"seen": 1}).status_code == 404, route
    assert Plan.objects.current().count() == 2
