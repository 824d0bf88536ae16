"""What is missing over a plan, filled for many indicators at once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.definition.completeness import GAPS, count_gaps
from indicators.models import Indicator, Target
from partners.models import Change, OrganisationKind
from tests import factories as f
from tests.htmx import soup

SLUGS = list(GAPS)


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


@pytest.fixture
def bare(world):
    """Three indicators of the plan that say nothing, and one that says all."""
    Target.objects.create(indicator=world.indicator, value=10)
    Indicator.objects.filter(pk=world.indicator.pk).update(unit="rencontres", frequency="year", baseline=2)
    return [f.IndicatorFactory(plan=world.plan, actions=[world.action], position=n) for n in range(3)]


def page_of(plan, slug):
    return f"{reverse('indicators:definition_fill', args=[plan.pk])}?etape={slug}"


def typed(indicators, rows=None, **answers):
    """What the page sends: each indicator with its version and tick, the rows typed, the answers for all."""
    data = {"indicator": [one.pk for one in indicators]}
    for one in indicators:
        data |= {f"i{one.pk}-seen": one.version, f"i{one.pk}-ticked": "on"}
    for one, fields in (rows or {}).items():
        data |= {f"i{one.pk}-{name}": value for name, value in fields.items()}
    return data | {f"toutes-{name}": value for name, value in answers.items()}


def again(indicator):
    return Indicator.objects.get(pk=indicator.pk)


def listed(response):
    return [link.text for link in soup(response).select("tbody th a")]


def test_each_step_lists_what_lacks_that_thing_with_its_actions(camille, world, bare):
    for slug in SLUGS:
        response = camille.get(page_of(world.plan, slug))
        assert listed(response) == [one.wording for one in bare], slug
        assert soup(response).select_one("tbody td a").text.startswith("1. Ouvrir un café")
        counts = [step.text for step in soup(response).select(".facet data")]
        assert counts == ["3", "3", "3", "3", "3"]


def test_what_a_kind_does_not_ask_is_not_lacking(world, bare):
    asked = {
        "count": "unite frequence contributeurs cible depart",
        "amount": "unite frequence contributeurs cible depart",
        "duration": "unite frequence contributeurs cible depart",
        "share": "frequence contributeurs cible depart",
        "scale": "frequence contributeurs cible depart",
        "deliverable": "frequence contributeurs",
        "finding": "frequence contributeurs",
    }
    one = Indicator.objects.filter(pk=bare[0].pk)
    for kind, slugs in asked.items():
        one.update(kind=kind)
        assert [slug for slug, count in count_gaps(one).items() if count] == slugs.split(), kind


def test_without_a_target_is_an_answer(world, bare):
    Indicator.objects.filter(pk=bare[0].pk).update(is_without_target=True)
    assert count_gaps(Indicator.objects.filter(plan=world.plan))["cible"] == 2


def test_the_first_thing_lacking_comes_first_and_nothing_lacking_is_said(camille, world, bare):
    url = reverse("indicators:definition_fill", args=[world.plan.pk])
    Indicator.objects.filter(pk__in=[one.pk for one in bare]).update(unit="jeunes")
    current = soup(camille.get(url)).select_one(".facet[aria-current]").text
    assert current.split()[0] == "Fréquence"
    assert "rien à compléter" in camille.get(page_of(world.plan, "unite")).text
    Indicator.objects.filter(pk__in=[one.pk for one in bare]).update(trashed_at=dt.datetime.now(dt.UTC))
    assert "Il ne manque rien" in camille.get(url).text


def test_rows_are_saved_in_one_gesture_and_their_history_says_so(camille, world, bare):
    rows = {bare[0]: {"unit": "jeunes"}, bare[1]: {"unit": "places"}}
    assert camille.post(page_of(world.plan, "unite"), typed(bare, rows)).status_code == 302
    assert [again(one).unit for one in bare] == ["jeunes", "places", ""]
    changes = Change.objects.filter(kind="indicator", event="changed")
    assert changes.count() == 2 and len({change.batch for change in changes}) == 1
    assert {change.author for change in changes} == {world.camille}


def test_one_answer_fills_the_ticked_rows_left_empty(camille, world, bare):
    data = typed(bare, {bare[0]: {"unit": "jeunes"}}, unit="places")
    del data[f"i{bare[2].pk}-ticked"]
    camille.post(page_of(world.plan, "unite"), data)
    assert [again(one).unit for one in bare] == ["jeunes", "places", ""]


def test_a_frequency_for_all(camille, world, bare):
    rows = {bare[0]: {"frequency": "once"}}
    camille.post(page_of(world.plan, "frequence"), typed(bare, rows, frequency="semester"))
    assert [again(one).frequency for one in bare] == ["once", "semester", "semester"]


def test_the_leads_of_their_actions_enter_the_values(camille, world, bare):
    ensemble = f.OrganisationFactory(territory=world.territory, kind=OrganisationKind.GENERIC)
    gone = f.OrganisationFactory(territory=world.territory, trashed_at="2026-01-01T00:00Z")
    for organisation, part in ((world.partner, "partner"), (ensemble, "co_lead"), (gone, "lead")):
        f.InvolvementFactory(action=world.action, organisation=organisation, part=part)
    shown = soup(camille.get(page_of(world.plan, "contributeurs")))
    boxes = shown.select(f"#i{bare[0].pk} [name$=chosen]")
    assert [int(box["value"]) for box in boxes] == [world.service.pk, world.partner.pk]
    rows = {bare[0]: {"chosen": [world.partner.pk]}, bare[1]: {"others": "mission LOCALE ; Service jeunesse"}}
    camille.post(page_of(world.plan, "contributeurs"), typed(bare, rows, leads="on"))
    kept = [set(again(one).contributors.all()) for one in bare]
    assert kept == [{world.partner}, {world.partner, world.service}, {world.service}]


def test_an_organisation_that_nobody_knows_comes_back(camille, world, bare):
    f.OrganisationFactory(territory=world.elsewhere, name="Canari")
    rows = {bare[0]: {"others": "Canari"}}
    response = camille.post(page_of(world.plan, "contributeurs"), typed(bare, rows))
    assert response.status_code == 422 and "ne s’appelle" in response.text
    assert soup(response).select_one("tbody [name$=others]")["value"] == "Canari"


def test_targets_of_a_year_or_none(camille, world, bare):
    rows = {bare[0]: {"target": "1 200,5"}, bare[1]: {"without": "on"}}
    camille.post(page_of(world.plan, "cible"), typed(bare, rows, year="2027"))
    assert [target.as_row() for target in again(bare[0]).targets.all()] == [[2027, "1200.5", None]]
    assert [again(one).is_without_target for one in bare] == [False, True, False]
    camille.post(page_of(world.plan, "cible"), typed([bare[2]], without="on"))
    assert again(bare[2]).is_without_target


def test_baselines_with_their_date_and_source(camille, world, bare):
    details = {"baseline_on": "31/12/2024", "baseline_source": "Diagnostic", "baseline": "0"}
    camille.post(page_of(world.plan, "depart"), typed(bare, {bare[0]: {"baseline": "12,5"}}, **details))
    kept = [again(one) for one in bare]
    assert [one.baseline for one in kept] == [Decimal("12.5"), 0, 0]
    assert {(one.baseline_on, one.baseline_source) for one in kept} == {(dt.date(2024, 12, 31), "Diagnostic")}


WRONG = {
    "unite": ("unit", "u" * 61),
    "frequence": ("frequency", "parfois"),
    "cible": ("target", "beaucoup"),
    "depart": ("baseline", "peu"),
}


@pytest.mark.parametrize("slug", WRONG)
def test_a_row_in_error_comes_back_first_as_typed_and_the_others_are_saved(camille, world, bare, slug):
    name, value = WRONG[slug]
    good = {"unite": "jeunes", "frequence": "year", "cible": "12", "depart": "12"}[slug]
    rows = {bare[2]: {name: value}, bare[0]: {name: good}}
    response = camille.post(page_of(world.plan, slug), typed(bare, rows))
    assert response.status_code == 422
    first = soup(response).select_one("tbody tr")
    assert first["id"] == f"i{bare[2].pk}" and first.select(".field__error")
    if slug != "frequence":  # a list has no other choice to show again
        assert first.select_one(f"[name$={name}]")["value"] == value
    assert again(bare[0]).version == 2 and again(bare[2]).version == 1
    assert "1 ligne à revoir" in response.text


@pytest.mark.parametrize(
    ("kind", "target", "said"),
    [("share", "120", "0 à 100"), ("scale", "7", "1 à 5"), ("count", "-1", "négatif")],
)
def test_a_target_out_of_reach_comes_back(camille, world, bare, kind, target, said):
    Indicator.objects.filter(pk=bare[0].pk).update(kind=kind)
    response = camille.post(page_of(world.plan, "cible"), typed(bare[:1], {bare[0]: {"target": target}}))
    assert response.status_code == 422 and said in response.text.replace("\xa0", " ")


def test_a_target_and_none_at_once_come_back(camille, world, bare):
    rows = {bare[0]: {"target": "5", "without": "on"}}
    response = camille.post(page_of(world.plan, "cible"), typed(bare[:1], rows))
    assert response.status_code == 422 and again(bare[0]).version == 1


def test_an_answer_in_error_saves_nothing_and_keeps_every_row(camille, world, bare):
    rows = {bare[0]: {"baseline": "12"}}
    response = camille.post(page_of(world.plan, "depart"), typed(bare, rows, baseline="peu"))
    page = soup(response)
    assert response.status_code == 422 and again(bare[0]).version == 1
    assert page.select_one(f"[name=i{bare[0].pk}-baseline]")["value"] == "12"
    assert page.select_one("[name=toutes-baseline]")["value"] == "peu"


def test_what_somebody_else_said_meanwhile_is_shown_not_overwritten(camille, world, bare):
    stale = typed(bare, {bare[0]: {"unit": "jeunes"}, bare[1]: {"unit": "places"}})
    camille.post(page_of(world.plan, "unite"), typed(bare[:1], {bare[0]: {"unit": "lits"}}))
    response = camille.post(page_of(world.plan, "unite"), stale)
    assert response.status_code == 409
    assert [again(one).unit for one in bare[:2]] == ["lits", "places"]
    row = soup(response).select_one("tbody tr")
    assert "lits" in row.text and row.select_one("[name$=unit]")["value"] == "jeunes"


def test_sent_twice_it_counts_once(camille, world, bare):
    data = typed(bare, unit="jeunes")
    for _ in range(2):
        assert camille.post(page_of(world.plan, "unite"), data).status_code == 302
    assert [again(one).version for one in bare] == [2, 2, 2]


def test_an_indicator_of_elsewhere_is_left_alone(camille, world, bare):
    foreign = f.IndicatorFactory(plan=world.foreign_plan)
    other = f.IndicatorFactory(plan=f.PlanFactory(territory=world.territory))
    camille.post(page_of(world.plan, "unite"), typed([foreign, other, *bare], unit="jeunes"))
    assert [again(one).unit for one in (foreign, other)] == ["", ""]


@pytest.mark.parametrize("person", ["paul", "elise", "karim", "nadia"])
def test_the_coordination_alone_fills(client_of, world, bare, person):
    client = client_of(getattr(world, person))
    assert client.get(page_of(world.plan, "unite")).status_code == 404
    assert client.post(page_of(world.plan, "unite"), typed(bare, unit="jeunes")).status_code == 404


def test_two_hundred_indicators_come_by_fifties(camille, world):
    Indicator.objects.bulk_create(Indicator(plan=world.plan, wording=f"Mesure {n}") for n in range(200))
    response = camille.get(page_of(world.plan, "unite"))
    assert len(listed(response)) == 50
    following = soup(response).select_one("[rel=next]")["href"]
    assert "etape=unite" in following
    last = camille.get(f"{page_of(world.plan, 'unite')}&page=5")
    assert len(listed(last)) == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_a_step_costs_the_same_for_two_as_for_twelve(camille, world, slug, django_assert_num_queries):
    def grow(count):
        for _ in range(count):
            organisation = f.OrganisationFactory(territory=world.territory)
            action = f.ActionFactory(plan=world.plan)
            f.InvolvementFactory(action=action, organisation=organisation)
            f.IndicatorFactory(plan=world.plan, actions=[action, world.action])

    grow(2)
    with CaptureQueriesContext(connection) as two:
        camille.get(page_of(world.plan, slug))
    grow(10)
    with django_assert_num_queries(len(two)):
        camille.get(page_of(world.plan, slug))
