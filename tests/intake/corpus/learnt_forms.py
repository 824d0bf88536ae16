"""Forms, frameworks, calendars and texts whose layouts taught a rule."""

from dataclasses import replace

from .cases import Expected, case
from .making import source, table


@case
def labels_over_their_values_inside_a_form():
    def form(name, number, title, need, crosses, status, budget):
        rows = [
            ["FICHE ACTION", number, title],
            ["Constat", need],
            ["Pilote", "CCAS" if crosses else "Nom de la structure"],
            ["Calendrier", 2026, 2027, 2028, "Priorité", "Avancement"],
            [None, *crosses, "forte" if crosses else None, status],
            ["Moyens", "Humains", None, "Budget prévisionnel", None, "Financeurs"],
            [None, "0,5 ETP" if crosses else None, None, budget, None, "Caf" if crosses else None],
            ["Freins", "Peu de locaux" if crosses else None],
        ]
        merges = ("C1:F1", "B2:F2", "B3:F3", "A4:A5", "A6:A7", "B6:C6", "D6:E6", "B8:F8")
        return table(name, rows, merges=merges, bold=(4, 6), bold_columns=(1,))

    return source(
        form("F1", "1.1", "Créer un relais", "Peu de places", ("X", "X", None), "En cours", "12 000 €"),
        form("F2", "1.2", "Former les agents", "Peu de monde", ("X", None, "X"), "À venir", "500 €"),
        form("Fiche vierge", "…", "[Un verbe et un objet]", "Éléments du diagnostic", (), None, None),
    ), Expected(
        [
            {
                "number_text": "1.1",
                "title": "Créer un relais",
                "need": "Peu de places",
                "calendar_text": "2026 à 2027",
                "priority_text": "forte",
                "status_text": "En cours",
                "resources_text": "0,5 ETP",
                "budget_text": "12 000 €",
                "funders_text": "Caf",
            },
            {"number_text": "1.2", "calendar_text": "2026, 2028", "status_text": "À venir"},
        ],
        leftovers=["Nom de la structure", "Éléments du diagnostic", "Humains", "Financeurs"],
    )


@case
def one_value_under_two_labels():
    rows = [
        ["Action", "Créer un relais"],
        ["Pilote", "RPE"],
        ["Indicateurs quantitatifs", "Indicateurs qualitatifs"],
        ["- Nombre de visites"],
        ["Freins", "Peu de locaux"],
    ]
    cells = table("Fiche", rows, bold=(3,), bold_columns=(1,))
    place = next(place for place, cell in cells.cells.items() if cell.text.startswith("- "))
    cells.cells[place] = replace(cells.cells[place], is_bold=False)
    return source(cells), Expected(
        [{"quantitative_text": "- Nombre de visites", "qualitative_text": "", "leads_text": "RPE"}]
    )


@case
def milestones_of_the_plan_in_a_calendar():
    rows = [
        ["N°", "Action", "Pilote", "T1 2026", "T2 2026", "T3 2026"],
        ["PILOTAGE – JALONS"],
        [None, "Comité", None, "◆", None, "◆"],
        [None, "Bilan", None, None, None, "◆"],
        ["AXE A – GRANDIR"],
        [1, "Relais", "RPE", "■", "■"],
        [2, "Guichet", "CCAS", None, "■"],
        ["AXE B – SE LOGER"],
        [3, "Charte", "Ville", "■"],
        [4, "Bourse", "Ville", None, None, "■"],
    ]
    merges = ("A2:F2", "A5:F5", "A8:F8")
    return source(table("Chrono", rows, merges=merges, bold=(1, 2, 5, 8))), Expected(
        [
            {"title": "Relais", "ambition": "GRANDIR", "calendar_text": "T1 2026 à T2 2026"},
            {"title": "Guichet"},
            {"title": "Charte", "ambition": "SE LOGER", "theme": None},
            {"title": "Bourse"},
        ],
        ambitions=["GRANDIR", "SE LOGER"],
        leftovers=["PILOTAGE – JALONS", "Comité", "◆", "◆", "Bilan", "◆"],
    )


@case
def a_theme_before_the_first_axis_does_not_go_on():
    rows = [
        ["Action", "Pilote", "Échéance"],
        ["GOUVERNANCE DU PROJET"],
        ["Réunir les élus", "CC", "2026"],
        ["AXE 1 – GRANDIR"],
        ["Créer un relais", "RPE", "2027"],
    ]
    return source(table("Plan", rows, merges=("A2:C2", "A4:C4"), bold=(1, 2, 4))), Expected(
        [
            {"title": "Réunir les élus", "theme": "GOUVERNANCE DU PROJET", "ambition": None},
            {"title": "Créer un relais", "theme": None, "ambition": "GRANDIR"},
        ],
        themes=["GOUVERNANCE DU PROJET"],
        ambitions=["GRANDIR"],
    )


@case
def a_column_that_says_what_each_row_is():
    rows = [
        [
            "Niveau",
            "Réf.",
            "Logique d'intervention",
            "Indicateurs (IOV)",
            "Responsable",
            "Moyens et coûts",
            "Échéance",
        ],
        ["Objectif spécifique", "OS 1", "Les enfants sont accueillis près de chez eux", "Taux de couverture"],
        ["Résultat", "R 1.1", "L'offre des assistants maternels est connue"],
        ["Activité", "A 1.1.1", "Campagne de communication du relais", "3 forums", "RPE", "4 000 €", "2026"],
        ["Activité", "A 1.1.2", "Journées communes des crèches", "1 par an", "Caf", "6 500 €", "2027"],
        ["Objectif spécifique", "OS 2", "Les jeunes trouvent une écoute près de chez eux"],
        ["Résultat", "R 2.1", "Une offre de loisirs existe partout"],
        ["Activité", "A 2.1.1", "Théâtre et forum au collège", "6 séances", "CIDFF", "7 200 €", "2028"],
    ]
    return source(table("Cadre logique", rows, bold=(1,))), Expected(
        [
            {
                "number_text": "A1.1.1",
                "title": "Campagne de communication du relais",
                "ambition": "Les enfants sont accueillis près de chez eux",
                "objective": "L'offre des assistants maternels est connue",
                "budget_text": "4 000 €",
            },
            {"title": "Journées communes des crèches", "leads_text": "Caf"},
            {
                "title": "Théâtre et forum au collège",
                "ambition": "Les jeunes trouvent une écoute près de chez eux",
                "objective": "Une offre de loisirs existe partout",
            },
        ],
        ambitions=[
            "Les enfants sont accueillis près de chez eux",
            "Les jeunes trouvent une écoute près de chez eux",
        ],
        leftovers=["Taux de couverture"],
    )


@case
def each_sheet_with_columns_of_its_own():
    first = [
        ["AXE 1 | PETITE ENFANCE : ACCUEILLIR TOUS LES ENFANTS"],
        [],
        [
            "N°",
            "Action",
            "Contenu",
            "Chef de file",
            "Partenaires",
            "Public",
            "Échéance",
            "Indicateurs",
            "Freins",
        ],
        ["Objectif 1.1 : Accueillir mieux"],
        ["1.1.a", "Schéma", "Étude", "Caf", "PMI", "Parents", "2026", "Nb de places", "Coût"],
        ["1.1.b", "Fonds", "Aide", "Caf", "MSA", "Crèches", "2027", "Nb d'aides", "Délais"],
    ]
    second = [
        ["AXE 2 | PARENTALITÉ : FAIRE ENSEMBLE AVEC LES PARENTS"],
        ["✔ fait   ➤ en cours   ✖ abandonné"],
        [None, "Action", "Porteur(s)", "Partenaires", "Quand", "Suivi"],
        ["Objectif 2.1 : Un lieu par ville"],
        ["a", "Maison des familles", "Caf", "Udaf", "2026", "➤"],
        ["b", "Ludothèque", "Ville", "Caf", "2027", "✔"],
        ["Objectif 2.2 : Des habitants acteurs"],
        ["a", "Conseils de maison", "Ville", "Caf", "2028", "✖"],
    ]
    third = [
        ["AXE 3 | ACCÈS AUX DROITS : ALLER VERS LES HABITANTS"],
        ["Code", "Objectif", "Action", "Pilote technique", "Associés", "Début", "Fin", "Budget"],
        ["3.1.a", "Orienter", "Ambassadeurs", "CCAS", "Cpam", "2026", "2027", "42 000 €"],
    ]
    return source(
        table("A1 Petite enfance", first, merges=("A1:I1", "A4:I4"), bold=(1, 3, 4)),
        table("A2 Parents", second, merges=("A1:F1", "A2:F2", "A4:F4", "A7:F7"), bold=(1, 3, 4, 7)),
        table("A3 Droits", third, merges=("A1:H1",), bold=(1, 2)),
    ), Expected(
        [
            {"number_text": "1.1.a", "theme": None, "objective": "Accueillir mieux"},
            {"number_text": "1.1.b"},
            {"number_text": "a", "objective": "Un lieu par ville", "status_text": "en cours"},
            {"number_text": "b", "status_text": "fait"},
            {"number_text": "a", "objective": "Des habitants acteurs", "status_text": "abandonné"},
            {"number_text": "3.1.a", "title": "Ambassadeurs", "objective": "Orienter", "leads_text": "CCAS"},
        ],
        ambitions=[
            "PETITE ENFANCE : ACCUEILLIR TOUS LES ENFANTS",
            "PARENTALITÉ : FAIRE ENSEMBLE AVEC LES PARENTS",
            "ACCÈS AUX DROITS : ALLER VERS LES HABITANTS",
        ],
        plan={"heading": ""},
    )


@case
def a_text_that_tells_the_actions_of_its_calendar():
    text = [
        ["Convention territoriale globale 2025-2028"],
        ["Méthode :"],
        ["- 3 ateliers"],
        ["Axe 1. Bien grandir"],
        ["Objectif 1.1 – Accueillir mieux"],
        ["Action 1.1.1 : Créer un relais"],
        ["Les parents cherchent longtemps."],
        ["Pilote : Ville"],
        ["Budget : État : 150 000 € sur 3 ans"],
        ["Indicateurs :"],
        ["- Nombre de visites"],
        ["Axe 2. Devenir autonome"],
        ["Objectif 2.1 – Informer les jeunes"],
        ["Action 2.1.1 : Ouvrir un guichet"],
        ["Trois mairies sont volontaires."],
        ["Elles ouvrent le samedi."],
        ["Pilote : Mission locale"],
        ["Indicateurs :"],
        ["- Nombre de jeunes"],
        ["Annexe"],
    ]
    recap = [
        ["N°", "Action", "2025", "2026"],
        ["1.1.1", "Créer un relais", "●"],
        ["2.1.1", "Ouvrir un guichet", None, "●"],
    ]
    return source(
        table("Tableau 1 : Annexe", recap, after=20),
        table("Texte hors des tableaux", text),
        name="programme.odt",
    ), Expected(
        [
            {
                "title": "Créer un relais",
                "ambition": "Bien grandir",
                "objective": "Accueillir mieux",
                "calendar_text": "2025",
                "content": "Les parents cherchent longtemps.",
                "leads_text": "Ville",
                "budget_text": "État : 150 000 € sur 3 ans",
                "indicators_text": "- Nombre de visites",
            },
            {
                "title": "Ouvrir un guichet",
                "ambition": "Devenir autonome",
                "calendar_text": "2026",
                "content": "Trois mairies sont volontaires.\nElles ouvrent le samedi.",
                "indicators_text": "- Nombre de jeunes",
            },
        ],
        ambitions=["Bien grandir", "Devenir autonome"],
        leftovers=["- 3 ateliers", "Annexe"],
    )


@case
def funders_under_one_title_and_figures_of_a_year():
    rows = [
        ["N°", "Action", "Pilote", "Coût total", "Plan de financement", None, None, None, "Calendrier"],
        [None, None, None, None, "Caf", "Communes", "Département", "MSA"],
        [1, "Créer un relais", "CC", 840, 420, 220, 80, 0, "2026"],
        [2, "Ouvrir un guichet", "CCAS", 60, 36, 24, 0, 0, "2027"],
    ]
    followed = [
        ["Code action", "Indicateur", "Réf. 2024", "Cible 2028"],
        ["1", "Nb de places", 14, 30],
        ["2", "Nb de visites", 46, 120],
    ]
    merges = ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:H1", "I1:I2")
    return source(
        table("Annexe", rows, merges=merges, bold=(1, 2)), table("Suivi", followed, bold=(1,))
    ), Expected(
        [
            {
                "title": "Créer un relais",
                "funders_text": "Caf\nCommunes\nDépartement",
                "municipalities": "",
                "budget_text": "Coût total : 840\nCaf : 420\nCommunes : 220\nDépartement : 80",
                "target_text": "Réf. 2024 : 14\nCible 2028 : 30",
            },
            {"title": "Ouvrir un guichet", "funders_text": "Caf\nCommunes"},
        ]
    )


@case
def what_goes_beside_the_status():
    rows = [
        ["Action", "Pilote", "Statut", "Météo", "Faits marquants", "Ce qui a été fait", "Reste à faire"],
        ["Créer un relais", "RPE", "En cours : 7 rencontres", "Soleil", "Vu", "2 comités", "Former"],
        ["Ouvrir un guichet", "CCAS", "À lancer", "Nuageux", "Lu", "3 comités", "Recruter"],
    ]
    return source(table("Export", rows)), Expected(
        [
            {
                "status_text": "En cours : 7 rencontres",
                "organisations_text": "",
                "leads_text": "RPE",
                "notes_text": "Météo : Soleil\nFaits marquants : Vu\nCe qui a été fait : 2 comités\n"
                "Reste à faire : Former",
            },
            {"status_text": "À lancer"},
        ]
    )


@case
def letters_of_parts_under_issues_and_orientations():
    rows = [
        ["Enjeu", "Orientation", "Ce que l'on va faire", "Qui ?", "Quand ?"],
        ["ENJEU A\nBien grandir", "A1. Se connaître", "Créer un relais", "P : CCAS\nA : Caf, MSA", "2026"],
        [None, "A2. Accueillir", "Ouvrir un guichet", "A : Région", "2027"],
    ]
    return source(table("Feuille de route", rows, merges=("A2:A3",), bold=(1,))), Expected(
        [
            {
                "ambition": "Bien grandir",
                "orientation": "Se connaître",
                "need": None,
                "leads_text": "CCAS",
                "partners_text": "Caf, MSA",
            },
            {"orientation": "Accueillir", "leads_text": "", "partners_text": "Région"},
        ],
        ambitions=["Bien grandir"],
    )


@case
def a_priority_said_in_stars_and_in_words():
    listed = [
        ["N°", "Action", "Pilote", "Priorité"],
        ["1", "Créer un relais", "RPE", "***"],
        ["2", "Ouvrir un guichet", "CCAS", "*"],
    ]

    def form(number, title, priority):
        rows = [[f"Fiche action n° {number} : {title}"], ["Objectif", "Aider"], ["Contenu", "À deux"]]
        rows += [["Public", "Tous"], ["Échéance", "2026"], ["Niveau de priorité", priority]]
        return table(f"F{number}", rows, merges=("A1:B1",), bold=(1,), bold_columns=(1,))

    return source(
        table("Liste", listed, bold=(1,)),
        form(1, "Créer un relais", "forte"),
        form(2, "Ouvrir un guichet", "faible"),
    ), Expected(
        [{"priority_text": "forte"}, {"priority_text": "faible"}],
        leftovers=["***", "*"],
    )


@case
def parts_of_forms_one_under_the_other():
    def form(number, title, lead, done):
        rows = [[f"Fiche n° {number} – {title}"], ["Objectif visé", "Aider"], ["Porteur", lead]]
        return [*rows, ["SUIVI AU 30/06/2026"], ["État", "En cours"], ["Ce qui a été fait", done]]

    rows = [
        *form(1, "Créer un relais", "CCAS", "2 comités"),
        *form(2, "Ouvrir un guichet", "Ville", "Un local"),
        *form(3, "Former les agents", "À définir", "Rien"),
    ]
    merges = ("A1:B1", "A4:B4", "A7:B7", "A10:B10", "A13:B13", "A16:B16")
    return source(table("Fiches", rows, merges=merges, bold_columns=(1,))), Expected(
        [
            {"title": "Créer un relais", "leads_text": "CCAS", "notes_text": "2 comités"},
            {"title": "Ouvrir un guichet", "status_text": "En cours", "organisations_text": ""},
            {"title": "Former les agents"},
        ]
    )
