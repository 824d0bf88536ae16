"""`manage.py load_plan`: the plans as they were voted, on a database that holds nothing."""

import tomllib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actions.models import Action, Ambition, Factor, Need, Objective, Orientation, Plan, Theme
from ctg.documents.plan_files import PlanFileError, read_plan_file
from indicators.models import Indicator
from partners.models import Change, Organisation, Territory, User

FIXTURES = Path(__file__).parents[2] / "fixtures"
STRATEGIC = FIXTURES / "territoire-de-demonstration.toml"
THEMATIC = FIXTURES / "gally-mauldre.toml"
SMALL = """
[territory]
name = "Ici"

[plan]
title = "Plan d’ici"

[[themes]]
title = "JEUNESSE"

[[organisations]]
name = "Mairie"
kind = "commune"
generic = false

[[actions]]
number = 1
title = "Agir"
theme = 1
leads = ["Mairie"]
"""
LINKS = {"ambition", "orientation", "theme", "need", "objective"}
PARTS = ("leads", "co_leads", "partners")

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(tmp_path):
    def write(text=SMALL, name="ici.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def count(model):
    return model._base_manager.count()


def test_both_plans_load_on_an_empty_database(capsys):
    call_command("load_plan", STRATEGIC, THEMATIC)
    assert [count(model) for model in (Territory, Plan, Action)] == [2, 2, 36]
    assert [count(model) for model in (Ambition, Orientation, Theme, Need, Objective)] == [4, 11, 9, 9, 10]
    assert count(Organisation) == 23
    assert count(User) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed == [
        "Territoire de démonstration, «\u00a0Plan d’actions CTG\u00a0»\u00a0: "
        "17 actions et 0 indicateurs chargés.",
        "Communauté de communes Gally-Mauldre, «\u00a0Plan d’actions CTG 2025-2028\u00a0»\u00a0: "
        f"19 actions et {count(Indicator)} indicateurs chargés.",
    ]


@pytest.mark.parametrize("path", [STRATEGIC, THEMATIC], ids=["strategic", "thematic"])
def test_every_cell_of_the_file_is_in_the_plan(path):
    call_command("load_plan", path)
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    actions = Action.objects.filter(plan__title=told["plan"]["title"])
    for rank, (action, row) in enumerate(zip(actions, told["actions"], strict=True), start=1):
        assert action.position == rank
        listed = {"factors", "indicators", *PARTS}
        plain = {name: value for name, value in row.items() if name not in LINKS | listed}
        assert {name: getattr(action, name) for name in plain} == plain
        for part in PARTS:
            involved = action.involvements.filter(
                part={"leads": "lead", "co_leads": "co_lead"}.get(part, "partner")
            )
            assert [one.organisation.name for one in involved] == row.get(part, [])
        assert [factor.text for factor in action.factors.all()] == row.get("factors", [])
        indicators = [{"wording": one.wording, "nature": one.nature} for one in action.indicators.all()]
        assert indicators == row.get("indicators", [])
        for name in ("theme", "need", "objective", "ambition"):
            expected = told[f"{name}s"][row[name] - 1]["title"] if name in row else None
            assert getattr(getattr(action, name), "title", None) == expected


def test_an_orientation_belongs_to_the_ambition_of_its_action():
    call_command("load_plan", STRATEGIC)
    assert Action.objects.get(number=9).orientation.title == (
        "Soutenir, étayer, consolider, construire des parcours de vie"
    )
    assert Action.objects.get(number=14).orientation is None
    assert all(
        action.orientation.ambition == action.ambition for action in Action.objects.exclude(orientation=None)
    )


def test_what_was_voted_is_quoted_with_its_faults():
    call_command("load_plan", THEMATIC)
    assert "racrocher" in Factor.objects.get(action__number=2).text
    assert Indicator.objects.filter(wording="Satisfaction des visieurs").exists()
    assert Organisation.objects.get(name="Caf des Yvelines").read_tracked("aliases") == ["CAF", "CAFY"]
    assert not Factor.objects.exclude(kind="").exists()


def test_calendars_are_understood_and_kept_as_written():
    call_command("load_plan", THEMATIC)
    action = Action.objects.get(number=12)
    assert action.calendar_text == "2025 à 2028"
    assert (action.starts_on.isoformat(), action.ends_on.isoformat()) == ("2025-01-01", "2028-12-31")


def test_the_history_says_that_the_plan_was_imported():
    call_command("load_plan", THEMATIC)
    assert set(Change.objects.values_list("author_label", "author", "event")) == {
        ("Import du plan voté", None, "created")
    }
    kinds = set(Change.objects.values_list("kind", flat=True))
    assert kinds == {*("plan", "theme", "need", "objective", "organisation", "action", "factor", "indicator")}


def test_a_plan_is_not_loaded_twice(small):
    call_command("load_plan", THEMATIC)
    before = [count(model) for model in (Territory, Plan, Action, Organisation, Change)]
    with pytest.raises(CommandError, match="a déjà un plan"):
        call_command("load_plan", small(), THEMATIC)
    assert [count(model) for model in (Territory, Plan, Action, Organisation, Change)] == before


def test_a_second_plan_shares_the_organisations_of_its_territory(small):
    call_command("load_plan", small())
    later = SMALL.replace("Plan d’ici", "Plan suivant").replace('"Mairie"', '"MAIRIE"')
    call_command("load_plan", small(later, "suivant.toml"))
    assert count(Territory) == count(Organisation) == 1
    assert [action.organisations.get().name for action in Action.objects.all()] == ["Mairie", "Mairie"]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("theme = 1", "theem = 1", r"actions\[1\]\.theem.: clé inconnue"),
        ("[plan]\ntitle", "[plan]\nheading", r"plan\.title.: clé absente"),
        ("theme = 1", "theme = 2", r"action 1.: «.theme = 2.» ne désigne rien"),
        ("theme = 1", "theme = true", r"actions\[1\]\.theme.: «.True.» n’est pas un nombre entier"),
        ("theme = 1", "orientation = 1", r"«.orientation = 1.» ne désigne rien"),
        ('["Mairie"]', '["Caf"]', r"l’organisme «.Caf.» n’est pas défini"),
        ('["Mairie"]', '["Mairie", "Mairie"]', r"deux fois au même titre"),
        ('["Mairie"]', '"Mairie"', r"actions\[1\]\.leads.: une liste est attendue"),
        ('"commune"', '"ville"', r"«.ville.» n’est pas l’un de epci, service, commune"),
        ("generic = false", "generic = true", "se contredisent"),
        (
            "[[actions]]",
            '[[actions]]\nnumber = 1\ntitle = "Encore"\n[[actions]]',
            "action 1.: définie deux fois",
        ),
        ("[territory]", "[territory", r"ici\.toml"),
    ],
)
def test_a_file_that_does_not_fit_says_where(small, right, wrong, message):
    assert right in SMALL
    with pytest.raises(PlanFileError, match=message) as caught:
        read_plan_file(small(SMALL.replace(right, wrong, 1)))
    assert "ici.toml" in str(caught.value)


def test_a_text_too_long_for_its_place_is_refused_whole(small):
    with pytest.raises(CommandError, match="200"):
        call_command("load_plan", small(SMALL.replace("Plan d’ici", "Plan " * 50)))
    assert count(Territory) == 0


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"absent\.toml"):
        call_command("load_plan", tmp_path / "absent.toml")
