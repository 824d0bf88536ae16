"""An indicator goes on from one plan to the next: its earlier values are shown, and as such."""

import datetime as dt
import uuid
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators.figures.reports import report_on
from indicators.figures.series import read_series
from indicators.models import Direction
from tests import factories as f
from tests.htmx import soup

NOW = dt.date(2029, 6, 15)


@pytest.fixture
def renewed(world):
    """A plan of 2025–2028 with two values, the next one with a first: « now » is its first year."""
    before, plan = world.plan, f.PlanFactory(territory=world.territory, first_year=2029, last_year=2031)
    plan.renewed_from = before
    plan.save()
    action = f.ActionFactory(plan=plan, renewed_from=world.action)
    world.measurement.delete()
    world.indicator.targets.create(year=2028, value=400)
    for year, amount in ((2027, 310), (2028, 396)):
        f.MeasurementFactory(indicator=world.indicator, organisation=world.service, year=year, amount=amount)
    indicator = f.IndicatorFactory(
        plan=plan,
        actions=[action],
        contributors=[world.service],
        wording=world.indicator.wording,
        renewed_from=world.indicator,
        direction=Direction.UP,
        baseline=396,
    )
    value = f.MeasurementFactory(indicator=indicator, organisation=world.service, year=2029, amount=412)
    with time_machine.travel(NOW, tick=False):
        yield SimpleNamespace(before=before, plan=plan, indicator=indicator, old=world.indicator, value=value)


def report(renewed, year=2029):
    [found] = report_on(renewed.plan, [renewed.indicator], year=year, today=NOW)
    return found


def test_the_page_shows_the_earlier_values_as_such(world, client_of, renewed):
    page = soup(client_of(world.elise).get(renewed.indicator.get_absolute_url()))
    rows = {
        row.th.get_text(" ", strip=True): row.get_text(" ", strip=True) for row in page.select("tbody tr")
    }
    assert "310" in rows["2027 CTG précédente"]
    assert "400" in rows["2028 CTG précédente"] and "il manque 4" in rows["2028 CTG précédente"]
    assert "2026 CTG précédente" not in rows
    assert "412" in rows["2029"]
    said = page.select_one("figcaption").get_text()
    assert said.startswith(
        "CTG précédente, 2027\u00a0: 310\u00a0; 2028\u00a0: 396, cible 400. Cette CTG, départ"
    )
    chart = page.select_one("svg.chart").get_text(" ", strip=True)
    assert "CTG précédente" in chart and "cette CTG" in chart
    assert page.select_one(".chart__seam")


def test_a_year_of_the_plan_before_is_explained_by_its_own_values(world, client_of, renewed):
    client = client_of(world.elise)
    page = soup(client.get(reverse("indicators:figure_detail", args=[renewed.indicator.pk, "2028"])))
    assert "396" in page.main.get_text() and "412" not in page.main.get_text()
    for key, status in (("2029", 200), ("total", 200), ("2024", 404), ("2040", 404)):
        path = reverse("indicators:figure_detail", args=[renewed.indicator.pk, key])
        assert client.get(path).status_code == status, key


def test_the_trend_and_the_figures_reach_across(renewed):
    assert report(renewed).trend == "16 de plus qu’en 2028"
    assert report(renewed, 2028).value == "396"
    assert report(renewed).spark.bars[-1][0] > report(renewed).spark.bars[0][0]
    assert len(report(renewed).spark.bars) == 3
    # The total of all years is that of this plan.
    assert report(renewed).figures.whole.total.value == 412


def test_a_plan_still_to_come_opens_on_the_last_figure_of_the_one_before(world, client_of, renewed):
    renewed.value.delete()
    renewed.plan.first_year = 2030
    renewed.plan.save()
    page = soup(client_of(world.elise).get(renewed.indicator.get_absolute_url()))
    assert "En 2028, 396" in page.select_one(".page-head__lead").get_text()
    whole = [row for row in page.select("tbody tr") if "Toutes années" in row.get_text()][0]
    assert "à venir" in whole.get_text()
    found = soup(client_of(world.elise).get(reverse("indicators:indicator_list", args=[renewed.plan.pk])))
    for link in found.select(".figures a[href*='/indicateurs/'], tbody a[href*='chiffres']"):
        assert client_of(world.elise).get(link["href"]).status_code == 200


@pytest.mark.parametrize("change", [{"unit": "séances"}, {"kind": "share"}])
def test_an_indicator_that_changes_its_sense_begins_anew(renewed, change):
    for name, value in change.items():
        setattr(renewed.indicator, name, value)
    renewed.indicator.save()
    assert not read_series(renewed.plan, [renewed.indicator], today=NOW)[renewed.indicator.pk].past


def test_a_plan_in_the_trash_is_not_read_any_more(renewed):
    renewed.before.trashed_at = timezone.now()
    renewed.before.save()
    assert not report(renewed).figures.past


def test_a_value_of_the_last_year_of_the_plan_before_stands_beside_the_field(world, client_of, renewed):
    campaign = f.CampaignFactory(plan=renewed.plan, period="2029")
    asked = f.SolicitationFactory(
        campaign=campaign, organisation=world.service, indicators=[renewed.indicator]
    )
    renewed.value.delete()
    text = client_of(world.paul).get(reverse("indicators:answer_edit", args=[asked.pk])).text
    assert "396" in text
    board = client_of(world.camille).get(campaign.get_absolute_url())
    assert board.status_code == 200
    grid = client_of(world.camille).get(reverse("indicators:value_grid", args=[renewed.plan.pk]))
    assert "396" in grid.text


def test_what_another_organisation_sent_is_not_shown_to_this_one(world, client_of, renewed):
    other = f.OrganisationFactory(territory=world.territory, name="Zone de loisirs")
    f.MeasurementFactory(indicator=renewed.old, organisation=other, year=2028, amount=987_654)
    campaign = f.CampaignFactory(plan=renewed.plan, period="2029")
    asked = f.SolicitationFactory(
        campaign=campaign, organisation=world.service, indicators=[renewed.indicator]
    )
    text = client_of(world.paul).get(reverse("indicators:answer_edit", args=[asked.pk])).text
    assert "987" not in text


def test_earlier_values_cost_the_same_for_three_indicators_as_for_thirty(world, renewed):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            found = list(renewed.plan.indicators.all())
            for one in report_on(renewed.plan, found, year=2029, today=NOW):
                assert one.years_sentence
        return len(queries)

    few = cost()
    for _ in range(12):
        old = f.IndicatorFactory(plan=renewed.before)
        f.IndicatorFactory(plan=renewed.plan, renewed_from=old, wording=str(uuid.uuid4()))
        f.MeasurementFactory(indicator=old, organisation=world.service, year=2028)
    assert cost() == few


def test_the_printed_sheet_tells_the_earlier_years_too(renewed):
    from ctg.documents.indicator_reading import IndicatorReading

    lines = IndicatorReading(renewed.indicator, NOW).lines
    assert [line.figure.key for line in lines] == ["2027", "2028", "2029", "2030", "2031", "total"]
