"""Somebody's own file becomes a plan, and a workbook comes back: by keyboard, and without JavaScript."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

from actions.models import Action, Plan
from ctg.documents.exports import export_table
from ctg.intake.models import DroppedFile
from tests import factories as f

from .hands import Keyboard, Mouse

TITLES = ("Axe", "Action", "Pilote", "Partenaires", "Échéance", "Remarques")
PLAN = (
    (
        "1. Grandir",
        "Ouvrir un relais petite enfance",
        "Mairie de Loubens",
        "Caf, PMI",
        "2027",
        "Voir le budget",
    ),
    ("1. Grandir", "Former les animateurs", "Francas", "Caf", "rentrée 2026", ""),
)
ARCHIVE = (("1. Grandir", "Une action d’autrefois", "CCAS", "Caf", "2022", ""),)


def workbook(**sheets):
    book = Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in (TITLES, *rows):
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    return {"name": "plan.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}


@pytest.fixture
def files_dir(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.mark.usefixtures("files_dir")
@pytest.mark.parametrize("hands", [Keyboard, Mouse])
def test_from_a_file_to_a_plan_and_back(browse, world, hands):
    page = browse(world.camille, java_script_enabled=hands is Keyboard, reduced_motion="reduce")
    hand = hands(page)
    hand.open(reverse("intake:drop", args=[world.territory.pk]))
    page.set_input_files("input[type=file]", workbook(Plan=PLAN, Archives=ARCHIVE))
    hand.button("Lire ce fichier")
    hand.reads("3 actions à créer. Rien n’est encore créé.")
    hand = hands(page)
    hand.tick("Archives")
    hand.pick("Remarques", "modalités de mise en œuvre")
    hand.button("Relire avec ces choix")
    hand.reads("2 actions à créer.")
    hand = hands(page)
    hand.link("Vérifier le découpage")
    row = page.locator("tr", has_text="Mairie de Loubens")
    row.get_by_role("combobox", name="Nom").fill(world.service.name)
    hand.button("Enregistrer les organismes")
    hand.link("Revenir au fichier")
    hand = hands(page)
    hand.write("Intitulé du plan", "CTG de Loubens")
    hand.button("Créer ce plan")
    expect(page.locator("h1")).to_contain_text("CTG de Loubens")
    plan = Plan.objects.get(title="CTG de Loubens")
    first, second = plan.actions.order_by("number")
    assert (first.methods, first.involvements.get(part="lead").organisation) == (
        "Voir le budget",
        world.service,
    )
    assert second.calendar_text == "rentrée 2026"
    hand.open(DroppedFile.objects.get().get_absolute_url())
    hand = hands(page)
    hand.link("Revenir en arrière")
    hand.button("Revenir en arrière")
    expect(page.locator("main")).to_contain_text("Rien n’est encore créé")
    assert not Plan.objects.current().filter(pk=plan.pk).exists()


@pytest.mark.usefixtures("files_dir")
@pytest.mark.parametrize("hands", [Keyboard, Mouse])
def test_a_workbook_that_comes_back_is_taken_line_by_line(browse, world, today, hands):
    f.ActionFactory(plan=world.plan, number=40, title="Tenir un carnet")
    book = load_workbook(BytesIO(export_table(world.plan, today=today).content))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {row[columns["N°"] - 1].value: row[0].row for row in sheet.iter_rows(min_row=2)}
    sheet.cell(rows[40], columns["Action"], "Tenir un carnet de bord")
    sheet.cell(rows[40], columns["Publics"], "Les familles")
    sheet.cell(rows[world.action.number], columns["Communes"], "Toutes")
    file = BytesIO()
    book.save(file)
    page = browse(world.camille, java_script_enabled=hands is Keyboard, reduced_motion="reduce")
    hand = hands(page)
    hand.open(reverse("intake:returned_add", args=[world.plan.pk]))
    sent = {"name": "Plan.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}
    page.set_input_files("input[type=file]", sent)
    hand.button("Lire ce classeur")
    hand.reads("3 propositions")
    hand = hands(page)
    box = page.locator("label", has_text="publics").get_by_role("checkbox")
    if hands is Keyboard:
        hand.reach(box)
        page.keyboard.press("Space")
    else:
        box.click()
    hand.button("Reprendre ce qui est coché")
    expect(page.locator("main")).to_contain_text("Repris dans le plan")
    changed = Action.objects.get(plan=world.plan, number=40)
    assert (changed.title, changed.audiences) == ("Tenir un carnet de bord", "")
    world.action.refresh_from_db()
    assert world.action.municipalities == "Toutes"
