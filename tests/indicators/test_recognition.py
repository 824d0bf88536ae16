"""What a wording says: its kind, and whether it is written already."""

import importlib
import tomllib
import uuid
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.urls import reverse

from indicators.definition.recognition import find_recurrence, is_same_wording, likely_kind
from indicators.models import Indicator, Kind, Nature
from tests import factories as f
from tests.htmx import soup

FIXTURES = Path(settings.BASE_DIR, "fixtures")
NAMES = ("gally-mauldre.toml", "demonstration.toml", "demonstration-values.toml")
SOURCES = [tomllib.loads((FIXTURES / name).read_text()) for name in NAMES]

#: Every wording of the two source plans that is no count; the column in which each stands is its nature.
KINDS = {
    "Création de la plateforme": Kind.DELIVERABLE,
    "Création du guichet": Kind.DELIVERABLE,
    "Création de l'espace": Kind.DELIVERABLE,
    "Création du référent": Kind.DELIVERABLE,
    "Publication du guide petite enfance et parentalité": Kind.DELIVERABLE,
    "Part de nouveaux usagers ayant découvert certains dispositifs": Kind.SHARE,
    "Localisation des Flashs": Kind.FINDING,
    **dict.fromkeys(
        [
            "Satisfactions des jeunes",
            "Satisfactions des administrés",
            "Satisfaction des acteurs",
            "Satisfaction des participants",
            "Satisfaction des usagers",
            "Satisfaction des accompagnés",
            "Satisfaction des lecteurs",
            "Satisfaction des utilisateurs",
            "Satisfaction des visieurs",
            "Satisfaction des administrés",
            "Perception des familles",
            "Perception de la plateforme",
            "Perception des non-usagers",
            "Perception des usagers",
            "Perception du réseau par ses membres",
        ],
        Kind.SCALE,
    ),
}


def written(tree):
    """Every wording of a source whose column is said, or follows from a kind, wherever it stands."""
    if isinstance(tree, dict):
        if "wording" in tree and ("nature" in tree or "kind" in tree):
            yield tree["wording"], Nature(tree.get("nature") or Kind(tree["kind"]).nature)
        for branch in tree.values():
            yield from written(branch)
    elif isinstance(tree, list):
        for branch in tree:
            yield from written(branch)


WORDINGS = {pair for source in SOURCES for pair in written(source)}
WORDINGS.add(("Publication du guide petite enfance et parentalité", Nature.QUANTITATIVE))


def test_the_two_plans_are_read_whole():
    assert len(WORDINGS) > 40 and set(KINDS) <= {wording for wording, _ in WORDINGS}


@pytest.mark.parametrize(("wording", "nature"), sorted(WORDINGS))
def test_a_voted_wording_has_its_kind(wording, nature):
    assert likely_kind(wording, nature) == KINDS.get(wording, Kind.COUNT)


@pytest.mark.parametrize(
    ("wording", "kind"),
    [
        ("Taux de réponse", Kind.SHARE),
        ("% de jeunes informés", Kind.SHARE),
        ("Montant des aides versées", Kind.AMOUNT),
        ("Délai moyen d’obtention d’une place", Kind.DURATION),
        ("Satisfaction des familles", Kind.SCALE),
        ("Mise en ligne de la carte", Kind.DELIVERABLE),
        ("Partenaires mobilisés", Kind.COUNT),
        ("Nombre de publications", Kind.COUNT),
        ("", Kind.COUNT),
    ],
)
def test_a_new_wording_suggests_its_kind(wording, kind):
    assert likely_kind(wording) == kind


def test_the_migration_reads_the_kinds_of_what_was_there():
    """Every indicator takes the kind that its wording announces in its column; nothing else is saved."""
    migration = importlib.import_module("indicators.migrations.0002_values_and_campaigns")
    past = [SimpleNamespace(wording=wording, nature=nature, save=Mock()) for wording, nature in WORDINGS]
    rows = Mock(**{"objects.only.return_value.iterator.return_value": past})
    migration.read_kinds(Mock(get_model=lambda *_: rows), None)
    assert {one.wording: one.kind for one in past} == {
        wording: KINDS.get(wording, Kind.COUNT) for wording, _ in WORDINGS
    }
    assert all(one.save.call_args.kwargs == {"update_fields": ["kind"]} for one in past)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Nombre d’ateliers", "NOMBRE D'ATELIERS", True),
        ("Satisfaction des visieurs", "Satisfaction des visiteurs", True),
        ("Satisfactions des jeunes", "Satisfaction des jeunes", True),
        ("Évolution du nombre d'offres", "Evolution du nombre d’offres.", True),
        ("Nombre de participants", "Nombre de participantes et participants", False),
        ("Nombre de participants", "Nombre de partenaires", False),
        ("Ateliers tenus en 2025", "Ateliers tenus en 2026", False),
        ("Nombre de participants", "Nombre", False),
        ("", "Nombre", False),
    ],
)
def test_a_wording_recurs_but_for_accents_case_and_one_slip(one, other, is_same):
    assert is_same_wording(one, other) is is_same and is_same_wording(other, one) is is_same


# Adding an indicator whose wording is written already.


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


@pytest.fixture
def other(world):
    """Another action of the plan."""
    return f.ActionFactory(plan=world.plan, number=7)


def address(action, name="add"):
    return reverse(f"indicators:indicator_{name}", args=[action.pk])


def add(client, action, wording, query="", **typed):
    data = {"wording": wording, "kind": "", "token": uuid.uuid4()} | typed
    return client.post(address(action) + query, data)


def test_a_recurring_wording_offers_to_share_in_one_click(camille, world, other):
    wording = world.indicator.wording.upper()
    response = add(camille, other, wording, unit="rencontres")
    assert response.status_code == 422 and Indicator.objects.count() == 1
    page = soup(response)
    assert page.select_one("[name=unit]")["value"] == "rencontres"
    assert page.select_one(f".recurrence a[href='{world.action.get_absolute_url()}']")
    button = page.select_one(".recurrence button[formaction]")
    assert camille.post(button["formaction"], {button["name"]: button["value"]}).status_code == 302
    assert set(world.indicator.actions.all()) == {world.action, other}


def test_it_may_be_another_indicator(camille, world, other):
    page = soup(add(camille, other, world.indicator.wording))
    button = page.select_one(".recurrence button[name=is_other]")
    response = add(camille, other, world.indicator.wording, **{button["name"]: button["value"]})
    assert response.status_code == 302
    assert Indicator.objects.filter(wording=world.indicator.wording, actions=other).count() == 1


def test_an_action_is_not_offered_what_it_has(camille, world):
    page = soup(add(camille, world.action, world.indicator.wording))
    assert "Cette action l’a déjà" in page.select_one(".recurrence").text
    assert not page.select(".recurrence button[formaction]")


def test_the_other_plans_and_the_catalogue_are_known_and_other_territories_are_not(world):
    nearby = f.IndicatorFactory(plan=f.PlanFactory(territory=world.territory), wording="Ateliers tenus")
    common = f.CommonIndicatorFactory(wording="Atelier tenus")
    f.CommonIndicatorFactory(wording="Ateliers tenu", retired_at="2026-01-01T00:00Z")
    f.IndicatorFactory(plan=world.foreign_plan, wording="Ateliers tenus")
    f.IndicatorFactory(plan=world.plan, wording="Ateliers tenus", trashed_at="2026-01-01T00:00Z")
    found = find_recurrence("ateliers tenus", plan=world.plan, user=world.camille)
    assert (found.here, found.nearby, found.common) == ([], [nearby], [common])
    assert not find_recurrence("Ateliers prévus", plan=world.plan, user=world.camille)


def test_a_definition_of_elsewhere_is_taken_in_one_click(camille, world, other):
    common = f.CommonIndicatorFactory(
        wording="Part d’usagers", kind="amount", unit="euros", guidance="Une fois.", exclusions="Les agents."
    )
    page = soup(add(camille, other, "part d’usagers", guidance="À notre façon."))
    [button] = page.select(".recurrence button[name=take]")
    made = add(camille, other, "part d’usagers", guidance="À notre façon.", take=button["value"])
    assert made.status_code == 302
    kept = Indicator.objects.get(wording="part d’usagers")
    assert (kept.kind, kept.unit, kept.common) == ("amount", "euros", common)
    assert (kept.guidance, kept.exclusions) == ("À notre façon.", "Les agents.")


def test_one_may_begin_with_a_definition_of_another_plan(camille, world, other):
    common = f.CommonIndicatorFactory()
    nearby = f.IndicatorFactory(
        plan=f.PlanFactory(territory=world.territory),
        wording="Note d’accueil",
        kind="scale",
        scale_max=10,
        method="Questionnaire",
        frequency="month",
        gathering="mean",
        common=common,
    )
    page = soup(camille.get(address(other)))
    [option] = page.select("[name=depart] option[value^=indicateur]")
    assert option.text == nearby.wording
    query = f"?depart={option['value']}"
    page = soup(camille.get(address(other) + query))
    form = page.select_one("form[data-definition]")
    assert form["action"].endswith(query)
    typed = {
        field["name"]: field.get("value", "") for field in form.select("input[type=text], input[type=number]")
    }
    typed |= {field["name"]: field["value"] for field in form.select("input[checked]")}
    typed |= {"common": form.select_one("[name=common] [selected]")["value"], "token": uuid.uuid4()}
    typed |= {"method": form.select_one("[name=method]").text.strip()}
    typed.pop("targets")
    assert camille.post(form["action"], typed).status_code == 302
    kept = Indicator.objects.get(wording=nearby.wording, plan=world.plan)
    copied = ("kind", "scale_max", "method", "frequency", "gathering", "common")
    assert [getattr(kept, name) for name in copied] == [getattr(nearby, name) for name in copied]


@pytest.mark.parametrize("forged", ["commun-", "commun-99999999", "plan-1", "commun-1e3", "x"])
def test_a_definition_that_cannot_be_read_is_no_beginning(camille, world, other, forged):
    foreign = f.IndicatorFactory(plan=world.foreign_plan, wording="Canari de la vallée")
    for name in (forged, f"indicateur-{foreign.pk}"):
        response = camille.get(f"{address(other)}?depart={name}")
        assert response.status_code == 200 and "Canari" not in response.text


def test_the_kind_follows_the_wording_when_none_is_chosen(camille, world, other):
    for wording, chosen, kind in (
        ("Création du lieu", "", "deliverable"),
        ("Création d’emplois", "count", "count"),
    ):
        assert add(camille, other, wording, kind=chosen).status_code == 302
        assert Indicator.objects.get(wording=wording).kind == kind


def test_a_whole_definition_may_be_said_at_once(camille, world, other):
    targets = ["2026", "40", "", "", "60", ""]
    people = {"contributors": [world.service.pk]}
    assert add(camille, other, "Ateliers", targets=targets, unit="ateliers", **people).status_code == 302
    kept = Indicator.objects.get(wording="Ateliers")
    assert [target.as_row() for target in kept.targets.all()] == [[2026, "40", None], [None, "60", None]]
    assert list(kept.contributors.all()) == [world.service] and list(kept.actions.all()) == [other]


def test_the_same_form_sent_twice_is_not_asked_about_what_it_made(camille, other):
    typed = {"token": uuid.uuid4()}
    assert [add(camille, other, "Ateliers", **typed).status_code for _ in range(2)] == [302, 302]
    assert Indicator.objects.filter(wording="Ateliers").count() == 1
