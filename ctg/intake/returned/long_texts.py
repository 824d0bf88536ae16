"""Texts that went on in the sheet « Textes longs », put together again."""

import re
from functools import cached_property

from ctg.documents.workbooks.marks import CONTINUED, LONG_TEXTS, LONG_TEXTS_COLUMNS, rejoin
from ctg.intake.tables import Place, SourceFile, Table

from .recognising import long_text_marks

_CONTINUED = re.compile(re.escape(CONTINUED).replace(r"\{\}", r"(\d+)").replace("\u00a0", r"\s") + "$")
_PART = re.compile(r"(\d+)\s*/\s*(\d+)")
#: Enough of the start of a text to tell it from the others.
_START = 200


class Torn(Exception):
    """The rest of the text is not where its cell says, or both were changed."""


class LongTexts:
    def __init__(self, source: SourceFile) -> None:
        self._table = next((one for one in source.tables if one.name == LONG_TEXTS), Table(LONG_TEXTS))

    def whole(self, text: str) -> str:
        """The whole text of a cell that says to go on elsewhere; any other text as it is."""
        found = _CONTINUED.search(text)
        if not found:
            return text
        start = _words(text[: found.start()])[:_START]
        first = next((row for row in self._rows_to_try(int(found[1])) if self._starts(row, start)), None)
        if first is None:
            raise Torn
        return rejoin(self._parts_from(first))

    def _rows_to_try(self, row: int) -> list[int]:
        """The row that the cell names, then the others: they may have been moved."""
        return [row, *sorted({place.row for place in self._table.cells} - {row})]

    def _starts(self, row: int, start: str) -> bool:
        rank, text = self._of(row, "Partie"), self._of(row, "Texte")
        part = _PART.fullmatch(rank)
        return bool(part and part[1] == "1" and _words(text)[:_START].startswith(start[: len(_words(text))]))

    def _parts_from(self, first: int) -> list[tuple[str, str]]:
        _, _, count = self._of(first, "Partie").partition("/")
        parts = []
        for rank in range(int(count)):
            part = _PART.fullmatch(self._of(first + rank, "Partie"))
            if not part or int(part[1]) != rank + 1:
                raise Torn
            parts.append((self._joint(first + rank), self._of(first + rank, "Texte")))
        return [("", parts[0][1]), *parts[1:]]

    @cached_property
    def _columns(self) -> dict[str, int]:
        titles = {cell.text: place.column for place, cell in self._table.cells.items() if place.row == 1}
        return {title: titles.get(title, rank) for rank, title in enumerate(LONG_TEXTS_COLUMNS, 1)}

    @cached_property
    def _marks(self) -> int:
        return min(long_text_marks(self._table), default=0)

    def _of(self, row: int, title: str) -> str:
        cell = self._table.cells.get(Place(row, self._columns[title]))
        return cell.text if cell else ""

    def _joint(self, row: int) -> str:
        """Without mark, a space: a text is cut between words or lines where it can."""
        cell = self._table.cells.get(Place(row, self._marks))
        return cell.text if cell else "s"


def _words(text: str) -> str:
    return " ".join(text.split())
