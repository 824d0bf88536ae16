"""The two rules of a total, asked in words with a worked example."""

from ..models import Accrual, Frequency, Gathering, Kind
from ..models.kind import ACCRUAL_OF, GATHERING_OF

UNSAID = "La règle habituelle du type"

GATHERING_EXAMPLES = {
    Gathering.SUM: "Additionner\u00a0: 40 chez l’un et 35 chez l’autre font 75\u00a0; pour une part, "
    "12 sur 40 et 20 sur 60 font 32 sur 100.",
    Gathering.WEIGHTED: "Moyenne pondérée par l’effectif\u00a0: 4 selon 10 avis et 3 selon 30 font 3,25.",
    Gathering.MEAN: "Moyenne simple\u00a0: 10 jours chez l’un et 20 chez l’autre font 15 jours.",
    Gathering.MAX: "Garder la plus grande\u00a0: 40 et 35 font 40, quand chacun compte les mêmes personnes.",
    Gathering.LAST: "Garder la dernière reçue\u00a0: 40 en mars puis 35 en juin font 35.",
    Gathering.NONE: "Ne pas réunir\u00a0: chaque valeur se lit à part, sans total.",
}
ACCRUAL_EXAMPLES = {
    Accrual.ADDED: "Chaque année s’ajoute aux précédentes\u00a0: 40 en 2025 et 35 en 2026 font 75.",
    Accrual.RUNNING: "Chaque valeur comprend déjà les précédentes\u00a0: 40 en 2025 puis 75 en 2026 font 75.",
    Accrual.STANDING: "Chaque valeur dit l’état à sa date\u00a0: 40 fin 2025 puis 35 fin 2026 font 35.",
    Accrual.AVERAGED: "On fait la moyenne des années\u00a0: 4 en 2025 et 3 en 2026 font 3,5.",
}

GATHERING_CHOICES = [("", UNSAID), *((rule.value, words) for rule, words in GATHERING_EXAMPLES.items())]
ACCRUAL_CHOICES = [("", UNSAID), *((rule.value, words) for rule, words in ACCRUAL_EXAMPLES.items())]
FREQUENCY_CHOICES = [("", "pas encore dit\u00a0; en attendant, chaque année"), *Frequency.choices]


def usual_rules(kind: Kind) -> str:
    """« Règle habituelle d’un nombre : additionner ; d’une année à l’autre, elles s’ajoutent. »"""
    name = kind.label.partition(" (")[0]
    return f"{name}\u00a0: {GATHERING_OF[kind].label}\u00a0; d’une année à l’autre, {ACCRUAL_OF[kind].label}."
