"""Words that say how far an action has come, rather than announce it."""

import re

from ctg.web.text import fold

_STATUS = re.compile(
    r"^(?:en cours|a (?:faire|lancer|venir|demarrer|engager|poursuivre)|termine|realise|fait|non (?:demarre"
    r"|commence|realise|engage)|abandonne|reporte|engage|acheve|suspendu|prevu|pas commence|lance|finalise"
    r"|partiellement realise|reconduit)(?:e|es|s)?\b"
)


def says_status(text: str) -> bool:
    """« En cours », « Réalisé le 12 mai »."""
    return bool(_STATUS.match(fold(text)))


def is_status(text: str) -> bool:
    """« En cours » and nothing else."""
    return bool(_STATUS.fullmatch(fold(text)))
