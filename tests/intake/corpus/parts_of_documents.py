"""What stands above the actions of a document, or in one of them alone; the paragraphs between its labels."""

from .cases import Expected, case
from .making import source, table


@case
def a_need_said_by_one_form_alone():
    rows = [
        ["FICHE ACTION N° 1"],
        ["Intitulé", "Créer un relais"],
        ["Axe", "Petite enfance"],
        ["Constat", "Peu de places"],
        ["Pilote", "CCAS"],
        ["FICHE ACTION N° 2"],
        ["Intitulé", "Former les animateurs"],
        ["Axe", "Jeunesse"],
        ["Pilote", "Mairie"],
    ]
    return source(table("Fiches", rows, merges=("A1:B1", "A6:B6"), bold_columns=(1,))), Expected(
        [
            {"title": "Créer un relais", "ambition": "Petite enfance", "need": "Peu de places"},
            {"title": "Former les animateurs", "ambition": "Jeunesse", "need": None},
        ],
        ambitions=["Petite enfance", "Jeunesse"],
    )


@case
def a_text_with_its_context_its_themes_and_its_end():
    lines = [
        "CTG DU VAL 2026-2029",
        "Contexte",
        "Le Val compte douze communes.",
        "La première convention a pris fin.",
        "Les actions",
        "Thématique : Petite enfance",
        "Action 1 – Créer un relais",
        "Il accueille les familles deux fois par semaine.",
        "Pilote : CCAS",
        "Indicateurs :",
        "- Nombre de visites",
        "Avancement : en cours",
        "Thématique : Jeunesse",
        "Action 2 – Former les animateurs",
        "Deux jours à l’automne.",
        "Avec les associations.",
        "Pilote : Mairie",
        "Indicateurs :",
        "- Nombre d’agents formés",
        "Avancement : à venir",
        "Suivi de la convention",
        "Le comité se réunit une fois par an.",
    ]
    bold = (1, 2, 5, 6, 7, 10, 13, 14, 18, 21)
    left = [*lines[2:4], *lines[-2:]]
    return source(table("Texte hors des tableaux", [[line] for line in lines], bold=bold)), Expected(
        [
            {
                "number": 1,
                "title": "Créer un relais",
                "theme": "Petite enfance",
                "need": None,
                "content": "Il accueille les familles deux fois par semaine.",
                "status_text": "en cours",
            },
            {
                "number": 2,
                "title": "Former les animateurs",
                "theme": "Jeunesse",
                "content": "Deux jours à l’automne.\nAvec les associations.",
                "status_text": "à venir",
            },
        ],
        themes=["Petite enfance", "Jeunesse"],
        leftovers=left,
    )
