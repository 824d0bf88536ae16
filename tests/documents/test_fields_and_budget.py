"""What a plan adds to its sheets goes out with them, and nowhere that anybody may read."""

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from ctg.documents.exports import export_table
from tests import factories as f
from tests.documents.files import TODAY, html_of, sheet_of
from tests.documents.workbooks import first_sheet, strategic, table, thematic, without_mark
from tests.intake.leaving import EXPORTS, diff_of
from tests.routes import furnish

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FORMULA = '=HYPERLINK("http://exemple.fr";"clic")'


@pytest.fixture
def added(world):
    """A plan with a field of each kind, and a budget of two lines."""
    plan = world.plan
    plan.has_budget = True
    plan.save()
    kinds = {"number": "12.5", "date": "2026-12-31", "yes_no": False, "short_text": FORMULA, "long_text": ""}
    for kind, value in kinds.items():
        field = f.CustomFieldFactory(plan=plan, label=f"Champ {kind}", kind=kind)
        if value != "":
            world.action.custom_values[field.name] = value
    world.action.save()
    f.CustomFieldFactory(plan=plan, label="Champ jeté", trashed_at=dt.datetime.now(dt.UTC))
    f.BudgetLineFactory(action=world.action, year=2026, planned="12500.50", comment=FORMULA)
    f.BudgetLineFactory(action=world.action, year=2027, planned=None, funder=world.partner)
    return world


def workbook(plan):
    return load_workbook(BytesIO(export_table(plan, today=TODAY).content))


def test_fields_are_the_last_columns_of_the_flat_table_each_as_its_kind(added):
    titles, row = list(workbook(added.plan)["Actions"].values)[:2]
    said = dict(zip(titles, row, strict=True))
    names = [title for title in titles if str(title).startswith("Champ ")]
    assert names == ["Champ number", "Champ date", "Champ yes_no", "Champ short_text", "Champ long_text"]
    assert [said[name] for name in names] == [12.5, dt.datetime(2026, 12, 31), "non", FORMULA, None]
    cells = {cell.value: cell for cell in workbook(added.plan)["Actions"][2]}
    assert cells[FORMULA].data_type == "s"


def test_the_budget_is_a_sheet_where_a_blank_is_not_zero(added):
    sheet = workbook(added.plan)["Budget"]
    assert [column for column, told in sheet.column_dimensions.items() if told.hidden] == ["I"]
    titles, *rows = without_mark([list(row) for row in sheet.values])
    assert [dict(zip(titles, row, strict=True)) for row in rows] == [
        {
            **{"N°": 1, "Action": "Ouvrir un café des jeunes", "Année": 2026},
            **{"Qui finance": "Autofinancement", "Nature": None},
            **{"Prévu": 12500.5, "Réalisé": None, "Commentaire": FORMULA},
        },
        {
            **{"N°": 1, "Action": "Ouvrir un café des jeunes", "Année": 2027},
            **{"Qui finance": "Mission locale", "Nature": None},
            **{"Prévu": None, "Réalisé": None, "Commentaire": None},
        },
    ]
    added.plan.has_budget = False
    added.plan.save()
    assert "Budget" not in workbook(added.plan).sheetnames


@pytest.mark.parametrize("layout", [strategic, thematic])
def test_the_voted_table_stays_as_voted_and_the_follow_up_tells_the_fields(added, layout):
    voted, followed = layout(added.plan), layout(added.plan, follow_up=True)
    assert "Champ number" not in table(voted, 2)[0]
    rows = [row for row in table(followed, 2) if row["N°"] == 1]
    said = [rows[0][f"Champ {kind}"] for kind in ("number", "date", "yes_no", "short_text", "long_text")]
    assert said == ["12,5", "31 décembre 2026", "non", FORMULA, ""]


def test_what_a_plan_adds_does_not_hinder_a_workbook_that_comes_back(added):
    for name, export in EXPORTS.items():
        diff = diff_of(export(added.plan), added.plan)
        assert diff.is_empty and not diff.notes, name


def test_the_headers_are_those_of_the_document_or_the_words_of_the_plan(added):
    plan = added.plan
    before = [sheet_and_titles(write(plan)) for write in (strategic, thematic)]
    assert before[0][0] == "Ambitions" and "Ambitions / impacts recherchés" in before[0][1]
    assert before[1][0] == "Thématiques" and "Besoins repérés - cf. diagnostic (enjeux)" in before[1][1]
    plan.ambition_label, plan.orientation_label, plan.theme_label = "Axe", "Enjeu", "Champ d’action"
    plan.need_label, plan.objective_label = "Constat", "Visée"
    plan.save()
    name, titles = sheet_and_titles(strategic(plan))
    assert name == "Axes" and titles[:2] == ("Axes / impacts recherchés", "Enjeux")
    name, titles = sheet_and_titles(thematic(plan))
    assert name == "Champs d’action" and titles[:2] == ("Constats", "Visées")
    assert not any(word in str(titles) for word in ("Besoin", "besoin", "bjectif"))


def sheet_and_titles(content):
    sheet = first_sheet(content)
    return sheet.title, list(sheet.values)[1]


def test_the_sheet_says_the_fields_that_are_filled_and_the_budget_with_its_lack(added):
    html = html_of(sheet_of(added.action))
    assert "Champs du plan" in html and "31 décembre 2026" in html
    assert "Champ long_text" not in html and "Champ jeté" not in html
    assert "12\u202f500,50\u00a0€ prévus (1 montant manque)" in html
    assert "rien de chiffré dans le réalisé (1 montant manque)" in html
    added.plan.has_budget = False
    added.plan.save()
    assert "prévus" not in html_of(sheet_of(added.action))


def test_neither_goes_to_inhabitants_nor_to_open_data(world, client_of):
    furnish(world)
    field = f.CustomFieldFactory(plan=world.plan, label="Canari du champ")
    world.action.custom_values = {field.name: "Canari de la valeur"}
    world.action.save()
    f.BudgetLineFactory(action=world.action, comment="Canari du budget", planned=987654)
    client = client_of(world.camille)
    for file in ("plan.json", "actions.csv"):
        response = client.get(reverse("opendata:data_file", args=[world.plan.pk, file]))
        said = b"".join(response) if response.streaming else response.content
        assert response.status_code == 200 and b"Canari" not in said and b"987654" not in said, file
    public = client.get(reverse("dashboards:public_page", args=[world.public_page.slug]))
    assert "Canari" not in public.text and "987" not in public.text
