"""Rows under a header that tell how to fill it in, or number its columns."""

import re
from collections.abc import Sequence

_ADVICE = re.compile(
    r"^\W*(?:ex\b|exemples?\b|par exemple|indique[rz]|précise[rz]|preciser|décri(?:re|vez)|list(?:er"
    r"|ez)\b|choisi"
    r"|saisi|renseign|à compléter|complét|liste déroulante|menu déroulant|format\b|coche[rz]"
    r"|texte libre|qui\b|quel"
    r"|quoi\b|comment\b|quand\b|nom d|jj/mm|mm/aaaa|obligatoire|facultatif|oui ?/ ?non|une? (?:ligne"
    r"|phrase)|noter\b"
    r"|citer|reprendre|reporter|rappel|à remplir|cf\b|voir\b|max(?:imum)?\b|mois et année|année\b"
    r"|en (?:euros|€))",
    re.IGNORECASE,
)
_COLUMN_NUMBER = re.compile(r"^\(?(?:\d{1,2}|[a-zA-Z])\)?$")


def is_help(texts: Sequence[str]) -> bool:
    """Whether most of a row's texts advise rather than say."""
    texts = [text.strip() for text in texts]
    if len(texts) >= 3 and all(_COLUMN_NUMBER.match(text) for text in texts):
        return len({text.strip("()") for text in texts}) == len(texts)
    advice = [
        text
        for text in texts
        if _ADVICE.match(text) or (text.startswith("(") and text.endswith(")")) or text.endswith("?")
    ]
    return bool(texts) and len(advice) >= max(1, 0.5 * len(texts))


def whispers(texts: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row is in small letters where the next ones begin with capitals, as advice is."""
    return len(texts) > 2 and _small(texts) == 1 and len(below) > len(texts) and _small(below) < 0.3


def _small(texts: Sequence[str]) -> float:
    return sum(text[:1].islower() or text[:1] in "(<[" for text in texts) / len(texts)
