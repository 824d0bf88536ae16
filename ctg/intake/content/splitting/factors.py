"""Freins and leviers packed in one cell, with their sort where the cell or its column says it."""

import re
from dataclasses import dataclass, replace

from actions.models import FactorKind

from ...layout import Field
from ...layout.sections import split_sections
from .cutting import cut

_KINDS = {Field.BRAKES: FactorKind.BRAKE, Field.LEVERS: FactorKind.LEVER}
_SIGNED = re.compile(r"^\(?(?P<sign>\+|−|F|L|frein|levier)\)?\s*[:.)]\s*|^(?P<bare>[+−])\s*", re.IGNORECASE)


@dataclass(frozen=True)
class ProposedFactor:
    """A blank kind: the file does not say which of the two."""

    text: str
    kind: FactorKind | None = None


def split_factors(text: str, kind: FactorKind | None = None) -> tuple[ProposedFactor, ...]:
    found: list[ProposedFactor] = []
    for section in split_sections(text):
        own = _KINDS.get(section.field, kind) if section.field else kind
        whole = section.text
        if section.field and section.field not in (*_KINDS, Field.FACTORS):
            whole = f"{section.label} : {section.text}"
        found += [_signed(ProposedFactor(piece, own)) for piece in cut(whole)]
    return tuple(found)


def _signed(factor: ProposedFactor) -> ProposedFactor:
    """« + : partenaires dynamiques », « Frein : peu de locaux » in the middle of a line."""
    match = _SIGNED.match(factor.text)
    if not match or not factor.text[match.end() :]:
        return factor
    sign = (match["sign"] or match["bare"]).lower()
    kind = FactorKind.LEVER if sign in ("+", "l", "levier") else FactorKind.BRAKE
    return replace(factor, text=factor.text[match.end() :], kind=kind)
