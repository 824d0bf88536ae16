"""Workbooks with sheets that are no part of the plan, and cells that say how far an action has come."""

from dataclasses import replace

from .cases import Expected, case
from .making import source, table

_PLAN = [
    ["Action", "Pilote", "État"],
    ["Créer un relais", "CCAS", "En cours : 3 ateliers"],
    ["Former les animateurs", "Mairie", "À faire : à l’automne"],
]
_OLD = [
    ["Action", "Pilote", "État"],
    ["Rouvrir la ludothèque", "Mairie", "Fait"],
]


@case
def old_actions_in_a_hidden_sheet():
    hidden = replace(table("Avant 2025", _OLD), is_hidden=True)
    return source(table("Plan", _PLAN), hidden), Expected(
        [
            {"title": "Créer un relais", "status_text": "En cours : 3 ateliers"},
            {"title": "Former les animateurs", "status_text": "À faire : à l’automne"},
        ],
        leftovers=[text for row in _OLD for text in row],
    )


@case
def more_about_the_same_actions_in_a_hidden_sheet():
    more = [["Action", "Pilote", "Budget"], ["Créer un relais", "CCAS", "1 000 €"]]
    hidden = replace(table("Budget", more), is_hidden=True)
    return source(table("Plan", _PLAN), hidden), Expected(
        [{"title": "Créer un relais", "budget_text": "1 000 €"}, {"title": "Former les animateurs"}],
    )


@case
def a_plan_that_is_hidden_whole():
    return source(replace(table("Plan", _OLD), is_hidden=True)), Expected(
        [{"title": "Rouvrir la ludothèque", "status_text": "Fait"}],
    )


def _form(name, title="", leads="", status="☐ à lancer ☐ en cours ☐ fini", visits=None):
    rows = [
        ["FICHE PROJET"],
        ["Nom du projet :", title],
        ["Pilote :", leads],
        ["Avancement :", status],
        ["Difficultés rencontrées :"],
        ["Point d’étape :"],
        ["Indicateurs", "Cible 2027", "Cible 2029"],
        [visits, "une par an", "deux par an"] if visits else [],
        ["Freins :"],
        [],
        ["À rendre au service avant chaque réunion"],
    ]
    return table(name, rows)


@case
def a_form_that_nobody_filled_in():
    forms = (
        _form("1", "Créer un relais", "CCAS", "☐ à lancer ☒ en cours ☐ fini", "Visites"),
        _form("Modèle à copier"),
    )
    blank = [cell.text for cell in forms[1].cells.values()]
    return source(*forms), Expected(
        [
            {
                "title": "Créer un relais",
                "status_text": "en cours",
                "indicators_text": "Visites",
                "target_text": "Cible 2027 : une par an\nCible 2029 : deux par an",
                "audiences": "",
                "brakes_text": "",
            }
        ],
        leftovers=["À rendre au service avant chaque réunion", *blank],
    )


@case
def results_that_are_statuses_and_short_titles():
    rows = [
        ["Action", "En quelques mots", "Résultat", "Com."],
        ["Créer un relais", "Un lieu d’accueil", "réalisé en mai", "Très suivi"],
        ["Former les animateurs", "Deux jours", "en cours", "échéance dépassée : formateur absent"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {
                "content": "Un lieu d’accueil",
                "status_text": "réalisé en mai",
                "notes_text": "Très suivi",
                "target_text": "",
            },
            {"content": "Deux jours", "status_text": "en cours", "calendar_text": ""},
        ]
    )


@case
def a_header_written_again_over_each_axis():
    header = [["N°", "Quoi ?", "Qui ?", "2026", None], [None, None, None, "S1", "S2"]]
    rows = [
        *header,
        ["Axe 1 – Familles"],
        [1, "Le relais", "CCAS", "X", None],
        [],
        *header,
        ["Axe 2 – Jeunesse"],
        [2, "Le local", "Mairie", None, "X"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"number": 1, "title": "Le relais", "ambition": "Familles", "calendar_text": "S1 2026"},
            {"number": 2, "title": "Le local", "ambition": "Jeunesse"},
        ],
        ambitions=["Familles", "Jeunesse"],
    )
