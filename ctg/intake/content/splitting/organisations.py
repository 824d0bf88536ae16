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
from .cutting import cut

_COMMAS = re.compile(r"\s*[,|+&]\s*|\s*/\s*(?!\d)")
_AND = re.compile(r"\s+et\s+", re.IGNORECASE)
#: What a comma only carries on: « professionnels de l’enfance, de la famille ».
_CARRIES_ON = re.compile(
    r"^(?:de|du|des|d['’]|la|le|les|l['’]|au|aux|à|en|pour|notamment|dont|etc)\b", re.IGNORECASE
)
_ACRONYM = re.compile(r"^[A-Z][A-Z0-9&.'’]{1,7}$")
_GENERIC = re.compile(
    r"^(?:(?:les|l|autres?|tou(?:te)?s) )*(?:partenaires?|associations?|habitants?|familles?|parents?"
    r"|jeunes|usagers?"
    r"|acteurs?|professionnels?|elus?|structures?|benevoles?|etablissements?|ecoles?|colleges?|lycees?|services?"
    r"|bailleurs?|entreprises?|medecins?|animateurs?|citoyens?|seniors|aines|communes?|mairies)"
    r"(?: (?:(?:du|de|des|d|la|le|l|les|et) )*(?:locaux|locales|associatifs?|communes?|territoire"
    r"|secteur|concernee?s?"
    r"|sociaux|proximites?|enfance|sante|medicaux|social|famille|medical|judiciaire|membres|partenaires?|municipaux"
    r"|culturelles|sportives|scolaires|petite|jeunesse))*$"
)
#: Names that mean one institution wherever they stand.
_USUAL = frozenset(
    {"education nationale", "mission locale", "france services", "france travail", "departement", "region"}
    | {"conseil departemental", "centre social", "centres sociaux", "pole emploi", "prefecture", "etat"}
)
#: A text so long is a sentence.
_MOST_WORDS = 24
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
    found = [_propose(name, names) for piece in cut(text) for name in _names_in(piece, names)]
    return tuple({fold(one.name): one for one in reversed(found)}.values())[::-1]


def share_parts(text: str, known: Sequence[KnownOrganisation] = ()) -> tuple[ProposedPart, ...]:
    """Who leads and who joins in, in one cell: by its words (« Pilote : »), else by what each one is.

    The first that may carry leads, the next ones co-lead: the EPCI, its departments; everyone else joins in.
    """
    sections = split_sections(text)
    if any(section.field in _PARTS for section in sections):
        return tuple(
            ProposedPart(one, _PARTS.get(section.field or Field.PARTNERS, Part.PARTNER))
            for section in sections
            for one in split_organisations(section.text, known)
        )
    found = split_organisations(text, known)
    carrying = [one for one in found if _may_carry(one)] or list(found[:1])
    return tuple(
        ProposedPart(
            one, Part.LEAD if one is carrying[0] else Part.CO_LEAD if one in carrying else Part.PARTNER
        )
        for one in found
    )


def _may_carry(one: ProposedOrganisation) -> bool:
    return one.kind in _CARRYING_KINDS or (one.kind is None and bool(_SERVICE.match(fold(one.text))))


def _by_name(known: Iterable[KnownOrganisation]) -> dict[str, KnownOrganisation]:
    return {fold(name): one for one in known for name in (*one.aliases, one.name)}


def _names_in(piece: str, names: dict[str, KnownOrganisation]) -> list[str]:
    """Cut at commas and slashes, then where « et » or a mere space stands between names that are sure."""
    if fold(piece) in names:
        return [piece]
    parts: list[str] = []
    for part in _outside_brackets(piece):
        if parts and _CARRIES_ON.match(part):
            parts[-1] = piece[piece.index(parts[-1]) : piece.index(part, piece.index(parts[-1])) + len(part)]
        elif part.strip(" ."):
            parts.append(part.strip())
    return [name for part in parts for name in _parted(part, names)]


def _outside_brackets(piece: str) -> list[str]:
    hidden = re.findall(r"\([^()]*\)", piece)
    parts = _COMMAS.split(re.sub(r"\([^()]*\)", "\x00", piece))
    shown = iter(hidden)
    return [re.sub("\x00", lambda _: next(shown), part) for part in parts if part]


def _parted(part: str, names: dict[str, KnownOrganisation]) -> list[str]:
    if fold(part) in names:
        return [part]
    sides = _AND.split(part)
    if len(sides) > 1 and all(_is_sure(side, names) for side in sides):
        return [name for side in sides for name in _parted(side, names)]
    return _spaced(part.split(), names) or [part]


def _is_sure(text: str, names: dict[str, KnownOrganisation]) -> bool:
    folded = fold(text)
    return folded in names or folded in _USUAL or bool(_ACRONYM.match(text) or _GENERIC.match(folded))


def _spaced(words: list[str], names: dict[str, KnownOrganisation]) -> list[str]:
    """« CAF MDS CCAS » is three, if every word of it belongs to a name that is sure; the longest first."""
    if not words or len(words) > _MOST_WORDS:
        return []
    for end in range(len(words), 0, -1):
        first = " ".join(words[:end])
        if fold(first) in names or fold(first) in _USUAL or (end == 1 and _is_sure(first, names)):
            rest = _spaced(words[end:], names)
            if rest or end == len(words):
                return [first, *rest]
    return []


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
    return OrganisationKind.GENERIC if _GENERIC.match(folded) else None


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
