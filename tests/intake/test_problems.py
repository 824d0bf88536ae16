"""Each fault of a file is told where it is, with its grade, the value, the reason and what is expected."""

import pytest

from ctg.intake.content import read_plan
from ctg.intake.content.splitting import KnownOrganisation
from ctg.intake.layout import recognise
from ctg.intake.previewing.annotated import Grade
from ctg.intake.previewing.outcome import AS_IT_IS, Choices, Fate, Outcome
from ctg.intake.previewing.packed import split
from ctg.intake.previewing.row_counts import count_rows
from ctg.intake.problems import Standing, problems_of, there_already
from ctg.intake.problems.found import Looking
from ctg.intake.tables import SourceFile, Table
from partners.models import OrganisationKind
from tests.factories import table_of

HEADER = (
    *("Axe", "N°", "Action", "Pilote", "Indicateurs"),
    *("Calendrier", "Statut", "Priorité", "Taux d’avancement", "Budget"),
)
GOOD = ("Vivre", "1", "Ouvrir un café", "Caf", "Nombre de cafés", "2027", "En cours", "1", "50 %", "")
OTHER = ("", "2", "Organiser une fête", "MSA", "", "juin 2027", "Fait", "Haute", "100 %", "")
KNOWN = [KnownOrganisation("Mission locale", OrganisationKind.ASSOCIATION)]


def with_cell(row, title, text):
    return tuple(text if name == title else cell for name, cell in zip(HEADER, row, strict=True))


def look(*rows, standing=(), hidden=()):
    table = table_of(HEADER, *rows)
    source = SourceFile("plan.xlsx", (Table(table.name, table.cells, frozenset(hidden)),))
    recognised = recognise(source)
    read = read_plan(source, recognised)
    splits = [split(action, KNOWN) for action in read.actions]
    there = there_already(read.actions, standing)
    found = problems_of(Looking(source, recognised, read), splits, KNOWN, standing, there)
    return read, found, there


def problems(*rows, **kwargs):
    return look(*rows, **kwargs)[1]


def told(found):
    return [(one.grade.name, str(one.spot.place), one.value) for one in found]


def test_a_file_without_faults_has_no_problem():
    assert problems(GOOD, OTHER) == []


@pytest.mark.parametrize(
    ("title", "text", "cell", "grade", "words", "expected"),
    [
        ("Statut", "On verra bien", "G3", "ERROR", "statut n’est pas compris", "à venir, en cours"),
        ("Priorité", "Fuchsia", "H3", "ERROR", "priorité n’est pas comprise", "haute, moyenne, basse"),
        ("Taux d’avancement", "beaucoup", "I3", "ERROR", "avancement n’est pas compris", "50\u00a0%"),
        ("Calendrier", "31/02/2027", "F3", "ERROR", "« 31/02/2027 » n’est pas une date", "30/06/2027"),
        ("Calendrier", "bientôt peut-être", "F3", "WARNING", "Aucune date n’est comprise", "juin 2027"),
        ("Calendrier", "un jour " * 50, "F3", "WARNING", "trop long pour un calendrier", "gardé"),
        ("Indicateurs", "Nombre de " + "très " * 80 + "longs", "E3", "WARNING", "trop long", "gardé"),
        ("Budget", "12 000 €", "J1", "WARNING", "Budget", "note"),
        ("Pilote", "Missions locales", "D3", "WARNING", "ressemble à « Mission locale »", "découpage"),
    ],
)
def test_a_cell_that_is_not_understood_is_told(title, text, cell, grade, words, expected):
    found = [one for one in problems(GOOD, with_cell(OTHER, title, text)) if words in plain(one.reason)]
    assert [(one.grade.name, str(one.spot.place)) for one in found] == [(grade, cell)]
    assert expected in found[0].accepted
    assert found[0].value == ("Budget" if cell == "J1" else text)


def plain(text):
    return text.replace("«\u00a0", "« ").replace("\u00a0»", " »")


def test_a_status_said_under_progress_is_understood():
    assert problems(GOOD, with_cell(with_cell(OTHER, "Statut", ""), "Taux d’avancement", "En cours")) == []


def test_a_row_without_title_is_refused_once_at_the_cell_where_it_lacks():
    row = with_cell(with_cell(OTHER, "Action", ""), "Axe", "Grandir")
    read, found, _ = look(GOOD, row)
    assert told(found) == [("CRITICAL", "C3", "")]
    assert count_rows(SourceFile("", (table_of(HEADER, GOOD, row),)), read) == (1, 1, 1)


def test_a_row_without_title_that_seems_to_go_on_is_an_error():
    row = with_cell(with_cell(OTHER, "Action", ""), "N°", "")
    found = problems(GOOD, row)
    assert ("ERROR", "C3", "") in told(found)


def test_two_actions_that_cannot_be_told_apart_are_refused_but_for_the_first():
    again = with_cell(OTHER, "Action", "Ouvrir un café")
    found = problems(GOOD, again)
    assert told(found) == [("CRITICAL", "C3", "Ouvrir un café")]
    assert "C2" in found[0].reason


def test_a_number_borne_twice_is_an_error_but_not_when_each_axis_begins_again():
    assert ("ERROR", "B3", "1") in told(problems(GOOD, with_cell(OTHER, "N°", "1")))
    begun = with_cell(with_cell(OTHER, "N°", "1"), "Axe", "Grandir")
    assert not [one for one in problems(GOOD, begun) if one.grade is Grade.ERROR]


def test_a_hidden_row_is_taken_and_told():
    assert told(problems(GOOD, OTHER, hidden={3})) == [("WARNING", "C3", "Organiser une fête")]


def test_a_cell_without_place_is_told_with_its_reason():
    source = table_of(("Action", "Pilote", "Zorglub"), ("Ouvrir un café", "Caf", "bla bla"))
    recognised = recognise(SourceFile("", (source,)))
    file = SourceFile("", (source,))
    read = read_plan(file, recognised)
    found = problems_of(Looking(file, recognised, read), [split(one, []) for one in read.actions], [])
    left = {str(one.place) for one in read.leftovers}
    assert left and {str(one.spot.place) for one in found if "pas reprise" in one.reason} == left


def standing(number, title, axis="vivre"):
    return Standing(number, title, (axis, "", "", "", ""))


def test_in_a_plan_what_is_there_stays_and_a_taken_number_is_refused():
    read, found, there = look(
        GOOD, OTHER, standing=[standing(1, "ouvrir un cafe"), standing(2, "tenir un stand")]
    )
    assert there == {0}
    assert told(found) == [("CRITICAL", "B3", "2")]
    assert "3" in found[0].accepted
    outcome = Outcome.of(len(read.actions), there, found, AS_IT_IS)
    assert outcome.fates == (Fate.THERE, Fate.ASIDE)
    assert Outcome.of(2, there, found, Choices(renumber=True)).fates == (Fate.THERE, Fate.CREATED)


def test_the_same_title_elsewhere_in_the_plan_is_told():
    _, found, there = look(GOOD, standing=[standing(8, "ouvrir un cafe", "grandir")])
    assert not there
    assert told(found) == [("WARNING", "C2", "Ouvrir un café")]


def test_errors_are_left_aside_by_choice_only():
    read, found, there = look(GOOD, with_cell(OTHER, "Statut", "On verra bien"))
    assert Outcome.of(2, there, found, AS_IT_IS).created == [0, 1]
    assert Outcome.of(2, there, found, Choices(without_errors=True)).created == [0]
    assert Outcome.of(2, there, found, AS_IT_IS).wrong == 1


def test_a_whole_column_without_place_is_told_once():
    rows = [(f"Ouvrir le lieu numéro {n}", "Caf", f"bla {n}") for n in range(30)]
    file = SourceFile("", (table_of(("Action", "Pilote", "Zorglub"), *rows),))
    recognised = recognise(file)
    recognised = recognised.corrected({"zorglub": ""})
    read = read_plan(file, recognised)
    found = problems_of(Looking(file, recognised, read), [split(one, []) for one in read.actions], [])
    [one] = [one for one in found if "reprises" in one.reason]
    assert "30 cellules" in one.reason and "de C2 à C31" in one.reason
