"""What a column without a title, or with one that nobody else uses, holds: from what is written in it."""

import re
from collections.abc import Sequence

from ctg.web.text import fold

from .fields import Field
from .numbering import split_number
from .settling import is_dated, share_of

#: Not all in « -re »: « nombre », « mesure », « structure » begin other things.
_INFINITIVE = re.compile(
    r"^[a-z]{2,}(?:er|ir)$|(?:ttre|aitre|oitre|[eo]ndre|[aeo]indre|oudre|uire|crire|faire|clure|uivre|ompre)$"
    r"|^(?:re)?(?:dire|lire|elire|vivre|vendre|clore)$"
)
_INDICATOR = re.compile(
    r"^(?:nombre|nb|nbre|taux|part|satisfaction|perception|evolution|frequentation|pourcentage|nature des)\b"
)
_NOT_INFINITIVES = frozenset(
    {"premier", "dernier", "atelier", "chantier", "cahier", "foyer", "quartier", "calendrier", "papier"}
    | {"metier", "levier", "dossier", "courrier", "hier", "hiver", "avenir", "loisir", "lettre", "mobilier"}
)
_STATUS = re.compile(
    r"^(?:en cours|a (?:faire|lancer|venir|demarrer|engager|poursuivre)|termine|realise|fait|non (?:demarre"
    r"|commence|realise|engage)|abandonne|reporte|engage|acheve|suspendu|prevu|pas commence|lance|finalise"
    r"|partiellement realise|reconduit)(?:e|es|s)?\b"
)
#: One text that reads as a status, an amount or a name says little of its column.
_FEWEST = 2
_MONEY = re.compile(r"^\W*\d[\d\s\u00a0\u202f.,]*(?:k|m)?[\s\u00a0\u202f]*(?:€|euros?\b)", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:caf|msa|ccas|cias|cpam|pmi|mairie|commune|communes|departement|region|etat|ars|associations?"
    r"|service|centre social|centres sociaux|mission locale|rpe|mjc|epci|cdc|communaute|college|ecoles?"
    r"|france services|france travail|education nationale|cpts|udaf|evs"
    r"|bibliotheque|mediatheque|ville|agglomeration|syndicat|direction)\b"
)


def guess_field(texts: Sequence[str]) -> tuple[Field, float] | None:
    """The field and how sure it is: never as sure as a title."""
    texts = [text.strip() for text in texts if text.strip()]
    if not texts:
        return None
    if all(re.fullmatch(r"\d{1,3}(?:\.0)?", text) for text in texts):
        numbers = [int(float(text)) for text in texts]
        if len(set(numbers)) == len(numbers) and numbers == sorted(numbers) and len(numbers) > 1:
            return Field.NUMBER, 0.6
        return (Field.PRIORITY, 0.5) if max(numbers) <= 5 else None
    if share_of(texts, lambda text: split_number(text).level == Field.TITLE) >= 0.6:
        return Field.TITLE, 0.8
    if is_dated(texts):
        return Field.CALENDAR, 0.6
    if share_of(texts, lambda text: _INDICATOR.match(fold(text))) >= 0.6:
        return Field.INDICATORS, 0.6
    if share_of(texts, begins_with_infinitive) >= 0.6:
        return Field.TITLE, 0.55
    if len(texts) < _FEWEST:
        return None
    if share_of(texts, says_status) >= 0.8:
        return Field.STATUS, 0.55
    if share_of(texts, _MONEY.match) >= 0.8:
        return Field.BUDGET, 0.55
    if share_of(texts, names_organisations) >= 0.7:
        return Field.ORGANISATIONS, 0.5
    return None


def says_status(text: str) -> bool:
    return bool(_STATUS.match(fold(text)))


def begins_with_infinitive(text: str) -> bool:
    """As nearly all actions do: « Créer un guichet », « Mettre en place… »."""
    words = fold(split_number(text).title).split()
    return len(words) > 1 and words[0] not in _NOT_INFINITIVES and bool(_INFINITIVE.search(words[0]))


def names_organisations(text: str) -> bool:
    """« Caf, mairie », not « Caf : caisse d’allocations familiales », which explains."""
    return (
        len(text) <= 120
        and ":" not in text
        and bool(_ORGANISATION.search(fold(text)))
        and not begins_with_infinitive(text)
    )
