"""Tables whose layouts taught a rule: each was met in a file that nobody had prepared."""

from .cases import Expected, case
from .making import source, table


@case
def advice_in_small_letters_under_spoken_titles():
    rows = [
        ["Ce que l'on veut changer", "Ce que nous allons faire", "Personnes ressources", "On mesure"],
        ["reprendre le diagnostic", "verbe à l'infinitif", "noms des structures", "deux au plus"],
        ["Rompre l'isolement", "Ouvrir un café", "Caf, MSA", "Nombre de visites"],
        ["Informer", "Publier un guide", "Caf", "Nombre de guides"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"title": "Ouvrir un café", "objective": "Rompre l'isolement", "partners_text": "Caf, MSA"},
            {"title": "Publier un guide", "indicators_text": "Nombre de guides"},
        ]
    )


@case
def a_legend_after_the_total():
    rows = [
        ["Réf.", "Libellé de l'action", "Service pilote", "Avancement", "Priorité"],
        ["I-1", "Ouvrir un café", "CCAS", "En cours", 1],
        ["I-2", "Publier un guide", "Mairie", "Réalisée", 2],
        ["TOTAL", "2 actions"],
        [],
        [None, "Légende :"],
        [None, "Réalisée"],
        [None, "En cours"],
    ]
    return source(table("Bilan", rows)), Expected(
        [{"number_text": "I-1", "status_text": "En cours"}, {"title": "Publier un guide"}],
        leftovers=["TOTAL", "2 actions", "Légende :", "Réalisée", "En cours"],
    )


@case
def actions_told_by_their_verbs():
    rows = [
        ["Constat", "Réponse", "Référent", "Appui", "% réalisé", "Mesure"],
        ["Isolement", "Ouvrir un café", "CCAS", "ADMR; communes", "50 %", "Nombre de visites"],
        ["Non-recours", "Publier un guide", "Mairie", "Caf", "0 %", "Nombre de guides"],
        ["Moyenne", None, None, None, "25 %"],
    ]
    return source(table("ABS", rows)), Expected(
        [
            {"title": "Ouvrir un café", "need": "Isolement", "indicators_text": "Nombre de visites"},
            {"title": "Publier un guide", "partners_text": "Caf", "progress_text": "0 %"},
        ],
        leftovers=["Moyenne", "25 %"],
    )


@case
def a_share_of_the_cost_in_each_column():
    rows = [
        ["Action", "Gestionnaire", "Coût total", "Part Caf (bonus)", "Part collectivité", "Autres"],
        ["Ouvrir un café", "CCAS", 45000, 20000, 25000, 0],
        ["Publier un guide", "Mairie", 9000, 4000, 3000, 2000],
    ]
    return source(table("BP 2026", rows)), Expected(
        [
            {"leads_text": "CCAS", "funders_text": "Caf\ncollectivité"},
            {
                "funders_text": "Caf\ncollectivité\nAutres",
                "budget_text": "Coût total : 9000\nPart Caf (bonus) : 4000\n"
                "Part collectivité : 3000\nAutres : 2000",
            },
        ]
    )


@case
def who_does_what():
    rows = [
        ["N°", "Action", "CCAS", "Caf", "Communes", "Mission locale", "Échéance"],
        [1, "Ouvrir un café", "P", "x", "x", None, "2026"],
        [2, "Publier un guide", None, "P", None, "x", "2027"],
        [None, "Nombre d'actions pilotées", 1, 1, 0, 0],
    ]
    return source(table("Qui fait quoi", rows)), Expected(
        [
            {"leads_text": "CCAS", "partners_text": "Caf\nCommunes", "calendar_text": "2026"},
            {"leads_text": "Caf", "partners_text": "Mission locale"},
        ],
        leftovers=["Nombre d'actions pilotées", "1", "1", "0", "0"],
    )


@case
def parts_under_their_labels_in_every_cell():
    rows = [
        ["Contenu", "Acteurs", "Mise en œuvre", "Suivi"],
        [
            "Action 1 : Ouvrir un café\nConstat : Isolement",
            "Pilote : CCAS\nPartenaires : Caf, MSA",
            "Calendrier : 2026\nCoût : 4 100 €\nFinanceurs : Caf",
            "État : en cours\nIndicateurs :\n- Nombre de visites",
        ],
        [
            "Action 2 : Publier un guide",
            "Pilote : Mairie",
            "Calendrier : rentrée 2027",
            "État : pas commencée",
        ],
    ]
    return source(table("Synthèse", rows)), Expected(
        [
            {
                "number": 1,
                "title": "Ouvrir un café",
                "need": "Isolement",
                "calendar_text": "2026",
                "budget_text": "4 100 €",
                "funders_text": "Caf",
                "status_text": "en cours",
                "indicators_text": "- Nombre de visites",
            },
            {"title": "Publier un guide", "calendar_text": "rentrée 2027", "status_text": "pas commencée"},
        ]
    )


@case
def numbers_of_letters_and_digits():
    rows = [
        ["Action", "Chef de file", "Échéance"],
        ["A.1a) Ouvrir un café", "CCAS", "2026"],
        ["A.1b) Publier un guide", "Mairie", "2027"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [{"number_text": "A.1a", "title": "Ouvrir un café"}, {"title": "Publier un guide"}]
    )


@case
def a_column_for_axes_objectives_and_actions():
    rows = [
        ["Axes / objectifs / actions", "Portage", 2026, None, 2027, None, "Observations"],
        [None, None, "S1", "S2", "S1", "S2"],
        ["1. GRANDIR"],
        ["1.1 Accueillir"],
        ["1.1.1 Ouvrir un café", "CCAS", "x", "x", None, None, "cf. fiche"],
        ["1.1.2 Publier un guide", "Mairie", None, None, "x"],
        ["2. VIVRE ENSEMBLE"],
        ["2.1 Se rencontrer"],
        ["2.1.1 Organiser une fête", "Ville", None, "x"],
        [],
        ["En vert : période de réalisation."],
    ]
    merges = ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2")
    return source(table("Planning", rows, merges=merges, bold=(1, 2, 3, 4, 7, 8))), Expected(
        [
            {"ambition": "GRANDIR", "orientation": "Accueillir", "calendar_text": "S1 2026 à S2 2026"},
            {"number_text": "1.1.2", "leads_text": "Mairie", "calendar_text": "S1 2027"},
            {"ambition": "VIVRE ENSEMBLE", "orientation": "Se rencontrer"},
        ],
        ambitions=["GRANDIR", "VIVRE ENSEMBLE"],
        leftovers=["En vert : période de réalisation."],
    )
