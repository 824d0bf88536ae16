"""Texts of a workbook: plain or in runs, shared between cells or written in them."""

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ctg.web.text import clean

from ..archive import Archive
from .formats import is_on

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Text(NamedTuple):
    text: str
    is_bold: bool = False


def read_shared(archive: Archive, part: str) -> list[Text]:
    return [read_text(one) for one in archive.pieces(part, "si")]


def read_text(item: Element) -> Text:
    """All runs of a text, without its reading aids (`rPh`); bold if each run that says something is."""
    parts: list[str] = []
    bold: list[bool] = []
    for child in item:
        if child.tag == "t":
            parts.append(child.text or "")
            bold.append(False)
        elif child.tag == "r":
            said = "".join(text.text or "" for text in child.findall("t"))
            parts.append(said)
            if said.strip():
                bold.append(is_on(child.find("rPr/b")))
    return Text(clean(unescape("".join(parts))), bool(bold) and all(bold))


def unescape(text: str) -> str:
    """Signs that XML cannot hold are written `_x000D_`; an underscore that would be read so, `_x005F_`."""
    return _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text) if "_x" in text else text
