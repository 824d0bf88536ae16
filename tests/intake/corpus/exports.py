"""What programs that manage tasks give, columns of their own among those of a plan."""

from .cases import Expected, case
from .making import source, table


@case
def tasks_in_their_buckets():
    titles = ["ID de la tâche", "Nom de la tâche", "Nom du compartiment", "Progression", "Priorité"]
    titles += ["Affecté à", "Créée par", "Date de début", "Date d'échéance", "Date de fin", "En retard"]
    titles += ["Éléments de la liste de contrôle", "Description"]
    early, young = "Axe 1 Petite enfance", "Axe 2 Jeunesse"
    said = [
        ("4d0aKq93", "Relais des parents", early, "En cours", "Urgente", "RPE;Ville", "", "Local;Affiche"),
        ("aa9eKq24", "Café du samedi", early, "Terminée", "Moyenne", "CCAS", "30/06/2025", ""),
        ("7c21Kq55", "Bourse aux vélos", young, "En cours", "Urgente", "Ville", "", "Appel;Jury"),
        ("c3f7Kq86", "Forum des métiers", young, "Non démarrée", "Moyenne", "Collège", "", ""),
        ("11b8Kq17", "Séjour à la mer", young, "En cours", "Urgente", "Ville", "", ""),
        ("e52dKq48", "Fête du jeu", young, "Terminée", "Moyenne", "CCAS", "04/07/2025", "Devis"),
    ]
    rows = [
        ["Nom du plan", "CTG du Val 2024-2028"],
        ["Date d'exportation", "24/11/2025"],
        [],
        titles,
        *(
            [*row[:6], "Chargée de coopération", "03/02/2025", "31/12/2025", row[6], "faux", row[7], None]
            for row in said
        ),
    ]
    rows[4][-1] = "Indicateurs : nombre de visites"
    left = [row[0] for row in said] + ["Chargée de coopération", "faux"] * len(said)
    return source(table("", rows), name="export.csv"), Expected(
        [
            {
                "title": "Relais des parents",
                "number_text": "",
                "ambition": "Petite enfance",
                "status_text": "En cours",
                "priority_text": "Urgente",
                "leads_text": "RPE;Ville",
                "calendar_text": "03/02/2025 à 31/12/2025",
                "content": "Local;Affiche",
                "indicators_text": "nombre de visites",
                "notes_text": "",
            },
            {"title": "Café du samedi", "status_text": "Terminée", "notes_text": "30/06/2025"},
            {"title": "Bourse aux vélos", "ambition": "Jeunesse"},
            {"title": "Forum des métiers", "status_text": "Non démarrée"},
            {"title": "Séjour à la mer"},
            {"title": "Fête du jeu", "notes_text": "04/07/2025"},
        ],
        ambitions=["Petite enfance", "Jeunesse"],
        leftovers=left,
        plan={"heading": "CTG du Val 2024-2028"},
    )
