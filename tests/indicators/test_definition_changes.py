"""A change of what an indicator means asks why and keeps its past; two people who write see both."""

from decimal import Decimal

import pytest

from indicators.models import Indicator, Target
from partners.models import Change
from tests import factories as f
from tests.htmx import soup

from .definitions import again, edit_of, errors, rows, sent, typed


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


@pytest.fixture
def fresh(world):
    """An indicator on which nothing rests: neither value nor target."""
    return f.IndicatorFactory(plan=world.plan, actions=[world.action], wording="Nombre d’ateliers")


# A change of meaning asks for a reason.


@pytest.fixture
def aimed(world):
    """An indicator with a whole definition, a target, a value."""
    indicator = f.IndicatorFactory(
        plan=world.plan,
        actions=[world.action],
        wording="Part de nouveaux usagers",
        kind="share",
        guidance="Chaque usager une fois.",
        frequency="year",
        gathering="sum",
        baseline=20,
    )
    Target.objects.create(indicator=indicator, year=2026, value=30)
    f.MeasurementFactory(indicator=indicator, organisation=world.service, base=40)
    return indicator


AIMS = [("2026", "30")]
MEANINGS = {
    "another target": {"targets": [("2026", "35")]},
    "a target less": {"targets": []},
    "another baseline": {"baseline": "21"},
    "no baseline any more": {"baseline": ""},
    "another way to count": {"guidance": "Chaque visite."},
    "another frequency": {"frequency": "semester"},
    "another way to gather": {"gathering": "mean"},
    "another way to add years": {"accrual": "running"},
}


@pytest.mark.parametrize("case", MEANINGS)
def test_a_change_of_meaning_asks_why_and_keeps_its_past(camille, aimed, case):
    changed = {"targets": AIMS} | MEANINGS[case]
    refused = sent(camille, aimed, source="Registre", **changed)
    assert refused.status_code == 422 and "dites pourquoi" in errors(refused)[0]
    assert soup(refused).select_one("[name=source]")["value"] == "Registre"
    assert again(aimed).version == 1
    assert sent(camille, aimed, reason="Le COPIL l’a demandé.", **changed).status_code == 302
    changes = Change.objects.filter(kind="indicator", object_id=aimed.pk, event="changed")
    assert {change.reason for change in changes} == {"Le COPIL l’a demandé."}
    past = soup(camille.get(edit_of(aimed))).select_one(".definition__past").get_text(" ", strip=True)
    assert "Le COPIL l’a demandé." in past
    for change in changes:
        assert change.before_text in past or not change.before_text


@pytest.mark.parametrize(
    "changed",
    [
        {"wording": "Part des nouveaux usagers", "source": "Registre", "is_key": "on"},
        {"exclusions": "Les agents du service."},  # it was not said before
        {"targets": [*AIMS, ("2027", "40")]},
        {"gathering": ""},  # the usual rule of a share is to add
        {"direction": "up", "keeper": "Accueil"},
    ],
)
def test_what_was_not_said_before_needs_no_reason(camille, aimed, changed):
    response = sent(camille, aimed, **({"targets": AIMS} | changed))
    assert response.status_code == 302, errors(response)


def test_an_indicator_on_which_nothing_rests_is_not_asked_why(camille, fresh):
    assert not soup(camille.get(edit_of(fresh))).select("[name=reason]")
    sent(camille, fresh, guidance="Une fois.")
    assert sent(camille, again(fresh), guidance="Deux fois.").status_code == 302


def test_a_change_of_somebody_else_is_not_mine_to_explain(camille, world, aimed):
    """She opened the page before the guidance changed, and changes the source alone."""
    stale = typed(aimed, targets=AIMS, source="Registre")
    sent(camille, aimed, targets=AIMS, guidance="Chaque visite.", reason="Plus simple.")
    assert camille.post(edit_of(aimed), stale).status_code == 302
    assert (again(aimed).source, again(aimed).guidance) == ("Registre", "Chaque visite.")


# Two people write.

DISPUTES = {
    "wording": ("Nombre A", "Nombre B"),
    "kind": ("amount", "duration"),
    "unit": ("places", "lits"),
    "common": ("first", "second"),
    "numerator_label": ("ceci", "cela"),
    "denominator_label": ("ceci", "cela"),
    "scale_min": ("2", "3"),
    "scale_max": ("6", "7"),
    "guidance": ("Une fois.", "Deux fois."),
    "exclusions": ("Les uns.", "Les autres."),
    "source": ("Registre", "Planning"),
    "method": ("Ainsi.", "Autrement."),
    "keeper": ("Accueil", "Direction"),
    "available": ("janvier", "février"),
    "contributors": ("service", "partner"),
    "frequency": ("year", "month"),
    "first_dimension": ("commune", "age"),
    "gathering": ("mean", "max"),
    "accrual": ("running", "standing"),
    "direction": ("up", "down"),
    "baseline": ("1 234,5", "12"),
    "baseline_on": ("2024-12-31", "2025-12-31"),
    "baseline_source": ("Registre", "Planning"),
    "targets": ([("2026", "4"), ("", "9,5")], [("2026", "5")]),
}


@pytest.fixture
def named(world):
    """What the disputes speak of, by name."""
    return {
        "service": [world.service.pk],
        "partner": [world.partner.pk],
        "first": f.CommonIndicatorFactory().pk,
        "second": f.CommonIndicatorFactory().pk,
        "commune": f.DimensionFactory(territory=world.territory, categories=["A", "B"]).pk,
        "age": f.DimensionFactory(territory=world.territory, categories=["C", "D"]).pk,
    }


def sent_again(response, choice):
    """What the page of a conflict sends once the same choice is made everywhere."""
    form = soup(response).select_one("main form")
    pairs = [(field["name"], field.get("value", "")) for field in form.select("input[type=hidden]")]
    pairs += [
        (name, choice) for name in {radio["name"] for radio in form.select("[name^=choice-][type=radio]")}
    ]
    data = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return data


def test_every_field_may_be_disputed():
    alone = {"is_key", "is_without_target", "actions", "position", "second_dimension"}
    assert set(DISPUTES) == set(Indicator.tracked_fields) - alone


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_people_who_changed_one_field_see_both_and_choose(camille, world, named, choice, subtests):
    for name in DISPUTES:
        with subtests.test(name):
            fresh = f.IndicatorFactory(plan=world.plan, wording=f"Nombre de {name}")
            check_dispute(camille, fresh, named, name, choice)


def check_dispute(camille, fresh, named, name, choice):
    theirs, mine = (named.get(str(value), value) for value in DISPUTES[name])
    stale = typed(fresh, **{name: mine})
    assert sent(camille, fresh, **{name: theirs}).status_code == 302
    stood = again(fresh).read_tracked(name)
    response = camille.post(edit_of(fresh), stale)
    assert response.status_code == 409
    assert again(fresh).read_tracked(name) == stood
    settled = camille.post(edit_of(fresh), sent_again(response, choice) | {"reason": "Choisi ensemble."})
    assert settled.status_code == 302, errors(settled)
    assert (again(fresh).read_tracked(name) == stood) is (choice == "theirs")


def test_a_third_text_settles_targets_too(camille, fresh):
    stale = typed(fresh, targets=[("2026", "5")])
    sent(camille, fresh, targets=[("2026", "4")])
    response = camille.post(edit_of(fresh), stale)
    third = sent_again(response, "other") | {"targets": ["2026", "4,5", ""], "reason": "Entre les deux."}
    assert camille.post(edit_of(fresh), third).status_code == 302
    assert rows(again(fresh)) == [(2026, Decimal("4.5"), None)]


def test_lists_that_nobody_disputes_are_carried_through_a_conflict(camille, world, fresh):
    """She added a contributor and a target; the other changed the unit that she changed too."""
    stale = typed(fresh, unit="lits", contributors=[world.partner.pk], targets=[("2027", "8")])
    sent(camille, fresh, unit="places", contributors=[], targets=[])
    response = camille.post(edit_of(fresh), stale)
    assert response.status_code == 409
    assert camille.post(edit_of(fresh), sent_again(response, "theirs")).status_code == 302
    kept = again(fresh)
    assert (kept.unit, list(kept.contributors.all()), rows(kept)) == (
        "places",
        [world.partner],
        [(2027, 8, None)],
    )
