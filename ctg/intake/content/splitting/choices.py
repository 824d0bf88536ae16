"""Statuses, priorities and shares of work done, by the words that people use for them."""

import re

from actions.models.status import Status
from ctg.web.text import fold

#: The first that matches decides: what is refused comes before what it refuses.
_STATUSES = (
    (
        Status.ABANDONED,
        r"abandon|annul|supprim|retir|sans suite|non retenu|arret(?:e|ee)\b(?! sur)|clos sans",
    ),
    (Status.POSTPONED, r"report|decal|differ|ajourn"),
    (Status.SUSPENDED, r"suspen|en pause|en attente|gele|bloqu|stand ?by|interromp"),
    (
        Status.PLANNED,
        r"(?:non|pas(?: encore)?) (?:demarr|commenc|engag|realis|lanc|debut|initi|fait)|a (?:venir"
        r"|faire|lancer|engager|demarrer"
        r"|initier|realiser|mener|programmer|planifier)|prevu|planifi|programm|en projet|en reflexion"
        r"|a l etude|^nd$|todo|afaire",
    ),
    (
        Status.ONGOING,
        r"en (?:cours|action|marche|preparation|route|construction|deploiement|phase)|demarr|engag"
        r"|lanc|commenc|initi|debut"
        r"|partiel|poursui|continu|perman|recurren|actif|active\b",
    ),
    (
        Status.DONE,
        r"realis|termin|achev|fait|fini|clos|clotur|effectu|abouti|ok\b|atteint|finalis|solde"
        r"|mis en place|mise en place",
    ),
)
_WORDS = {
    "haute": 1,
    "elevee": 1,
    "forte": 1,
    "urgent": 1,
    "urgente": 1,
    "prioritaire": 1,
    "immediate": 1,
    "court terme": 1,
}
_WORDS |= {
    "moyenne": 2,
    "normale": 2,
    "moyen": 2,
    "modere": 2,
    "moderee": 2,
    "intermediaire": 2,
    "moyen terme": 2,
}
_WORDS |= {"basse": 3, "faible": 3, "secondaire": 3, "long terme": 3, "non prioritaire": 3}
_WORDS |= {"tres haute": 1, "tres elevee": 1, "tres forte": 1, "haut": 1, "eleve": 1, "fort": 1, "bas": 3}


def read_status(text: str) -> Status | None:
    """« En cours », « Fait », « Non démarré »; a share of work done says one too."""
    folded = fold(text)
    for status, clue in _STATUSES:
        if re.search(rf"(?:^|\s)(?:{clue})", folded):
            return status
    share = read_progress(text)
    if share is None:
        return None
    return Status.PLANNED if share == 0 else Status.DONE if share == 100 else Status.ONGOING


def read_progress(text: str) -> int | None:
    """« 50 % », « 0.5 » as a spreadsheet keeps it; not a bare number, that may be anything."""
    match = re.search(r"(?<![\d,.])(\d{1,3})(?:[.,]\d+)?[\s\u00a0\u202f]*%", text)
    if match:
        return int(match[1]) if int(match[1]) <= 100 else None
    fraction = re.fullmatch(r"\s*(?:0[.,]\d+|1[.,]0+)\s*", text)
    return round(float(text.replace(",", ".")) * 100) if fraction else None


def read_priority(text: str) -> int | None:
    """« 1 », « P1 », « Priorité 2 », « *** », « Haute »; 1 comes first."""
    folded = fold(text)
    folded = re.sub(r"^priorite ?", "", folded).strip()
    match = re.fullmatch(r"(?:p|n|niveau|rang|no)? ?(\d)(?: 0)?", folded)
    if match:
        return int(match[1]) or None
    stars = re.fullmatch(r"\s*([+★*!]{1,3})\s*", text)
    return 4 - len(stars[1]) if stars else _WORDS.get(folded)
