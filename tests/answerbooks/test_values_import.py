"""Values in bulk: a table with one in each row, read back before anything is written."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from ctg.answerbooks.bulk.comparing import compare_values
from ctg.answerbooks.models import DroppedValues
from ctg.intake.reading import read_file
from ctg.intake.tables import Refusal
from indicators.models import Absence, Channel, Frequency, Kind, Measurement, State
from tests import factories as f

from .test_answer_books import agree, at, head

TITLES = "Indicateur;Structure;Année;Résultat;Sur;Ventilation;Observations"


@pytest.fixture
def held(world):
    world.measurement.delete()
    world.indicator.wording = "Nombre de rencontres"
    world.indicator.save()
    return world


def table(*rows, titles=TITLES):
    return "\n".join([titles, *rows]).encode()


def compared(world, *rows, titles=TITLES):
    source = read_file(table(*rows, titles=titles), "valeurs.csv")
    return compare_values(source, world.plan, world.camille, at=timezone.now())


def bring(client, world, *rows):
    upload = SimpleUploadedFile("valeurs.csv", table(*rows))
    return client.post(at("value_import", world.plan), {"file": upload, "pasted": ""})


def test_a_table_becomes_drafts_once_it_was_read_back(held, client_of):
    camille = client_of(held.camille)
    page = camille.get(reverse("indicators:indicator_list", args=[held.plan.pk]))
    assert at("value_import", held.plan) in page.text
    brought = bring(camille, held, "NOMBRE de rencontres;service jeunesse;2026;1 240;;;Deux salles")
    page = camille.get(brought["Location"])
    assert "2 cases changent une valeur" in head(page)
    assert not Measurement.objects.filter(indicator=held.indicator).exists()
    agree(camille, page)
    value = Measurement.objects.get(indicator=held.indicator)
    assert (value.amount, value.comment, value.state) == (1240, "Deux salles", State.DRAFT)
    assert value.channel == Channel.FILE and value.entered_label.endswith("d’après valeurs.csv")
    again = camille.get(
        bring(camille, held, "Nombre de rencontres;Service Jeunesse;2026;1240;;;")["Location"]
    )
    assert "Aucune modification" in head(again)


def test_a_pasted_table_is_read_and_may_be_validated_at_once(held, client_of):
    camille = client_of(held.camille)
    pasted = "Indicateur\tOrganisme\tPériode\tValeur\nNombre de rencontres\tService Jeunesse\t2026\t7"
    brought = camille.post(at("value_import", held.plan), {"pasted": pasted})
    agree(camille, camille.get(brought["Location"]), step="validate")
    value = Measurement.objects.get(indicator=held.indicator)
    assert (value.amount, value.state) == (7, State.VALIDATED)


def test_an_alias_a_number_and_a_period_in_words_are_understood(held):
    held.service.aliases.create(name="SJ")
    held.indicator.frequency = Frequency.QUARTER
    held.indicator.save()
    found = compared(
        held,
        f"{held.indicator.pk};SJ;3e trimestre 2026;4",
        f"{held.indicator.pk};SJ;2026-T1;5",
        f"{held.indicator.pk};SJ;T2 2026;6",
        titles="N° indicateur;Structure;Période;Valeur",
    )
    assert not found.remarks
    periods = {(one.ask.question.period, one.values["amount"]) for one in found.clean}
    assert periods == {("2026-T3", 4), ("2026-T1", 5), ("2026-T2", 6)}


def test_each_kind_is_written_in_a_row_or_two(held):
    ages = f.DimensionFactory(territory=held.territory, categories=["0-3 ans", "4-11 ans"])
    made = {
        kind: f.IndicatorFactory(
            plan=held.plan, kind=kind, wording=kind.value, actions=[held.action], contributors=[held.service]
        )
        for kind in (Kind.SHARE, Kind.DELIVERABLE, Kind.FINDING, Kind.SCALE)
    }
    held.indicator.first_dimension = ages
    held.indicator.save()
    found = compared(
        held,
        "Nombre de rencontres;Service Jeunesse;2026;12;;;",
        "Nombre de rencontres;Service Jeunesse;2026;5;;0-3 ans;",
        "share;Service Jeunesse;2026;27;120;;",
        "deliverable;Service Jeunesse;2026;12/03/2026;;;",
        "finding;Service Jeunesse;2026;On progresse;;;",
        f"scale;Service Jeunesse;2026;{Absence.UNTRACKED.label};;;",
    )
    assert not found.remarks
    values = {one.ask.indicator.wording: one.values for one in found.clean}
    young = ages.categories.get(name="0-3 ans")
    assert values["Nombre de rencontres"]["portions"] == [[young.pk, None, Decimal(5), None]]
    assert (values["share"]["amount"], values["share"]["base"]) == (27, 120)
    assert (values["deliverable"]["amount"], values["deliverable"]["done_on"]) == (1, dt.date(2026, 3, 12))
    assert values["finding"]["finding"] == "On progresse"
    assert values["scale"]["absence"] == Absence.UNTRACKED
    assert set(made) == {Kind(one.ask.indicator.kind) for one in found.clean} - {Kind.COUNT}


UNKNOWN = {
    "Autre;Service Jeunesse;2026;1": ("A2", "Aucun indicateur de ce plan ne s’appelle « Autre »"),
    "Nombre de rencontres;Autre;2026;1": ("B2", "Aucun organisme de ce plan ne s’appelle « Autre »"),
    "Nombre de rencontres;;2026;1": ("B2", "Il manque l’organisme"),
    "Nombre de rencontres;Service Jeunesse;bientôt;1": ("C2", "n’est pas une période"),
    "Nombre de rencontres;Service Jeunesse;2026-T1;1": ("C2", "se saisit pour : 2026"),
    "Nombre de rencontres;Service Jeunesse;2026;beaucoup": ("D2", "Écrivez un nombre en chiffres"),
    "Nombre de rencontres;Service Jeunesse;2026;1;;0-3 ans": ("F2", "n’est pas ventilé"),
    "Nombre de rencontres;Service Jeunesse;2026;-1": ("D2", "négatif"),
}


@pytest.mark.parametrize("row", UNKNOWN)
def test_what_is_not_understood_is_said_by_its_cell(held, row):
    place, words = UNKNOWN[row]
    [error] = compared(held, row).errors
    assert str(error.spot.place) == place
    assert words in error.words.replace("\u00a0", " ")


def test_two_indicators_of_one_name_are_told_apart_by_their_number(held):
    f.IndicatorFactory(plan=held.plan, wording="Nombre de rencontres", actions=[held.action])
    [error] = compared(held, "Nombre de rencontres;Service Jeunesse;2026;1").errors
    assert "Plusieurs indicateurs" in error.words


def test_an_organisation_that_nobody_expects_is_a_warning(held):
    found = compared(held, "Nombre de rencontres;Mission locale;2026;1")
    assert len(found.clean) == 1 and "n’est pas contributeur" in found.warnings[0].words


def test_the_things_of_another_territory_are_unknown_here(held):
    f.IndicatorFactory(plan=held.foreign_plan, wording="Secret", actions=[held.foreign_action])
    [error] = compared(held, "Secret;Service Jeunesse;2026;1").errors
    assert "Aucun indicateur" in error.words


def test_a_table_without_its_columns_is_refused(held, client_of):
    with pytest.raises(Refusal, match="Organisme"):
        compared(held, "Nombre de rencontres;2026;1", titles="Indicateur;Période;Valeur")
    response = client_of(held.camille).post(at("value_import", held.plan), {"pasted": "a\tb\n1\t2"})
    assert response.status_code == 422 and "Aucune colonne" in response.text
    assert not DroppedValues.objects.exists()


def test_the_model_changes_nothing_until_it_is_filled(held, client_of):
    content = client_of(held.camille).get(at("value_import_model", held.plan)).content
    book = load_workbook(BytesIO(content))
    sheet = book["Valeurs"]
    titles = [cell.value for cell in sheet[1]]
    assert [cell.value for cell in sheet[2]][:3] == [
        held.indicator.pk,
        "Nombre de rencontres",
        "Service Jeunesse",
    ]

    def read():
        file = BytesIO()
        book.save(file)
        source = read_file(file.getvalue(), "modele.xlsx")
        return compare_values(source, held.plan, held.camille, at=timezone.now())

    assert read().is_unchanged
    sheet.cell(2, titles.index("Valeur") + 1).value = 9
    assert [one.values["amount"] for one in read().clean] == [9]


def test_the_number_of_queries_does_not_grow_with_the_rows(held):
    def count(rows):
        made = [
            f.IndicatorFactory(
                plan=held.plan, wording=f"I{rows}-{rank}", actions=[held.action], contributors=[held.service]
            )
            for rank in range(rows)
        ]
        for one in made:
            f.MeasurementFactory(indicator=one, organisation=held.service)
        lines = [f"{one.wording};Service Jeunesse;2026;5" for one in made]
        with CaptureQueriesContext(connection) as queries:
            assert len(compared(held, *lines).clean) == rows
        return len(queries)

    assert count(5) == count(50)
