"""What is taken otherwise than one might expect, or not at all: to be known, not to be corrected at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from ctg.intake.previewing.annotated import Grade
from ctg.intake.previewing.entries import ASIDE
from ctg.intake.previewing.packed import Split
from ctg.web.text import fold

from ..content.splitting import KnownOrganisation
from ..layout import Field, Spot
from ..tables import Place
from .found import Found, Looking
from .rows import NO_ACTION

#: How alike two names are before one is asked whether they are one.
LIKENESS = 0.82
#: Beyond so many cells left for the same reason in one table, they are told together.
MOST_ALIKE = 20
REPEATED = "Plusieurs actions portent le même numéro"

_PARTS = (Field.ORGANISATIONS, Field.LEADS, Field.CO_LEADS, Field.PARTNERS, Field.FUNDERS)


def leftovers(looking: Looking) -> Iterator[Found]:
    """Cell by cell; a whole column, or a whole sheet, once."""
    spots: dict[tuple[int, str], list[Spot]] = defaultdict(list)
    for one in looking.read.leftovers:
        if one.reason not in NO_ACTION:
            spots[one.spot.table, one.reason].append(one.spot)
    for (_, why), left in spots.items():
        if len(left) > MOST_ALIKE:
            first, last = min(left), max(left)
            reason = (
                f"{len(left)} cellules ne sont pas reprises, de {first.place} à {last.place}\u00a0: {why}."
            )
            yield looking.found(Grade.WARNING, first, reason)
            continue
        for spot in left:
            yield looking.found(Grade.WARNING, spot, f"Cette cellule n’est pas reprise\u00a0: {why}.")


def doubts(looking: Looking) -> Iterator[Found]:
    """A doubt about the whole file stands at the titles of its first table."""
    for one in looking.read.doubts:
        yield looking.found(Grade.WARNING, one.spot or _beginning(looking), one.reason)


def numbers_as_written(looking: Looking) -> Iterator[Found]:
    """Once for all « 1.2 » and « A.3 »: an action bears a whole number."""
    written = [one for one in looking.read.actions if one.number_text and one.number is None]
    told = any(one.reason.startswith(REPEATED) for one in looking.read.doubts)
    if written and not told and (spot := looking.spot_of(written[0], Field.NUMBER, Field.TITLE)):
        reason = f"Un numéro comme «\u00a0{written[0].number_text}\u00a0» n’est pas un nombre entier."
        kept = "Ces actions sont numérotées à la suite\u00a0; leur numéro d’origine est gardé en note."
        yield looking.found(Grade.WARNING, spot, reason, kept)


def kept_as_notes(looking: Looking) -> Iterator[Found]:
    """Once for each column that a plan has no field for."""
    for name, words in ASIDE:
        field = Field(name.removesuffix("_text"))
        told = [one for one in looking.read.actions if getattr(one, name)]
        if not told or not (spot := looking.spot_of(told[0], field)):
            continue
        column = looking.columns.get((spot.table, field))
        header = Spot(spot.table, Place(looking.headers.get(spot.table, 1), column or spot.place.column))
        cells = looking.source.tables[header.table].cells
        at = header if header.place in cells else spot
        kept = "Le texte devient une note de chaque action."
        title = cells[header.place].text if header.place in cells else words
        reason = f"«\u00a0{title[:100]}\u00a0» n’a pas de champ dans le plan."
        yield looking.found(Grade.WARNING, at, reason, kept)


def near_names(
    looking: Looking, splits: Sequence[Split], known: Sequence[KnownOrganisation]
) -> Iterator[Found]:
    """Once for each new organisation whose name is almost that of one that the territory knows."""
    near = nearest(splits, known)
    seen: set[str] = set()
    for rank, (action, cut) in enumerate(zip(looking.read.actions, splits, strict=True)):
        for one in (part.organisation for part in cut.parts):
            spot = looking.spot_of(action, *_PARTS)
            if one.name in near and one.name not in seen and spot:
                seen.add(one.name)
                reason = f"«\u00a0{one.name}\u00a0» ressemble à «\u00a0{near[one.name]}\u00a0», déjà connu."
                accepted = "Dites si c’est le même organisme à l’étape du découpage."
                yield looking.found(Grade.WARNING, spot, reason, accepted, rank)


def nearest(splits: Sequence[Split], known: Sequence[KnownOrganisation]) -> Mapping[str, str]:
    """The known organisation that each new name resembles, where there is one."""
    folded = {fold(name): one.name for one in known for name in (one.name, *one.aliases)}
    new = {part.organisation.name for one in splits for part in one.parts if not part.organisation.is_known}
    found = {name: get_close_matches(fold(name), folded, n=1, cutoff=LIKENESS) for name in new}
    return {name: folded[close[0]] for name, close in found.items() if close}


def _beginning(looking: Looking) -> Spot:
    first = looking.recognised.tables[0].table if looking.recognised.tables else 0
    return Spot(first, Place(looking.headers.get(first, 1), 1))
