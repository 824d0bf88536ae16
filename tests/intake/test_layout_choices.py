"""What a person corrects, what is remembered, and what is refused."""

import pytest

from ctg.intake.content import account, read_plan
from ctg.intake.layout import Field, NoAction, apply, recognise, shape_key
from ctg.intake.layout.matching import candidates
from ctg.intake.layout.numbering import split_number

from .corpus.making import source, table

ROWS = [
    ["Action", "Nuancier", "Pilote"],
    ["Créer un lieu", "vert", "CCAS"],
    ["Créer un guide", "bleu", "Caf"],
]


def test_a_corrected_column_is_read_as_chosen():
    file = source(table("Feuil1", ROWS))
    found = recognise(file)
    assert [column.field for column in found.columns] == [Field.TITLE, None, Field.LEADS]
    plan = read_plan(file, found.corrected({"nuancier": "notes", "pilote": ""}))
    assert [action.notes_text for action in plan.actions] == ["vert", "bleu"]
    assert [leftover.text for leftover in plan.leftovers] == ["CCAS", "Caf"]
    assert account(file, plan).is_complete


def test_choices_are_remembered_for_files_of_the_same_shape():
    file = source(table("Feuil1", ROWS))
    chosen = recognise(file).corrected({"nuancier": "notes"})
    turned = [[row[2], row[0], row[1]] for row in ROWS]
    other = source(table("Autre", [["Plan 2030"], *turned]))
    found = recognise(other)
    assert shape_key(found) == shape_key(chosen)
    assert read_plan(other, found.corrected(chosen.choices)).actions[0].notes_text == "vert"


def test_another_title_is_another_shape():
    other = [["Action", "Nuance", "Pilote"], *ROWS[1:]]
    assert shape_key(recognise(source(table("F", ROWS)))) != shape_key(recognise(source(table("F", other))))


def test_a_band_can_be_corrected():
    rows = [["Action", "Pilote", "Échéance"], ["PETITE ENFANCE"], ["Créer un lieu", "CCAS", "2026"]]
    file = source(table("Feuil1", rows))
    plan = read_plan(file, recognise(file).corrected({"bande capitales": "ambition"}))
    assert (plan.actions[0].ambition, plan.actions[0].theme) == ("PETITE ENFANCE", None)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["Nom", "Téléphone", "Courriel"], ["Dupont", "01 02 03 04 05", "a@b.fr"]],
        [["Date", "Montant"], ["2026", "300"], ["2027", "500"]],
        [["Action", "Pilote", "Échéance"]],
        [["Compte rendu du comité de pilotage"], ["Les élus se réunissent."]],
    ],
)
def test_a_file_without_an_action_is_told_what_was_looked_for(rows):
    file = source(table("Feuil1", rows))
    with pytest.raises(NoAction, match="Aucune action n’a été trouvée.*Fiche action"):
        read_plan(file, recognise(file))


def test_two_columns_chosen_for_one_heading_leave_the_first_over():
    rows = [["Action", "Thème", "Pilote"], ["Créer un lieu", "Jeunesse", "CCAS"]]
    file = source(table("Feuil1", rows))
    plan = read_plan(file, recognise(file).corrected({"pilote": "theme"}))
    assert plan.actions[0].theme == "CCAS"
    assert [leftover.text for leftover in plan.leftovers] == ["Jeunesse"]
    assert account(file, plan).is_complete


def test_titles_of_the_same_actions_under_two_axes_are_two_actions():
    rows = [
        ["Axe", "Action", "Pilote"],
        ["Familles", "Communiquer", "CCAS"],
        ["Jeunes", "Communiquer", "Caf"],
    ]
    file = source(table("Feuil1", rows))
    plan = read_plan(file, recognise(file))
    assert [(action.ambition, action.leads_text) for action in plan.actions] == [
        ("Familles", "CCAS"),
        ("Jeunes", "Caf"),
    ]


def test_every_field_can_be_told_from_its_cells():
    file = source(table("Feuil1", ROWS))
    plan = read_plan(file, recognise(file))
    (spot,) = plan.actions[1].cells[Field.LEADS]
    assert (str(spot.place), file.tables[spot.table].cells[spot.place].text) == ("C3", "Caf")


def test_laying_out_does_not_change_what_was_recognised():
    file = source(table("Feuil1", ROWS))
    found = recognise(file)
    assert apply(file, found) == apply(file, found)


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Porteurs du projet / Partenaires associés", Field.ORGANISATIONS),
        ("Maître d’ouvrage", Field.LEADS),
        ("Référent·e", Field.LEADS),
        ("Calandrier prévisionel", Field.CALENDAR),
        ("Indicateurs – qualitatifs", Field.QUALITATIVE),
        ("Indicateurs quantitatifs et qualitatifs", Field.INDICATORS),
        ("Freins ou leviers identifiés", Field.FACTORS),
        ("Moyens humains", Field.RESOURCES),
        ("Objectif de l’action", Field.PURPOSE),
        ("Qui ? (pilote)", Field.LEADS),
    ],
)
def test_a_title_says_its_field(title, field):
    assert candidates(title)[0][1] == field


@pytest.mark.parametrize(
    ("text", "code", "title"),
    [
        ("Action 3 : Créer", "3", "Créer"),
        ("Fiche action n° 3 – Créer", "3", "Créer"),
        ("AXE I – Créer", "I", "Créer"),
        ("1.2 Créer", "1.2", "Créer"),
        ("R 1.1 – Créer", "R1.1", "Créer"),
        ("A. Créer", "A", "Créer"),
        ("1-Créer", "1", "Créer"),
        ("Action A1.2 : Créer", "A1.2", "Créer"),
        ("3 ateliers par an", "", "3 ateliers par an"),
        ("2025 : bilan", "", "2025 : bilan"),
        ("24/7 accueil", "", "24/7 accueil"),
        ("A la rencontre des jeunes", "", "A la rencontre des jeunes"),
        ("Actions de prévention", "", "Actions de prévention"),
    ],
)
def test_a_number_is_taken_off_and_nothing_else(text, code, title):
    split = split_number(text)
    assert (split.code, split.title) == (code, title)
