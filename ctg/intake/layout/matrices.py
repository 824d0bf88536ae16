"""Who does what: a column per organisation, and in it a letter or a cross for its part in each action."""

import re
from collections.abc import Mapping, Sequence

from ctg.web.text import fold

from .fields import Field
from .guessing import names_organisations
from .matching import JOIN
from .settling import Match

#: What says each part; a cross, a tick or « A » only joins in.
_PARTS = {
    Field.LEADS: r"p|pilote|porteur|r|resp|responsable|chef de file|mo|l",
    Field.CO_LEADS: r"c|co|co pilote|copilote|co porteur",
    Field.FUNDERS: r"f|financeur|€",
    Field.PARTNERS: r"x|xx|a|associe|partenaire|part|appui|o|oui",
}
_SIGNS = re.compile(r"^[×✓✔●•■▪☒☑*+]+$")
_FEWEST = 3
_SURE = 0.55


def part_of(text: str) -> Field | None:
    """What a mark says of the organisation above it, if it is one."""
    if _SIGNS.match(text.strip()):
        return Field.PARTNERS
    folded = fold(text)
    return next((part for part, marks in _PARTS.items() if re.fullmatch(marks, folded)), None)


def find_matrix(
    fields: dict[int, Match], titles: Mapping[int, str], texts: Mapping[int, Sequence[str]]
) -> None:
    """Give to organisations the columns of marks that bear their names."""
    marked = [
        column
        for column, (kind, _) in fields.items()
        if kind in (None, Field.MUNICIPALITIES, Field.FUNDERS, Field.LEADS, Field.PARTNERS)
        and titles[column]
        and JOIN not in titles[column]
        and texts[column]
        and all(part_of(text) for text in texts[column])
    ]
    unknown = [column for column in marked if fields[column][0] is None]
    named = [column for column in unknown if names_organisations(titles[column])]
    if len(unknown) >= _FEWEST and 2 * len(named) >= len(unknown):
        for column in marked:
            fields[column] = (Field.ORGANISATIONS, _SURE)
