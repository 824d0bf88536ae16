"""Organisations packed in one cell: known names, aliases, generic words, and what is new."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from actions.models.action import Part
from ctg.web.text import fold
from partners.models import OrganisationKind

from ...layout import Field
from ...layout.sections import split_sections
from .names import GENERIC, names_in

_COMMUNES = frozenset({"commune", "communes", "mairies", "communes membres"})
_CARRYING_KINDS = (OrganisationKind.INTERCOMMUNALITY, OrganisationKind.DEPARTMENT)
_SERVICE = re.compile(r"^(?:services?|direction|pole|cc\b|communaute de|agglomeration|intercommunalite)")
_PARTS = {
    Field.LEADS: Part.LEAD,
    Field.CO_LEADS: Part.CO_LEAD,
    Field.PARTNERS: Part.PARTNER,
    Field.FUNDERS: Part.FUNDER,
}


class KnownOrganisation(NamedTuple):
    name: str
    kind: OrganisationKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProposedOrganisation:
    """`text` as the cell says it; `name` is that of the known organisation, or the text with a capital."""

    text: str
    name: str
    kind: OrganisationKind | None = None
    is_known: bool = False


@dataclass(frozen=True)
class ProposedPart:
    organisation: ProposedOrganisation
    part: Part


def split_organisations(
    text: str, known: Iterable[KnownOrganisation] = ()
) -> tuple[ProposedOrganisation, ...]:
    """Each organisation once, in order."""
    names = _by_name(known)
    found = [_propose(name, names) for name in names_in(text, names)]
    return tuple({fold(one.name): one for one in reversed(found)}.values())[::-1]


def share_parts(
    text: str, known: Sequence[KnownOrganisation] = (), *, is_led: bool = False
) -> tuple[ProposedPart, ...]:
    """Who leads and who joins in, in one cell: by its words (« Pilote : »), else by what each one is.

    The first that may carry leads, the next ones co-lead: the EPCI, its departments; everyone else joins in,
    and so do all where another cell says who leads.
    """
    sections = split_sections(text)
    if any(section.field in _PARTS for section in sections):
        return tuple(
            ProposedPart(one, _PARTS.get(section.field or Field.PARTNERS, Part.PARTNER))
            for section in sections
            for one in split_organisations(section.text, known)
        )
    found = split_organisations(text, known)
    carrying = [] if is_led else [one for one in found if _may_carry(one)] or list(found[:1])
    parts = {id(one): Part.CO_LEAD for one in carrying} | {id(one): Part.LEAD for one in carrying[:1]}
    return tuple(ProposedPart(one, parts.get(id(one), Part.PARTNER)) for one in found)


def _may_carry(one: ProposedOrganisation) -> bool:
    return one.kind in _CARRYING_KINDS or (one.kind is None and bool(_SERVICE.match(fold(one.text))))


def _by_name(known: Iterable[KnownOrganisation]) -> dict[str, KnownOrganisation]:
    return {fold(name): one for one in known for name in (*one.aliases, one.name)}


def _propose(text: str, names: dict[str, KnownOrganisation]) -> ProposedOrganisation:
    text = text.strip(" .:\u00a0")
    if known := names.get(fold(text)):
        return ProposedOrganisation(text, known.name, known.kind, is_known=True)
    folded = fold(text)
    kind = _kind_of(folded)
    return ProposedOrganisation(text, text[:1].upper() + text[1:], kind)


def _kind_of(folded: str) -> OrganisationKind | None:
    """The kind that a new name says."""
    if folded in _COMMUNES:
        return OrganisationKind.GENERIC
    for kind, clue in _KINDS.items():
        if re.match(clue, folded):
            return kind
    return OrganisationKind.GENERIC if GENERIC.match(folded) else None


_KINDS = {
    OrganisationKind.CAF: r"cafy?\b|caisse d allocations familiales",
    OrganisationKind.MSA: r"msa\b|mutualite sociale agricole",
    OrganisationKind.WELFARE_CENTRE: r"(?:ccas|cias)\b|centre (?:inter)?communal d action sociale",
    OrganisationKind.COUNTY: r"(?:conseil )?departement\b|departemental|cd ?\d\d\b|pmi\b|mds\b"
    r"|conseil departemental",
    OrganisationKind.STATE: r"etat\b|prefecture|ddets|ddcs|sdjes|drac\b",
    OrganisationKind.EDUCATION: r"education nationale|inspection|college|lycee|ecole\b|rectorat|dsden",
    OrganisationKind.HEALTH: r"cpam|carsat|ars\b|hopital|centre hospitalier|cpts|cmp\b",
    OrganisationKind.MUNICIPALITY: r"(?:commune|ville|mairie) d",
    OrganisationKind.ASSOCIATION: r"association (?!s\b)\w|mission locale|mjc\b|udaf|centre social"
    r"|foyer rural",
    OrganisationKind.DEPARTMENT: r"services? \w|direction \w|pole \w",
}
