"""What an indicator is: its kind, what to count, who enters it, how values gather, where it goes."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.models import Category, Indicator, Measurement, State, Target
from partners.models import Change, OrganisationKind
from tests import factories as f
from tests.htmx import soup

from .definitions import again, edit_of, errors, rows, sent, typed, years_asked


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


@pytest.fixture
def fresh(world):
    """An indicator on which nothing rests: neither value nor target."""
    return f.IndicatorFactory(plan=world.plan, actions=[world.action], wording="Nombre d’ateliers")


def test_the_whole_definition_is_kept(camille, world, fresh):
    common = f.CommonIndicatorFactory(wording="Ateliers")
    first = f.DimensionFactory(territory=world.territory, name="Commune", categories=["Rivemont", "Maule"])
    second = f.DimensionFactory(territory=world.territory, name="Âge", categories=["Jeunes", "Aînés"])
    response = sent(
        camille,
        fresh,
        kind="count",
        unit="ateliers",
        is_key="on",
        guidance="Chaque atelier tenu.",
        exclusions="Les ateliers annulés.",
        source="Planning",
        method="Compter à la fin du mois.",
        keeper="Service Jeunesse",
        available="fin janvier",
        contributors=[world.service.pk, world.partner.pk],
        frequency="quarter",
        gathering="max",
        accrual="running",
        direction="up",
        baseline="1 234,5",
        baseline_on="31/12/2024",
        baseline_source="Diagnostic",
        first_dimension=first.pk,
        second_dimension=second.pk,
        common=common.pk,
        targets=[("2026", "1 300"), ("", "1\u202f500")],
    )
    assert response.status_code == 302, errors(response)
    kept = again(fresh)
    assert (kept.unit, kept.is_key, kept.guidance, kept.exclusions) == (
        "ateliers",
        True,
        "Chaque atelier tenu.",
        "Les ateliers annulés.",
    )
    assert (kept.frequency, kept.gathering, kept.accrual, kept.direction) == (
        "quarter",
        "max",
        "running",
        "up",
    )
    assert (kept.baseline, kept.baseline_on) == (Decimal("1234.5"), dt.date(2024, 12, 31))
    assert (kept.first_dimension, kept.second_dimension, kept.common) == (first, second, common)
    assert set(kept.contributors.all()) == {world.service, world.partner}
    assert rows(kept) == [(2026, 1300, None), (None, 1500, None)]


def test_what_was_saved_is_shown_again_and_saving_it_again_changes_nothing(camille, world, fresh):
    sent(camille, fresh, targets=[("2026", "12,5"), ("", "14")], baseline="3,25", frequency="month")
    page = soup(camille.get(edit_of(fresh)))
    form = page.select_one("form[data-definition]")
    shown = [
        (field["name"], field.get("value", "on")) for field in form.select("input[name]:not([type=radio])")
    ]
    kept = [value for name, value in shown if name == "targets"]
    assert kept == ["2025", "", "", "2026", "12,5", "", "2027", "", "", "2028", "", "", "", "14", ""]
    assert ("baseline", "3,25") in shown
    count = Change.objects.count()
    now = again(fresh)
    assert sent(camille, now, targets=[("2026", "12,5"), ("", "14")], baseline="3,25").status_code == 302
    assert Change.objects.count() == count


def test_a_target_for_a_year_outside_the_plan_is_shown_and_kept(camille, fresh):
    Target.objects.create(indicator=fresh, year=2031, value=5)
    years = years_asked(camille, fresh)
    assert years == ["2025", "2026", "2027", "2028", "2031", ""]


def test_a_plan_without_years_offers_those_around_today(camille, fresh, world, today):
    type(world.plan).objects.filter(pk=world.plan.pk).update(first_year=None, last_year=None)
    years = years_asked(camille, fresh)
    assert years == [*(str(today.year + shift) for shift in range(-2, 3)), ""]


REFUSED = {
    "a target and none": ({"is_without_target": "on", "targets": [("2026", "4")]}, "sans cible"),
    "words for a number": ({"targets": [("2026", "beaucoup")]}, "2026"),
    "an upper bound alone": ({"targets": [("2026", "", "4")], "direction": "between"}, "borne basse"),
    "bounds upside down": ({"targets": [("2026", "4", "2")], "direction": "between"}, "dépasser"),
    "two bounds for one way up": ({"targets": [("2026", "2", "4")], "direction": "up"}, "entre deux bornes"),
    "one bound to stay between": ({"targets": [("2026", "2")], "direction": "between"}, "les deux"),
    "the same year twice": ({"targets": [("2026", "2"), ("2026", "3")]}, "ne se lisent pas"),
    "a share above all": ({"kind": "share", "targets": [("2026", "120")]}, "0 à 100"),
    "a note off its scale": ({"kind": "scale", "targets": [("2026", "7")]}, "1 à 5"),
    "less than nothing": ({"targets": [("2026", "-2")]}, "négatif"),
    "a figure for a finding": ({"kind": "finding", "targets": [("2026", "1")]}, "pas de cible"),
    "a start off the scale": ({"kind": "scale", "baseline": "9"}, "1 à 5"),
    "a start in words": ({"baseline": "peu"}, "nombre"),
    "a scale upside down": ({"kind": "scale", "scale_min": "5", "scale_max": "1"}, "dépasser"),
    "a line cut short": ({"targets": [], "wording": "Neuf"}, "ne se lisent pas"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_comes_back_as_typed(camille, fresh, case):
    changed, said = REFUSED[case]
    data = typed(fresh, **changed)
    if case == "a line cut short":
        data["targets"] = ["2026", "4"]
    response = camille.post(edit_of(fresh), data)
    assert response.status_code == 422
    assert any(said in error for error in errors(response)), errors(response)
    page = soup(response)
    if case == "the same year twice":
        return  # only a forged form can
    for year, value, *_ in changed.get("targets", []):
        assert page.select_one(f".targets [value='{year}'] ~ [value='{value}']") or not value
    if "baseline" in changed:
        assert page.select_one("[name=baseline]")["value"] == changed["baseline"]
    assert not again(fresh).targets.exists() and again(fresh).version == 1


def test_bounds_are_kept_for_what_stays_between_two(camille, fresh):
    assert sent(camille, fresh, direction="between", targets=[("2026", "0", "4,5")]).status_code == 302
    assert rows(again(fresh)) == [(2026, 0, Decimal("4.5"))]
    assert str(again(fresh).targets.get()) == "2026 : entre 0 et 4,5"


def test_two_dimensions_are_two(camille, world, fresh):
    dimension = f.DimensionFactory(territory=world.territory, categories=["A", "B"])
    twice = sent(camille, fresh, first_dimension=dimension.pk, second_dimension=dimension.pk)
    assert twice.status_code == 422 and "déjà la première" in errors(twice)[0]
    alone = sent(camille, fresh, second_dimension=dimension.pk)
    assert alone.status_code == 422 and "d’abord la première" in errors(alone)[0]


def test_a_breakdown_that_values_use_stays(camille, world, fresh):
    dimension = f.DimensionFactory(territory=world.territory, categories=["A", "B"])
    other = f.DimensionFactory(territory=world.territory, categories=["C", "D"])
    sent(camille, fresh, first_dimension=dimension.pk)
    value = f.MeasurementFactory(indicator=fresh, organisation=world.service)
    value.portions.create(first=Category.objects.get(name="A"), amount=3)
    response = sent(camille, again(fresh), first_dimension=other.pk)
    assert response.status_code == 422 and "déjà ventilées" in errors(response)[0]


def test_a_kind_that_has_values_stays(camille, world):
    response = sent(camille, world.indicator, kind="share", reason="Mieux ainsi")
    assert response.status_code == 422 and "déjà saisies" in errors(response)[0]
    assert again(world.indicator).kind == "count"
    Measurement.objects.filter(indicator=world.indicator).delete()
    assert sent(camille, world.indicator, kind="share").status_code == 302


@pytest.mark.parametrize("left", [{"state": State.DRAFT}, {"trashed_at": timezone.now()}])
def test_a_draft_or_a_value_of_the_trash_keeps_its_kind_too(camille, world, left):
    Measurement.objects.filter(indicator=world.indicator).update(**left)
    response = sent(camille, world.indicator, kind="share", reason="Mieux ainsi")
    assert response.status_code == 422 and "déjà saisies" in errors(response)[0]


def test_the_leads_of_its_actions_are_offered_first_and_ensembles_are_not(camille, world, fresh):
    f.OrganisationFactory(territory=world.territory, name="Habitants", kind=OrganisationKind.GENERIC)
    f.OrganisationFactory(territory=world.territory, name="Association A")
    f.OrganisationFactory(territory=world.elsewhere, name="Canari")
    labels = soup(camille.get(edit_of(fresh))).select("label:has([name=contributors])")
    assert [label.text.strip() for label in labels] == [
        "Service Jeunesse (porteur)",
        "Association A",
        "Mission locale",
    ]


def test_a_contributor_that_left_is_not_dropped_in_silence(camille, world, fresh):
    gone = f.OrganisationFactory(territory=world.territory, name="Ancien", trashed_at="2026-01-01T00:00Z")
    fresh.contributors.set([gone, world.service])
    page = soup(camille.get(edit_of(fresh)))
    assert "Ancien (à la corbeille)" in page.text
    assert sent(camille, fresh, source="Registre").status_code == 302
    assert set(again(fresh).contributors.all()) == {gone, world.service}


def test_nothing_of_another_territory_can_be_chosen(camille, world, fresh):
    foreign = f.OrganisationFactory(territory=world.elsewhere)
    dimension = f.DimensionFactory(territory=world.elsewhere, categories=["A", "B"])
    for changed in ({"contributors": [foreign.pk]}, {"first_dimension": dimension.pk}):
        assert sent(camille, fresh, **changed).status_code == 422
    assert again(fresh).version == 1


def test_a_retired_common_indicator_stays_with_those_that_have_it(camille, world, fresh):
    retired = f.CommonIndicatorFactory(retired_at="2026-01-01T00:00Z")
    assert sent(camille, fresh, common=retired.pk).status_code == 422
    Indicator.objects.filter(pk=fresh.pk).update(common=retired)
    assert sent(camille, again(fresh), source="Registre").status_code == 302
    assert again(fresh).common == retired


def test_the_two_rules_are_asked_in_words_with_an_example(camille, fresh):
    words = soup(camille.get(edit_of(fresh))).text.replace("\xa0", " ").replace("\u202f", " ")
    assert "Chaque année s’ajoute aux précédentes : 40 en 2025 et 35 en 2026 font 75." in words
    assert "Chaque valeur comprend déjà les précédentes : 40 en 2025 puis 75 en 2026 font 75." in words
    assert "nombre : additionner ; d’une année à l’autre, elles s’ajoutent." in words
    assert "note sur une échelle : moyenne pondérée par l’effectif" in words


def test_every_field_stands_on_the_page_under_a_heading(camille, world):
    page = soup(camille.get(edit_of(world.indicator)))
    names = {field["name"] for field in page.select("form[data-definition] fieldset [name]")}
    fields = set(Indicator.tracked_fields) - {"actions", "position"} | {"reason"}
    assert fields <= names
    legends = [legend.text for legend in page.select("legend")]
    assert "Pour une part" in legends and "Pour une note" in legends
    assert legends.index("Ce que l’on mesure") < legends.index("D’où l’on part, où l’on va")


def test_the_page_costs_the_same_for_two_organisations_as_for_twelve(
    camille, world, fresh, django_assert_num_queries
):
    Target.objects.create(indicator=fresh, year=2026, value=1)
    with CaptureQueriesContext(connection) as two:
        camille.get(edit_of(fresh))
    for _ in range(10):
        organisation = f.OrganisationFactory(territory=world.territory)
        f.InvolvementFactory(action=world.action, organisation=organisation)
        fresh.contributors.add(organisation)
        Target.objects.create(indicator=fresh, year=2026 + fresh.targets.count(), value=1)
        f.DimensionFactory(territory=world.territory)
        f.CommonIndicatorFactory()
    with django_assert_num_queries(len(two)):
        camille.get(edit_of(fresh))
