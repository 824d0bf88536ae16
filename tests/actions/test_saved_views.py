"""Views kept under a name, and the plan found again as it was left."""

import pytest
from django.urls import reverse

from actions import saved_views
from actions.models import SavedView
from tests import factories as f
from tests.htmx import soup


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


def add(client, plan, query="statut=ongoing", follow=False, **data):
    url = reverse("actions:saved_view_add", args=[plan.pk])
    page = soup(client.get(f"{url}?page=plan&{query}"))
    sent = {field["name"]: field.get("value", "") for field in page.select("form.letter input[type=hidden]")}
    return client.post(url, sent | {"name": "En cours"} | data, follow=follow)


def menu_of(client, plan, query=""):
    page = soup(client.get(plan.get_absolute_url() + query))
    return next(menu for menu in page.select("details.menu") if menu.summary.get_text(strip=True) == "Vues")


def test_filters_are_kept_under_a_name(camille, world):
    response = add(camille, world.plan, "statut=planned&annee=2026&autre=mot")
    view = SavedView.objects.get()
    assert (view.owner, view.name, view.query) == (world.camille, "En cours", "statut=planned&annee=2026")
    assert response["Location"] == f"{world.plan.get_absolute_url()}?statut=planned&annee=2026"
    menu = menu_of(camille, world.plan, "?statut=planned&annee=2026")
    assert menu.select_one("[aria-current]").span.get_text() == "En cours"
    assert not menu_of(camille, world.plan).select("[aria-current]")


def test_a_view_sent_twice_is_one(camille, world):
    token = {"token": "7b0c7a3e-9a55-4a6e-a0a5-0a5be9a21e11"}
    assert add(camille, world.plan, **token)["Location"] == add(camille, world.plan, **token)["Location"]
    assert SavedView.objects.count() == 1


def test_a_view_without_a_name_is_sent_back_with_what_was_typed(camille, world):
    response = add(camille, world.plan, name="", is_shared="on")
    assert response.status_code == 422
    page = soup(response)
    assert page.select_one("#id_is_shared").has_attr("checked")
    assert page.select_one("[name=query]")["value"] == "statut=ongoing"


def test_a_personal_view_is_ones_own(client_of, camille, world):
    add(camille, world.plan)
    assert "En cours" in menu_of(camille, world.plan).get_text()
    assert "En cours" not in menu_of(client_of(world.paul), world.plan).get_text()


def test_the_coordination_shares_and_others_do_not(client_of, camille, world):
    add(camille, world.plan, name="Pour tous", is_shared="on")
    add(client_of(world.paul), world.plan, name="À moi", is_shared="on", default_for="member")
    assert not SavedView.objects.get(name="À moi").is_shared
    assert SavedView.objects.get(name="À moi").default_for == ""
    menu = menu_of(client_of(world.ines), world.plan).get_text()
    assert "Pour tous" in menu and "À moi" not in menu


def test_what_is_shared_is_changed_by_the_coordination_alone(client_of, world):
    view = f.SavedViewFactory(plan=world.plan, owner=world.paul, is_shared=True)
    for name in ("edit", "remove"):
        url = reverse(f"actions:saved_view_{name}", args=[view.pk])
        assert client_of(world.paul).get(url).status_code == 404
        assert client_of(world.camille).get(url).status_code == 200


def test_a_role_opens_the_plan_on_one_view(client_of, camille, world):
    add(camille, world.plan, "statut=done", name="Fini", default_for="official")
    add(camille, world.plan, "regard=retard", name="Retards", default_for="official")
    assert list(SavedView.objects.exclude(default_for="").values_list("name", flat=True)) == ["Retards"]
    assert SavedView.objects.get(name="Retards").is_shared
    back = reverse("actions:plan_return", args=[world.plan.pk])
    assert client_of(world.elise).get(back)["Location"].endswith("?regard=retard")
    assert client_of(world.paul).get(back)["Location"] == world.plan.get_absolute_url()


def test_the_plan_comes_back_as_it_was_left(camille, world):
    f.SavedViewFactory(
        plan=world.plan, owner=world.camille, is_shared=True, default_for="coordinator", query="regard=retard"
    )
    back, plan = reverse("actions:plan_return", args=[world.plan.pk]), world.plan.get_absolute_url()
    assert camille.get(back)["Location"] == f"{plan}?regard=retard"
    camille.get(f"{plan}?statut=planned&q=caf%C3%A9&page=2")
    camille.get(world.action.get_absolute_url())
    assert camille.get(back)["Location"] == f"{plan}?q=caf%C3%A9&statut=planned"
    camille.get(plan)
    assert camille.get(back)["Location"] == plan


def test_filters_of_one_plan_stay_with_it(camille, world):
    other = f.PlanFactory(territory=world.territory)
    camille.get(f"{world.plan.get_absolute_url()}?statut=planned")
    assert (
        camille.get(reverse("actions:plan_return", args=[other.pk]))["Location"] == other.get_absolute_url()
    )


def test_refreshing_one_row_forgets_no_filter(camille, world):
    plan = world.plan.get_absolute_url()
    camille.get(f"{plan}?statut=planned")
    camille.get(plan, headers={"HX-Request": "true", "HX-Target": f"action-{world.action.pk}"})
    back = reverse("actions:plan_return", args=[world.plan.pk])
    assert camille.get(back)["Location"] == f"{plan}?statut=planned"


def test_removing_a_view_asks_first_and_leaves_the_plan(camille, world):
    view = f.SavedViewFactory(plan=world.plan, owner=world.camille)
    url = reverse("actions:saved_view_remove", args=[view.pk])
    assert camille.get(url).status_code == 200 and SavedView.objects.exists()
    camille.post(url)
    assert not SavedView.objects.exists()
    world.action.refresh_from_db()
    assert world.action.trashed_at is None


def test_only_known_words_are_kept():
    assert saved_views.kept_words("?statut=a&csrf=x&page=2&lecture=themes") == "lecture=themes&statut=a"
