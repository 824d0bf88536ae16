"""Indicators packed in one cell, each with its nature and its kind."""

import re
from dataclasses import dataclass

from indicators.definition.recognition import likely_kind
from indicators.models import Kind, Nature

from ...layout import Field
from ...layout.sections import split_sections
from .cutting import cut

_BEGINNINGS = (
    r"(?:nombre|nb|nbre|taux|part des?|pourcentage|satisfactions?|perception|[ée]volution|fr[ée]quentation"
    r"|cr[ée]ation|mise en place|r[ée]alisation|montant|dur[ée]e|localisation|typologie|profil"
    r"|qualit[ée]|retours?)\b"
)
#: « Nombre de veille/an Nombre d’aides », with nothing between but a capital.
_UNSEPARATED = re.compile(
    rf"(?<=[\w)%])(?<!\bde)(?<!\bdu)(?<!\bdes)\s+(?=(?-i:[A-ZÉÈ]))(?={_BEGINNINGS})", re.IGNORECASE
)
_LISTED = re.compile(
    rf"\s*(?:,|\bet\b|\+|/)\s*(?=(?:le |la |les )?(?:{_BEGINNINGS}))|\s+/\s+(?=(?-i:[A-ZÀ-Ü]))"
    # « Nombre de prêts / km parcourus », not « filles / garçons », nor « visites / par an ».
    r"|\s+/\s+(?!(?:par|pour|sur|de|du|des|d|à|en)\b)(?=[^\W\d]+\s+[^\W\d])",
    re.IGNORECASE,
)
_NATURES = {Field.QUANTITATIVE: Nature.QUANTITATIVE, Field.QUALITATIVE: Nature.QUALITATIVE}


@dataclass(frozen=True)
class ProposedIndicator:
    wording: str
    nature: Nature
    kind: Kind


def split_indicators(text: str, nature: Nature | None = None) -> tuple[ProposedIndicator, ...]:
    """One per thing to follow; « Quantitatifs : » and « Qualitatifs : » inside the cell say the nature."""
    found: list[ProposedIndicator] = []
    for section in split_sections(text):
        own = _NATURES.get(section.field, nature) if section.field else nature
        whole = section.text
        if section.field and section.field not in (*_NATURES, Field.INDICATORS):
            whole = f"{section.label} : {section.text}"
        found += [_propose(wording, own) for wording in _wordings(whole)]
    return tuple(found)


def _wordings(text: str) -> list[str]:
    pieces = [part for piece in cut(text) for part in _UNSEPARATED.split(piece)]
    return [
        part.strip(" .,;\u00a0")
        for piece in pieces
        for part in _LISTED.split(piece)
        if part.strip(" .,;\u00a0")
    ]


def _propose(wording: str, nature: Nature | None) -> ProposedIndicator:
    kind = likely_kind(wording, nature)
    return ProposedIndicator(wording, nature or kind.nature, kind)
