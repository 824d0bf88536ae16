import re

import pytest
from django.urls import reverse

from indicators.figures.sentences import say_total
from indicators.figures.yearly import read_figures
from indicators.models import Indicator, Portion, Target
from tests import factories as f
from tests.htmx import soup


@pytest.fixture
def elise(client_of, world):
    """She reads, and changes nothing."""
    return client_of(world.elise)


@pytest.fixture
def rich(world, today):
    """An indicator with a breakdown, targets, and two years of values of which one is partial."""
    ages = f.DimensionFactory(territory=world.territory, name="Âge", categories=["Avant 18 ans"])
    indicator = f.IndicatorFactory(
        plan=world.plan,
        actions=[world.action],
        contributors=[world.service, world.partner],
        wording="Nombre de participants",
        guidance="Chaque personne, une fois.",
        exclusions="Les inscrits jamais venus.",
        baseline=30,
        first_dimension=ages,
    )
    Target.objects.create(indicator=indicator, year=today.year, value=60)
    Target.objects.create(indicator=indicator, year=None, value=500)
    for organisation, amount in ((world.service, 40), (world.partner, 44)):
        f.MeasurementFactory(
            indicator=indicator, organisation=organisation, amount=amount, year=today.year - 1
        )
    latest = f.MeasurementFactory(indicator=indicator, organisation=world.service, amount=48)
    Portion.objects.create(measurement=latest, first=ages.categories.get(), amount=20)
    return indicator


def words(element):
    return re.sub(r"\s+", " ", element.get_text(" ")).strip()


def page_of(client, indicator, **asked):
    return soup(client.get(indicator.get_absolute_url(), asked))


def why_page(client, indicator, period):
    return client.get(reverse("indicators:figure_detail", args=[indicator.pk, period]))


def test_the_page_begins_with_its_sentence_and_its_contents(elise, rich, today):
    page = page_of(elise, rich)
    assert words(page.select_one(".page-head__lead")) == (
        f"En {today.year}, 48 pour une cible de 60 (au moins 48 : il manque au plus 12)."
    )
    contents = words(page.select_one(".page-head .figure__whole"))
    assert contents == "1 porteur sur 2, dont 1 valeur à valider ; il manque Mission locale"


def test_the_chart_has_its_table_and_its_sentence(elise, rich, today):
    page = page_of(elise, rich)
    chart = page.select_one("svg.chart")
    assert chart["role"] == "img"
    named = [page.find(id=part).text for part in chart["aria-labelledby"].split()]
    said = words(page.select_one("figcaption"))
    assert named[0] and re.sub(r"\s+", " ", named[1]) in said
    table = page.select_one("figure ~ table")
    assert table.caption.text
    for figure in read_figures(rich.plan, [rich], today=today)[rich.pk].trend:
        row = next(row for row in table.select("tbody tr") if row.th.text == figure.key)
        if figure.is_due and figure.total.value is not None:
            assert say_total(rich, figure.total) in row.text
            assert figure.total.contents in row.text
            assert f"{figure.key} : {write(rich, figure)}" in said
    assert page.select_one(".chart__bar--partial") and page.select_one(".chart__target")
    assert "partiel (il manque Mission locale)" in said and said.startswith("Départ")


def write(indicator, figure):
    return re.sub(r"\s+", " ", say_total(indicator, figure.total))


def test_a_year_without_a_value_is_seen_and_said(elise, world, rich, today):
    world.plan.first_year = today.year - 3
    world.plan.save()
    page = page_of(elise, rich)
    assert len(page.select(".chart__gap")) == 2
    assert f"{today.year - 2} : pas de valeur" in words(page.select_one("figcaption"))


def test_the_sheet_says_the_whole_definition(elise, rich):
    sheet = words(page_of(elise, rich).select_one("aside"))
    for said in (
        "À compter Chaque personne, une fois.",
        "À ne pas compter Les inscrits jamais venus.",
        "Contributeurs Mission locale et Service Jeunesse",
        "Source à préciser",
        "En fin de plan : 500",
        "On additionne les valeurs des porteurs.",
    ):
        assert said in sheet


def test_each_organisation_stands_in_its_row(elise, rich):
    rows = [
        words(row) for row in page_of(elise, rich).select("[aria-labelledby=organisations-title] tbody tr")
    ]
    assert rows == [
        "Mission locale 44 à valider pas encore de valeur",
        "Service Jeunesse 40 à valider 48 à valider",
    ]


def test_the_breakdown_is_checked_against_the_total(elise, rich):
    table = page_of(elise, rich).select_one("[aria-labelledby=breakdown-1]")
    assert "20 sur 48 ont une catégorie : 28 sans catégorie." in words(table.caption)


def test_another_year_can_be_asked(elise, rich, today):
    lead = page_of(elise, rich, annee=today.year - 1).select_one(".page-head__lead")
    assert words(lead) == f"En {today.year - 1}, 84."
    for wrong in ("1850", "deux", "²"):
        assert str(today.year) in page_of(elise, rich, annee=wrong).select_one(".page-head__lead").text


@pytest.mark.parametrize("kind", ["count", "amount", "share", "duration", "deliverable", "scale", "finding"])
def test_every_kind_has_its_pages(elise, world, rich, kind, today):
    Indicator.objects.filter(pk=rich.pk).update(kind=kind, unit="jours")
    for measurement in rich.measurements.all():
        measurement.amount, measurement.base, measurement.finding = 1, 4, "Les familles reviennent."
        measurement.save()
    assert page_of(elise, rich).h1
    assert why_page(elise, rich, str(today.year)).status_code == 200
    assert elise.get(world.action.get_absolute_url()).status_code == 200
    assert elise.get(reverse("indicators:indicator_list", args=[world.plan.pk])).status_code == 200


def test_why_this_figure_lists_the_rows_and_who_is_missing(elise, rich, today):
    page = soup(why_page(elise, rich, str(today.year)))
    [row] = page.select("tbody tr")
    assert words(row).startswith(f"Service Jeunesse {today.year} 48 reçue Dominique Petit")
    assert words(page.select_one("ul.prose")) == "Mission locale : pas encore de valeur transmise"
    assert page.select_one("tbody a")["href"] == f"/valeurs/{rich.measurements.last().pk}/"


def test_all_years_together_are_explained_too(elise, rich):
    page = soup(why_page(elise, rich, "total"))
    assert "Toutes années réunies, 132" in words(page.select_one(".page-head__lead"))
    assert len(page.select("tbody tr")) == 3


@pytest.mark.parametrize("period", ["1850", "2026-T1", "unique", "demain"])
def test_an_unknown_period_is_not_found(elise, rich, period):
    assert why_page(elise, rich, period).status_code == 404


def test_drafts_are_told_to_nobody_here(client_of, world, rich):
    f.MeasurementFactory(
        indicator=rich, organisation=world.partner, amount=777, state="draft", comment="Encore à revoir."
    )
    for person in (world.camille, world.ines, world.elise):
        client = client_of(person)
        pages = [client.get(rich.get_absolute_url()), why_page(client, rich, "total")]
        assert not any("777" in page.text or "Encore à revoir." in page.text for page in pages)


def test_the_list_shows_the_same_figure(elise, world, rich, today):
    page = soup(elise.get(reverse("indicators:indicator_list", args=[world.plan.pk])))
    row = next(row for row in page.select("tbody tr") if rich.wording in row.text)
    figure = read_figures(rich.plan, [rich], today=today)[rich.pk].of_year(today.year)
    assert say_total(rich, figure.total) in row.text and figure.total.contents in row.text
    assert figure.comparison.words in row.text
    assert row.select_one("svg.spark[aria-hidden]") and "84 en" in row.text


def test_the_sheet_of_the_action_shows_the_same_figure(elise, world, rich, today):
    page = soup(elise.get(world.action.get_absolute_url()))
    shown = next(one for one in page.select(".indicator") if rich.wording in one.text)
    said = words(shown)
    assert f"{today.year} 48 pour une cible de 60 (au moins 48 : il manque au plus 12)" in said
    assert "il manque Mission locale" in said
    assert "Mission locale pas encore de valeur" in said and "Service Jeunesse 48 (à valider)" in said


def test_without_a_target_of_the_year_the_sheet_tells_the_last_one(elise, world, rich, today):
    rich.targets.filter(year=today.year).delete()
    page = soup(elise.get(world.action.get_absolute_url()))
    assert "500 en fin de plan" in page.select_one("#indicators").text


def test_a_list_of_fifty_is_light(elise, world, rich):
    for _ in range(49):
        indicator = f.IndicatorFactory(plan=world.plan, actions=[world.action], contributors=[world.service])
        f.MeasurementFactory(indicator=indicator, organisation=world.service)
    page = elise.get(reverse("indicators:indicator_list", args=[world.plan.pk])).text
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)[1:]
    assert len(rows) == 50
    assert sum(len(row.encode()) for row in rows) / 50 <= 1_700
