"""The flat table: one row per action, one column per thing said of it, ready for pivot tables."""

import datetime as dt
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from actions.models import Action, Part
from ctg.documents.exports import export_table
from ctg.documents.selection import Selection
from tests import factories as f
from tests.documents.files import TODAY
from tests.documents.hostile import LONG, PAYLOADS, STORED, poison
from tests.documents.workbooks import READERS, xml_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def table_of(plan, **options):
    return export_table(plan, today=TODAY, **options).content


def rows_of(content):
    titles, *rows = load_workbook(BytesIO(content)).worksheets[0].values
    return [dict(zip(titles, row, strict=True)) for row in rows]


def about(content):
    return dict(load_workbook(BytesIO(content))["À propos"].values)


def test_each_action_has_one_row_under_titles_in_the_first_row(ccgm, demonstration):
    for plan in (ccgm, demonstration):
        rows = rows_of(table_of(plan))
        assert [row["N°"] for row in rows] == list(range(1, plan.actions.count() + 1))
        assert all(title and title == title.strip() for title in rows[0])
    assert rows[0]["Contenu"].startswith("• organiser")
    assert "**" not in str(rows)


def test_a_row_says_all_that_is_known_of_its_action(plan):
    ambition = f.AmbitionFactory(plan=plan, title="Droits")
    action = f.ActionFactory(
        plan=plan,
        title="Guichet unique",
        ambition=ambition,
        orientation=f.OrientationFactory(plan=plan, ambition=ambition, title="Simplifier"),
        theme=f.ThemeFactory(plan=plan, title="Accès aux droits"),
        need=f.NeedFactory(plan=plan, title="Trop de lieux"),
        objective=f.ObjectiveFactory(plan=plan, title="Un seul lieu"),
        priority=2,
        calendar_text="2025",
        status="ongoing",
        progress=40,
    )
    for part, name in ((Part.LEAD, "CCAS"), (Part.PARTNER, "Caf"), (Part.PARTNER, "MSA")):
        f.InvolvementFactory(
            action=action, part=part, organisation__name=name, organisation__territory=plan.territory
        )
    f.MilestoneFactory(action=action, reached_on=dt.date(2026, 3, 12))
    f.MilestoneFactory(action=action)
    f.ProgressNoteFactory(action=action, text="Ouvert mardi.")
    f.ProgressNoteFactory(action=action, text="Entre nous", audience="coordinators")
    (row,) = rows_of(table_of(plan))
    assert {title: value for title, value in row.items() if title in EXPECTED} == EXPECTED
    assert row["Dernière note"] == "Ouvert mardi." and isinstance(row["Dernière note le"], dt.datetime)


EXPECTED = {
    "N°": 1,
    "Action": "Guichet unique",
    "Ambition": "Droits",
    "Orientation": "Simplifier",
    "Thématique": "Accès aux droits",
    "Besoin repéré": "Trop de lieux",
    "Objectif": "Un seul lieu",
    "Priorité": 2,
    "Porteurs": "CCAS",
    "Co-porteurs": None,
    "Partenaires": "Caf\nMSA",
    "Début": dt.datetime(2025, 1, 1),
    "Fin": dt.datetime(2025, 12, 31),
    "Récurrente": "non",
    "Statut": "en cours",
    "Météo": "sans avis",
    "Avancement": 0.4,
    "En retard": "oui",
    "Depuis": "depuis janvier 2026",
    "Jalons": 2,
    "Jalons atteints": 1,
}


@pytest.fixture(autouse=True)
def numbered_from_one():
    f.ActionFactory.reset_sequence(0)


def test_a_progress_is_a_percentage(plan):
    f.ActionFactory(plan=plan, progress=40)
    sheet = load_workbook(BytesIO(table_of(plan))).worksheets[0]
    (cell,) = [cell for cell in sheet[2] if sheet.cell(1, cell.column).value == "Avancement"]
    assert (cell.value, cell.number_format) == (0.4, "0 %")


def test_columns_that_a_territory_calls_alike_are_told_apart(plan):
    plan.ambition_label = plan.theme_label = "Axe"
    plan.priority_label = "statut"
    plan.save()
    f.ActionFactory(plan=plan)
    titles = list(rows_of(table_of(plan))[0])
    assert len({title.casefold() for title in titles}) == len(titles)
    assert {"Axe", "Axe (2)", "statut", "Statut (2)"} <= set(titles)


def test_the_filters_in_force_are_printed(ccgm):
    kept = frozenset(ccgm.actions.values_list("pk", flat=True)[:3])
    content = table_of(ccgm, selection=Selection(kept, 19, "En cours, Jeunesse"))
    assert len(rows_of(content)) == 3
    assert about(content)["Filtres"] == "3 actions sur 19\u00a0: En cours, Jeunesse"
    assert "En cours, Jeunesse" in load_workbook(BytesIO(content)).worksheets[0].oddFooter.left.text
    assert about(table_of(ccgm))["Filtres"].startswith("aucun")
    assert about(table_of(ccgm))["Données"] == "du 22 novembre 2026"


def test_no_text_becomes_a_formula(plan):
    for payload in PAYLOADS:
        poison(plan, payload)
    content = table_of(plan)
    assert b"<f>" not in xml_of(content) and b"TargetMode" not in xml_of(content)
    for sheet in load_workbook(BytesIO(content)):
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}
    assert [len(read(content)) for read in READERS] == [1 + len(PAYLOADS)] * 2


@pytest.mark.parametrize("text", STORED.values(), ids=STORED)
def test_whatever_is_stored_is_written(plan, text):
    poison(plan, text)
    assert len(rows_of(table_of(plan))) == 1


def test_forty_thousand_characters_go_on_in_another_sheet(plan):
    f.ActionFactory(plan=plan, purpose=LONG)
    book = load_workbook(BytesIO(table_of(plan)))
    parts = "".join(row[2] for row in list(book["Textes longs"].values)[1:])
    assert LONG in parts


def test_an_empty_plan_has_its_titles(plan):
    assert rows_of(table_of(plan)) == []
    assert load_workbook(BytesIO(table_of(plan))).worksheets[0]["A1"].value == "N°"


def test_the_number_of_queries_does_not_grow_with_the_plan(plan, django_assert_num_queries):
    poison(plan, "Peu")
    with CaptureQueriesContext(connection) as few:
        table_of(plan)
    for _ in range(11):
        poison(plan, "Beaucoup")
    with django_assert_num_queries(len(few)):
        table_of(plan)
    assert Action.objects.count() == 12
