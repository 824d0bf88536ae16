"""The plan, its actions and their milestones, column by column."""

from actions.models import Status

from .columns import REQUIRED, UNIQUE, Table, Type, column
from .reading import PRECISIONS

T = Type

PLAN = Table(
    "plan",
    "Plan",
    "Le plan et la date de ces données.",
    [
        column("title", "intitule", "Intitulé", T.TEXT, "L’intitulé du plan.", **REQUIRED),
        column("territory", "territoire", "Territoire", T.TEXT, "Qui porte le plan.", **REQUIRED),
        column("first_year", "premiere_annee", "Première année", T.YEAR, "Vide si le plan ne la dit pas."),
        column("last_year", "derniere_annee", "Dernière année", T.YEAR, "Vide si le plan ne la dit pas."),
        column("read_on", "date", "Date des données", T.DATE, "Le jour de la lecture.", **REQUIRED),
    ],
)

ACTIONS = Table(
    "actions",
    "Actions",
    "Une ligne par action du plan\u00a0: ce qui a été voté, et où elle en est.",
    [
        column("number", "numero", "Numéro", T.INTEGER, "Le numéro de l’action dans le plan.", **UNIQUE),
        column("title", "intitule", "Intitulé", T.TEXT, "L’intitulé de l’action, tel que voté."),
        column("ambition", "ambition", "Ambition", T.TEXT, "Le premier niveau de la lecture stratégique."),
        column("orientation", "orientation", "Orientation", T.TEXT, "Le deuxième niveau, sous l’ambition."),
        column("theme", "thematique", "Thématique", T.TEXT, "La thématique de la lecture par thèmes."),
        column("purpose", "finalite", "Finalité", T.TEXT, "À quoi sert l’action, tel qu’écrit."),
        column(
            "status",
            "statut",
            "Statut",
            T.TEXT,
            "Où en est l’action.",
            enum=[str(one.label) for one in Status],
            **REQUIRED,
        ),
        column("calendar", "calendrier", "Calendrier", T.TEXT, "Le calendrier, tel qu’écrit dans le plan."),
        column("starts_on", "debut", "Début", T.DATE, "Le début, compris du calendrier."),
        column("ends_on", "fin", "Fin", T.DATE, "La fin, comprise du calendrier."),
        column(
            "precision",
            "precision",
            "Précision",
            T.TEXT,
            "À quoi près le début et la fin sont connus.",
            enum=list(PRECISIONS.values()),
        ),
        column("is_recurring", "recurrente", "Récurrente", T.BOOLEAN, "Si elle revient chaque année."),
        column(
            "progress",
            "avancement",
            "Avancement",
            T.INTEGER,
            "En pour cent, estimé par qui la porte\u00a0; vide s’il n’est pas estimé.",
            minimum=0,
            maximum=100,
        ),
        column("leads", "porteurs", "Porteurs", T.LIST, "Les organismes porteurs, puis co-porteurs."),
        column(
            "lead_kinds",
            "types_de_porteurs",
            "Types de porteurs",
            T.LIST,
            "Le type de chaque porteur, dans le même ordre.",
        ),
        column("audiences", "publics", "Publics", T.TEXT, "Pour qui, tel qu’écrit."),
        column("municipalities", "communes", "Communes", T.TEXT, "Où, tel qu’écrit."),
    ],
    primary_key=["numero"],
)

MILESTONES = Table(
    "jalons",
    "Jalons",
    "Une ligne par étape d’une action.",
    [
        column("action", "action", "Action", T.INTEGER, "Le numéro de l’action.", **REQUIRED),
        column("title", "intitule", "Intitulé", T.TEXT, "De quelle étape il s’agit."),
        column("due_on", "echeance", "Échéance", T.DATE, "Le jour prévu."),
        column("reached_on", "atteint_le", "Atteint le", T.DATE, "Vide tant que le jalon n’est pas atteint."),
    ],
    foreign_keys={"action": ("actions", "numero")},
)
