"""Sound rows now, the others later: a file into a plan that exists, where nothing is written over."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Ambition, Plan
from ctg.intake.models import DroppedFile
from ctg.intake.previewing.annotated import TITLE
from ctg.intake.previewing.preview import preview_of
from partners.models import Change, Organisation
from tests import factories as f
from tests.htmx import soup

HEADER = ("Axe", "N°", "Action", "Pilote", "Statut")
ROWS = (
    HEADER,
    ("Vivre ensemble", "1", "Ouvrir un café", "Centre social", "En cours"),
    ("", "2", "Organiser une fête", "CCAS", "Zorglub"),
    ("Grandir", "3", "", "Club de lecture", "Fait"),
)


pytestmark = pytest.mark.usefixtures("files_dir")


@pytest.fixture
def dropped(world):
    return f.DroppedFileFactory(territory=world.territory, rows=ROWS)


def lead(client, dropped):
    return soup(client.get(dropped.get_absolute_url())).select_one(".page-head__lead").get_text()


def create(client, dropped, **data):
    return client.post(reverse("intake:plan_import", args=[dropped.pk]), {"title": "Plan repris"} | data)


def add(client, plan, rows):
    """Drop a file into the plan; the file kept."""
    text = "\n".join(";".join(row) for row in rows)
    file = SimpleUploadedFile("suite.csv", text.encode())
    response = client.post(reverse("intake:drop_into", args=[plan.pk]), {"file": file})
    assert response.status_code == 302, soup(response).get_text()
    return DroppedFile.objects.get(pk=response.url.strip("/").split("/")[-1])


def titles(plan):
    return list(plan.actions.order_by("number").values_list("number", "title"))


def test_the_page_tells_the_problems_by_grade_all_at_once(client, dropped):
    assert "2 actions à créer, 1 ligne mise de côté" in lead(client, dropped)
    page = soup(client.get(dropped.get_absolute_url()))
    found = {
        section["id"]: [row.select_one("th").contents[0] for row in section.find_next("tbody").select("tr")]
        for section in page.select(".problems__grade")
    }
    assert found["problems-critical"] == ["C4"]
    assert found["problems-error"] == ["E3"]
    assert page.select_one("#problems-error").find_next("table").select_one("caption")
    assert "1 problème critique, 1 erreur" in page.get_text()


def test_a_file_without_problems_says_so(client, world):
    dropped = f.DroppedFileFactory(territory=world.territory, rows=ROWS[:2])
    assert "Aucun problème" in soup(client.get(dropped.get_absolute_url())).get_text()


def test_sound_rows_go_in_now_and_the_corrected_file_later(client, world, dropped):
    create(client, dropped)
    plan = Plan.objects.get(title="Plan repris")
    assert titles(plan) == [(1, "Ouvrir un café"), (2, "Organiser une fête")]
    assert not Organisation.objects.filter(name="Club de lecture").exists()
    page = soup(client.get(dropped.get_absolute_url()))
    assert "1 ligne sans intitulé" in page.get_text()
    assert page.find("a", href=reverse("intake:drop_into", args=[plan.pk]))

    content = b"".join(client.get(reverse("intake:annotated", args=[dropped.pk])).streaming_content)
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book.active
    assert sheet["F1"].value == TITLE and sheet["F4"].value.startswith("C4. Critique")
    sheet["C4"] = "Former les agents"
    corrected = BytesIO()
    book.save(corrected)
    file = SimpleUploadedFile("corrigé.xlsx", corrected.getvalue())
    response = client.post(reverse("intake:drop_into", args=[plan.pk]), {"file": file})
    again = DroppedFile.objects.get(into=plan)
    assert response.url == again.get_absolute_url()
    assert TITLE not in [column.title for column in preview_of(again).recognised.columns]
    assert "1 action à créer, 2 déjà dans le plan." in lead(client, again)
    create(client, again)
    assert titles(plan) == [(1, "Ouvrir un café"), (2, "Organiser une fête"), (3, "Former les agents")]
    assert sorted(plan.ambitions.values_list("title", flat=True)) == ["Grandir", "Vivre ensemble"]
    assert lead(client, again).endswith("1 action créée, 2 déjà dans le plan.")


def test_errors_stay_out_when_asked(client, dropped):
    create(client, dropped, without_errors="on")
    assert titles(Plan.objects.get(title="Plan repris")) == [(1, "Ouvrir un café")]
    page = soup(client.get(dropped.get_absolute_url()))
    assert "Organiser une fête" in page.select_one("#imported").find_parent("section").get_text()


def test_adding_finds_headings_again_and_changes_nothing_that_stands(client, world):
    plan = f.PlanFactory(territory=world.territory)
    ambition = f.AmbitionFactory(plan=plan, title="Vivre ensemble")
    there = f.ActionFactory(plan=plan, number=1, title="Ouvrir un café", ambition=ambition, purpose="À nous")
    written = Change.objects.filter(plan_id=plan.pk).count()
    dropped = add(
        client,
        plan,
        [HEADER, ("VIVRE ENSEMBLE", "", "Ouvrir un cafe", "", "Fait"), ("", "", "Tenir un stand", "", "")],
    )
    response = create(client, dropped)
    assert response.url == plan.get_absolute_url()
    there.refresh_from_db()
    assert (there.purpose, there.status, there.version) == ("À nous", "planned", 1)
    new = plan.actions.get(title="Tenir un stand")
    assert (new.number, new.ambition) == (2, ambition)
    assert Ambition.objects.filter(plan=plan).count() == 1
    assert not Change.objects.filter(plan_id=plan.pk, event="changed").exists()
    assert Change.objects.filter(plan_id=plan.pk).count() == written + 1


def test_a_number_that_the_plan_has_is_refused(client, world):
    plan = f.PlanFactory(territory=world.territory)
    f.ActionFactory(plan=plan, number=1, title="Tenir un stand")
    dropped = add(client, plan, [HEADER, ("", "1", "Ouvrir un café", "", ""), ("", "5", "Former", "Caf", "")])
    assert "1 action à créer, 1 ligne mise de côté" in lead(client, dropped)
    create(client, dropped)
    assert titles(plan) == [(1, "Tenir un stand"), (5, "Former")]


def test_actions_get_another_number_when_asked_and_theirs_is_kept(client, world):
    plan = f.PlanFactory(territory=world.territory)
    f.ActionFactory(plan=plan, number=1, title="Tenir un stand")
    dropped = add(client, plan, [HEADER, ("", "1", "Ouvrir un café", "", ""), ("", "5", "Former", "Caf", "")])
    assert soup(client.get(dropped.get_absolute_url())).select_one("#id_renumber")
    create(client, dropped, renumber="on")
    assert titles(plan) == [(1, "Tenir un stand"), (5, "Former"), (6, "Ouvrir un café")]
    assert plan.actions.get(number=6).notes.get().text == "Numéro écrit dans le fichier\u00a0: 1"


def test_a_file_of_which_all_is_there_offers_nothing_to_create(client, world):
    plan = f.PlanFactory(territory=world.territory)
    f.ActionFactory(plan=plan, number=1, title="Ouvrir un café")
    dropped = add(client, plan, [HEADER[2:], ("Ouvrir un café", "Caf", "")])
    page = soup(client.get(dropped.get_absolute_url()))
    assert not page.select(".letter .button--primary")
    response = create(client, dropped)
    assert response.status_code == 422 and "Aucune action" in soup(response).get_text()
    dropped.refresh_from_db()
    assert not dropped.is_imported


def test_the_page_of_the_plan_leads_there_for_the_coordination(client_of, world):
    address = reverse("intake:drop_into", args=[world.plan.pk])
    assert address in client_of(world.camille).get(world.plan.get_absolute_url()).content.decode()
    assert address not in client_of(world.ines).get(world.plan.get_absolute_url()).content.decode()


def test_a_right_that_ends_between_preview_and_confirmation_closes_the_file(client, world, dropped):
    assert client.get(dropped.get_absolute_url()).status_code == 200
    world.memberships["camille"].delete()
    assert create(client, dropped).status_code == 404
    assert not Plan.objects.filter(title="Plan repris").exists()


def test_the_preview_costs_the_same_for_five_actions_and_for_fifty(client, world):
    counts = []
    for size in (5, 50):
        rows = [
            HEADER,
            *(("Axe", "", f"Ouvrir le lieu numéro {n}", f"Service {n}", "En cours") for n in range(size)),
        ]
        dropped = f.DroppedFileFactory(territory=world.territory, rows=rows)
        for name in ("intake:preview", "intake:splits", "intake:annotated"):
            address = reverse(name, args=[dropped.pk])
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
