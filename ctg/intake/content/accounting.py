"""Nothing invented, nothing lost: every cell of the file is used, told, or left over."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields

from ctg.web.text import fold

from ..layout import Field, Role, Spot
from ..layout.light_html import plain_lines
from ..layout.matrices import part_of
from ..layout.sections import split_sections
from ..layout.spoken import spoken
from ..tables import SourceFile
from .marks import is_mark, is_no_mark
from .shapes import ReadAction, ReadHeading, ReadPlan

#: The numbers of a list are told by its order.
_ITEMS = re.compile(r"^\s*\d{1,2}\s*[.)/-]\s*", re.MULTILINE)
#: Cells that say a date or a cross: what becomes of them is not in the same words.
_REWORDED = frozenset({Field.PERIOD, Field.CALENDAR, Field.STARTS, Field.ENDS})


@dataclass(frozen=True)
class Accounting:
    """How many cells have each role; `missing` have none, `lost` are said to be used and are not."""

    counts: dict[Role, int]
    leftover: int
    missing: tuple[Spot, ...]
    lost: tuple[Spot, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.lost

    @property
    def total(self) -> int:
        return sum(self.counts.values()) + self.leftover + len(self.missing)


def account(source: SourceFile, read: ReadPlan) -> Accounting:
    left = {leftover.spot for leftover in read.leftovers}
    words = _words_by_spot(source, read)
    counts: dict[Role, int] = dict.fromkeys(Role, 0)
    missing, lost = [], []
    leftover = 0
    for rank, table in enumerate(source.tables):
        for place, cell in table.cells.items():
            spot = Spot(rank, place)
            role = read.roles.get(spot)
            if role is None:
                leftover += spot in left
                missing += [spot] if spot not in left else []
                continue
            counts[role] += 1
            said = words.get(spot)
            text = re.sub(r"^(\d+)\.0$", r"\1", spoken(plain_lines(cell.text)))
            needed = set(fold(_ITEMS.sub("", text)).split()) - _label_words(text)
            needed -= set(fold(read.labels.get(spot, "")).split())
            if is_mark(text) or is_no_mark(text):
                needed = set()
            if role in (Role.FIELD, Role.BAND) and spot not in left and (said is None or not needed <= said):
                lost.append(spot)
    return Accounting(counts, leftover, tuple(missing), tuple(lost))


def _label_words(text: str) -> set[str]:
    """« Pilote : CCAS » is told by the field in which CCAS stands."""
    return {word for section in split_sections(text) for word in fold(section.label).split()}


class _Everything(set[str]):
    """The words of a cell that is used in other words."""

    def __ge__(self, other: object) -> bool:
        return True

    def __contains__(self, word: object) -> bool:
        return True


def _text(source: SourceFile, spot: Spot) -> str:
    return source.tables[spot.table].cells[spot.place].text


def _words_by_spot(source: SourceFile, read: ReadPlan) -> dict[Spot, set[str]]:
    """The words of all that a cell has become."""
    words: dict[Spot, set[str]] = defaultdict(set)
    reworded: set[Spot] = set()
    for action in read.actions:
        said = set(fold(" ".join([*_texts(action), _spaced(action.number_text)])).split()) | _SEPARATING_WORDS
        for kind, spots in action.cells.items():
            for spot in spots:
                words[spot] |= said
            reworded |= set(spots) if kind in _REWORDED else set()
            if kind == Field.ORGANISATIONS:
                reworded |= {spot for spot in spots if part_of(_text(source, spot))}
    for heading in _headings(read):
        codes = [heading.code, _spaced(heading.code)]
        said = set(fold(" ".join([heading.title, *codes, *heading.impacts])).split())
        for spot in heading.spots:
            words[spot] |= said | _SEPARATING_WORDS
    for piece in read.titles:
        if piece.spot:
            words[piece.spot] |= set(fold(piece.text).split())
    return {spot: _Everything() if spot in reworded else said for spot, said in words.items()}


def _spaced(code: str) -> str:
    """« A 1.2 », of which the code keeps « A1.2 »."""
    return re.sub(r"(?<=[A-Za-z])(?=\d)", " ", code)


#: What announces a number or a level is told by its place in the plan.
_SEPARATING_WORDS = frozenset(
    [
        "action",
        "actions",
        "fiche",
        "fiches",
        "n",
        "no",
        "axe",
        "axes",
        "ambition",
        "ambitions",
        "orientation",
        "orientations",
        "theme",
        "thematique",
        "domaine",
        "champ",
        "d",
        "intervention",
        "rubrique",
        "besoin",
        "enjeu",
        "constat",
        "problematique",
        "objectif",
        "objectifs",
        "operationnel",
        "operationnels",
        "specifique",
        "strategique",
        "strategiques",
        "general",
        "generaux",
        "projet",
        "mesure",
        "defi",
        "pilier",
        "volet",
        "priorite",
        "sous",
        "suite",
        "os",
        "oo",
        "fa",
    ]
)


def _texts(action: ReadAction) -> Iterator[str]:
    for one in fields(action):
        value = getattr(action, one.name)
        if isinstance(value, str):
            yield value


def _headings(read: ReadPlan) -> Iterator[ReadHeading]:
    for heading in (*read.ambitions, *read.themes, *read.needs, *read.objectives):
        yield heading
        yield from heading.orientations
