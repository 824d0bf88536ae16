"""Labels and values: a sheet per action, several stacked, or a column per action."""

from .cases import Expected, case
from .making import source, table


def fiche(number, title, pilot):
    return [
        [f"Fiche action n° {number}"],
        ["Intitulé de l’action", title],
        ["Thématique", "Parentalité"],
        ["Pilote", pilot],
        ["Partenaires", "Communes"],
        ["Calendrier", "2026"],
        ["Indicateurs d’évaluation", "Nombre de visites"],
    ]


ONE = {
    "number": 1,
    "title": "Créer un lieu",
    "theme": "Parentalité",
    "leads_text": "CCAS",
    "partners_text": "Communes",
}
TWO = {"number": 2, "title": "Créer un guide", "leads_text": "Caf", "indicators_text": "Nombre de visites"}


@case
def a_sheet_per_action():
    return source(
        table("Action 1", fiche(1, "Créer un lieu", "CCAS"), merges=("A1:B1",)),
        table("Action 2", fiche(2, "Créer un guide", "Caf"), merges=("A1:B1",)),
    ), Expected([ONE, TWO], themes=["Parentalité"])


@case
def sheets_stacked_in_one():
    rows = [*fiche(1, "Créer un lieu", "CCAS"), [], *fiche(2, "Créer un guide", "Caf")]
    return source(table("Fiches", rows)), Expected([ONE, TWO], themes=["Parentalité"])


@case
def labels_above_their_values():
    rows = [
        ["Fiche action 3 : Créer un café"],
        ["Constats"],
        ["Peu de lieux ouverts"],
        ["Description de l’action"],
        ["Ouvrir un local\nL’animer"],
        ["Porteur", "CCAS", "Échéance", "2027"],
        ["Publics visés", "Familles", "Budget", "3 000 €"],
    ]
    merges = ("A1:D1", "A2:D2", "A3:D3", "A4:D4", "A5:D5")
    return source(table("Tableau 1", rows, merges=merges), name="fiche.docx"), Expected(
        [
            {
                "number": 3,
                "title": "Créer un café",
                "need": "Peu de lieux ouverts",
                "content": "Ouvrir un local\nL’animer",
                "leads_text": "CCAS",
                "calendar_text": "2027",
                "audiences": "Familles",
                "budget_text": "3 000 €",
            }
        ]
    )


@case
def labels_inside_their_cells():
    rows = [
        ["Action n°5 – Créer un réseau"],
        ["Objectif : mieux se connaître"],
        ["Pilote : Caf"],
        ["Partenaires : CCAS, Département"],
        ["Calendrier : 2025 à 2028"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {
                "number": 5,
                "title": "Créer un réseau",
                "leads_text": "Caf",
                "partners_text": "CCAS, Département",
                "calendar_text": "2025 à 2028",
            }
        ]
    )


@case
def a_column_per_action():
    rows = [
        ["Action", "Créer un lieu", "Créer un guide", "Créer un café"],
        ["Pilote", "CCAS", "Caf", "Mairie"],
        ["Partenaires", "Communes", "Associations", None],
        ["Échéance", "2026", "2027", "2028"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"title": "Créer un lieu", "leads_text": "CCAS", "calendar_text": "2026"},
            {"title": "Créer un guide", "partners_text": "Associations"},
            {"title": "Créer un café", "partners_text": "", "calendar_text": "2028"},
        ]
    )


@case
def a_summary_then_the_sheets():
    summary = [["N°", "Action", "Pilote"], [1, "Créer un lieu", "CCAS"], [2, "Créer un guide", "Caf"]]
    return source(
        table("Synthèse", summary),
        table("Action 1", fiche(1, "Créer un lieu", "CCAS")),
        table("Action 2", fiche(2, "Créer un guide", "Caf")),
    ), Expected([ONE, TWO], themes=["Parentalité"])


@case
def several_values_beside_one_label():
    rows = [
        ["Fiche action n° 1 : Créer un lieu", None],
        ["Objectifs", "Accueillir"],
        [None, "Informer"],
        ["Pilotes", "CCAS"],
        [None, "Mairie"],
        ["Échéance", "2026"],
    ]
    return source(table("Fiche", rows, merges=("A1:B1", "A2:A3", "A4:A5"))), Expected(
        [{"title": "Créer un lieu", "objective": "Accueillir Informer", "leads_text": "CCAS\nMairie"}]
    )
