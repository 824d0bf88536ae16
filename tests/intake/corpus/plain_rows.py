"""One action per row, under one header."""

from .cases import Expected, case
from .making import source, table


@case
def a_bare_table():
    rows = [
        ["Action", "Pilote", "Échéance"],
        ["Ouvrir un lieu d’accueil", "CCAS", 2026],
        ["Créer un guide", "Caf", "2e semestre 2027"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"title": "Ouvrir un lieu d’accueil", "leads_text": "CCAS", "calendar_text": "2026"},
            {"title": "Créer un guide", "leads_text": "Caf", "calendar_text": "2e semestre 2027"},
        ]
    )


@case
def titles_above_and_a_table_that_starts_further():
    rows = [
        ["Convention territoriale globale 2024-2028"],
        ["Communauté de communes du Val"],
        ["Version du 12/03/2024"],
        [],
        ["N°", "Thématique", "Intitulé de l’action", "Chef de file", "Partenaires associés", "Délai"],
        [1, "Jeunesse", "Créer un espace jeunes", "Service jeunesse", "Mission locale, Caf", "2025"],
        [2, "Jeunesse", "Informer sur les droits", "CCAS", "France Services", "en continu"],
    ]
    return source(table("Plan", rows, first_row=2, first_column=3)), Expected(
        [
            {
                "number": 1,
                "title": "Créer un espace jeunes",
                "theme": "Jeunesse",
                "partners_text": "Mission locale, Caf",
            },
            {"number": 2, "title": "Informer sur les droits", "theme": "Jeunesse", "leads_text": "CCAS"},
        ],
        themes=["Jeunesse"],
        plan={"heading": "Convention territoriale globale 2024-2028", "first_year": 2024, "last_year": 2028},
    )


@case
def a_header_of_two_rows_with_merged_parents():
    rows = [
        ["Action", "Pilotage", None, "Indicateurs", None],
        [None, "Porteur", "Partenaires", "quantitatifs", "qualitatifs"],
        ["Créer un relais", "CCAS", "Caf", "Nombre de visites", "Satisfaction des familles"],
        ["Former les agents", "Département", "CNFPT", "Nombre d’agents", "Ressenti des agents"],
    ]
    merges = ("A1:A2", "B1:C1", "D1:E1")
    return source(table("Feuil1", rows, merges=merges)), Expected(
        [
            {
                "title": "Créer un relais",
                "leads_text": "CCAS",
                "partners_text": "Caf",
                "quantitative_text": "Nombre de visites",
                "qualitative_text": "Satisfaction des familles",
            },
            {"title": "Former les agents", "qualitative_text": "Ressenti des agents"},
        ]
    )


@case
def a_header_of_two_rows_from_a_csv():
    rows = [
        ["Axe", "Action", "Indicateurs", None, "Calendrier", None, None],
        [None, None, "Quantitatifs", "Qualitatifs", "2025", "2026", "2027"],
        ["Logement", "Ouvrir une permanence", "Nombre de rendez-vous", "Satisfaction", "X", "X", None],
        [None, "Publier un guide", "Nombre de guides", None, None, None, "X"],
    ]
    return source(table("plan.csv", rows), name="plan.csv"), Expected(
        [
            {
                "title": "Ouvrir une permanence",
                "ambition": "Logement",
                "quantitative_text": "Nombre de rendez-vous",
                "calendar_text": "2025 à 2026",
            },
            {"title": "Publier un guide", "ambition": "Logement", "calendar_text": "2027"},
        ],
        ambitions=["Logement"],
    )


@case
def a_header_of_three_rows():
    rows = [
        ["Actions", "Mise en œuvre", None, None, None],
        [None, "Acteurs", None, "Calendrier", None],
        [None, "Pilote", "Partenaires", "2025", "2026"],
        ["Créer un lieu", "CCAS", "Caf", "x", "x"],
        ["Animer un réseau", "Caf", "CCAS", None, "x"],
    ]
    merges = ("A1:A3", "B1:E1", "B2:C2", "D2:E2")
    return source(table("Feuil1", rows, merges=merges)), Expected(
        [
            {
                "title": "Créer un lieu",
                "leads_text": "CCAS",
                "partners_text": "Caf",
                "calendar_text": "2025 à 2026",
            },
            {"title": "Animer un réseau", "calendar_text": "2026"},
        ]
    )


@case
def the_header_again_on_each_page():
    header = ["N°", "Action", "Porteur", "Partenaires"]
    rows = [
        header,
        [1, "Créer un lieu", "CCAS", "Caf"],
        header,
        [2, "Animer un réseau", "Caf", "CCAS"],
        header,
        [3, "Former les agents", "Caf", "CNFPT"],
    ]
    return source(table("Tableau 1", rows), name="plan.docx"), Expected(
        [{"number": 1, "title": "Créer un lieu"}, {"number": 2}, {"number": 3, "partners_text": "CNFPT"}]
    )


@case
def a_row_of_help_under_the_header():
    rows = [
        ["Besoins", "Action", "Pilote", "Calendrier", "Indicateurs"],
        [
            "(constat du diagnostic)",
            "Verbe à l’infinitif",
            "Qui pilote ?",
            "(mois et année)",
            "Ex : nombre d’ateliers",
        ],
        ["Isolement", "Organiser des sorties", "CCAS", "juin 2026", "Nombre de sorties"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [{"title": "Organiser des sorties", "need": "Isolement", "calendar_text": "juin 2026"}]
    )


@case
def columns_numbered_under_the_header():
    rows = [
        ["Objectif", "Action", "Pilote", "Budget"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["Informer", "Publier un guide", "CCAS", "3 000 €"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [{"title": "Publier un guide", "objective": "Informer", "budget_text": "3 000 €"}]
    )


@case
def headings_left_blank_because_they_repeat():
    rows = [
        ["Axe stratégique", "Objectif stratégique", "Objectif opérationnel", "Action", "Référent"],
        ["Axe 1 – Petite enfance", "Accueillir", "Ouvrir des places", "Créer une crèche", "Mairie"],
        [None, None, None, "Soutenir les assistantes maternelles", "RPE"],
        [None, None, "Informer les parents", "Publier un guide", None],
        ["Axe 2 – Jeunesse", "Écouter", "Aller vers", "Créer un point écoute", "MDA"],
    ]
    return source(table("Plan d'actions", rows)), Expected(
        [
            {"title": "Créer une crèche", "ambition": "Petite enfance", "orientation": "Accueillir"},
            {
                "title": "Soutenir les assistantes maternelles",
                "objective": "Ouvrir des places",
                "leads_text": "RPE",
            },
            {"title": "Publier un guide", "objective": "Informer les parents", "leads_text": ""},
            {
                "title": "Créer un point écoute",
                "ambition": "Jeunesse",
                "orientation": "Écouter",
                "objective": "Aller vers",
            },
        ],
        ambitions=["Petite enfance", "Jeunesse"],
    )


@case
def headings_merged_over_their_actions():
    rows = [
        ["Enjeux", "Objectifs", "Actions", "Pilote"],
        ["Isolement des aînés", "Aller vers", "Visiter à domicile", "CCAS"],
        [None, None, "Appeler chaque semaine", "CCAS"],
        [None, "Faire venir", "Organiser un repas", "Mairie"],
    ]
    return source(table("Feuil1", rows, merges=("A2:A4", "B2:B3"))), Expected(
        [
            {"title": "Visiter à domicile", "need": "Isolement des aînés", "objective": "Aller vers"},
            {"title": "Appeler chaque semaine", "need": "Isolement des aînés", "objective": "Aller vers"},
            {"title": "Organiser un repas", "need": "Isolement des aînés", "objective": "Faire venir"},
        ]
    )


@case
def a_pilot_merged_over_two_actions():
    rows = [
        ["Action", "Pilote", "Échéance"],
        ["Visiter à domicile", "CCAS", "2026"],
        ["Appeler chaque semaine", None, "2027"],
        ["Organiser un repas", None, "2028"],
    ]
    return source(table("Feuil1", rows, merges=("B2:B3",))), Expected(
        [
            {"title": "Visiter à domicile", "leads_text": "CCAS"},
            {"title": "Appeler chaque semaine", "leads_text": "CCAS"},
            {"title": "Organiser un repas", "leads_text": ""},
        ]
    )


@case
def questions_instead_of_titles():
    rows = [
        ["Pourquoi ?", "Quoi ?", "Qui ?", "Avec qui ?", "Quand ?", "Comment ?", "Pour qui ?", "Où ?"],
        ["Isolement", "Ouvrir un café", "CCAS", "Caf", "2026", "Avec des bénévoles", "Familles", "Toutes"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {
                "title": "Ouvrir un café",
                "need": "Isolement",
                "leads_text": "CCAS",
                "partners_text": "Caf",
                "calendar_text": "2026",
                "methods": "Avec des bénévoles",
                "audiences": "Familles",
                "municipalities": "Toutes",
            }
        ]
    )


@case
def a_column_that_means_nothing_here():
    rows = [
        ["Action", "Pilote", "Nuancier RGB"],
        ["Créer un lieu", "CCAS", "vert"],
        ["Créer un guide", "Caf", "bleu"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [{"title": "Créer un lieu"}, {"title": "Créer un guide"}], leftovers=["vert", "bleu"]
    )


@case
def notes_and_totals_under_the_table():
    rows = [
        ["N°", "Action", "Pilote", "Coût"],
        [1, "Créer un lieu", "CCAS", 3000],
        [2, "Créer un guide", "Caf", 500],
        [None, "Total", None, 3500],
        [],
        ["* sous réserve du vote du budget"],
        ["Source : diagnostic de 2024"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [{"title": "Créer un lieu", "budget_text": "3000"}, {"title": "Créer un guide"}],
        leftovers=["Total", "3500", "* sous réserve du vote du budget", "Source : diagnostic de 2024"],
    )


@case
def no_header_at_all():
    rows = [
        ["Action 1 : Créer un lieu d’accueil", "CCAS", "2026"],
        ["Action 2 : Publier un guide", "Caf", "2027"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"number": 1, "title": "Créer un lieu d’accueil", "calendar_text": "2026"},
            {"title": "Publier un guide", "calendar_text": "2027", "organisations_text": "Caf"},
        ],
    )


@case
def one_row_per_indicator():
    rows = [
        ["N°", "Action", "Pilote", "Indicateur", "Cible"],
        [1, "Créer un lieu", "CCAS", "Nombre de visites", 200],
        [1, "Créer un lieu", "CCAS", "Satisfaction des familles", None],
        [None, None, None, "Nombre d’ateliers", 12],
        [2, "Publier un guide", "Caf", "Nombre de guides", 500],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {
                "number": 1,
                "leads_text": "CCAS",
                "indicators_text": "Nombre de visites\nSatisfaction des familles\nNombre d’ateliers",
                "target_text": "200\n12",
            },
            {"number": 2, "indicators_text": "Nombre de guides"},
        ]
    )


@case
def one_row_per_indicator_under_a_merged_title():
    rows = [
        ["Action", "Indicateurs", "Pilote"],
        ["Créer un lieu", "Nombre de visites", "CCAS"],
        [None, "Satisfaction", None],
        ["Publier un guide", "Nombre de guides", "Caf"],
    ]
    return source(table("Feuil1", rows, merges=("A2:A3", "C2:C3"))), Expected(
        [
            {
                "title": "Créer un lieu",
                "indicators_text": "Nombre de visites\nSatisfaction",
                "leads_text": "CCAS",
            },
            {"title": "Publier un guide"},
        ]
    )


@case
def the_columns_in_another_order():
    rows = [
        [
            "Statut",
            "Commentaires",
            "Calendrier prévisionnel",
            "Freins",
            "Leviers",
            "Actions",
            "Objectifs",
            "Réf.",
        ],
        [
            "En cours",
            "Bien parti",
            "avril à juin 2026",
            "Peu de locaux",
            "Élus motivés",
            "Créer un lieu",
            "Accueillir",
            "A1",
        ],
        ["Fait", None, "mi-2024", None, None, "Créer un guide", "Informer", "A2"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {
                "title": "Créer un lieu",
                "number": 1,
                "status_text": "En cours",
                "notes_text": "Bien parti",
                "brakes_text": "Peu de locaux",
                "levers_text": "Élus motivés",
                "calendar_text": "avril à juin 2026",
                "objective": "Accueillir",
            },
            {"title": "Créer un guide", "status_text": "Fait", "number": 2},
        ]
    )
