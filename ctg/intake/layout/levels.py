"""A column that says what each row is: « Axe », « Objectif », « Action », as logical frameworks do."""

from collections.abc import Mapping, Sequence

from ctg.web.text import fold

from ..tables import Cell
from .fields import Field
from .settling import Match, share_of
from .vocabulary import ACTION_WORDS, LEVEL_WORDS

_OF_ACTIONS = frozenset({*ACTION_WORDS, "activite", "operation"})
#: What a logical framework adds above activities.
_ABOVE = frozenset(
    {*LEVEL_WORDS, "finalite", "but", "objectif global", "objectif operationnel", "resultat"}
    | {"resultat attendu", "effet", "effet attendu", "impact", "programme"}
)
#: From the outermost in, for so many levels above actions.
_LADDERS = {
    1: (Field.OBJECTIVE,),
    2: (Field.AMBITION, Field.OBJECTIVE),
    3: (Field.AMBITION, Field.ORIENTATION, Field.OBJECTIVE),
}
_FEWEST = 4
_SURE = 0.9


def find_levels(
    fields: dict[int, Match], titles: Mapping[int, str], texts: Mapping[int, Sequence[str]]
) -> None:
    """Give it its field, and that of the action to the column that says the rows, on its right."""
    for column in fields:
        kinds = [_kind(text) for text in texts[column]]
        if len(kinds) < _FEWEST or not set(kinds).issubset(_OF_ACTIONS | _ABOVE):
            continue
        if not _OF_ACTIONS.intersection(kinds) or not 1 <= len(set(kinds) - _OF_ACTIONS) <= len(_LADDERS):
            continue
        said = [one for one in fields if one > column and len(texts[one]) >= 0.9 * len(kinds)]
        said = [
            one for one in said if share_of(texts[one], lambda text: " " in text and len(text) > 10) > 0.5
        ]
        if said:
            fields.update({one: (None, 0.0) for one, (kind, _) in fields.items() if kind == Field.TITLE})
            fields[column], fields[said[0]] = (Field.LEVEL, _SURE), (Field.TITLE, _SURE)
            return


def levels_of_rows(cells: Sequence[Cell]) -> dict[int, Field]:
    """What each row is, by what its cell says: a level by its word, else by its rank in the nesting."""
    kinds = {cell.place.row: _kind(cell.text) for cell in cells}
    above = [kind for kind in dict.fromkeys(kinds.values()) if kind in _ABOVE]
    named = [LEVEL_WORDS.get(kind) for kind in above]
    order = [level for level in Field if level in named]
    if None in named or named != order:
        ladder = _LADDERS.get(len(above), ())
    else:
        ladder = tuple(level for level in named if level)
    levels = dict(zip(above, ladder, strict=False)) | dict.fromkeys(_OF_ACTIONS, Field.TITLE)
    return {row: levels[kind] for row, kind in kinds.items() if kind in levels}


def _kind(text: str) -> str:
    return " ".join(word.rstrip("s") for word in fold(text).split())
