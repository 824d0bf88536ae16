"""What is asked of a plan’s page is what leaves it: formats, filters, names, readers."""

import re
from io import BytesIO

import docx
import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from ctg.documents.word.template import build_template
from tests import factories as f

LAYOUTS = ["strategique", "thematique"]
KINDS = {
    "pdf": ("application/pdf", b"%PDF-1.7"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
}


def plan_address(plan, file_format, layout="thematique"):
    return reverse("documents:plan_document", args=[plan.pk, layout, file_format])


def sheet_address(action, file_format):
    return reverse("documents:action_document", args=[action.pk, file_format])


def table_address(plan):
    return reverse("documents:action_table", args=[plan.pk])


def words_of(response):
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(response.content)).paragraphs)


def cells_of(response):
    book = load_workbook(BytesIO(response.content))
    return {str(cell) for sheet in book for row in sheet.values for cell in row}


@pytest.mark.parametrize("file_format", KINDS)
def test_plan_and_sheet_are_downloaded_under_a_plain_name(world, client_of, file_format):
    client, today = client_of(world.elise), timezone.localdate()
    media_type, start = KINDS[file_format]
    number = world.action.number
    for path, name in (
        (plan_address(world.plan, file_format), "plan-ctg-pays-de-rivemont-thematique"),
        (plan_address(world.plan, file_format) + "?suivi=1", "plan-ctg-pays-de-rivemont-thematique-suivi"),
        (plan_address(world.plan, file_format) + "?liste=1", "plan-ctg-pays-de-rivemont-thematique-liste"),
        (sheet_address(world.action, file_format), f"fiche-action-{number}-pays-de-rivemont"),
    ):
        response = client.get(path)
        assert response.status_code == 200
        assert response["Content-Type"] == media_type
        assert response.content.startswith(start)
        file = f"{name}-{today}.{file_format}"
        assert response["Content-Disposition"] == f"attachment; filename=\"{file}\"; filename*=UTF-8''{file}"


def test_the_table_is_a_workbook_under_a_plain_name(world, client_of):
    response = client_of(world.karim).get(table_address(world.plan))
    file = f"actions-ctg-pays-de-rivemont-{timezone.localdate()}.xlsx"
    assert response["Content-Disposition"].startswith(f'attachment; filename="{file}"')
    assert world.action.title in cells_of(response)


def test_only_readers_of_the_plan_get_any(world, client_of):
    paths = [
        plan_address(world.plan, "docx"),
        sheet_address(world.action, "docx"),
        table_address(world.plan),
    ]
    for stranger in ("nadia", "alex"):
        client = client_of(getattr(world, stranger))
        assert [client.get(path).status_code for path in paths] == [404] * 3
    client = client_of(world.ines)
    assert [client.get(path).status_code for path in paths] == [200] * 3
    assert [client.post(path).status_code for path in paths] == [405] * 3


def test_what_is_in_the_trash_is_not_exported(world, client_of):
    client = client_of(world.camille)
    world.action.trashed_at = timezone.now()
    world.action.save()
    assert client.get(sheet_address(world.action, "docx")).status_code == 404
    assert world.action.title not in words_of(client.get(plan_address(world.plan, "docx")))


@pytest.mark.parametrize("file_format", ["odt", "xlsx.pdf", "PDF"])
def test_a_format_that_does_not_exist_is_not_found(world, client_of, file_format):
    path = plan_address(world.plan, "pdf").removesuffix("pdf") + file_format
    assert client_of(world.camille).get(path).status_code == 404


# Filters


@pytest.fixture
def filtered(world):
    """Of three actions, « q=minibus » keeps one and « statut=done » another."""
    f.ActionFactory(plan=world.plan, title="Acheter un minibus", theme=world.theme)
    f.ActionFactory(plan=world.plan, title="Ouvrir le relais", status="done")
    return world


QUERIES = {
    "?statut=done": ("Ouvrir le relais", "Réalisée"),
    "?q=minibus": ("Acheter un minibus", "«\u00a0minibus\u00a0»"),
}


@pytest.mark.parametrize("query", QUERIES)
def test_documents_keep_the_filters_of_the_page_and_print_them(filtered, client_of, query):
    kept, said = QUERIES[query]
    client, total = client_of(filtered.elise), filtered.plan.actions.count()
    titles = set(filtered.plan.actions.values_list("title", flat=True)) - {kept}
    workbook = reverse("documents:plan_workbook", args=[filtered.plan.pk, "strategique"])
    for layout in LAYOUTS:
        for more in ("", "&suivi=1"):
            words = words_of(client.get(plan_address(filtered.plan, "docx", layout) + query + more))
            assert f"1 action sur {total}\u00a0: {said}" in words
            assert kept in words and not [title for title in titles if title in words]
    for path in (workbook, workbook.replace("strategique", "thematique"), table_address(filtered.plan)):
        response = client.get(path + query)
        cells = "\n".join(cells_of(response))
        assert f"1 action sur {total}\u00a0: {said}" in cells
        assert kept in cells and not [title for title in titles if title in cells]
        assert "-extrait-" in response["Content-Disposition"]


def test_what_one_carries_depends_on_who_asks(filtered, client_of):
    path = plan_address(filtered.plan, "docx") + "?regard=je-porte"
    assert filtered.action.title in words_of(client_of(filtered.paul).get(path))
    assert filtered.action.title not in words_of(client_of(filtered.elise).get(path))


def test_a_filter_that_means_nothing_leaves_the_plan_whole(filtered, client_of):
    response = client_of(filtered.elise).get(plan_address(filtered.plan, "docx") + "?statut=autre&page=3")
    assert "Filtres" not in words_of(response)
    assert "-extrait-" not in response["Content-Disposition"]


def test_a_filter_that_keeps_nothing_gives_an_empty_document(filtered, client_of):
    words = words_of(client_of(filtered.elise).get(plan_address(filtered.plan, "docx") + "?q=introuvable"))
    assert "0 action sur" in words
    assert filtered.action.title not in words


def test_the_menu_leads_to_every_format_with_the_filters_in_force(filtered, client_of):
    client = client_of(filtered.elise)
    page = BeautifulSoup(client.get(filtered.plan.get_absolute_url() + "?statut=done").content, "html5lib")
    links = [link["href"] for link in page.select(".formats a")]
    assert len(links) == 4 * 3 + 2 + 1
    assert all("statut=done" in link for link in links)
    assert {re.search(r"\.(\w+)\?", link)[1] for link in links} == {"xlsx", "pdf", "docx"}
    names = [link.get_text() for link in page.select(".formats a")]
    assert len(set(names)) == len(names)
    assert "Réalisée" in page.select_one(".formats__filters").get_text()
    for link in links:
        if not link.partition("?")[0].endswith("pdf"):
            assert client.get(link).status_code == 200
            assert "-extrait-" in client.get(link)["Content-Disposition"]


def test_the_sheet_leads_to_its_documents(world, client_of):
    page = client_of(world.elise).get(world.action.get_absolute_url()).text
    assert sheet_address(world.action, "pdf") in page and sheet_address(world.action, "docx") in page


# Numbers of queries, and the command line


@pytest.mark.parametrize("file_format", KINDS)
def test_the_number_of_queries_does_not_grow_with_the_plan(world, client_of, file_format):
    client = client_of(world.elise)
    path = plan_address(world.plan, file_format) + "?suivi=1&statut=planned"

    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    few, sheet = cost(path), cost(sheet_address(world.action, file_format))
    for _ in range(10):
        action = f.ActionFactory(plan=world.plan, theme=f.ThemeFactory(plan=world.plan))
        f.MilestoneFactory(action=action)
        f.ProgressNoteFactory(action=action)
        f.FactorFactory(action=world.action)
        f.MilestoneFactory(action=world.action, owner=f.OrganisationFactory(territory=world.territory))
        f.IndicatorFactory(plan=world.plan, actions=[world.action])
    assert cost(path) == few
    assert cost(sheet_address(world.action, file_format)) == sheet


@pytest.mark.parametrize(("file_format", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_the_command_writes_each_format(world, tmp_path, monkeypatch, file_format, start):
    monkeypatch.chdir(tmp_path)
    words = ("export_plan", str(world.plan.pk), "--layout", "thematique", "--format", file_format)
    call_command(*words, stdout=None)
    (file,) = tmp_path.iterdir()
    assert file.name == f"plan-ctg-pays-de-rivemont-thematique-{timezone.localdate()}.{file_format}"
    assert file.read_bytes().startswith(start)


def test_the_command_takes_the_looks_of_another_document(world, tmp_path):
    own = build_template()
    own.styles["Heading 1"].font.name = "Marianne de Rivemont"
    own.save(str(tmp_path / "modele.docx"))
    file = tmp_path / "plan.docx"
    words = ("export_plan", str(world.plan.pk), "--layout", "thematique", "--format", "docx")
    call_command(*words, "--modele", tmp_path / "modele.docx", "--output", file, stdout=None)
    assert docx.Document(str(file)).styles["Heading 1"].font.name == "Marianne de Rivemont"
    with pytest.raises(CommandError, match="n’est pas un document Word"):
        call_command(*words, "--modele", tmp_path / "absent.docx", "--output", file)


def test_the_command_knows_no_other(world):
    with pytest.raises(CommandError, match="odt"):
        call_command("export_plan", str(world.plan.pk), "--layout", "thematique", "--format", "odt")
