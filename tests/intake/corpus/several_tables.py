"""Plans spread over several sheets or tables."""

from .cases import Expected, case
from .making import source, table

HEADER = ["Action", "Pilote", "Partenaires", "Calendrier"]


@case
def a_theme_per_sheet():
    return source(
        table("Petite enfance", [HEADER, ["Créer une crèche", "Mairie", "Caf", "2026"]]),
        table("Jeunesse", [HEADER, ["Créer un point écoute", "MDA", "Caf", "2027"]]),
        table("Logement", [HEADER, ["Créer un guide", "CCAS", "ADIL", "2027"]]),
    ), Expected(
        [
            {"theme": "Petite enfance"},
            {"theme": "Jeunesse"},
            {"theme": "Logement", "title": "Créer un guide"},
        ],
        themes=["Petite enfance", "Jeunesse", "Logement"],
    )


@case
def an_axis_above_each_table():
    return source(
        table("Tableau 1", [["Axe 1 : Familles"], HEADER, ["Créer une crèche", "Mairie", "Caf", "2026"]]),
        table("Tableau 2", [["Axe 2 : Jeunes"], HEADER, ["Créer un point écoute", "MDA", "Caf", "2027"]]),
        name="plan.docx",
    ), Expected(
        [{"ambition": "Familles"}, {"ambition": "Jeunes"}],
        ambitions=["Familles", "Jeunes"],
    )


@case
def sheets_that_are_not_the_plan():
    return source(
        table("Lisez-moi", [["Ce classeur suit la CTG."], ["Ne pas modifier les listes."]]),
        table(
            "Contacts", [["Nom", "Téléphone", "Courriel"], ["Service jeunesse", "01 02 03 04 05", "a@b.fr"]]
        ),
        table("Plan d'actions", [HEADER, ["Créer une crèche", "Mairie", "Caf", "2026"]]),
        table("Listes", [["Statuts"], ["En cours"], ["Fait"]]),
    ), Expected(
        [{"title": "Créer une crèche", "theme": None}],
        leftovers=["Ce classeur suit la CTG.", "Ne pas modifier les listes.", "Nom", "Téléphone", "Courriel"]
        + ["Service jeunesse", "01 02 03 04 05", "a@b.fr", "Statuts", "En cours", "Fait"],
    )


@case
def a_table_that_goes_on_without_its_header():
    return source(
        table("Tableau 1", [HEADER, ["Créer une crèche", "Mairie", "Caf", "2026"]]),
        table(
            "Tableau 2",
            [["Créer un point écoute", "MDA", "Caf", "2027"], ["Créer un guide", "CCAS", "ADIL", "2028"]],
        ),
        name="plan.docx",
    ), Expected([{"title": "Créer une crèche"}, {"leads_text": "MDA"}, {"calendar_text": "2028"}])


@case
def the_same_plan_twice():
    rows = [["N°", *HEADER], [1, "Créer une crèche", "Mairie", "Caf", "2026"]]
    more = [["N°", *HEADER, "Statut"], [1, "Créer une crèche", "Mairie", "Caf", "2026", "En cours"]]
    return source(table("Plan", rows), table("Suivi", more)), Expected(
        [{"number": 1, "leads_text": "Mairie", "status_text": "En cours"}]
    )
