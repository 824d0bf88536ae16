"""What programs that manage tasks write of their own: identifiers, dates at which a task is due."""

import re
from collections.abc import Mapping, Sequence

from ctg.web.text import fold

from .fields import Field

#: « 6cd0Gq93Lw », « kQ7vZt1u80 ».
_IDENTIFIER = re.compile(r"^(?=\w*\d[A-Za-z])[\w-]{8,64}$")
_DAY = re.compile(r"^(?:20\d\d-\d\d-\d\d|\d{1,2}/\d{1,2}/(?:20)?\d\d)$")
_MOST = 0.8
_SETTLED = 0.6
#: Codes that people give have one order of letters and digits, two at most.
_ORDERS = 3


def are_identifiers(texts: Sequence[str]) -> bool:
    """Whether letters and digits follow no order in them, unlike in « AXE1-ACT03 »."""
    if sum(bool(_IDENTIFIER.match(text)) for text in texts) < _MOST * len(texts):
        return False
    orders = {re.sub(r"\d+", "0", re.sub(r"[A-Za-z]+", "a", text)) for text in texts}
    return len(orders) >= _ORDERS


def end_when_due(
    fields: dict[int, tuple[Field | None, float]],
    titles: Mapping[int, str],
    texts: Mapping[int, Sequence[str]],
) -> None:
    """« Date de début | Date d’échéance » are the ends; « Date de fin », of fewer rows, tells what was."""
    by_kind = {kind: column for column, (kind, _) in fields.items()}
    due, ends = by_kind.get(Field.CALENDAR, 0), by_kind.get(Field.ENDS)
    if Field.STARTS not in by_kind or not due or "echeance" not in fold(titles[due]):
        return
    days = sum(bool(_DAY.match(text)) for text in texts[due])
    if not days or days < _MOST * len(texts[due]):
        return
    if ends is not None and len(texts[ends]) >= len(texts[due]):
        return
    if ends is not None:
        fields[ends] = (Field.NOTES, _SETTLED)
    fields[due] = (Field.ENDS, _SETTLED)
