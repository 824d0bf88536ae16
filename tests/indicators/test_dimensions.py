"""The ways to break values down, each with its categories."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Category, Dimension
from partners.models import Change
from tests import factories as f
from tests.htmx import soup

LONG = "c" * 101


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


@pytest.fixture
def commune(world):
    return f.DimensionFactory(territory=world.territory, name="Commune", categories=["Rivemont", "Maule"])


def address(verb, thing):
    return reverse(f"indicators:dimension_{verb}", args=[thing.pk])


def form(name="Âge", categories="11 à 17 ans\n18 à 25 ans", **typed):
    return {"name": name, "categories": categories, "token": uuid.uuid4()} | typed


def current(dimension):
    return list(dimension.categories.filter(is_retired=False).values_list("name", flat=True))


def test_a_dimension_is_added_with_its_categories_in_order(camille, world):
    typed = form(categories=" 11 à 17 ans \n\n18 à 25 ans\n11 à 17 ANS\n")
    assert camille.post(address("add", world.territory), typed).status_code == 302
    made = Dimension.objects.get(territory=world.territory)
    assert current(made) == ["11 à 17 ans", "18 à 25 ans"]
    page = soup(camille.get(address("list", world.territory)))
    row = page.select_one("tbody tr").get_text(" ", strip=True)
    assert "Âge" in row and "11 à 17 ans, 18 à 25 ans" in row and "aucun indicateur" in row


def test_categories_take_the_order_that_was_written(camille, commune):
    typed = form("Commune", "Maule\nAulnay\nRivemont", seen=1)
    assert camille.post(address("edit", commune), typed).status_code == 302
    assert current(commune) == ["Maule", "Aulnay", "Rivemont"]


def test_a_category_that_values_use_is_retired_and_comes_back(camille, world, commune):
    maule = Category.objects.get(name="Maule")
    world.measurement.portions.create(first=maule, amount=3)
    camille.post(address("edit", commune), form("Commune", "Rivemont\nAulnay", seen=1))
    assert current(commune) == ["Rivemont", "Aulnay"]
    assert world.measurement.portions.get().first == maule
    assert "Maule (retirée)" in soup(camille.get(address("list", world.territory))).get_text(" ", strip=True)
    camille.post(address("edit", commune), form("Commune", "Rivemont\nMaule", seen=2))
    assert current(commune) == ["Rivemont", "Maule"]
    assert Category.objects.get(name="Maule") == maule


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "obligatoire"),
        ({"name": "COMMUNE"}, "déjà une ventilation"),
        ({"categories": "Seule"}, "au moins deux"),
        ({"categories": "\n".join(map(str, range(61)))}, "60 catégories au plus"),
        ({"categories": f"Rivemont\n{LONG}"}, "100 caractères"),
    ],
)
def test_what_makes_no_dimension_comes_back_as_typed(camille, world, commune, typed, said):
    response = camille.post(address("add", world.territory), form(**typed))
    assert response.status_code == 422
    page = soup(response)
    assert said in page.select_one(".field__error").text.replace("\xa0", " ")
    if "categories" in typed:
        assert page.select_one("[name=categories]").text.strip() == typed["categories"]
    assert Dimension.objects.count() == 1


def test_two_people_who_change_the_categories_see_both(camille, commune):
    camille.post(address("edit", commune), form("Commune", "Rivemont\nAulnay", seen=1))
    response = camille.post(address("edit", commune), form("Commune", "Rivemont\nCrespières", seen=1))
    assert response.status_code == 409
    assert "Aulnay" in response.text and "Crespières" in response.text
    settled = form("Commune", seen=2) | {
        "choice-categories": "mine",
        "mine-categories": "Rivemont\nCrespières",
    }
    assert camille.post(address("edit", commune), settled).status_code == 302
    assert current(commune) == ["Rivemont", "Crespières"]
    past = Change.objects.filter(kind="dimension", field="categories").first()
    assert (past.before_text, past.after_text) == ("Rivemont · Aulnay", "Rivemont · Crespières")


def test_the_same_form_sent_twice_makes_one_dimension(camille, world):
    typed = form()
    for _ in range(2):
        assert camille.post(address("add", world.territory), typed).status_code == 302
    assert Dimension.objects.count() == 1


def test_a_dimension_that_an_indicator_uses_stays(camille, world, commune):
    age = f.DimensionFactory(territory=world.territory, name="Âge", categories=["Jeunes", "Aînés"])
    indicator = f.IndicatorFactory(plan=world.plan, first_dimension=age, second_dimension=commune)
    page = soup(camille.get(address("list", world.territory)))
    assert "1 indicateur" in page.select_one("tbody tr").text
    assert camille.post(address("trash", commune)).status_code == 409
    assert Dimension.objects.current().filter(pk=commune.pk).exists()
    type(indicator).objects.filter(pk=indicator.pk).update(second_dimension=None)
    assert camille.post(address("trash", commune)).status_code == 302
    assert not Dimension.objects.current().filter(pk=commune.pk).exists()


def test_the_trash_gives_it_back(camille, world, commune):
    camille.post(address("trash", commune))
    camille.post(reverse("actions:trash_restore", args=["dimension", commune.pk]))
    assert Dimension.objects.current().filter(pk=commune.pk).exists()


def test_readers_read_and_change_nothing(client_of, world, commune):
    client = client_of(world.elise)
    page = soup(client.get(address("list", world.territory)))
    assert "Rivemont" in page.select_one("tbody").text
    assert not page.select("main a[href*=ventilations]")
    for url in (address("add", world.territory), address("edit", commune), address("trash", commune)):
        assert client.post(url, form()).status_code == 404


def test_the_list_costs_the_same_for_two_as_for_twelve(camille, world, commune, django_assert_num_queries):
    def grow(count):
        for _ in range(count):
            dimension = f.DimensionFactory(territory=world.territory, categories=["A", "B"])
            f.IndicatorFactory(plan=world.plan, first_dimension=dimension)

    grow(1)
    with CaptureQueriesContext(connection) as two:
        camille.get(address("list", world.territory))
    grow(10)
    with django_assert_num_queries(len(two)):
        camille.get(address("list", world.territory))
