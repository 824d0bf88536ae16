"""What a column without a title holds, from what is written in it."""

import re
from collections.abc import Callable, Sequence

from actions.calendar_reading import read_period
from ctg.web.text import fold

from .fields import Field
from .numbering import split_number

_INFINITIVE = re.compile(r"^[a-z]{2,}(?:er|ir|re|oir)$")
_INDICATOR = re.compile(
    r"^(?:nombre|nb|taux|part|satisfaction|perception|evolution|frequentation|pourcentage)\b"
)
_NOT_INFINITIVES = frozenset(
    {"notre", "votre", "autre", "entre", "centre", "cadre", "premier", "atelier", "hier"}
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
    if _share(texts, lambda text: split_number(text).level == Field.TITLE) >= 0.6:
        return Field.TITLE, 0.8
    if _share(texts, lambda text: len(text) <= 60 and read_period(text) is not None) >= 0.7:
        return Field.CALENDAR, 0.6
    if _share(texts, lambda text: bool(_INDICATOR.match(fold(text)))) >= 0.6:
        return Field.INDICATORS, 0.6
    if _share(texts, begins_with_infinitive) >= 0.6:
        return Field.TITLE, 0.55
    return None


def begins_with_infinitive(text: str) -> bool:
    """As nearly all actions do: « Créer un guichet », « Mettre en place… »."""
    words = fold(split_number(text).title).split()
    return len(words) > 1 and words[0] not in _NOT_INFINITIVES and bool(_INFINITIVE.match(words[0]))


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / len(texts)
