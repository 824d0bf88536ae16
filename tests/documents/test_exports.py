"""A plan downloaded from the browser, or written by `manage.py export_plan`."""

import re
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests import factories as f

LAYOUTS = ["strategique", "thematique"]


def address(plan, layout):
    return reverse("documents:plan_workbook", args=[plan.pk, layout])


def cells_of(content):
    return {cell for sheet in load_workbook(BytesIO(content)) for row in sheet.values for cell in row}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("reader", ["camille", "paul", "ines", "elise", "karim"])
def test_whoever_reads_the_plan_downloads_it(world, client_of, layout, reader):
    response = client_of(getattr(world, reader)).get(address(world.plan, layout))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert any(world.action.title in str(cell) for cell in cells_of(response.content))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("stranger", ["nadia", "alex"])
def test_nobody_else_does(world, client_of, layout, stranger):
    assert client_of(getattr(world, stranger)).get(address(world.plan, layout)).status_code == 404


def test_a_plan_in_the_trash_is_not_exported(world, client_of):
    world.plan.trashed_at = timezone.now()
    world.plan.save()
    assert client_of(world.camille).get(address(world.plan, "thematique")).status_code == 404


def test_a_layout_that_does_not_exist_is_not_found(world, client_of):
    path = address(world.plan, "thematique").replace("thematique", "autre")
    assert client_of(world.camille).get(path).status_code == 404


def test_a_download_changes_nothing_and_needs_to_be_asked_for_safely(world, client_of):
    client = client_of(world.camille)
    assert client.post(address(world.plan, "thematique")).status_code == 405
    assert client.head(address(world.plan, "thematique")).status_code == 200


def test_follow_up_comes_when_it_is_asked_for(world, client_of):
    client = client_of(world.elise)
    voted = cells_of(client.get(address(world.plan, "thematique")).content)
    followed = cells_of(client.get(address(world.plan, "thematique"), {"suivi": "1"}).content)
    assert "Statut" in followed - voted


@pytest.mark.parametrize("reader", ["camille", "elise"])
def test_a_note_kept_among_coordinators_stays_there_whoever_exports(world, client_of, reader):
    world.note.text, world.note.audience = "Canari", "coordinators"
    world.note.save()
    response = client_of(getattr(world, reader)).get(address(world.plan, "thematique"), {"suivi": "1"})
    assert not any("Canari" in str(cell) for cell in cells_of(response.content))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Communauté de communes Gally-Mauldre", "gally-mauldre"),
        ("Communauté d’agglomération de l'Œuvre", "l-oeuvre"),
        ("Territoire de démonstration", "territoire-de-demonstration"),
        ('"; filename="x\r\nSet-Cookie: a=b', "filename-x-set-cookie-a-b"),
        ("../../etc/passwd", "etc-passwd"),
        ("東京", None),
    ],
)
def test_a_file_is_named_after_its_territory_and_its_day(world, client_of, name, expected):
    world.territory.name = name
    world.territory.save()
    client = client_of(world.camille)
    expected = expected or str(world.plan.pk)
    for query, suffix in (({}, ""), ({"suivi": "1"}, "-suivi")):
        header = client.get(address(world.plan, "thematique"), query)["Content-Disposition"]
        file = f"plan-ctg-{expected}-thematique{suffix}-{timezone.localdate()}.xlsx"
        assert header == f"attachment; filename=\"{file}\"; filename*=UTF-8''{file}"


@pytest.fixture
def written(tmp_path):
    def export(*words, layout="thematique"):
        path = tmp_path / "plan.xlsx"
        call_command("export_plan", *words, "--layout", layout, "--output", path, stdout=None)
        return path.read_bytes()

    return export


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("word", ["pk", "name", "short_name"])
def test_the_command_writes_the_same_file(world, client_of, written, layout, word, capsys):
    world.territory.short_name = "CCRV"
    world.territory.save()
    words = {"pk": str(world.plan.pk), "name": "pays de rivemont", "short_name": "ccrv"}
    downloaded = client_of(world.camille).get(address(world.plan, layout), {"suivi": "1"}).content
    assert cells_of(written(words[word], "--suivi", layout=layout)) == cells_of(downloaded)


def test_the_command_names_the_file_when_nobody_does(world, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    call_command("export_plan", str(world.plan.pk), "--layout", "strategique")
    (path,) = tmp_path.iterdir()
    assert path.name == f"plan-ctg-pays-de-rivemont-strategique-{timezone.localdate()}.xlsx"
    assert path.name in capsys.readouterr().out


def test_the_command_lists_the_plans_that_a_name_may_mean(world, written):
    other = f.PlanFactory(territory=world.territory, title="Plan suivant")
    with pytest.raises(CommandError, match="Plusieurs plans") as error:
        written("Pays de Rivemont")
    listed = re.findall(r"^ +(\d+) ", str(error.value), re.MULTILINE)
    assert sorted(map(int, listed)) == sorted([world.plan.pk, other.pk])


@pytest.mark.parametrize("words", ["Nulle part", "", "0", "pays"])
def test_the_command_says_that_no_plan_has_that_name(world, written, words):
    with pytest.raises(CommandError, match="Aucun plan") as error:
        written(words)
    assert "Pays de Rivemont" in str(error.value)


def test_the_command_says_where_it_cannot_write(world, tmp_path):
    with pytest.raises(CommandError, match="absent"):
        call_command(
            "export_plan", str(world.plan.pk), "--layout", "thematique", "--output", tmp_path / "absent" / "x"
        )
