"""Tables in which some rows are no actions: steps, sums, counts. Each layout was met in a real file."""

from .cases import Expected, case
from .making import source, table

_TITLES = ["N°", "Action / étapes", "Responsable", "Public", "Délai", "% réalisé", "Remarques"]


@case
def steps_under_their_action():
    rows = [
        _TITLES,
        ["Orientation A", "Mieux vivre ensemble"],
        ["A1", "Ouvrir un café", "CCAS", "Familles", "2026", "50 %", "à suivre"],
        ["A1a", "Trouver un lieu", "Ville", None, "mars 2024", "100 %"],
        ["A1b", "Recruter", "CCAS"],
        ["A2", "Publier un guide", "Mairie", "Parents", "2025", "0 %"],
        ["Orientation B", "Grandir ici"],
        ["B1", "Étendre l’accueil", "RPE", "Enfants", "2026", "10 %"],
        ["B1a", "Enquêter", None, None, "2025"],
        ["B2", "Former", "RPE", "Assistantes", "2027", "0 %"],
        [None, "Avancement moyen", None, None, None, "15 %"],
    ]
    merges = ("B2:G2", "B7:G7")
    return source(table("Plan", rows, merges=merges, bold=(1, 2, 7))), Expected(
        [
            {
                "title": "Ouvrir un café",
                "ambition": "Mieux vivre ensemble",
                "content": "A1a Trouver un lieu (Ville ; mars 2024 ; 100 %)\nA1b Recruter (CCAS)",
                "leads_text": "CCAS",
                "calendar_text": "2026",
                "progress_text": "50 %",
            },
            {"number_text": "A2", "content": ""},
            {"ambition": "Grandir ici", "content": "B1a Enquêter (2025)"},
            {"title": "Former"},
        ],
        ambitions=["Mieux vivre ensemble", "Grandir ici"],
        leftovers=["Avancement moyen", "15 %"],
    )


@case
def actions_numbered_under_their_axis_are_no_steps():
    rows = [
        ["N°", "Action", "Porteur", "Échéance"],
        ["1", "Vivre ensemble", "Ville", "2027"],
        ["1.1", "Ouvrir un café", "CCAS"],
        ["1.2", "Publier un guide", "Mairie"],
        ["2", "Grandir ici", "Caf", "2027"],
        ["2.1", "Étendre l’accueil", "RPE"],
    ]
    return source(table("Plan", rows)), Expected(
        [{"number_text": code} for code in ("1", "1.1", "1.2", "2", "2.1")]
    )


@case
def counts_under_each_group():
    rows = [
        ["Enjeu", "N°", "Quoi ?", "Qui porte ?", "Échéance"],
        ["Rompre l’isolement", "1", "Ouvrir un café", "CCAS", "2026"],
        [None, "2", "Organiser une fête", "MJC", "2025"],
        [None, None, "2 actions"],
        ["Grandir", "3", "Étendre l’accueil", "RPE", "2026"],
        [None, None, "1 action"],
        ["Informer", "4", "Publier un guide", "Mairie", "2026"],
    ]
    return source(table("Plan", rows)), Expected(
        [{"need": "Rompre l’isolement"}, {}, {"need": "Grandir"}, {"number_text": "4"}],
        leftovers=["2 actions", "1 action"],
    )


@case
def remarks_in_a_column_after_those_of_actions():
    rows = [
        ["AXE 1 : VIVRE ENSEMBLE"],
        [],
        ["Action", "Action n°1", "Action n°2", "Action n°3", "Observations"],
        ["Intitulé", "Café associatif", "Guide des familles", "Fête des voisins"],
        ["Constat de départ", "Des gens isolés", None, "Peu de liens", "Fusionner 1 et 2 ?"],
        ["De quoi s'agit-il ?", "Un lieu ouvert", "Un livret", "Un repas"],
        ["Pilote", "CCAS", "Mairie", "MJC"],
        ["Échéance", "2026", "2025", "2027"],
        ["Ce qui coince", "Le local", None, "La météo"],
        ["Ce qui marche", "Tout"],
        ["Le mot du pilote", "Un bel élan", "Bien parti", "Rien à dire"],
    ]
    return source(table("Axe 1", rows, merges=("A1:E1",), bold=(1,), bold_columns=(1,))), Expected(
        [
            {
                "number": 1,
                "title": "Café associatif",
                "ambition": "VIVRE ENSEMBLE",
                "need": "Des gens isolés",
                "content": "Un lieu ouvert",
                "leads_text": "CCAS",
                "brakes_text": "Le local",
                "organisations_text": "",
                "notes_text": "Un bel élan",
            },
            {"number": 2, "need": None, "brakes_text": ""},
            {"number": 3, "need": "Peu de liens"},
        ],
        ambitions=["VIVRE ENSEMBLE"],
        leftovers=["Observations", "Fusionner 1 et 2 ?", "Tout"],
    )
