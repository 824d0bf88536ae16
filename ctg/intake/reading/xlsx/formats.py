"""How a workbook shows its numbers: which ones are dates, hours, shares, or codes with leading zeros."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ..archive import Archive
from ..damage import damaged

_MOST_STYLES = 100_000
_MOST_SIGNS = 255

#: The formats that a workbook names without spelling them, in the terms of those that it spells.
_BUILT_IN = {
    **{9: "0%", 10: "0.00%", 14: "d/m/y", 15: "d-m-y", 16: "d-m", 17: "m-y", 22: "d/m/y h:m"},
    **dict.fromkeys((18, 19, 20, 21, 45, 47), "h:m"),
    **{46: "[h]:m"},
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "d/m/y"),
    **dict.fromkeys(range(32, 36), "h:m"),
}
_COLOUR = ("rgb", "theme", "tint", "indexed")
_WHITES = ("1", "9", "65")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")


class Kind(Enum):
    NUMBER = "number"
    SHARE = "share"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    MOMENT = "moment"
    HOUR = "hour"
    DURATION = "duration"
    CODE = "code"


class Style(NamedTuple):
    kind: Kind = Kind.NUMBER
    is_bold: bool = False
    #: Of a code: how many digits it shows at least.
    digits: int = 0
    #: What colours the cell; nothing when it is as white as the sheet.
    fill: str = ""


def read_styles(archive: Archive, part: str) -> list[Style]:
    """The styles of cells, in the order by which cells name them."""
    codes: dict[int, str] = {}
    bold: list[bool] = []
    fills: list[str] = []
    styles: list[Style] = []
    for group in archive.pieces(part, "numFmts", "fonts", "fills", "cellXfs"):
        if len(group) > _MOST_STYLES:
            raise damaged()
        if group.tag == "numFmts":
            codes |= {int(one.get("numFmtId", "-1")): one.get("formatCode", "") for one in group}
        elif group.tag == "fonts":
            bold = [is_on(font.find("b")) for font in group]
        elif group.tag == "fills":
            fills = [_colour(one) for one in group]
        else:
            styles = list(_styles(group, codes, bold, fills))
    return styles


def is_on(mark: Element | None) -> bool:
    return mark is not None and mark.get("val", "1") not in ("0", "false", "off")


def kind_of(code: str) -> Kind:
    """What the first section of a format shows; « mmm-yy » shows no day, hence a month."""
    first = _QUOTED.sub("", code[:_MOST_SIGNS]).split(";")[0]
    if _ELAPSED.search(first):
        return Kind.DURATION
    signs = _BRACKETS.sub("", first).lower()
    if "general" in signs:
        return Kind.NUMBER
    if "%" in signs:
        return Kind.SHARE
    shows = {sign for sign in "ymdhs" if sign in signs}
    if shows & {"h", "s"}:
        return Kind.MOMENT if shows & {"y", "d"} else Kind.HOUR
    if "d" in shows:
        return Kind.DAY
    if "m" in shows:
        return Kind.MONTH
    return Kind.YEAR if "y" in shows else Kind.NUMBER


def _colour(fill: Element) -> str:
    """What tells the colour of a fill from others; nothing for white, and for a mere pattern."""
    pattern = fill.find("patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    colour = pattern.find("fgColor")
    told = {} if colour is None else {name: colour.get(name, "") for name in _COLOUR}
    is_white = told.get("rgb", "").upper().endswith("FFFFFF") or told.get("indexed") in _WHITES
    is_paper = told.get("theme") == "0" and not told.get("tint")
    return "" if is_white or is_paper else " ".join(told.values()).strip()


def _styles(formats: Element, codes: dict[int, str], bold: list[bool], fills: list[str]) -> Iterator[Style]:
    kinds: dict[str, Kind] = {}
    for one in formats:
        number, font, filled = (int(one.get(name, "0")) for name in ("numFmtId", "fontId", "fillId"))
        code = codes.get(number) or _BUILT_IN.get(number, "")
        kind = kinds.setdefault(code, kind_of(code))
        is_bold = 0 <= font < len(bold) and bold[font]
        is_code = len(code) > 1 and not code.strip("0")
        fill = fills[filled] if 0 <= filled < len(fills) else ""
        yield Style(Kind.CODE if is_code else kind, is_bold, len(code) if is_code else 0, fill)
