"""A text that tells actions one after the other, and a table that only sums them up."""

from ctg.web.text import fold

from .candidates import Candidate
from .fields import Field
from .numbering import split_number
from .shapes import Arrangement

#: So many of the actions of a table, met in the text, say that they are the same.
_SAME = 0.8


def told_in_full(chosen: list[Candidate], around: list[Candidate]) -> list[Candidate]:
    """The texts around tables that tell of their actions, and more of each than they do."""
    if any(one.matched.arrangement == Arrangement.SHEETS for one in chosen):
        return []
    titles = {_bare(title) for one in chosen for title in one.titles}
    fields = {field for one in chosen for field in one.fields}
    return [one for one in around if _tells(one, titles) and len(one.fields | {Field.TITLE}) > len(fields)]


def _tells(one: Candidate, titles: set[str]) -> bool:
    numbered = [split_number(cell.text) for cell in one.grid.table.cells.values()]
    told = {fold(action.title) for action in numbered if action.level == Field.TITLE}
    return bool(titles) and len(titles & told) >= _SAME * len(titles)


def _bare(title: str) -> str:
    return fold(split_number(title).title)
