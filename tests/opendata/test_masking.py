"""What is too small to be said stays unsaid: in every file, and by subtraction too."""

import datetime as dt
import json

import pytest

from indicators.models import Kind, Measurement, State, Target
from tests import factories as f
from tests.opendata.files import files_of, tables_of, whole_of

TODAY = dt.date(2026, 11, 22)


def figure_of(plan, year=2026):
    [row] = [one for one in whole_of(plan, TODAY)["valeurs"] if one["annee"] == year]
    return row


def values(indicator, by_year, organisation=None):
    for year, amount in by_year.items():
        f.MeasurementFactory(
            indicator=indicator,
            organisation=organisation or indicator.contributors.get(),
            period=str(year),
            year=year,
            amount=amount,
            state=State.VALIDATED,
        )


@pytest.fixture
def counted(world):
    """An indicator of its own, without a value yet."""
    Measurement.objects.all().delete()
    return world.indicator


@pytest.mark.parametrize(
    ("kind", "value", "state"),
    [
        (Kind.COUNT, {"amount": 4}, "masquée"),
        (Kind.COUNT, {"amount": 5}, "publiée"),
        (Kind.COUNT, {"amount": 0}, "publiée"),
        (Kind.SHARE, {"amount": 3, "base": 40}, "masquée"),
        (Kind.SHARE, {"amount": 38, "base": 40}, "masquée"),
        (Kind.SHARE, {"amount": 10, "base": 40}, "publiée"),
        (Kind.SCALE, {"amount": 4, "base": 3}, "masquée"),
        (Kind.SCALE, {"amount": 4, "base": 30}, "publiée"),
        (Kind.AMOUNT, {"amount": 3}, "publiée"),
        (Kind.DELIVERABLE, {"amount": 1, "done_on": dt.date(2026, 3, 1)}, "publiée"),
    ],
)
def test_what_is_masked_on_the_public_page_is_masked_here(world, kind, value, state):
    world.indicator.kind = kind
    world.indicator.save()
    Measurement.objects.update(state=State.VALIDATED, period="2026", year=2026, **value)
    row = figure_of(world.plan)
    assert row["etat"] == state
    numbers = [row[name] for name in ("valeur", "numerateur", "denominateur", "fait_le")]
    assert (numbers == [None] * 4) == (state == "masquée")


def test_a_masked_count_is_in_no_format(world):
    Measurement.objects.update(state=State.VALIDATED, amount=3, period="2026", year=2026)
    files = files_of(world.plan, TODAY)
    [row] = [one for one in tables_of(files)["valeurs"] if one["annee"] == 2026]
    assert (row["etat"], row["valeur"]) == ("masquée", None)
    assert json.loads(files["plan.json"])["valeurs"][0]["valeur"] is None


def test_the_years_together_do_not_give_a_masked_one_back(counted):
    values(counted, {2025: 3, 2026: 50})
    whole = whole_of(counted.plan, TODAY)
    assert [(one["annee"], one["valeur"]) for one in whole["valeurs"]][:2] == [(2025, None), (2026, 50)]
    assert {one["annee"] for one in whole["valeurs"]} <= set(range(2025, 2029))
    assert 53 not in [one["valeur"] for one in whole["valeurs"]]


def test_a_running_count_does_not_give_a_small_year_back(counted):
    counted.accrual = "running"
    counted.save()
    values(counted, {2024: 50, 2025: 53, 2026: 57})
    rows = whole_of(counted.plan, TODAY)["valeurs"]
    assert [(one["annee"], one["etat"], one["valeur"]) for one in rows][:3] == [
        (2024, "publiée", 50),
        (2025, "masquée", None),
        (2026, "publiée", 57),
    ]


def test_no_organisation_has_a_value_of_its_own(world, counted):
    counted.contributors.add(world.partner)
    for organisation, amount in ((world.service, 2), (world.partner, 41)):
        f.MeasurementFactory(
            indicator=counted,
            organisation=organisation,
            period="2026",
            year=2026,
            amount=amount,
            state=State.VALIDATED,
        )
    row = figure_of(counted.plan)
    assert (row["valeur"], row["porteurs_presents"], row["porteurs_attendus"]) == (43, 2, 2)
    text = files_of(counted.plan, TODAY)["valeurs.csv"].decode()
    assert "41" not in text and "Mission locale" not in text


def test_a_value_that_nobody_read_again_is_not_published(world):
    Measurement.objects.update(state=State.SUBMITTED, period="2026", year=2026)
    row = figure_of(world.plan)
    assert (row["etat"], row["valeur"]) == ("à valider", None)
    Measurement.objects.update(state=State.DRAFT)
    assert figure_of(world.plan)["etat"] == "absente"


def test_a_target_of_a_year_to_come_waits_for_its_value(world):
    Target.objects.create(indicator=world.indicator, year=2028, value=80)
    row = figure_of(world.plan, 2028)
    assert (row["etat"], row["cible"]) == ("à venir", 80)


def test_a_partial_figure_says_so(world, counted):
    counted.contributors.add(world.partner)
    values(counted, {2025: 30}, organisation=world.service)
    row = figure_of(counted.plan, 2025)
    assert (row["etat"], row["valeur"], row["complet"]) == ("publiée", 30, False)
    assert (row["porteurs_presents"], row["porteurs_attendus"]) == (1, 2)
