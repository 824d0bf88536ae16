"""The package of a plan: all of it, nothing of the installation, under names that any system takes."""

import csv
import json
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from actions.models.action import PARTS as PARTS_OF_ACTION
from ctg.cycle.closing.content import content_of
from ctg.cycle.closing.label import LABEL
from ctg.cycle.closing.parts import LEFT_OUT, LEFT_OUT_APPS, PART_OF, PARTS, STORED
from indicators.models import EntryLink
from partners import working
from partners.models import Job, Tracked, User
from tests import factories as f
from tests.cycle.packages import fill, read, write
from tests.htmx import soup


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def models_of_the_house():
    return [model for model in apps.get_models() if model._meta.app_label not in LEFT_OUT_APPS]


@pytest.mark.parametrize("model", models_of_the_house(), ids=lambda model: model._meta.label)
def test_it_is_decided_of_every_model_whether_it_goes_in(model):
    label = model._meta.label
    assert (model in PART_OF) != (label in LEFT_OUT), f"{label}: a part in PARTS, or a reason in LEFT_OUT"


def test_what_is_left_out_exists():
    assert set(LEFT_OUT) <= {model._meta.label for model in models_of_the_house()}


def test_a_part_names_only_what_comes_before_it_or_itself():
    known = set()
    for part in PARTS:
        known.add(part.model)
        for field in [*part.relations, *part.lists]:
            assert field.related_model in known, f"{part.name}.{field.name} names {field.related_model}"


def test_what_is_tracked_goes_in_with_its_history():
    """And each tracked field is one whose keys, if it holds any, are found in the history."""
    by_hand = {"aliases", "categories", "targets", "portions", *PARTS_OF_ACTION}
    for model in filter(lambda model: issubclass(model, Tracked), models_of_the_house()):
        assert model in PART_OF, model
        columns = {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}
        assert set(model.tracked_fields) <= columns | by_hand, model


def test_a_part_that_keeps_files_says_where_they_go_and_what_they_are_called():
    for part in PARTS:
        if any(field.name == STORED for field in part.model._meta.concrete_fields):
            assert part.folder and part.named_by, part.name


def test_everything_that_a_plan_holds_is_in_its_content(world):
    counts = content_of(fill(world)).counts
    assert [name for name, count in counts.items() if not count] == []
    # What the trash holds, and the organisations that the plan no longer names.
    assert counts["milestones"] == 3
    names = {row["name"] for row in json.loads(content_of(world.plan).text)["parts"]["organisations"]}
    assert names == {"Service Jeunesse", "Mission locale", "Ancien service", "Ancien porteur"}


def test_nothing_of_the_installation_is_in_its_content(world):
    plan = fill(world)
    seed = EntryLink.objects.first().seed
    text = content_of(plan).text
    for user in User.objects.all():
        assert user.email not in text
    assert "anonyme@exemple.fr" not in text and "compte sans nom, coordination" in text
    for secret in (seed, world.read_link.seed, "nom-sur-le-disque"):
        assert secret not in text
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text)
    # Contacts are how one goes on working with people.
    assert world.solicitation.contact_email in text
    row = json.loads(text)["parts"]["milestones"][0]
    assert row["action"] == 1 and "id" not in row and "pk" not in row


def test_another_plan_of_the_territory_stays_out(world):
    before = content_of(world.plan).sha256
    other = f.ActionFactory(plan=f.PlanFactory(territory=world.territory, title="Autre plan"))
    f.OrganisationFactory(territory=world.territory, name="Organisme de l’autre plan")
    f.IndicatorFactory(plan=other.plan, actions=[other])
    assert content_of(world.plan).sha256 == before


def test_files_travel_under_safe_names_beside_what_says_them(world, tmp_path, monkeypatch):
    files = read(write(fill(world), tmp_path, monkeypatch))
    for name in files:
        assert re.fullmatch(r"(?:[a-z-]+/)?[A-Za-z0-9-]+\.[a-z]+", name) and len(name) < 100, name
    held = [content for name, content in files.items() if name.startswith("pieces-jointes/")]
    assert held == [b"%PDF-1.7 joint"]
    readme = files["LISEZ-MOI.txt"].decode("utf-8-sig")
    digest = content_of(world.plan).sha256
    assert digest in readme and "sauvegarde" in readme and "pieces-jointes/003-perdu.pdf" in readme
    label = json.loads(files["paquet.json"])
    assert label["sha256"] == digest and {one["path"] for one in label["entries"]} == files.keys() - {LABEL}


def test_the_content_costs_as_many_queries_for_three_actions_as_for_thirty(
    world, django_assert_max_num_queries
):
    def grow(count):
        for _ in range(count):
            action = f.ActionFactory(plan=world.plan)
            f.MilestoneFactory(action=action)
            f.InvolvementFactory(action=action, organisation=world.service)
            f.MeasurementFactory(
                indicator=f.IndicatorFactory(plan=world.plan, actions=[action]), organisation=world.service
            )

    grow(3)
    with django_assert_max_num_queries(100) as few:
        content_of(world.plan)
    grow(27)
    with django_assert_max_num_queries(len(few.captured_queries)):
        content_of(world.plan)


@pytest.mark.once
def test_the_coordination_has_it_prepared_and_each_file_opens(world, client_of):
    fill(world)
    client = client_of(world.camille)
    page = soup(client.get(reverse("cycle:closing", args=[world.plan.pk])))
    assert "La convention court jusqu’à fin 2028." in page.text
    response = client.post(reverse("cycle:package_prepare", args=[world.plan.pk]))
    assert working.work_all(timezone.now) == 1
    job = Job.objects.get(title__startswith="Paquet")
    assert response.url == job.get_absolute_url() and not job.error
    download = client.get(reverse("partners:job_download", args=[job.pk]))
    with ZipFile(BytesIO(download.getvalue())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    documents = {name.rpartition(".")[2]: held for name, held in files.items() if name.startswith("plan/")}
    assert documents["pdf"].startswith(b"%PDF-") and load_workbook(BytesIO(documents["xlsx"])).worksheets
    rows = list(csv.reader(StringIO(files["tableaux/actions.csv"].decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["N°", "Action"] and rows[1][1] == world.action.title
    assert len({len(row) for row in rows}) == 1
    assert json.loads(files["contenu.json"])["parts"]["plans"][0]["title"] == world.plan.title


def test_once_over_the_page_says_what_is_left_to_settle(world, client_of, today):
    type(world.plan).objects.filter(pk=world.plan.pk).update(last_year=today.year - 1)
    page = soup(client_of(world.camille).get(reverse("cycle:closing", args=[world.plan.pk])))
    assert "La convention est arrivée à son terme" in page.text
    states = {row.th.text: row.td.text for row in page.tbody("tr")}
    assert states["Campagnes"] == "à clore : Campagnes" and states["Décisions demandées"] == "toutes rendues"
    assert states[f"Bilan {today.year - 1}"].startswith("à figer")


def test_the_room_of_the_documents_leads_there(world, client_of):
    address = reverse("cycle:closing", args=[world.plan.pk])
    register = reverse("reviews:register", args=[world.plan.pk])
    assert address in str(soup(client_of(world.camille).get(register)))
    assert address not in str(soup(client_of(world.ines).get(register)))


@pytest.mark.once
def test_the_command_writes_it_and_tells_its_digest(world, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("ctg.cycle.closing.package.documents_of", lambda plan, today: [])
    call_command("export_package", str(world.plan.pk), output=tmp_path / "paquet.zip")
    assert content_of(world.plan).sha256 in capsys.readouterr().out
    assert "LISEZ-MOI.txt" in read(tmp_path / "paquet.zip")
