"""From somebody’s file to a plan: read, shown, corrected, created once; by the browser and by the command."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import Workbook

from actions.models import Plan, ProgressNote
from ctg.intake.models import DroppedFile
from ctg.intake.previewing.preview import preview_of
from ctg.intake.reading import wire
from ctg.intake.writing.importing import import_plan
from partners.models import Organisation, Territory
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup

FIRST = "Ouvrir un café des habitants"
LINES = (
    ("Axe", "Action", "Pilote", "Partenaires", "Indicateurs", "Freins", "Calendrier", "Statut", "Budget"),
    (
        "1. Vivre ensemble",
        FIRST,
        "Centre social",
        "CAF / CCAS",
        "Nombre de cafés - Satisfaction des habitants",
    )
    + ("Pas de local", "2026", "En cours", "12 000 €"),
    (
        "",
        "Organiser une fête",
        "Commune de Maule",
        "",
        "Nombre de participants",
        "",
        "juin 2027",
        "Reporté",
        "",
    ),
)
CSV = "\n".join(";".join(line) for line in LINES)
ROWS = (
    ("Axe", "Action", "Chef de file", "Échéance", "Observations"),
    ("Vivre ensemble", "Ouvrir un café", "Centre social", "2026", "À confirmer"),
    ("", "Organiser une fête", "Mission locale", "juin 2027", ""),
)


pytestmark = pytest.mark.usefixtures("files_dir")


@pytest.fixture
def dropped(world):
    return f.DroppedFileFactory(territory=world.territory, rows=ROWS)


def drop(client, world, **data):
    return client.post(reverse("intake:drop", args=[world.territory.pk]), data)


def file_of(text, name="plan.csv"):
    return SimpleUploadedFile(name, text.encode())


def create(client, dropped, title="Plan repris"):
    return client.post(reverse("intake:plan_import", args=[dropped.pk]), {"title": title})


def test_a_file_becomes_a_plan_in_three_gestures(world, client):
    before = Plan.objects.count()
    response = drop(client, world, file=file_of(CSV))
    page = soup(client.get(response.url))
    assert "2 actions" in page.select_one(".page-head__lead").get_text()
    assert Plan.objects.count() == before
    dropped = DroppedFile.objects.get()
    plan = Plan.objects.get(pk=create(client, dropped).url.strip("/").split("/")[-1])
    first, second = plan.actions.order_by("number")
    assert (first.title, first.ambition.title) == ("Ouvrir un café des habitants", "Vivre ensemble")
    assert second.ambition == first.ambition
    assert (first.status, second.status) == ("ongoing", "postponed")
    assert second.status_reason
    assert set(first.indicators.values_list("wording", flat=True)) == {
        "Nombre de cafés",
        "Satisfaction des habitants",
    }
    assert first.factors.get().kind == "brake"
    assert first.involvements.get(part="lead").organisation.name == "Centre social"


def test_what_has_no_field_becomes_a_note(world, client):
    drop(client, world, file=file_of(CSV))
    create(client, DroppedFile.objects.get())
    [note] = ProgressNote.objects.filter(action__title="Ouvrir un café des habitants")
    assert note.text == "Budget\u00a0: 12 000 €"
    assert "repris de plan.csv" in note.author_label


def test_a_pasted_table_is_read_too(world, client):
    response = drop(client, world, pasted="Action\tPilote\nOuvrir un café\tCCAS\n")
    assert response.status_code == 302
    assert DroppedFile.objects.get().name == "Tableau collé"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        ({}, "file", "Choisissez un fichier"),
        ({"file": "Bonjour,\nvoici notre plan."}, "file", "Aucune action"),
        ({"pasted": "Bonjour"}, "pasted", ""),
        ({"file": CSV, "pasted": "Action\tPilote\nA\tB"}, "pasted", "pas les deux"),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_field(world, client, data, name, words):
    if "file" in data:
        data = data | {"file": file_of(data["file"])}
    response = drop(client, world, **data)
    assert response.status_code == 422
    assert words in soup(response).select_one(f"#id_{name}_error").get_text()
    assert not DroppedFile.objects.exists()


def sheets_of(*sheets):
    book = Workbook()
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile("plan.xlsx", file.getvalue())


def test_a_sheet_is_set_aside_and_taken_again(world, client):
    archive = [LINES[0], ("", "Une action d’autrefois", "CCAS", "Caf", "", "", "2023", "Réalisée", "")]
    contacts = [("Nom", "Téléphone"), ("Paul", "01"), ("Zoé", "02")]
    file = sheets_of(("Plan", LINES), ("Archives", archive), ("Contacts", contacts))
    drop(client, world, file=file)
    dropped = DroppedFile.objects.get()
    edit = reverse("intake:columns_edit", args=[dropped.pk])

    def shown():
        page = soup(client.get(dropped.get_absolute_url()))
        boxes = page.select(".matching input[type=checkbox]")
        chosen = {
            one["name"]: one.select_one("option[selected]")["value"]
            for one in page.select(".matching select")
        }
        return page.main.text, {one["value"]: one.has_attr("checked") for one in boxes}, chosen

    text, boxes, chosen = shown()
    assert boxes == {"feuille plan": True, "feuille archives": True} and "Une action d’autrefois" in text
    client.post(edit, chosen | {"sheets": ["feuille plan"]})
    text, boxes, chosen = shown()
    assert boxes == {"feuille plan": True, "feuille archives": False} and "2 actions à créer" in text
    assert "A1 à B3" in text and "6 cellules" in text and "Nom, Téléphone, Paul" in text
    client.post(edit, chosen)
    assert "Gardez au moins une feuille." in client.get(dropped.get_absolute_url()).text
    client.post(edit, chosen | {"sheets": ["feuille plan", "feuille archives"]})
    assert shown()[1] == boxes | {"feuille archives": True}
    client.post(edit, chosen | {"sheets": ["feuille plan"]})
    plan = Plan.objects.get(pk=create(client, dropped).url.strip("/").split("/")[-1])
    assert plan.actions.count() == 2


def test_sheets_that_hold_no_action_by_themselves_are_not_kept_alone(world, client):
    plan = [("N°", "Action", "Pilote"), (1, "Ouvrir un café", "CCAS"), (2, "Former les agents", "Caf")]
    follow_up = [("N°", "Statut", "Commentaires"), (1, "En cours", "Bien parti"), (2, "À venir", "")]
    drop(client, world, file=sheets_of(("Plan", plan), ("Suivi", follow_up)))
    dropped = DroppedFile.objects.get()
    page = soup(client.get(dropped.get_absolute_url()))
    assert len(page.select(".matching input[type=checkbox]")) == 2
    chosen = {
        one["name"]: one.select_one("option[selected]")["value"] for one in page.select(".matching select")
    }
    sent = chosen | {"sheets": ["feuille suivi"]}
    client.post(reverse("intake:columns_edit", args=[dropped.pk]), sent)
    said = client.get(dropped.get_absolute_url()).text
    assert "Ces seules feuilles ne contiennent aucune action. Rien n’a changé." in said


def test_sheets_set_aside_in_another_file_leave_something_of_this_one(world, client):
    drop(client, world, file=sheets_of(("Plan", LINES)))
    dropped = DroppedFile.objects.get()
    dropped.choices = {"feuille plan": ""}
    dropped.save()
    assert "2 actions à créer" in client.get(dropped.get_absolute_url()).text


def test_a_column_is_read_as_the_person_says(world, client, dropped):
    page = soup(client.get(dropped.get_absolute_url()))
    fields = {label["for"].removeprefix("id_"): label.get_text() for label in page.select(".matching label")}
    chosen = {
        one["name"]: one.select_one("option[selected]")["value"] for one in page.select(".matching select")
    }
    [name] = [name for name, label in fields.items() if label.startswith("Observations")]
    assert chosen[name] == "notes"
    client.post(reverse("intake:columns_edit", args=[dropped.pk]), chosen | {name: "audiences"})
    dropped.refresh_from_db()
    assert preview_of(dropped).read.actions[0].audiences == "À confirmer"


def test_a_reading_without_actions_says_so_and_can_be_corrected(world, client, dropped):
    page = soup(client.get(dropped.get_absolute_url()))
    names = [one["name"] for one in page.select(".matching select")]
    client.post(reverse("intake:columns_edit", args=[dropped.pk]), dict.fromkeys(names, "-"))
    page = soup(client.get(dropped.get_absolute_url()))
    assert "Aucune action" in page.select_one(".page-head__lead").get_text()
    assert page.select(".matching select")
    response = create(client, dropped)
    assert response.status_code == 422
    assert not Plan.objects.filter(title="Plan repris").exists()


def test_the_next_file_of_the_same_shape_begins_with_these_choices(world, client):
    drop(client, world, file=file_of(CSV))
    first = DroppedFile.objects.get()
    first.choices = {"budget": "audiences"}
    first.save()
    create(client, first)
    drop(client, world, file=file_of(CSV.replace("Ouvrir un café", "Fermer un café")))
    assert DroppedFile.objects.first().choices == {"budget": "audiences"}


def test_asked_twice_it_is_created_once(world, client, dropped):
    assert create(client, dropped).url == create(client, dropped).url
    assert Plan.objects.filter(title="Plan repris").count() == 1


def test_a_title_that_the_territory_has_is_refused_and_nothing_is_written(world, client, dropped):
    response = create(client, dropped, title=world.plan.title)
    assert response.status_code == 422
    assert "a déjà un plan" in soup(response).select_one("#id_title_error").get_text()
    assert not Organisation.objects.filter(name="Centre social").exists()
    dropped.refresh_from_db()
    assert dropped.plan is None


def test_organisations_that_are_known_by_any_name_are_found_again(world, client, dropped):
    known = [one.name for one in preview_of(dropped).organisations if one.is_known]
    assert known == [world.partner.name]
    plan = import_plan(dropped, title="Plan repris", by=Author("Camille"), at=dropped.dropped_at)
    assert Organisation.objects.filter(territory=world.territory, name=world.partner.name).count() == 1
    assert plan.actions.count() == 2


def test_a_text_too_long_for_its_field_is_kept_whole_in_a_note(world, client):
    long = "au fil de l’eau, " * 40
    rows = (("Action", "Pilote", "Calendrier"), ("Ouvrir un café", "CCAS", long.strip()))
    dropped = f.DroppedFileFactory(territory=world.territory, rows=rows)
    create(client, dropped)
    [action] = Plan.objects.get(title="Plan repris").actions.all()
    assert action.calendar_text.endswith("…") and len(action.calendar_text) == 300
    assert long.strip() in action.notes.get().text


def test_the_command_tells_and_writes_nothing_unless_asked(world, tmp_path, capsys):
    path = tmp_path / "plan.csv"
    path.write_text(CSV, encoding="cp1252", errors="replace")
    before = Plan.objects.count()
    call_command("import_plan", str(path), territory=world.territory.name)
    said = capsys.readouterr().out
    assert "2 actions" in said and "Rien n’a été écrit" in said
    assert Plan.objects.count() == before
    call_command("import_plan", str(path), territory=world.territory.name, title="Plan repris", apply=True)
    assert Plan.objects.get(title="Plan repris").actions.count() == 2


def test_the_command_reports_as_json(world, tmp_path, capsys):
    path = tmp_path / "plan.csv"
    path.write_text(CSV, encoding="utf-8")
    call_command("import_plan", str(path), territory=world.territory.name, json=True)
    report = json.loads(capsys.readouterr().out)
    assert [one["title"] for one in report["actions"]] == [
        "Ouvrir un café des habitants",
        "Organiser une fête",
    ]
    assert report["cells"]["missing"] == report["cells"]["lost"] == 0
    first = report["actions"][0]
    assert first["leads"] == ["Centre social"] and first["partners"] == ["CAF", "CCAS"]
    assert first["ambition"] == "Vivre ensemble" and first["budget"] == "12 000 €"
    assert first["calendar"] == {"text": "2026", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    assert first["status"] == {"text": "En cours", "value": "ongoing"}
    assert [one["wording"] for one in first["indicators"]] == [
        "Nombre de cafés",
        "Satisfaction des habitants",
    ]
    assert first["cells"]["leads"] == ["Tableau 1!C2"]


def test_the_report_in_json_traces_each_cell_to_what_it_became(world, tmp_path, capsys):
    path = tmp_path / "plan.csv"
    path.write_text(f"{CSV}\n;;;;;;;;\nAdopté en 2025;;;;;;;;\n", encoding="utf-8")
    call_command("import_plan", str(path), json=True)
    trace = json.loads(capsys.readouterr().out)["trace"]
    by_cell = {one["cell"]: one["became"] for one in trace}
    assert by_cell["A1"] == "titre de colonne"
    assert by_cell["C2"] == f"action {FIRST}\u00a0: porteurs"
    assert "sans place" in by_cell["A5"]
    assert all(one["became"] for one in trace)
    filled = [text for line in LINES for text in line if text]
    assert len(trace) == len(filled) + 1


FAULTY = CSV.replace("Reporté", "Zorglub")


def test_the_command_tells_the_problems_and_leaves_errors_aside_when_asked(world, tmp_path, capsys):
    path = tmp_path / "plan.csv"
    path.write_text(FAULTY)
    asked = {"territory": world.territory.name}
    call_command("import_plan", str(path), **asked)
    said = capsys.readouterr().out
    assert "2 actions à créer." in said and "Lignes du fichier\u00a0: 3" in said
    assert "H3, « Zorglub » : Ce statut n’est pas compris. Statuts compris" in said
    assert f"{FIRST} (sera créée)" in said and "Colonne « Pilote » : porteurs" in said
    call_command("import_plan", str(path), **asked, json=True, without_errors=True)
    report = json.loads(capsys.readouterr().out)
    [problem] = [one for one in report["problems"] if one["grade"] == "Erreur"]
    assert (problem["cell"], problem["value"]) == ("H3", "Zorglub")
    assert report["counts"] == {"created": 1, "there": 0, "aside": 1}
    assert [one["fate"] for one in report["actions"]] == ["created", "aside"]
    call_command("import_plan", str(path), **asked, title="Plan repris", apply=True, without_errors=True)
    assert [one.title for one in Plan.objects.get(title="Plan repris").actions.all()] == [FIRST]


def test_the_command_adds_to_a_plan(world, tmp_path, capsys):
    path = tmp_path / "plan.csv"
    path.write_text(CSV)
    before = world.plan.actions.count()
    f.ActionFactory(plan=world.plan, number=7, title=FIRST)
    for created in (1, 0):
        call_command("import_plan", str(path), into=world.plan.pk, json=True)
        report = json.loads(capsys.readouterr().out)
        assert (report["into"], report["counts"]["created"]) == (world.plan.title, created)
        if created:
            call_command("import_plan", str(path), into=world.plan.pk, apply=True)
            capsys.readouterr()
    assert world.plan.actions.count() == before + 2
    with pytest.raises(CommandError, match="Aucune action"):
        call_command("import_plan", str(path), into=world.plan.pk, apply=True)
    with pytest.raises(CommandError, match="Aucun plan"):
        call_command("import_plan", str(path), into=987_654)
    with pytest.raises(CommandError, match="où va"):
        call_command("import_plan", str(path), apply=True)


def test_the_command_creates_the_territory_of_a_first_plan_and_reads_without_any(world, tmp_path, capsys):
    path = tmp_path / "plan.csv"
    path.write_text(CSV)
    call_command("import_plan", str(path))
    assert "2 actions à créer." in capsys.readouterr().out
    call_command("import_plan", str(path), new_territory="Val neuf")
    assert not Territory.objects.filter(name="Val neuf").exists()
    call_command("import_plan", str(path), new_territory="Val neuf", title="Plan repris", apply=True)
    [plan] = Plan.objects.filter(territory__name="Val neuf")
    assert (plan.title, plan.actions.count()) == ("Plan repris", 2)
    with pytest.raises(CommandError, match="déjà"):
        call_command("import_plan", str(path), new_territory="Val neuf")


@pytest.mark.parametrize("content", ["Bonjour", "\x00\x01"])
def test_the_command_says_why_it_reads_nothing(world, tmp_path, content):
    path = tmp_path / "plan.csv"
    path.write_text(content)
    with pytest.raises(CommandError):
        call_command("import_plan", str(path), territory=world.territory.name)
    with pytest.raises(CommandError, match="Aucun territoire"):
        call_command("import_plan", str(path), territory="Nulle part")


def test_what_was_read_is_kept_as_it_was(dropped):
    again = wire.read_answer(dropped.tables.encode().splitlines(), dropped.name)
    assert "\n".join(wire.write_answer(again)) == dropped.tables
