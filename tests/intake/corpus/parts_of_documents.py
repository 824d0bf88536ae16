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


@case
def titles_of_sheets_that_say_their_theme_and_need():
    def sheet(name, theme, need, *actions):
        head = [
            [f"CTG 2026-2029 – Thématique : {theme}"],
            ["Objectif du document : suivre les actions"],
            [f"Besoins repérés dans le diagnostic : {need}"] if need else [],
            [],
            ["Action", "Pilote"],
        ]
        return table(name, [*head, *([action, "CCAS"] for action in actions)], merges=("A1:B1", "A3:B3"))

    sheets = (
        sheet("PE", "PETITE ENFANCE", "peu de places, en horaires décalés surtout", "Créer un relais"),
        sheet("Jeunes", "JEUNESSE", "", "Former les animateurs", "Ouvrir un local"),
    )
    return source(*sheets), Expected(
        [
            {"theme": "PETITE ENFANCE", "need": "peu de places, en horaires décalés surtout"},
            {"theme": "JEUNESSE", "need": None, "objective": None},
            {"theme": "JEUNESSE", "need": None},
        ],
        themes=["PETITE ENFANCE", "JEUNESSE"],
        plan={"heading": "CTG 2026-2029 – Thématique : PETITE ENFANCE"},
    )


@case
def tables_that_go_on_and_needs_that_are_sentences():
    lines = ["Axe 1 : Familles", "Constat : peu de places.", "(suite)", "Axe 1 : Familles (suite)"]
    rows = [["N°", "Action", "Pilote"], [1, "Créer un relais", "CCAS"]]
    tables = (
        table("Tableau 1 : Constat : peu de places.", rows, after=2),
        table("Tableau 2 : (suite)", [rows[0], [2, "Former les animateurs", "Mairie"]], after=3),
        table("Tableau 3 : Axe 1 : Familles (suite)", [rows[0], [3, "Ouvrir un local", "CCAS"]], after=4),
    )
    around = table("Texte hors des tableaux", [[line] for line in lines])
    return source(*tables, around), Expected(
        [
            {"ambition": "Familles", "need": "peu de places.", "theme": None},
            {"ambition": "Familles", "need": "peu de places.", "theme": None},
            {"ambition": "Familles", "theme": None},
        ],
        ambitions=["Familles"],
        leftovers=["(suite)"],
    )


@case
def a_need_above_a_header_and_an_axis_that_goes_on():
    rows = [
        ["Enjeux repérés : le plan de mobilité", None, None],
        ["N°", "Action", "Pilote"],
        ["AXE 1 : FAMILLES"],
        [1, "Créer un relais", "CCAS"],
        ["AXE 1 : FAMILLES (suite)"],
        [2, "Former les animateurs", "Mairie"],
    ]
    return source(table("Feuil1", rows, merges=("A1:C1", "A3:C3", "A5:C5"))), Expected(
        [
            {"title": "Créer un relais", "ambition": "FAMILLES", "need": "le plan de mobilité"},
            {"title": "Former les animateurs", "ambition": "FAMILLES", "need": "le plan de mobilité"},
        ],
        ambitions=["FAMILLES"],
        plan={"heading": ""},
    )


@case
def a_context_before_the_axes_and_needs_under_them():
    lines = [
        "CTG DU VAL 2026-2029",
        "Diagnostic",
        "Le Val compte douze communes.",
        "Axe 1 : Familles",
        "Constat",
        "Peu de places.",
        "Objectif 1 : Accueillir mieux",
        "Action 1 – Créer un relais",
        "Pilote : CCAS",
        "Calendrier : 2026",
        "Axe 2 : Jeunesse",
        "Constat",
        "Peu de lieux.",
        "Objectif 2 : Ouvrir des lieux",
        "Action 2 – Ouvrir un local",
        "Pilote : Mairie",
        "Calendrier : 2027",
    ]
    bold = (1, 2, 4, 5, 7, 8, 11, 12, 14, 15)
    return source(table("Texte hors des tableaux", [[line] for line in lines], bold=bold)), Expected(
        [
            {"title": "Créer un relais", "ambition": "Familles", "need": "Peu de places."},
            {"title": "Ouvrir un local", "ambition": "Jeunesse", "need": "Peu de lieux."},
        ],
        ambitions=["Familles", "Jeunesse"],
        leftovers=["Le Val compte douze communes."],
    )


@case
def a_context_that_is_the_need_of_no_action():
    lines = [
        "CTG DU VAL 2026-2029",
        "Diagnostic",
        "Le Val compte douze communes.",
        "Axe 1 : Familles",
        "Action 1 – Créer un relais",
        "Pilote : CCAS",
        "Calendrier : 2026",
    ]
    return source(table("Texte hors des tableaux", [[line] for line in lines], bold=(1, 2, 4, 5))), Expected(
        [{"title": "Créer un relais", "ambition": "Familles", "need": None}],
        ambitions=["Familles"],
        leftovers=["Le Val compte douze communes."],
    )
