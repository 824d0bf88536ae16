"""The indicators and their figures, column by column."""

from ctg.dashboards.public.masking import SMALLEST
from indicators.models import Direction, Frequency, Kind

from .columns import REQUIRED, UNIQUE, Table, Type, column
from .rows import Publication

T = Type

INDICATORS = Table(
    "indicateurs",
    "Indicateurs",
    "Une ligne par indicateur\u00a0: ce qu’il mesure, et comment son chiffre est fait.",
    [
        column(
            "key", "identifiant", "Identifiant", T.INTEGER, "Il ne change pas d’un jour à l’autre.", **UNIQUE
        ),
        column("wording", "intitule", "Intitulé", T.TEXT, "L’indicateur, dans les mots du plan."),
        column("actions", "actions", "Actions", T.LIST, "Les numéros des actions qu’il sert."),
        column(
            "kind",
            "type",
            "Type",
            T.TEXT,
            "Ce qui est saisi.",
            enum=[str(one.label) for one in Kind],
            **REQUIRED,
        ),
        column("unit", "unite", "Unité", T.TEXT, "L’unité des valeurs\u00a0; une part est en pour cent."),
        column(
            "numerator_label",
            "premier_nombre",
            "Premier nombre",
            T.TEXT,
            "D’une part\u00a0: ce que compte le numérateur.",
        ),
        column(
            "denominator_label",
            "second_nombre",
            "Second nombre",
            T.TEXT,
            "D’une part\u00a0: ce que compte le dénominateur.",
        ),
        column(
            "rule", "regle", "Règle", T.TEXT, "Comment les valeurs des porteurs et des périodes en font une."
        ),
        column(
            "direction",
            "sens",
            "Sens",
            T.TEXT,
            "Ce qui est mieux\u00a0; vide si ce n’est pas dit.",
            enum=[str(one.label) for one in Direction],
        ),
        column(
            "frequency",
            "frequence",
            "Fréquence",
            T.TEXT,
            "Quand une valeur est demandée.",
            enum=[str(one.label) for one in Frequency],
            **REQUIRED,
        ),
        column(
            "is_key",
            "indicateur_cle",
            "Indicateur clé",
            T.BOOLEAN,
            "S’il est de ceux que l’on regarde d’abord.",
        ),
        column("last_target", "cible_finale", "Cible finale", T.NUMBER, "Ce qui est visé à la fin du plan."),
        column(
            "last_target_upper",
            "cible_finale_haute",
            "Borne haute de la cible finale",
            T.NUMBER,
            "Quand on vise entre deux bornes.",
        ),
    ],
    primary_key=["identifiant"],
)

FIGURES = Table(
    "valeurs",
    "Valeurs",
    "Une ligne par indicateur et par année\u00a0: le chiffre du territoire, jamais celui d’un seul organisme "
    "parmi plusieurs. Les constats en une phrase n’y sont pas.",
    [
        column(
            "indicator", "indicateur", "Indicateur", T.INTEGER, "L’identifiant de l’indicateur.", **REQUIRED
        ),
        column("wording", "intitule", "Intitulé", T.TEXT, "L’indicateur, dans les mots du plan."),
        column("year", "annee", "Année", T.YEAR, "L’année du chiffre.", **REQUIRED),
        column(
            "publication",
            "etat",
            "État",
            T.TEXT,
            "Si le chiffre est publié, et sinon pourquoi\u00a0: masqué parce qu’il compte trop peu de "
            f"personnes (moins de {SMALLEST}), à valider par la coordination, absent, à venir, "
            "ou fait de valeurs qui se lisent une à une.",
            enum=[one.value for one in Publication],
            **REQUIRED,
        ),
        column(
            "value",
            "valeur",
            "Valeur",
            T.NUMBER,
            "Vide si le chiffre n’est pas publié. Une part est en pour cent\u00a0; "
            "une réalisation vaut 1 quand tous l’ont faite.",
        ),
        column(
            "numerator",
            "numerateur",
            "Numérateur",
            T.NUMBER,
            "D’une part, le premier nombre\u00a0; d’une réalisation, combien l’ont faite.",
        ),
        column(
            "denominator",
            "denominateur",
            "Dénominateur",
            T.NUMBER,
            "Le second nombre d’une part, l’effectif d’une moyenne, ou combien doivent réaliser.",
        ),
        column("done_on", "fait_le", "Fait le", T.DATE, "D’une réalisation\u00a0: le dernier jour."),
        column("target", "cible", "Cible", T.NUMBER, "Ce qui est visé cette année-là."),
        column(
            "target_upper",
            "cible_haute",
            "Borne haute de la cible",
            T.NUMBER,
            "Quand on vise entre deux bornes.",
        ),
        column(
            "included",
            "porteurs_presents",
            "Porteurs présents",
            T.INTEGER,
            "Combien d’organismes ont donné leur valeur.",
            **REQUIRED,
        ),
        column(
            "expected",
            "porteurs_attendus",
            "Porteurs attendus",
            T.INTEGER,
            "De combien d’organismes une valeur est attendue.",
            **REQUIRED,
        ),
        column(
            "is_complete", "complet", "Complet", T.BOOLEAN, "Si aucune valeur attendue ne manque.", **REQUIRED
        ),
    ],
    primary_key=["indicateur", "annee"],
    foreign_keys={"indicateur": ("indicateurs", "identifiant")},
)
