"""What is published of a plan: the same in every format, as its schema says, whatever people wrote."""

import csv
import datetime as dt
import io
import json
import re
import zipfile
from decimal import Decimal

import pytest
from django.urls import reverse

from ctg.documents.value_csv import cell
from ctg.opendata.files import NAMES
from indicators.models import Measurement, State, Target
from tests import factories as f
from tests.documents.hostile import PAYLOADS, STORED, poison
from tests.opendata.checker import complaints, read_csv
from tests.opendata.files import files_of, tables_of, whole_of
from tests.test_queries import cost, grow


def as_cell(value):
    """What the JSON says, as the CSV would: a list is one text, and a formula is held back."""
    if isinstance(value, list):
        value = " | ".join(map(str, value))
    return cell(value) or None if isinstance(value, str) else value


def as_json(value):
    """What the CSV says, as the JSON would."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def assert_same_everywhere(files):
    """Every cell of every CSV is in the JSON, and the other way round."""
    whole = json.loads(files["plan.json"])
    for name, rows in tables_of(files).items():
        read = [{key: as_json(value) for key, value in row.items()} for row in rows]
        assert read == [{key: as_cell(value) for key, value in told.items()} for told in whole[name]], name
    archive = zipfile.ZipFile(io.BytesIO(files["donnees-ouvertes.zip"]))
    assert {name: archive.read(name) for name in archive.namelist()} == {
        name: content for name, content in files.items() if not name.endswith(".zip")
    }


@pytest.fixture
def filled(world):
    """A plan with something in every column."""
    action = world.action
    action.purpose, action.audiences, action.municipalities = "Se retrouver", "Jeunes", "Rivemont\nMaule"
    action.progress, action.recurring = 40, True
    action.save()
    f.InvolvementFactory(action=action, organisation=world.partner, part="co_lead")
    f.MilestoneFactory(action=action, title="Ouverture", due_on=None, reached_on=dt.date(2026, 3, 1))
    f.ActionFactory(plan=world.plan, number=2, title="Sans rien")
    indicator = world.indicator
    indicator.unit, indicator.direction, indicator.is_key = "jeunes", "up", True
    indicator.save()
    Target.objects.create(indicator=indicator, year=2026, value="40")
    Target.objects.create(indicator=indicator, year=None, value="60.5")
    Measurement.objects.update(state=State.VALIDATED)
    return world.plan


def test_every_format_says_the_same(filled):
    files = files_of(filled)
    assert not list(complaints(files))
    assert_same_everywhere(files)
    whole = json.loads(files["plan.json"])
    assert whole["plan"]["intitule"] == filled.title
    assert whole["licence"] == "Licence Ouverte 2.0" and whole["date"] == whole["plan"]["date"]
    first = whole["actions"][0]
    assert first["porteurs"] == ["Service Jeunesse", "Mission locale"]
    assert (first["statut"], first["precision"], first["avancement"]) == ("à venir", "année", 40)
    assert [(one["intitule"], one["atteint_le"]) for one in whole["jalons"]] == [
        ("Bail signé", None),
        ("Ouverture", "2026-03-01"),
    ]
    assert [one["cible_finale"] for one in whole["indicateurs"]] == [60.5]


def test_a_figure_of_a_year(filled):
    [row] = [one for one in whole_of(filled)["valeurs"] if one["annee"] == 2026]
    assert (row["etat"], row["valeur"], row["cible"]) == ("publiée", 12, 40)
    assert (row["porteurs_presents"], row["porteurs_attendus"], row["complet"]) == (1, 1, True)


def test_the_package_says_its_licence_its_day_and_what_each_column_is(filled):
    package = json.loads(files_of(filled, dt.date(2026, 11, 22))["datapackage.json"])
    assert package["licenses"][0]["title"] == "Licence Ouverte 2.0"
    assert package["created"] == "2026-11-22T00:00:00Z"
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    for resource in package["resources"]:
        assert resource["dialect"]["delimiter"] == ";" and resource["encoding"] == "utf-8"
        assert all(field["type"] and field["description"] for field in resource["schema"]["fields"])


def test_the_dictionary_tells_every_column(filled):
    files = files_of(filled)
    dictionary = files["dictionnaire.html"].decode()
    for resource in json.loads(files["datapackage.json"])["resources"]:
        for field in resource["schema"]["fields"]:
            assert f"<code>{field['name']}</code>" in dictionary
    assert "Licence Ouverte 2.0" in dictionary


def test_an_empty_plan_has_its_files_too(world):
    files = files_of(f.PlanFactory(territory=world.territory, first_year=None, last_year=None))
    assert not list(complaints(files))
    assert_same_everywhere(files)
    assert json.loads(files["plan.json"])["actions"] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_is_a_formula(plan_of, payload):
    files = files_of(plan_of(payload))
    assert not list(complaints(files))
    assert_same_everywhere(files)
    for name in (name for name in NAMES if name.endswith(".csv")):
        for row in read_csv(files[name]):
            for text in row.values():
                assert not re.match(r"[\t\r]|\s*[=+\-@＝＋－＠]", text), text


@pytest.mark.parametrize("text", STORED.values(), ids=STORED)
def test_whatever_is_pasted_can_be_read_again(plan_of, text):
    files = files_of(plan_of(text))
    assert not list(complaints(files))
    assert_same_everywhere(files)
    assert "\x01" not in files["plan.json"].decode()


@pytest.fixture
def plan_of(world):
    """A plan full of one text."""

    def made(text):
        poison(world.plan, text)
        return world.plan

    return made


def test_a_page_and_a_file_cost_the_same_whatever_the_plan(world, client_of):
    client = client_of(world.camille)
    addresses = [
        reverse("opendata:data_detail", args=[world.plan.pk]),
        *(reverse("opendata:data_file", args=[world.plan.pk, name]) for name in NAMES),
    ]
    grow(world, 17)
    few = [cost(client, address) for address in addresses]
    grow(world, 200)
    for number in range(12):
        indicator = f.IndicatorFactory(plan=world.plan, actions=[world.action], contributors=[world.partner])
        f.MeasurementFactory(indicator=indicator, organisation=world.partner)
        f.MilestoneFactory(action=world.action, title=f"Jalon {number}")
    assert [cost(client, address) for address in addresses] == few


def test_a_name_that_is_no_file_is_not_found(world, client_of):
    for name in ("passwd", "plan.xlsx", "..", "plan.json~"):
        address = f"/plans/{world.plan.pk}/donnees/{name}/"
        assert client_of(world.camille).get(address).status_code == 404, name


def test_a_file_is_downloaded_under_its_name(world, client_of):
    for name in NAMES:
        response = client_of(world.elise).get(reverse("opendata:data_file", args=[world.plan.pk, name]))
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response.content


def test_the_first_row_names_the_columns(filled):
    [head] = csv.reader([files_of(filled)["actions.csv"].decode("utf-8-sig").split("\r\n")[0]], delimiter=";")
    assert head[:3] == ["numero", "intitule", "ambition"]
