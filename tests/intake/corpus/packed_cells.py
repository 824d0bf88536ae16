"""Lines and cells that hold several things: parts of an action, or several actions."""

from .cases import Expected, case
from .making import source, table


@case
def parts_one_after_the_other_on_a_line():
    lines = [
        "Axe 1 – Grandir ici",
        "Action 1. Créer un relais",
        "Pilote : CCAS – Partenaires : Caf, MSA – Calendrier : 2026-2027 – Moyens : 12 000 € par an.",
        "Action 2. Ouvrir un guichet",
        "Deux matins par semaine – sans rendez-vous – au siège.",
        "Pilote : Ville – Partenaires : Caf – Calendrier : 2028",
        "Action 3. Publier un guide",
        "Pilote : Ville – service enfance – Partenaires : écoles – Moyens : 800 €",
    ]
    return source(table("Texte hors des tableaux", [[line] for line in lines], bold=(1, 2, 4, 7))), Expected(
        [
            {
                "title": "Créer un relais",
                "leads_text": "CCAS",
                "partners_text": "Caf, MSA",
                "calendar_text": "2026-2027",
                "budget_text": "12 000 € par an.",
            },
            {"content": "Deux matins par semaine – sans rendez-vous – au siège.", "calendar_text": "2028"},
            {"leads_text": "Ville – service enfance", "partners_text": "écoles", "budget_text": "800 €"},
        ],
        ambitions=["Grandir ici"],
    )


@case
def actions_listed_in_one_cell():
    titles = ["Objectifs partagés", "Actions", "Qui fait quoi ?"]
    rows = [
        titles,
        ["Soutenir les bénévoles", "- Point d'appui\n- Forum tous les 2 ans", "Pilote : Foyer rural"],
        ["Mailler le territoire", "Second espace au nord", "Pilote : Caf"],
    ]
    numbered = [
        ["N°", *titles],
        [7, "Réduire le non-recours", "- Second guichet\n- Affiches", "Pilote : Ville"],
    ]
    return source(table("Plan", rows, bold=(1,)), table("Suite", numbered, bold=(1,))), Expected(
        [
            {"title": "Point d'appui", "objective": "Soutenir les bénévoles", "content": ""},
            {"title": "Forum tous les 2 ans", "objective": "Soutenir les bénévoles"},
            {"title": "Second espace au nord"},
            {"number": 7, "title": "Second guichet", "content": "• Affiches"},
        ]
    )
