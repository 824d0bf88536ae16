"""Cells that hold light HTML, as some tools export them, put in lines."""

import html
import re
from dataclasses import replace

from ..tables import Table

_TAG = re.compile(r"</?(?:b|strong|i|em|u|p|ul|ol|li|br|div|span)\b[^>]*>", re.IGNORECASE)
_INLINE = frozenset({"i", "em", "u", "span"})


def plain_table(table: Table) -> Table:
    """The same table without a tag; itself when it has none."""
    changed = {
        place: replace(cell, text=plain_lines(cell.text))
        for place, cell in table.cells.items()
        if "<" in cell.text
    }
    return replace(table, cells=table.cells | changed) if changed else table


def plain_lines(text: str) -> str:
    """One line per block, bold alone as a block; any text with fewer than two tags as it is.

    Inside a list bold is emphasis, and what follows an inner list goes on with the outer bullet.
    """
    if len(_TAG.findall(text)) < 2:
        return text
    depth = 0
    lines = [(0, "")]
    for token in re.split(rf"({_TAG.pattern})", text, flags=re.IGNORECASE):
        is_tag = _TAG.fullmatch(token) is not None
        name = re.sub(r"[>\s/].*", "", token.lstrip("</").lower(), flags=re.DOTALL) if is_tag else ""
        if name in ("ul", "ol"):
            depth += -1 if token.startswith("</") else 1
        if name in ("b", "strong") and depth:
            lines[-1] = (lines[-1][0], f"{lines[-1][1]}**")
        elif is_tag:
            lines += [] if name in _INLINE else [(depth, "")]
        elif depth:
            lines[-1] = (lines[-1][0], lines[-1][1] + re.sub(r"\s+", " ", token))
        else:
            first, *others = re.split(r"\s{2,}|\n", token)
            lines[-1] = (lines[-1][0], lines[-1][1] + first)
            lines += [(0, other) for other in others]
    return "\n".join(_line(level, html.unescape(line).strip()) for level, line in lines if line.strip())


def _line(level: int, line: str) -> str:
    is_deeper = line.startswith("○") or (level and not line.startswith("•"))
    return f"  {line}" if is_deeper else line
