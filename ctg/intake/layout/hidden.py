"""Sheets that a workbook hides: old actions, models and lists, that nobody meant for the plan."""

from collections.abc import Sequence

from ctg.web.text import fold

from ..tables import SourceFile
from .candidates import Candidate
from .shapes import Arrangement


def without_hidden(source: SourceFile, found: Sequence[Candidate]) -> list[Candidate]:
    """Those of the sheets that are shown, and hidden ones that only say more of the same actions.

    Where nothing else holds actions, what is hidden is the plan.
    """
    shown = [one for one in found if not source.tables[one.matched.table].is_hidden]
    titles = {fold(title) for one in shown for title in one.titles}
    if not any(one.names_actions or _is_sheet(one) for one in shown):
        return list(found)
    return [
        one
        for one in found
        if one in shown or (not _is_sheet(one) and {fold(title) for title in one.titles} <= titles)
    ]


def _is_sheet(one: Candidate) -> bool:
    return one.matched.arrangement == Arrangement.SHEETS
