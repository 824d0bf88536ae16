"""Layouts made up after the rules were written, as ugly as those that people send."""

from .cases import Expected, case
from .making import source, table


@case
def a_word_sheet_with_steps_inside():
    rows = [
        ["FICHE ACTION N°1 – OUVRIR UN LIEU D’ACCUEIL"],
        ["Axe", "Axe 2 : Soutenir la parentalité", None, None],
        ["Constats du diagnostic", "Des familles isolées", None, None],
        ["Objectifs opérationnels", "• rompre l’isolement\n• informer", None, None],
        ["Étapes", "Responsable", "Échéance", None],
        ["Chercher un local", "Mairie", "2025", None],
        ["Recruter", "CCAS", "2026", None],
        ["Financement", "Caf : 50 %", None, None],
        ["Évaluation", "Nombre de familles", None, None],
    ]
    merges = ("A1:D1", "B2:D2", "B3:D3", "B4:D4", "B8:D8", "B9:D9")
    return source(table("Tableau 1", rows, merges=merges), name="fiche.docx"), Expected(
        [
            {
                "number": 1,
                "title": "OUVRIR UN LIEU D’ACCUEIL",
                "ambition": "Soutenir la parentalité",
                "need": "Des familles isolées",
                "content": "Chercher un local\nRecruter",
                "leads_text": "Mairie\nCCAS",
                "calendar_text": "2025\n2026",
                "funders_text": "Caf : 50 %",
                "indicators_text": "Nombre de familles",
            }
        ],
        ambitions=["Soutenir la parentalité"],
    )


@case
def themes_merged_on_the_left_without_a_title():
    rows = [
        [None, "N° FA", "Fiches-actions", "Début prévisionnel", "Fin prévisionnelle", "État"],
        ["Enfance", "FA-01", "Créer un relais", "2024", "2025", "✅ Terminé"],
        [None, "FA-02", "Former les animateurs", "2025", "2026", "🟠 En cours"],
        ["Logement", "FA-03", "Ouvrir une permanence", "2026", "2026", "Non démarré"],
    ]
    return source(table("PA", rows, merges=("A2:A3",))), Expected(
        [
            {"number": 1, "title": "Créer un relais", "theme": "Enfance", "calendar_text": "2024 à 2025"},
            {"number": 2, "theme": "Enfance", "status_text": "🟠 En cours"},
            {"number": 3, "theme": "Logement", "calendar_text": "2026"},
        ],
        themes=["Enfance", "Logement"],
    )


@case
def a_legend_above_and_blank_columns_between():
    rows = [
        ["PLAN D’ACTIONS DE LA CTG 2023/2027"],
        ["Légende", "vert : fait", "orange : en cours", "rouge : en retard"],
        [],
        ["Priorité (1 à 3)", None, "Action", None, "Qui fait quoi", None, "Délai de réalisation"],
        [1, None, "Créer un relais", None, "CCAS", None, "fin 2024"],
        [],
        [3, None, "Former les animateurs", None, "Mairie", None, "courant 2025"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {
                "title": "Créer un relais",
                "priority_text": "1",
                "organisations_text": "CCAS",
                "calendar_text": "fin 2024",
            },
            {"title": "Former les animateurs", "priority_text": "3"},
        ],
        leftovers=["Légende", "vert : fait", "orange : en cours", "rouge : en retard"],
        plan={"first_year": 2023, "last_year": 2027},
    )


@case
def titles_as_a_program_writes_them():
    rows = [
        [
            "id_action",
            "libelle_action",
            "axe",
            "service_pilote",
            "date_debut",
            "date_fin",
            "statut",
            "avancement_%",
        ],
        ["12", "Créer un relais", "Enfance", "CCAS", "01/01/2025", "31/12/2025", "en_cours", "50"],
        ["15", "Former les animateurs", "Enfance", "Mairie", "", "", "a_venir", "0"],
    ]
    return source(table("export.csv", rows), name="export.csv"), Expected(
        [
            {
                "number": 12,
                "title": "Créer un relais",
                "ambition": "Enfance",
                "leads_text": "CCAS",
                "calendar_text": "01/01/2025 à 31/12/2025",
                "status_text": "en_cours",
                "progress_text": "50",
            },
            {"number": 15, "title": "Former les animateurs"},
        ],
        ambitions=["Enfance"],
    )


@case
def the_header_under_each_band():
    header = ["Actions", "Pilotes", "Partenaires", "Indicateurs"]
    rows = [
        ["Objectif général 1 : Soutenir les familles"],
        header,
        ["Créer un relais", "CCAS", "Caf", "Nombre de visites"],
        ["Objectif général 2 : Aider les jeunes"],
        header,
        ["Ouvrir un point jeunes", "MDA", "Caf", "Nombre de jeunes"],
        ["Former les animateurs", "Mairie", "Caf", "Nombre d’agents"],
    ]
    return source(table("Tableau 1", rows, merges=("A1:D1", "A4:D4")), name="plan.docx"), Expected(
        [
            {"title": "Créer un relais", "ambition": "Soutenir les familles"},
            {"title": "Ouvrir un point jeunes", "ambition": "Aider les jeunes"},
            {"title": "Former les animateurs", "ambition": "Aider les jeunes"},
        ],
        ambitions=["Soutenir les familles", "Aider les jeunes"],
    )


@case
def a_legend_on_the_right():
    rows = [
        ["Action", "Pilote", "Échéance", None, "Légende"],
        ["Créer un relais", "CCAS", "2025", None, "CCAS : centre communal"],
        ["Former les animateurs", "Mairie", "2026", None, "Caf : allocations"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [{"title": "Créer un relais", "leads_text": "CCAS"}, {"title": "Former les animateurs"}],
        leftovers=["CCAS : centre communal", "Caf : allocations"],
    )


@case
def titles_in_capitals_and_cut_short():
    rows = [
        [
            "THEMATIQUE",
            "OBJ. OPERATIONNEL",
            "ACTION(S)",
            "PORTEUR(S) DE L'ACTION",
            "PARTENAIRE(S) MOBILISE(S)",
        ]
        + ["MOYENS HUMAINS", "MOYENS FINANCIERS", "INDIC. QUANTI", "INDIC. QUALI", "ECHEANCIER", None],
        [None, None, None, None, None, None, None, None, None, 2024, 2025],
        [
            "ENFANCE",
            "Accueillir",
            "CREER UN RELAIS",
            "CCAS",
            "CAF",
            "1 ETP",
            "10 000",
            "Nb visites",
            "Avis",
            "X",
            "X",
        ],
        [
            "ENFANCE",
            "Former",
            "FORMER LES AGENTS",
            "MAIRIE",
            "CNFPT",
            "-",
            "-",
            "Nb agents",
            "Avis",
            None,
            "X",
        ],
    ]
    merges = ("J1:K1",)
    return source(table("Feuil1", rows, merges=merges)), Expected(
        [
            {
                "title": "CREER UN RELAIS",
                "theme": "ENFANCE",
                "objective": "Accueillir",
                "leads_text": "CCAS",
                "partners_text": "CAF",
                "quantitative_text": "Nb visites",
                "qualitative_text": "Avis",
                "calendar_text": "2024 à 2025",
            },
            {"title": "FORMER LES AGENTS", "objective": "Former", "calendar_text": "2025"},
        ],
        themes=["ENFANCE"],
    )


@case
def sentences_instead_of_titles():
    rows = [
        ["Ce que nous constatons", "Ce que nous voulons changer", "Ce que nous allons faire", "Avec qui"]
        + ["Pour quand", "Comment saurons-nous que c’est réussi ?"],
        [
            "Des jeunes isolés",
            "Qu’ils se rencontrent",
            "Ouvrir un lieu",
            "MDA, Caf",
            "rentrée 2026",
            "Nombre de jeunes",
        ],
        ["Peu d’offres", "Plus de choix", "Créer un guide", "Mairie", "2027", "Nombre de guides"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {
                "title": "Ouvrir un lieu",
                "need": "Des jeunes isolés",
                "objective": "Qu’ils se rencontrent",
                "partners_text": "MDA, Caf",
                "calendar_text": "rentrée 2026",
                "indicators_text": "Nombre de jeunes",
            },
            {"title": "Créer un guide"},
        ]
    )


@case
def labels_merged_over_two_lines():
    rows = [
        ["Action n° 7", "Créer un relais", None],
        ["Porteur", "CCAS", None],
        ["Indicateurs", "Quantitatifs", "Nombre de visites"],
        [None, "Qualitatifs", "Satisfaction des parents"],
        ["Calendrier", "2025", None],
    ]
    merges = ("B1:C1", "B2:C2", "A3:A4", "B5:C5")
    return source(table("Tableau 1", rows, merges=merges), name="fiche.docx"), Expected(
        [
            {
                "number": 7,
                "title": "Créer un relais",
                "leads_text": "CCAS",
                "quantitative_text": "Nombre de visites",
                "qualitative_text": "Satisfaction des parents",
                "calendar_text": "2025",
            }
        ]
    )


@case
def axes_with_their_number_in_its_own_cell():
    rows = [
        ["N°", "Intitulé", "Porteur", "2025", None, "2026", None],
        [None, None, None, "S1", "S2", "S1", "S2"],
        ["AXE 1", "SOUTENIR LES FAMILLES"],
        ["1.1", "Créer un relais", "CCAS", "VRAI", "VRAI", "FAUX", "FAUX"],
        ["1.2", "Former les animateurs", "Mairie", "FAUX", "FAUX", "VRAI", "FAUX"],
        ["AXE 2", "AIDER LES JEUNES"],
        ["2.1", "Ouvrir un point jeunes", "MDA", "FAUX", "VRAI", "VRAI", "VRAI"],
    ]
    return source(table("Feuil1", rows, merges=("D1:E1", "F1:G1"))), Expected(
        [
            {"number_text": "1.1", "ambition": "SOUTENIR LES FAMILLES", "calendar_text": "S1 2025 à S2 2025"},
            {"number_text": "1.2", "title": "Former les animateurs", "calendar_text": "S1 2026"},
            {"number_text": "2.1", "ambition": "AIDER LES JEUNES", "calendar_text": "S2 2025 à S2 2026"},
        ],
        ambitions=["SOUTENIR LES FAMILLES", "AIDER LES JEUNES"],
    )
