"""The columns of the file of values, and what its dictionary says of each."""

from typing import NamedTuple

from ctg.documents.values import MISSING, PART, WHOLE, ValueRow
from indicators.models import Absence, Channel, Kind, State
from indicators.models.measurement import SHOWN


class ValueColumn(NamedTuple):
    title: str
    meaning: str
    unit: str = ""
    allowed: str = "texte libre"
    width: float = 12


def _either(*words: str) -> str:
    return ", ".join(f"«\u00a0{word}\u00a0»" for word in words)


_NUMBER = "nombre, ou vide\u00a0; vide n’est pas zéro"
_KINDS = _either(*(str(kind.label) for kind in Kind))
_STATES = _either(*(str(State(state).label) for state in SHOWN), MISSING)
_ABSENCES = _either(*(str(one.label) for one in Absence))
_CHANNELS = _either(*(str(one.label) for one in Channel))
_CATEGORY = "nom de la ventilation, deux-points, catégorie\u00a0; vide sur une ligne de total"
_KEYS = "2026, 2026-S1, 2026-T3, 2026-03, ou «\u00a0unique\u00a0»"

#: In the order of the fields of `ValueRow`.
COLUMNS = (
    ValueColumn("plan", "Intitulé du plan d’actions.", width=16),
    ValueColumn(
        "actions", "Numéros des actions que l’indicateur sert.", allowed="nombres, virgules", width=9
    ),
    ValueColumn("indicateur", "Indicateur, dans les mots du plan.", width=34),
    ValueColumn("type", "Ce qui se saisit\u00a0: il dit comment lire la valeur.", allowed=_KINDS, width=15),
    ValueColumn("unité", "Unité de la valeur\u00a0; une part est en pour cent.", width=11),
    ValueColumn(
        "organisme", "Organisme contributeur\u00a0: celui qui a saisi, ou qui doit saisir.", width=22
    ),
    ValueColumn("période", "Période de la valeur, en toutes lettres.", width=15),
    ValueColumn("clé de période", "La même période, pour trier et croiser.", allowed=_KEYS, width=10),
    ValueColumn("année", "Année de la période.", allowed="nombre entier", width=7),
    ValueColumn(
        "état",
        "Où en est la valeur. «\u00a0manquante\u00a0»\u00a0: attendue et pas encore reçue\u00a0; "
        "ces lignes permettent de recalculer la complétude.",
        allowed=_STATES,
        width=11,
    ),
    ValueColumn(
        "niveau",
        "Le total saisi, ou une part de sa ventilation. Pour additionner, garder les lignes de total.",
        allowed=_either(WHOLE, PART),
        width=7,
    ),
    ValueColumn(
        "valeur",
        "La valeur. Pour une part, 100 × numérateur ÷ dénominateur\u00a0; pour une note, la moyenne\u00a0; "
        "pour une réalisation, 1 si elle est faite, 0 sinon.",
        "celle de la colonne «\u00a0unité\u00a0»",
        _NUMBER,
        12,
    ),
    ValueColumn("numérateur", "Premier nombre d’une part.", "nombre", _NUMBER, 11),
    ValueColumn(
        "dénominateur ou effectif",
        "Second nombre d’une part\u00a0; répondants d’une note\u00a0; cas d’une durée.",
        "nombre",
        _NUMBER,
        13,
    ),
    ValueColumn("fait le", "Date d’une réalisation faite.", "jour", "date, ou vide", 11),
    ValueColumn("constat", "Constat en une phrase.", width=28),
    ValueColumn("paroles choisies", "Paroles retenues et anonymes.", width=26),
    ValueColumn("sans valeur", "Pourquoi il n’y a pas de valeur.", allowed=_ABSENCES, width=16),
    ValueColumn("commentaire", "Commentaire de l’organisme ou de la coordination.", width=28),
    ValueColumn("ventilation 1", "Catégorie de la première ventilation.", allowed=_CATEGORY, width=16),
    ValueColumn("ventilation 2", "Catégorie de la seconde ventilation.", allowed=_CATEGORY, width=16),
    ValueColumn(
        "cible de l’année",
        "Cible du plan pour l’année, tous organismes réunis.",
        "celle de la colonne «\u00a0unité\u00a0»",
        _NUMBER,
        10,
    ),
    ValueColumn(
        "borne haute de la cible",
        "Seconde borne, pour ce qui se garde entre deux.",
        "celle de la colonne «\u00a0unité\u00a0»",
        _NUMBER,
        10,
    ),
    ValueColumn("canal", "Par où la valeur est arrivée.", allowed=_CHANNELS, width=14),
    ValueColumn("saisie le", "Jour et heure de la dernière saisie.", "heure de Paris", "date et heure", 16),
)

assert len(COLUMNS) == len(ValueRow._fields)
