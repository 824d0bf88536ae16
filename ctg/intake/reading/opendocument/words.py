"""What a cell or a paragraph of OpenDocument says."""

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element

from ..notes import Notes
from ..xlsx.values import Value, exact_number, month_of, plain_number, read_iso

_TOLD = {
    "annotation": "Les commentaires ne sont pas lus.",
    "note": "Les notes de bas de page ne sont pas lues.",
    "frame": "Les images, dessins et zones de texte ne sont pas lus.",
    "custom-shape": "Les images, dessins et zones de texte ne sont pas lus.",
}
_SIGNS = {"tab": "\t", "line-break": "\n"}
_MOST_SPACES = 100
#: « mars-26 », « septembre 2026 »: a day that is not shown.
_MONTH = re.compile(r"[^\W\d_]+\.?[ \u00a0-]\d{2,4}")
_BOOLEANS = {"true": "VRAI", "false": "FAUX"}


def lines_of(element: Element, notes: Notes, level: int = -1) -> Iterator[str]:
    """The paragraphs within an element, each a line; those of lists bear « - », indented by their level."""
    is_first = True
    for child in element:
        if child.tag in ("p", "h"):
            margin = "  " * level
            mark = f"{margin}- " if is_first else f"{margin}  "
            text = text_of(child, notes)
            yield f"{mark}{text}" if level >= 0 and text.strip() else text
            is_first = False
        elif child.tag == "list":
            for item in child:
                yield from lines_of(item, notes, level + 1)
        elif child.tag in _TOLD:
            notes.tell(_TOLD[child.tag])
        elif child.tag in ("section", "soft-page-break"):
            yield from lines_of(child, notes, level)


def text_of(paragraph: Element, notes: Notes) -> str:
    return "".join(_texts(paragraph, notes))


def read_value(cell: Element, shown: str) -> Value:
    """The exact value of a cell when it has one; what is shown otherwise."""
    kind = cell.get("value-type", "string")
    if kind in ("float", "currency"):
        return Value(plain_number(exact_number(cell.get("value", ""))), is_number=True)
    if kind == "percentage":
        share = plain_number(exact_number(cell.get("value", "")) * 100)
        return Value(f"{share.replace('.', ',')}\u00a0%")
    if kind == "date":
        return _read_date(cell.get("date-value", ""), shown)
    if kind == "boolean":
        return Value(_BOOLEANS.get(cell.get("boolean-value", ""), shown))
    return Value(shown)


def _read_date(raw: str, shown: str) -> Value:
    moment = datetime.fromisoformat(raw[:19])
    if moment.day == 1 and _MONTH.fullmatch(shown):
        return month_of(moment)
    return read_iso(moment.isoformat())


def _texts(element: Element, notes: Notes) -> Iterator[str]:
    """Spaces count once, unless they are written as such."""
    yield " ".join((element.text or "").split("\n"))
    for child in element:
        if child.tag in _TOLD:
            notes.tell(_TOLD[child.tag])
        elif child.tag == "s":
            yield " " * min(int(child.get("c", "1")), _MOST_SPACES)
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _texts(child, notes)
        yield " ".join((child.tail or "").split("\n"))
