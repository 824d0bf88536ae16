"""Several sheets, sheets of labels and documents whose layouts taught a rule."""

from .cases import Expected, case
from .making import source, table


@case
def a_theme_written_above_each_table():
    header = ["Qu'est-ce qu'on fait ?", "Qui fait quoi ?", "Avec", "Où en est-on ?"]
    return source(
        table("Petite enf.", [["PETITE ENFANCE"], [], header, ["Créer un relais", "RPE", "Caf", "EC"]]),
        table("AVS - droits", [["ACCÈS AUX DROITS"], [], header, ["Ouvrir un guichet", "CCAS", "MSA", "R"]]),
        name="suivi.xlsx",
    ), Expected(
        [
            {"theme": "PETITE ENFANCE", "leads_text": "RPE", "partners_text": "Caf", "status_text": "EC"},
            {"theme": "ACCÈS AUX DROITS", "title": "Ouvrir un guichet"},
        ],
        themes=["PETITE ENFANCE", "ACCÈS AUX DROITS"],
    )


@case
def labels_told_by_their_look():
    rows = [
        ["Communauté de communes du Haut-Pays"],
        ["FICHE ACTION 1.1"],
        ["Intitulé", "Créer un relais"],
        ["Rattachement", "Axe 1 - Petite enfance"],
        ["Référent technique", "CCAS"],
        ["Lieu d'accueil", "Communes"],
        ["Échéancier", "rentrée 2027"],
        ["Coût prévisionnel", "/"],
        ["Signalement", "à revoir"],
    ]
    blank = [["Intitulé"], ["Rattachement"], ["Référent technique"], ["Échéancier"], ["Coût prévisionnel"]]
    return source(
        table("FA 1.1", rows, merges=("A1:B1", "A2:B2"), bold=(2,), bold_columns=(1,)),
        table("modèle vierge", blank, bold_columns=(1,)),
    ), Expected(
        [
            {
                "number_text": "1.1",
                "title": "Créer un relais",
                "ambition": "Petite enfance",
                "municipalities": "Communes",
                "calendar_text": "rentrée 2027",
                "budget_text": "",
            }
        ],
        ambitions=["Petite enfance"],
        leftovers=["à revoir", *(row[0] for row in blank)],
    )


@case
def a_title_over_labels_and_boxes():
    def sheet(title, number, theme, status):
        rows = [
            [title],
            ["N° de projet", number, "Date de création", "11/03/2025"],
            ["Champ(s)", theme],
            ["Structure référente", "Service jeunesse", "Où en est-on ?", status],
            ["COMMENT SAVOIR SI C'EST RÉUSSI ?"],
            ["- Nombre de visites\n- Assiduité"],
        ]
        merges = ("A1:D1", "B3:D3", "A5:D5", "A6:D6")
        cells = table("Tableau", rows, merges=merges, bold=(1, 5), bold_columns=(1, 3))
        place = max(cells.cells)
        cells.cells[place] = type(cells.cells[place])(place, cells.cells[place].text, 1, 4)
        return cells

    return source(
        sheet("Créer un relais", "P01", "☒ Enfance   ☐ Jeunesse", "☐ Finalisé\n☒ Engagé"),
        sheet("Former les agents", "P02", "☐ Enfance   ☒ Jeunesse", "☒ Finalisé\n☐ Engagé"),
        name="fiches.docx",
    ), Expected(
        [
            {"number_text": "P01", "title": "Créer un relais", "theme": "Enfance", "status_text": "Engagé"},
            {"title": "Former les agents", "theme": "Jeunesse", "status_text": "Finalisé"},
        ],
        themes=["Enfance", "Jeunesse"],
        leftovers=["11/03/2025", "11/03/2025"],
    )


@case
def a_column_per_action_under_a_title():
    rows = [
        ["CTG DU PAYS – AXE A ENFANCE"],
        [],
        [None, "Action A1", "Action A2", "Action A3"],
        ["Intitulé", "Créer un relais", "Former les agents", "Ouvrir un guichet"],
        ["Pour quoi faire ?", "Accueillir", "Outiller", "Informer"],
        ["Responsable", "CCAS", "Mairie", "Caf"],
        ["Partenaires", "Caf", "CNFPT", "MSA"],
        ["Période", "2026", "en continu", "T2 2027"],
    ]
    return source(table("Axe A Enfance", rows, merges=("A1:D1",), bold_columns=(1,))), Expected(
        [
            {"number_text": "A1", "objective": "Accueillir", "ambition": "Enfance"},
            {"leads_text": "Mairie", "calendar_text": "en continu"},
            {"title": "Ouvrir un guichet", "calendar_text": "T2 2027"},
        ],
        ambitions=["Enfance"],
        plan={"heading": "CTG DU PAYS – AXE A ENFANCE"},
    )


@case
def a_follow_up_sheet_per_year():
    def year(number, *rows):
        header = ["N°", "Action", "Resp.", f"Ce qui est prévu en {number}", "Avancement"]
        return table(f"Prog {number}", [[f"PROGRAMMATION {number}"], header, *rows])

    return source(
        year(2025, ["A1", "Créer un relais", "CCAS", "Rédiger le projet", "lancé"]),
        year(2026, ["A1", "Créer un relais", "CCAS", "Ouvrir", "en cours"]),
    ), Expected([{"status_text": "en cours", "leads_text": "CCAS"}], leftovers=["lancé"])


@case
def two_tables_side_by_side():
    rows = [
        ["Plan d'actions CTG"],
        ["Axe 1 : Familles", None, None, None, "Axe 2 : Jeunes"],
        ["Action", "Pilote", "Échéance", None, "Action", "Pilote", "Échéance"],
        ["Créer un relais", "CCAS", "2026", None, "Ouvrir un lieu", "MJC", "2027"],
        ["Former les agents", "Mairie", "2026"],
    ]
    return source(table("Plan", rows, merges=("A1:G1", "A2:C2", "E2:G2"))), Expected(
        [
            {"ambition": "Familles", "leads_text": "CCAS"},
            {"title": "Former les agents"},
            {"title": "Ouvrir un lieu", "ambition": "Jeunes", "calendar_text": "2027"},
        ],
        ambitions=["Familles", "Jeunes"],
    )


@case
def a_short_list_beside_the_table():
    rows = [
        ["Action", "Structure en charge", "Autres acteurs", None, "Groupe de travail", "Animateur"],
        ["Créer un relais", "CCAS", "Caf", None, "GT Enfance", "C. Meyer"],
        ["Former les agents", "Mairie", "CNFPT"],
        ["Ouvrir un guichet", "Caf", "MSA"],
    ]
    return source(table("Plan", rows)), Expected(
        [{"leads_text": "CCAS", "partners_text": "Caf", "theme": None}, {}, {"partners_text": "MSA"}],
        leftovers=["GT Enfance", "C. Meyer"],
    )


@case
def headings_of_a_document_above_its_tables():
    header = ["Action", "Pilote", "Échéance"]
    around = [
        ["4. Le plan d'actions"],
        ["Ambition A : Réduire les inégalités"],
        ["Objectif A.1 – Accueillir"],
        ["Objectif A.2 – Informer"],
        ["Ambition B : Faire confiance"],
    ]
    return source(
        table("Tableau 1", [header, ["Créer un relais", "CCAS", "2026"]], after=3),
        table("Tableau 2", [header, ["Ouvrir un guichet", "Caf", "2027"]], after=4),
        table("Tableau 3", [header, ["Créer un conseil", "Mairie", "2028"]], after=5),
        table("Texte hors des tableaux", around),
        name="projet.docx",
    ), Expected(
        [
            {"ambition": "Réduire les inégalités", "objective": "Accueillir"},
            {"ambition": "Réduire les inégalités", "objective": "Informer"},
            {"ambition": "Faire confiance", "objective": None},
        ],
        ambitions=["Réduire les inégalités", "Faire confiance"],
    )


@case
def headings_framed_in_tables_of_one_cell():
    def sheet(number, title, after):
        rows = [
            [f"Action {number}", title],
            ["Identification", "Pilote(s)", "CCAS"],
            [None, "Contributeurs", "Caf"],
            ["Contenu", "Contexte / constats", "Isolement"],
            [None, "Étapes", "1. Chercher\n2. Ouvrir"],
        ]
        merges = ("B1:C1", "A2:A3", "A4:A5")
        return table("Tableau", rows, merges=merges, bold=(1,), bold_columns=(1, 2), after=after)

    around = [["Sommaire"], ["Action 1.1 Créer un relais ........ p. 3"]]
    return source(
        table("Tableau 1", [["Axe stratégique 1 : Prévenir"]], after=2),
        sheet("1.1", "Créer un relais", 2),
        table("Tableau 3", [["Axe stratégique 2 : Accompagner"]], after=2),
        sheet("2.1", "Former les agents", 2),
        table("Texte hors des tableaux", around),
        name="cls.docx",
    ), Expected(
        [
            {"ambition": "Prévenir", "need": "Isolement", "partners_text": "Caf"},
            {"ambition": "Accompagner", "title": "Former les agents", "number_text": "2.1"},
        ],
        ambitions=["Prévenir", "Accompagner"],
        leftovers=["Sommaire", "Action 1.1 Créer un relais ........ p. 3"],
    )


@case
def a_table_of_indicators_inside_each_sheet():
    def sheet(number, title, pilot, status):
        rows = [
            [f"Action n°{number} – {title}"],
            [f"Pilote : {pilot}", None, "Partenaires : Caf, MSA"],
            ["Indicateurs", "Prévu 2025", "Réalisé 2025", "Commentaire"],
            ["Nombre de visites", 10, 12, "voir annexe"],
            [f"Avancement : {status}", None, "Suite donnée : poursuite"],
        ]
        return table("Tableau", rows, merges=("A1:D1", "A2:B2", "C2:D2", "A5:B5", "C5:D5"), bold=(1, 3))

    return source(
        sheet(1, "Créer un relais", "CCAS", "en cours"), sheet(2, "Former les agents", "Mairie", "achevée")
    ), Expected(
        [
            {"leads_text": "CCAS", "indicators_text": "Nombre de visites", "status_text": "en cours"},
            {"title": "Former les agents", "partners_text": "Caf, MSA", "status_text": "achevée"},
        ]
    )


@case
def a_plan_in_sentences_with_labels_of_its_own():
    rows, bold = [["Notre feuille de route familles"]], []
    for heading, number, title in (
        ("Grandir ici", 1, "Créer un relais"),
        ("Se sentir bien", 2, "Former les agents"),
        ("Agir ensemble", 3, "Ouvrir un guichet"),
    ):
        bold += [len(rows) + 1, len(rows) + 2, len(rows) + 6]
        rows += [[heading], [f"Action {number}. {title}"], ["Pourquoi ? Un manque."]]
        rows += [["Ils nous aident : Caf, MSA"], ["Référent technique : CCAS"]]
        rows += [["On mesure :"], ["- Nombre de visites"]]
    return source(table("Texte hors des tableaux", rows, bold=bold), name="note.docx"), Expected(
        [
            {
                "title": "Créer un relais",
                "theme": "Grandir ici",
                "need": "Un manque.",
                "partners_text": "Caf, MSA",
                "leads_text": "CCAS",
                "indicators_text": "- Nombre de visites",
            },
            {"number": 2, "theme": "Se sentir bien"},
            {"title": "Ouvrir un guichet", "theme": "Agir ensemble"},
        ],
        themes=["Grandir ici", "Se sentir bien", "Agir ensemble"],
    )
