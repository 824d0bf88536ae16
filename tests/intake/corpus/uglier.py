"""A second lot of layouts made up after the rules."""

from .cases import Expected, case
from .making import source, table


@case
def stars_and_lines_in_the_titles():
    rows = [
        ["THÉMATIQUE : PETITE ENFANCE"],
        [
            "N°*",
            "Actions /\nprojets *",
            "Descriptif de l’action",
            "Pilote*\n(service)",
            "Échéance\n(JJ/MM/AAAA)",
        ],
        [1, "Créer un relais", "Un lieu pour les familles", "CCAS", "30/06/2026"],
        [],
        ["THÉMATIQUE : JEUNESSE"],
        [2, "Former les animateurs", "Deux jours par an", "Mairie", "31/12/2026"],
        ["* champs obligatoires"],
    ]
    return source(table("Feuil1", rows, merges=("A1:E1", "A5:E5"))), Expected(
        [
            {
                "number": 1,
                "title": "Créer un relais",
                "content": "Un lieu pour les familles",
                "theme": "PETITE ENFANCE",
            },
            {"number": 2, "leads_text": "Mairie", "theme": "JEUNESSE", "calendar_text": "31/12/2026"},
        ],
        themes=["PETITE ENFANCE", "JEUNESSE"],
        leftovers=["* champs obligatoires"],
    )


@case
def labels_and_values_far_apart():
    rows = [
        ["FICHE ACTION"],
        [],
        ["N° :", None, 3],
        ["Titre de l’action :", None, "Créer un relais"],
        ["Axe de rattachement :", None, "1 – Petite enfance"],
        ["Service pilote :", None, "CCAS", None, "Élu référent :", "Mme la vice-présidente"],
        ["Date de mise en œuvre :", None, "septembre 2026"],
    ]
    return source(table("Fiche 3", rows, first_column=2, first_row=2)), Expected(
        [
            {
                "number": 3,
                "title": "Créer un relais",
                "ambition": "Petite enfance",
                "leads_text": "CCAS",
                "elected_lead": "Mme la vice-présidente",
                "calendar_text": "septembre 2026",
            }
        ],
        ambitions=["Petite enfance"],
    )


@case
def indicators_in_a_sheet_of_their_own():
    plan = [
        ["N°", "Action", "Pilote"],
        [1, "Créer un relais", "CCAS"],
        [2, "Former les animateurs", "Mairie"],
    ]
    followed = [
        ["N° action", "Indicateur", "Cible"],
        [1, "Nombre de visites", 200],
        [1, "Satisfaction des familles", None],
        [2, "Nombre d’agents formés", 10],
    ]
    return source(table("Plan d'actions", plan), table("Indicateurs", followed)), Expected(
        [
            {
                "number": 1,
                "indicators_text": "Nombre de visites\nSatisfaction des familles",
                "target_text": "200",
            },
            {"number": 2, "title": "Former les animateurs", "indicators_text": "Nombre d’agents formés"},
        ]
    )


@case
def the_code_under_action_and_the_words_under_title():
    rows = [
        ["Action", "Intitulé", "Responsable"],
        ["A1", "Créer un relais", "CCAS"],
        ["A2", "Former les animateurs", "Mairie"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"number": 1, "number_text": "A1", "title": "Créer un relais"},
            {"number": 2, "title": "Former les animateurs"},
        ]
    )


@case
def communes_and_statuses_to_tick():
    rows = [
        ["Action", "Communes concernées", None, None, "État", None, None, "Priorité", None, None],
        [None, "Bailly", "Crespières", "Herbeville", "À faire", "En cours", "Fait", 1, 2, 3],
        ["Créer un relais", "X", None, "X", None, "X", None, "X", None, None],
        ["Former les animateurs", "X", "X", "X", None, None, "X", None, None, "X"],
    ]
    merges = ("A1:A2", "B1:D1", "E1:G1", "H1:J1")
    return source(table("Feuil1", rows, merges=merges)), Expected(
        [
            {"municipalities": "Bailly, Herbeville", "status_text": "En cours", "priority_text": "1"},
            {"municipalities": "Bailly, Crespières, Herbeville", "status_text": "Fait", "priority_text": "3"},
        ]
    )


@case
def a_description_under_each_action():
    long = "Ce lieu accueille les familles deux fois par semaine ; il est ouvert à tous, et il est animé par"
    long += " des bénévoles formés, avec l’appui du relais petite enfance et des communes."
    rows = [
        ["N°", "Action", "Pilote", "Échéance"],
        [1, "Créer un relais", "CCAS", "2026"],
        [long],
        [2, "Former les animateurs", "Mairie", "2027"],
    ]
    return source(table("Feuil1", rows, merges=("A3:D3",))), Expected(
        [{"number": 1, "content": long}, {"number": 2, "content": ""}]
    )


@case
def the_number_on_its_own_line():
    rows = [
        ["Axe", "Fiche action", "Pilote", "2025", "2026"],
        ["Axe 1\nPetite enfance", "Action 1.1\nCréer un relais", "CCAS", "●", "●"],
        [None, "Action 1.2\nFormer les animateurs", "Mairie", None, "●"],
        ["Légende : ● année de réalisation"],
    ]
    return source(table("Feuil1", rows, merges=("A2:A3",))), Expected(
        [
            {
                "number_text": "1.1",
                "title": "Créer un relais",
                "ambition": "Petite enfance",
                "calendar_text": "2025 à 2026",
            },
            {"number_text": "1.2", "title": "Former les animateurs", "calendar_text": "2026"},
        ],
        ambitions=["Petite enfance"],
        leftovers=["Légende : ● année de réalisation"],
    )


@case
def a_title_with_the_theme_above_each_sheet():
    header = ["Objectifs", "Actions", "Pilotes", "Évaluation"]
    return source(
        table(
            "PE",
            [
                ["CTG 2024-2028"],
                ["Thématique : Petite enfance"],
                header,
                ["Accueillir", "Créer un relais", "CCAS", "Visites"],
            ],
        ),
        table(
            "JEU",
            [
                ["CTG 2024-2028"],
                ["Thématique : Jeunesse"],
                header,
                ["Former", "Former les agents", "Caf", "Agents"],
            ],
        ),
    ), Expected(
        [
            {"theme": "Petite enfance", "objective": "Accueillir"},
            {"theme": "Jeunesse", "indicators_text": "Agents"},
        ],
        themes=["Petite enfance", "Jeunesse"],
        plan={"heading": "CTG 2024-2028", "first_year": 2024},
    )


@case
def questions_with_their_meaning():
    rows = [
        [
            None,
            "Quoi ? (action)",
            "Qui ? (pilote)",
            "Avec qui ? (partenaires)",
            "Quand ? (échéance)",
            "Combien ? (budget)",
        ],
        [1, "Créer un relais", "CCAS", "Caf", "2026", "10 k€"],
        [2, "Former les animateurs", "Mairie", "CNFPT", "2027", "2 k€"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {
                "number": 1,
                "title": "Créer un relais",
                "leads_text": "CCAS",
                "partners_text": "Caf",
                "budget_text": "10 k€",
            },
            {"number": 2, "calendar_text": "2027"},
        ]
    )


@case
def several_actions_in_a_cell():
    rows = [
        ["Objectif", "Actions", "Pilote"],
        ["Accueillir", "- Créer un relais\n- Former les animateurs", "CCAS"],
        ["Informer", "Publier un guide", "Mairie"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"title": "Créer un relais", "objective": "Accueillir", "leads_text": "CCAS"},
            {"title": "Former les animateurs", "objective": "Accueillir", "leads_text": "CCAS"},
            {"title": "Publier un guide"},
        ]
    )
