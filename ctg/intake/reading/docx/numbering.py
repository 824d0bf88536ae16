"""The bullets and numbers that Word puts before a paragraph and does not write in its text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ..archive import Archive

_LEVELS = 9
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_ROMAN = 39


class Level(NamedTuple):
    shape: str = "decimal"
    pattern: str = "%1."
    start: int = 1


class Position(NamedTuple):
    """Where a paragraph stands in which list, as the paragraph or its style says."""

    list: str
    level: int
    #: How much deeper a style such as « Liste à puces 2 » stands, whose list knows one level alone.
    margin: int = 0


@dataclass
class Numbering:
    #: The levels of each list, and the definition that lists share: their numbers go on from one to the next.
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def mark(self, position: Position) -> str:
        """« - », « 2. », « 1.2 », « A. » for the next paragraph at this position, indented by its level."""
        level = min(max(position.level, 0), _LEVELS - 1)
        levels = self.levels.get(position.list)
        if levels is None:
            return ""
        shape = levels.get(level, Level())
        if shape.shape == "none":
            return ""
        margin = "  " * (level + position.margin)
        if shape.shape == "bullet":
            return f"{margin}- "
        counts = self._counts.setdefault(self.definitions[position.list], [0] * _LEVELS)
        counts[level] += 1
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        number = re.sub(r"%([1-9])", lambda found: _number(levels, counts, int(found[1]) - 1), shape.pattern)
        return f"{margin}{number} " if number.strip() else ""


def read_numbering(archive: Archive, part: str) -> Numbering:
    numbering, abstract = Numbering(), dict[str, dict[int, Level]]()
    for piece in archive.pieces(part, "abstractNum", "num"):
        if piece.tag == "abstractNum":
            abstract[piece.get("abstractNumId", "")] = _levels(piece.iterfind("lvl"))
        else:
            definition = value_of(piece.find("abstractNumId"))
            overridden = _levels(piece.iterfind("lvlOverride/lvl"))
            own = value_of(piece)
            own = piece.get("numId", own)
            numbering.levels[own] = abstract.get(definition, {}) | overridden
            is_restarted = piece.find("lvlOverride/startOverride") is not None
            numbering.definitions[own] = own if is_restarted else f"shared {definition}"
    return numbering


def read_position(properties: Element | None) -> Position | None:
    """What a paragraph or a style says of its list; list « 0 » takes a paragraph out of any."""
    marks = properties.find("numPr") if properties is not None else None
    if marks is None:
        return None
    return Position(value_of(marks.find("numId")), int(value_of(marks.find("ilvl")) or 0))


def value_of(element: Element | None) -> str:
    return element.get("val", "") if element is not None else ""


def _levels(elements: Iterable[Element]) -> dict[int, Level]:
    return {
        int(one.get("ilvl", "0")): Level(
            value_of(one.find("numFmt")) or "decimal",
            value_of(one.find("lvlText")),
            int(value_of(one.find("start")) or 1),
        )
        for one in elements
    }


def _number(levels: dict[int, Level], counts: list[int], level: int) -> str:
    shape = levels.get(level, Level())
    number = max(counts[level], 1) + shape.start - 1
    if shape.shape in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letter.upper() if shape.shape == "upperLetter" else letter
    if shape.shape in ("upperRoman", "lowerRoman") and 0 < number <= _MOST_ROMAN:
        roman = _roman(number)
        return roman.upper() if shape.shape == "upperRoman" else roman
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
