"""The catalogue of the installation, and that of a territory."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import CommonIndicator, Indicator, Target
from tests import factories as f
from tests.htmx import soup

LIST = reverse("indicators:common_list")
ADD = reverse("indicators:common_add")


@pytest.fixture
def alex(client_of, world):
    return client_of(world.alex)


@pytest.fixture
def places(world):
    return f.CommonIndicatorFactory(wording="Places d’accueil", theme="Petite enfance", unit="places")


def address(verb, common):
    return reverse(f"indicators:common_{verb}", args=[common.pk])


def form(**typed):
    return {"wording": "Heures d’ouverture", "kind": "count", "token": uuid.uuid4()} | typed


def rows(page):
    return [
        row.get_text(" ", strip=True).replace("\xa0", " ")
        for row in page.select("tbody tr:not(.table__group)")
    ]


def test_administrators_write_and_everybody_reads(alex, client_of, world, places):
    assert alex.post(ADD, form(theme="Jeunesse", guidance="Par semaine.")).status_code == 302
    for person in ("elise", "karim", "nadia", "alex"):
        page = soup(client_of(getattr(world, person)).get(LIST))
        assert len(rows(page)) == 2 and "Par semaine." in page.text
        assert [group.text.strip() for group in page.select(".table__group")] == [
            "Jeunesse",
            "Petite enfance",
        ]
        assert bool(page.select(".table__tools")) is (person == "alex")


def test_the_navigation_leads_administrators_there(alex, client_of, world):
    names = [link.text for link in soup(alex.get(LIST)).select(".masthead__links a[aria-current]")]
    assert names == ["Catalogue commun"]
    page = soup(client_of(world.camille).get(world.plan.get_absolute_url()))
    assert "Catalogue commun" not in page.select_one(".masthead__links").text


@pytest.mark.parametrize("person", ["camille", "paul", "elise", "karim", "nadia"])
def test_nobody_else_writes(client_of, world, places, person):
    client = client_of(getattr(world, person))
    for url in (ADD, *(address(verb, places) for verb in ("edit", "retire", "restore"))):
        assert client.post(url, form()).status_code == 404
    assert CommonIndicator.objects.get() == places


def test_an_edit_leaves_the_indicators_of_the_territories_as_they_are(alex, world, places):
    Indicator.objects.filter(pk=world.indicator.pk).update(common=places, unit="places", guidance="À nous.")
    assert alex.post(address("edit", places), form(wording="Places", unit="berceaux")).status_code == 302
    places.refresh_from_db()
    assert (places.wording, places.unit) == ("Places", "berceaux")
    local = Indicator.objects.get(pk=world.indicator.pk)
    assert (local.unit, local.guidance, local.common) == ("places", "À nous.", places)


def test_an_intitule_is_there_once(alex, places):
    response = alex.post(ADD, form(wording="PLACES D'ACCUEIL", unit="berceaux"))
    assert response.status_code == 422 and "déjà cet intitulé" in response.text
    assert soup(response).select_one("[name=unit]")["value"] == "berceaux"
    assert alex.post(address("edit", places), form(wording="Places d’accueil")).status_code == 302


def test_the_same_form_sent_twice_makes_one(alex):
    typed = form()
    assert [alex.post(ADD, typed).status_code for _ in range(2)] == [302, 302]
    assert CommonIndicator.objects.count() == 1


def test_a_retired_one_is_offered_no_more_until_it_comes_back(alex, client_of, world, places):
    adding = reverse("indicators:indicator_add", args=[world.action.pk])
    camille = client_of(world.camille)
    assert "Places d’accueil" in camille.get(adding).text
    alex.post(address("retire", places))
    places.refresh_from_db()
    first = places.retired_at
    alex.post(address("retire", places))
    places.refresh_from_db()
    assert places.retired_at == first
    assert "Places d’accueil" not in camille.get(adding).text
    assert "Places d’accueil" not in camille.get(LIST).text
    assert "Remettre" in alex.get(LIST).text
    alex.post(address("restore", places))
    assert "Places d’accueil" in camille.get(adding).text


def test_it_counts_what_the_reader_sees_alone(client_of, world, places):
    for plan in (world.plan, world.foreign_plan, world.foreign_plan):
        f.IndicatorFactory(plan=plan, common=places)
    for person, said in (("camille", "1 fois"), ("nadia", "2 fois"), ("alex", "jamais")):
        assert said in rows(soup(client_of(getattr(world, person)).get(LIST)))[0]


# The catalogue of a territory.


def catalogue(client, territory, **asked):
    return soup(client.get(reverse("indicators:catalogue_list", args=[territory.pk]), asked))


@pytest.fixture
def elise(client_of, world):
    return client_of(world.elise)


def test_every_indicator_of_the_territory_with_its_mapping_and_what_it_lacks(elise, world, places):
    whole = {"unit": "places", "frequency": "year", "baseline": 3}
    Indicator.objects.filter(pk=world.indicator.pk).update(common=places, wording="Accueil", **whole)
    Target.objects.create(indicator=world.indicator, value=5)
    other = f.PlanFactory(territory=world.territory, title="Plan précédent")
    f.IndicatorFactory(plan=other, wording="Zèle", unit="jours", frequency="year")
    f.IndicatorFactory(plan=world.foreign_plan, wording="Canari")
    first, second = rows(catalogue(elise, world.territory))
    assert "Places d’accueil" in first and "1 action" in first and first.endswith("complète")
    assert "Plan précédent" in second and "aucune action" in second
    assert second.endswith("il manque : contributeurs, cible, départ")


def test_it_is_searched_and_comes_by_fifties(elise, world):
    Indicator.objects.bulk_create(Indicator(plan=world.plan, wording=f"Mesure {n}") for n in range(60))
    assert len(rows(catalogue(elise, world.territory, q="mesure"))) == 50
    assert len(rows(catalogue(elise, world.territory, q="mesure", page=2))) == 10
    assert "Aucun indicateur ne répond" in catalogue(elise, world.territory, q="introuvable").text


def test_the_coordination_alone_finds_tools_there(elise, client_of, world):
    assert not catalogue(elise, world.territory).select(".table__tools")
    assert catalogue(client_of(world.camille), world.territory).select(".table__tools")


def test_the_catalogue_costs_the_same_for_two_as_for_twelve(elise, world, places, django_assert_num_queries):
    def grow(count):
        for _ in range(count):
            action = f.ActionFactory(plan=world.plan)
            f.IndicatorFactory(plan=world.plan, actions=[action], common=f.CommonIndicatorFactory())

    grow(1)
    with CaptureQueriesContext(connection) as two:
        catalogue(elise, world.territory)
    grow(10)
    with django_assert_num_queries(len(two)):
        catalogue(elise, world.territory)
