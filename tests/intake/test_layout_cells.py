"""What one cell says: boxes, dashes, marks of a part, verbs; and what is said of a guess."""

from dataclasses import replace

import pytest

from ctg.intake.content import account, read_plan
from ctg.intake.content.splitting import split_organisations
from ctg.intake.layout import Field, recognise
from ctg.intake.layout.grid import Grid
from ctg.intake.layout.guessing import begins_with_infinitive
from ctg.intake.layout.headers import find_header
from ctg.intake.layout.matching import candidates
from ctg.intake.layout.matrices import part_of
from ctg.intake.layout.numbering import split_number
from ctg.intake.layout.sections import parts_of_line
from ctg.intake.layout.spoken import spoken
from ctg.intake.reading.wire import read_answer, write_answer

from .corpus.making import source, table


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("☐ en cours  ☐ terminée  ☒ à lancer", "à lancer"),
        ("☒ Finalisé\n☐ Engagé\n☒ Différé", "Finalisé, Différé"),
        ("Oui ☐  Non ☑", "Non"),
        ("[ ] Enfance [x] Jeunesse", "Jeunesse"),
        ("☐ oui ☐ non", ""),
        ("✔ fait", "✔ fait"),
        ("/", ""),
        ("–", ""),
        ("néant", ""),
        ("[CCAS]", "[CCAS]"),
        ("-5 °C", "-5 °C"),
    ],
)
def test_only_what_is_ticked_or_written_is_said(text, said):
    assert spoken(text) == said


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Pilote : CCAS – Partenaires : Caf", ["Pilote : CCAS", "Partenaires : Caf"]),
        ("Pilote : CCAS ; Calendrier : 2026", ["Pilote : CCAS", "Calendrier : 2026"]),
        ("Pilote : CCAS – le matin : 8 h", ["Pilote : CCAS – le matin : 8 h"]),
        ("Budget : Caf : 800 € – État : 200 €", ["Budget : Caf : 800 € – État : 200 €"]),
        ("Se réunir – Pilote : CCAS", ["Se réunir – Pilote : CCAS"]),
    ],
)
def test_a_line_is_cut_where_known_labels_follow_each_other(line, parts):
    assert parts_of_line(line) == parts


@pytest.mark.parametrize(
    ("mark", "part"),
    [("P", Field.LEADS), ("x", Field.PARTNERS), ("✔", Field.PARTNERS), ("C", Field.CO_LEADS), ("2026", None)],
)
def test_a_mark_says_a_part(mark, part):
    assert part_of(mark) == part


@pytest.mark.parametrize("text", ["Mettre en place un lieu", "Rompre l’isolement", "1.2 Équiper les salles"])
def test_an_action_begins_with_a_verb(text):
    assert begins_with_infinitive(text)


@pytest.mark.parametrize("text", ["Nombre de visites", "Structure d’accueil", "Chantier jeunes", "Mesure 3"])
def test_a_noun_is_not_a_verb(text):
    assert not begins_with_infinitive(text)


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Nature de l'action", Field.CONTENT),
        ("Pilote de l’action", Field.LEADS),
        ("Indicateurs – De réalisation", Field.INDICATORS),
        ("Ce qui est prévu en 2026", Field.CONTENT),
        ("Réalisé 2025", Field.TARGET),
        ("Ce que nous allons faire", Field.TITLE),
        ("Portage politique", Field.ELECTED_LEAD),
        ("Faits marquants", Field.NOTES),
        ("Ce qui a été fait", Field.NOTES),
    ],
)
def test_a_title_says_its_field_in_other_words(title, field):
    assert candidates(title)[0][1] == field


@pytest.mark.parametrize("title", ["Mise à jour", "Date de création", "Nb actions", "Légende"])
def test_a_title_that_is_not_of_an_action_says_none(title):
    assert not candidates(title)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Caf\ncommunes\nécoles de musique", ["Caf", "communes", "écoles de musique"]),
        ("la CCPF - Service habitat", ["la CCPF - Service habitat"]),
        ("CCAS - Caf - Service jeunesse", ["CCAS", "Caf", "Service jeunesse"]),
        ("CPAM, La Poste", ["CPAM", "La Poste"]),
        ("Relais petite enfance et Département (PMI)", ["Relais petite enfance", "Département (PMI)"]),
        (
            "IEN, écoles maternelles et assistantes maternelles",
            ["IEN", "écoles maternelles", "assistantes maternelles"],
        ),
        ("Mme Petit, adjointe", ["Mme Petit, adjointe"]),
        ("Ages & Vie", ["Ages & Vie"]),
    ],
)
def test_names_are_cut_where_they_end(text, names):
    assert [one.text for one in split_organisations(text)] == names


def test_what_was_guessed_is_said():
    rows = [
        ["Intitulé", "Mise en route", "Suivi par"],
        ["Créer un lieu", "2026", "CCAS"],
        ["Publier un guide", "2027", "Caf"],
    ]
    file = source(table("Feuil1", rows))
    doubts = read_plan(file, recognise(file)).doubts
    assert "« Mise en route » est lue comme « calendrier »" in doubts[0].reason.replace("\u00a0", " ")
    assert doubts[0].spot.place == (1, 2)


def test_what_a_person_chose_is_no_doubt():
    rows = [["Action", "Pilote", "Mise en route"], ["Créer", "CCAS", "2026"], ["Publier", "Caf", "2027"]]
    file = source(table("Feuil1", rows))
    chosen = recognise(file).corrected({"mise en route": "notes"})
    assert not read_plan(file, chosen).doubts


def test_where_a_table_stands_in_its_document_is_handed_over():
    file = source(table("Tableau 1", [["Action"]], after=4))
    lines = list(write_answer(file))
    assert read_answer(lines, "plan.xlsx").tables[0].after == 4
    old = [line.replace('"after": 4, ', "") for line in lines]
    assert read_answer(old, "plan.xlsx").tables[0].after == 0


def test_what_is_hidden_is_handed_over_so():
    file = source(
        replace(table("Anciennes actions", [["Action"]]), is_hidden=True), table("Plan", [["Action"]])
    )
    assert read_answer(write_answer(file), "plan.xlsx") == file


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ([["Action", "Pilote", "Remarques"], ["Créer un relais", "RPE", "à revoir"]], "remarques"),
        (
            [["Action", "Créer un relais"], ["Pilote", "RPE"], ["Objectif", "Aider"], ["Bilan", "à revoir"]],
            "bilan",
        ),
    ],
)
def test_a_column_of_levels_that_says_none_is_left_over(rows, key):
    file = source(table("Plan", rows, bold_columns=(1,)))
    read = read_plan(file, recognise(file).corrected({key: Field.LEVEL.value}))
    assert [leftover.text for leftover in read.leftovers] == ["à revoir"]
    assert account(file, read).is_complete


def test_a_row_whose_texts_come_back_below_names_no_column():
    titles = ["Nom de l'action", "Pilote", "Colonne 1", "Colonne 2", "Colonne 3"]
    words = ["Café", "Relais", "Guide", "Forum"]
    rows = [[word, "Partenaires", "En cours", "Communes", "Urgence"] for word in words]
    header = find_header(Grid(table("Feuil1", [titles, *rows])))
    assert header and header.first == 1


@pytest.mark.parametrize("text", ["Champ d'intervention : Jeunesse", "Domaine d’intervention 2 – Jeunesse"])
def test_the_word_of_a_level_may_hold_an_apostrophe(text):
    numbered = split_number(text)
    assert (numbered.level, numbered.title) == (Field.THEME, "Jeunesse")
