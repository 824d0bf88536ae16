import pytest
from django.urls import reverse

from indicators.models import Indicator, Target
from tests import factories as f
from tests.htmx import soup
from tests.test_queries import cost


@pytest.fixture
def elise(client_of, world):
    """She reads, and changes nothing."""
    return client_of(world.elise)


def listed(client, plan, **asked):
    page = soup(client.get(reverse("indicators:indicator_list", args=[plan.pk]), asked))
    return [link.text for link in page.select("tbody th > a")], page


def test_the_plan_leads_to_its_indicators(elise, world):
    page = soup(elise.get(world.plan.get_absolute_url()))
    assert "Indicateurs" in [link.text for link in page.select(".masthead__links > li > a")]
    assert listed(elise, world.plan)[0] == [world.indicator.wording]


def test_readers_see_no_tool(elise, world):
    assert not listed(elise, world.plan)[1].select(".table__tools")


def test_the_indicators_of_another_territory_stay_there(elise, world):
    f.IndicatorFactory(plan=world.foreign_plan, wording="Canari de la vallée")
    assert "Canari" not in elise.get(reverse("indicators:indicator_list", args=[world.plan.pk])).text
    assert elise.get(reverse("indicators:indicator_list", args=[world.foreign_plan.pk])).status_code == 404


def test_search_forgives_accents_case_and_one_slip(elise, world):
    f.IndicatorFactory(plan=world.plan, wording="Fréquentation des permanences", source="Accueil")
    for asked in ("frequentation", "PERMANANCES", "accueil"):
        assert listed(elise, world.plan, q=asked)[0] == ["Fréquentation des permanences"]


def test_the_indicators_of_one_action_or_the_key_ones(elise, world):
    other = f.ActionFactory(plan=world.plan, number=7)
    f.IndicatorFactory(plan=world.plan, actions=[other], wording="Ailleurs")
    f.IndicatorFactory(plan=world.plan, actions=[other], wording="Clé", is_key=True)
    assert listed(elise, world.plan, action="7")[0] == ["Ailleurs", "Clé"]
    assert listed(elise, world.plan, action="7", cles="on")[0] == ["Clé"]


def test_nothing_found_offers_the_way_out(elise, world):
    found, page = listed(elise, world.plan, q="introuvable")
    assert not found and "Voir tous les indicateurs" in page.select_one(".empty").text


@pytest.mark.parametrize(("keys", "warned"), [(30, False), (31, True)])
def test_above_thirty_key_indicators_the_page_warns(elise, world, keys, warned):
    Indicator.objects.bulk_create(
        Indicator(plan=world.plan, wording=f"Clé {n}", is_key=True) for n in range(keys)
    )
    assert bool(listed(elise, world.plan)[1].select(".notice--warning")) is warned


def test_a_long_list_has_pages_that_keep_the_question(elise, world):
    Indicator.objects.bulk_create(Indicator(plan=world.plan, wording=f"Mesure {n}") for n in range(60))
    found, page = listed(elise, world.plan, q="mesure")
    assert len(found) == 50
    url = reverse("indicators:indicator_list", args=[world.plan.pk])
    following = soup(elise.get(f"{url}{page.select_one('[rel=next]')['href']}"))
    assert len(following.select("tbody th")) == 10


def grow(world, *, indicators=0, organisations=0, years=0):
    """More indicators, each with a value of more organisations for more years, all of them asked."""
    asked = [f.OrganisationFactory(territory=world.territory) for _ in range(organisations)]
    for _ in range(indicators):
        one = f.IndicatorFactory(plan=world.plan, actions=[world.action], contributors=asked)
        for rank in range(years):
            f.CampaignFactory(plan=world.plan, period=str(2000 + world.plan.campaigns.count()))
            Target.objects.create(indicator=one, year=2026 - rank, value=10)
            for organisation in asked:
                f.MeasurementFactory(indicator=one, organisation=organisation, year=2026 - rank)


@pytest.mark.parametrize("name", ["list", "detail", "figure", "sheet"])
def test_a_page_costs_the_same_for_two_as_for_twelve(elise, world, name):
    """Indicators, organisations and years: none of them adds a query."""
    year = str(world.measurement.year)
    url = {
        "list": reverse("indicators:indicator_list", args=[world.plan.pk]),
        "detail": world.indicator.get_absolute_url(),
        "figure": reverse("indicators:figure_detail", args=[world.indicator.pk, year]),
        "sheet": world.action.get_absolute_url(),
    }[name]
    grow(world, indicators=1, organisations=2, years=2)
    few = cost(elise, url)
    grow(world, indicators=11, organisations=3, years=1)
    for rank in range(10):
        organisation = f.OrganisationFactory(territory=world.territory)
        f.MeasurementFactory(indicator=world.indicator, organisation=organisation, year=2026 - rank)
    assert cost(elise, url) == few
    assert few <= {"list": 11, "detail": 11, "figure": 10, "sheet": 14}[name]


def test_an_empty_plan_says_where_to_begin(client_of, world):
    found, page = listed(client_of(world.nadia), world.foreign_plan)
    assert not found and "fiche de chaque action" in page.select_one(".empty").text
