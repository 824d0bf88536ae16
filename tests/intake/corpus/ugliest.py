"""A third lot of layouts made up after the rules."""

from .cases import Expected, case
from .making import source, table


@case
def what_exists_beside_what_is_to_do():
    rows = [
        ["Schéma de développement – CC du Pays"],
        ["Champ : Enfance", None, None, None, "Champ : Jeunesse"],
        ["Actions existantes", "Actions à développer", "Échéance prévue", "Co-financement Caf"],
        ["Accueil de loisirs", "Ouvrir le mercredi", "2025", "Oui"],
        ["Accueil périscolaire", "Harmoniser les tarifs", "2026", "Non"],
    ]
    return source(table("SDSF", rows, merges=("A1:E1",))), Expected(
        [
            {"title": "Ouvrir le mercredi", "calendar_text": "2025", "theme": None},
            {"title": "Harmoniser les tarifs", "funders_text": "Non"},
        ],
        leftovers=["Accueil de loisirs", "Accueil périscolaire"],
    )


@case
def bands_numbered_like_their_actions():
    rows = [
        ["Action", "Descriptif", "Porteur", "Indicateur de réalisation", "Indicateur de résultat"],
        ["1. Développer l’accueil"],
        ["1.1 Ouvrir une maison", "Local communal", "Mairie", "Maison ouverte", "Places"],
        ["2. Accompagner les jeunes"],
        ["2.1 Créer une association", None, "MJC", "Association créée", "Jeunes"],
    ]
    return source(table("Feuil1", rows, merges=("A2:E2", "A4:E4"))), Expected(
        [
            {
                "number_text": "1.1",
                "theme": "Développer l’accueil",
                "indicators_text": "Indicateur de réalisation : Maison ouverte"
                "\nIndicateur de résultat : Places",
            },
            {"title": "Créer une association", "theme": "Accompagner les jeunes"},
        ],
        themes=["Développer l’accueil", "Accompagner les jeunes"],
    )


@case
def everything_in_the_action_cell():
    rows = [
        ["Orientation", "Fiches actions"],
        [
            "Accès aux droits",
            "Fiche 1 – Créer un guichet\nPilote : CCAS\nPartenaires : Caf, MSA\nÉchéance : 2026",
        ],
        [None, "Fiche 2 – Former les agents\nPilote : Mairie\nÉchéance : 2027"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"number": 1, "title": "Créer un guichet", "leads_text": "CCAS", "partners_text": "Caf, MSA"},
            {"number": 2, "ambition": "Accès aux droits", "calendar_text": "2027"},
        ],
        ambitions=["Accès aux droits"],
    )


@case
def a_follow_up_year_after_year():
    rows = [
        [
            "Réf",
            "Axe",
            "Action",
            "Avancement 2024",
            "Avancement 2025",
            "% réalisé",
            "Suites à donner",
            "Bilan 2024",
        ],
        ["1.1", "Enfance", "Créer un relais", "Lancé", "Terminé", "100%", "Rien", "Ouvert"],
        ["1.2", "Enfance", "Former les agents", "Non commencé", "En cours", "30%", "Relancer", None],
    ]
    return source(table("Suivi", rows)), Expected(
        [
            {
                "number_text": "1.1",
                "status_text": "Avancement 2024 : Lancé\nAvancement 2025 : Terminé",
                "progress_text": "100%",
                "notes_text": "Suites à donner : Rien\nBilan 2024 : Ouvert",
            },
            {"title": "Former les agents", "progress_text": "30%", "notes_text": "Relancer"},
        ],
        ambitions=["Enfance"],
    )


@case
def titles_cut_by_full_stops():
    rows = [
        [
            "Théma.",
            "Obj. stratégique",
            "Obj. opé.",
            "Actions",
            "Resp. / Réf.",
            "Part.",
            "Éch.",
            "Ind.",
            "Obs.",
        ],
        [
            "Parentalité",
            "Soutenir",
            "Informer",
            "Créer un lieu",
            "RPE",
            "Caf",
            "2025",
            "Nb séances",
            "À suivre",
        ],
        [
            "Parentalité",
            "Soutenir",
            "Informer",
            "Éditer un guide",
            "Mairie",
            "Caf",
            "2026",
            "Nb guides",
            None,
        ],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {
                "theme": "Parentalité",
                "objective": "Informer",
                "leads_text": "RPE",
                "partners_text": "Caf",
                "calendar_text": "2025",
                "indicators_text": "Nb séances",
                "notes_text": "À suivre",
            },
            {"title": "Éditer un guide", "ambition": "Soutenir"},
        ],
        themes=["Parentalité"],
        ambitions=["Soutenir"],
    )


@case
def a_sheet_in_three_columns():
    rows = [
        ["CTG 2023-2027", "FICHE ACTION", "N° 12"],
        ["Intitulé : Créer un tiers-lieu"],
        ["Orientation stratégique : Favoriser l’autonomie"],
        ["Diagnostic / Contexte", "Objectifs visés", "Public cible"],
        ["Manque de lieux", "Proposer un lieu", "11-17 ans"],
        ["Pilote(s)", "Partenaires", "Moyens"],
        ["MJC", "Communes, Caf", "2 ETP"],
        ["Échéancier", "Critères d’évaluation", "Budget"],
        ["2024-2025", "Fréquentation", "40 000 €"],
    ]
    return source(table("Fiche 12", rows, merges=("A2:C2", "A3:C3"))), Expected(
        [
            {
                "number": 12,
                "title": "Créer un tiers-lieu",
                "ambition": "Favoriser l’autonomie",
                "need": "Manque de lieux",
                "objective": "Proposer un lieu",
                "audiences": "11-17 ans",
                "leads_text": "MJC",
                "resources_text": "2 ETP",
                "calendar_text": "2024-2025",
                "budget_text": "40 000 €",
            }
        ],
        ambitions=["Favoriser l’autonomie"],
        plan={"first_year": 2023},
    )
