"""Texts too long for a cell: the cell says where the whole text is, and a last sheet holds it in parts."""

from ctg.documents.workbooks.cells import MAX_UNITS, Value, plain_text
from ctg.documents.workbooks.marks import CONTINUED, joints

FIRST_ROW = 2  # under the titles of the columns
PART = 3_000  # signs that one row shows whole, on screen and on paper
MAX_UNITS_OF_A_SIGN = 6  # once composed by Unicode


class LongTexts:
    """Collect the rows of the sheet « Textes longs » while the other sheets are written."""

    def __init__(self) -> None:
        #: Where each part comes from, its rank, its text, and the blanks that part it from the one above.
        self.rows: list[tuple[str, str, str, str]] = []

    def fit(self, value: Value, source: str, longest: int = MAX_UNITS) -> Value:
        """Return what the cell called `source` can hold, and keep the whole text here if that is less."""
        text = plain_text(value)
        if len(_units(text)) <= 2 * longest:
            return value
        row = FIRST_ROW + len(self.rows)
        parts = split(text, PART)
        self.rows += [
            (source, f"{number} / {len(parts)}", part, joint)
            for number, (part, joint) in enumerate(zip(parts, joints(parts), strict=True), 1)
        ]
        end = CONTINUED.format(row)
        # Half an emoji may remain where the units are cut: it is left out.
        start = _units(text)[: 2 * (longest - len(end))].decode("utf-16-le", "ignore")
        return start + end


def split(text: str, size: int) -> list[str]:
    """Cut a text into parts that give it back whole when joined, after a line or a word where possible."""
    parts = []
    while len(text) > size:
        breaks = (text.rfind(sign, size // 2, size) + 1 for sign in "\n ")
        end = next(filter(None, breaks), size)
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text]


def surely_fits(value: Value, longest: int) -> bool:
    """Tell quickly, and without error when it says yes, whether a cell can hold the value."""
    if isinstance(value, list):
        return MAX_UNITS_OF_A_SIGN * sum(len(run.text) for run in value) <= longest
    return not isinstance(value, str) or MAX_UNITS_OF_A_SIGN * len(value) <= longest


def _units(text: str) -> bytes:
    return text.encode("utf-16-le")
