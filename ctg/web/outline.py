"""Read and write the plan's texts: paragraphs and bullets on two levels, kept as plain text.

The canonical form is what `tidy` returns and what is stored:

    a line is a paragraph, **bold** marks emphasis
    • a bullet
      ○ a bullet of the second level
      more of the first-level bullet, after its sub-bullets
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Kind(Enum):
    """What a line is; the value is the sign that its canonical form starts with."""

    PARAGRAPH = ""
    BULLET = "• "
    SUBBULLET = "  ○ "
    CONTINUATION = "  "


@dataclass(frozen=True)
class Run:
    text: str
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """One line without its sign; `SUBBULLET` and `CONTINUATION` always have a `BULLET` above them."""

    kind: Kind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class _Sign:
    """The bullet that a person typed, enough to tell whether the next one is deeper."""

    family: str
    indent: int


# The inner part never crosses a `**`, so that a long text without closing marks is read in linear time.
_BOLD = re.compile(r"\*\*(?![\s*])([^*\n]+(?:\*[^*\n]+)*)(?<!\s)\*\*")

# A sign that is also a letter or a punctuation mark needs a space after it, and `o` more than that:
# « -5 % », « **Objectif** » and « § 3 » start ordinary sentences. Word's own bullets are private-use
# characters (U+F0B7, U+F0A7…), its second level is pasted as `o` and a tab.
_SIGNS = {
    "dot": r"[•●·‣\uf0b7]",
    "dash": r"(?:[-–—*]\s)",
    "circle": r"(?:[○◦]|--\s|o\t|o\s\s)",
    "square": r"(?:[▪■\u25fe\uf000-\uf0b6\uf0b8-\uf0ff]|§\t|§\s(?!\s*\d))",
}
_SIGN = re.compile("|".join(f"(?P<{family}>{sign})" for family, sign in _SIGNS.items()))
_OUTER_FAMILIES = ("dot", "dash")
_INDENT = 2
_TAB = 4


def parse(text: str) -> tuple[Line, ...]:
    """Read any text, canonical or typed by a person, without its blank lines."""
    return tuple(Line(kind, _runs(content)) for kind, content in _read(text) if content)


def tidy(text: str) -> str:
    """Put what a person typed, or pasted from Word, in canonical form."""
    lines: list[str] = []
    for kind, content in _read(text):
        if content or (lines and lines[-1]):
            lines.append(f"{kind.value}{content}")
    return "\n".join(lines).rstrip("\n")


def plain(text: str) -> str:
    """Return the canonical form without its marks of emphasis."""
    return _BOLD.sub(r"\1", tidy(text))


def to_html(text: str) -> SafeString:
    blocks = []
    for is_paragraph, group in groupby(parse(text), key=lambda line: line.kind is Kind.PARAGRAPH):
        lines = tuple(group)
        blocks.append(_elements("p", lines) if is_paragraph else _list(lines))
    return _join(blocks)


def _read(text: str) -> Iterator[tuple[Kind, str]]:
    """Yield the kind and the content of each line; blank lines are empty paragraphs."""
    top: _Sign | None = None
    for raw in text.splitlines():
        content = raw.strip()
        indent = _width(raw[: len(raw) - len(raw.lstrip())])
        match = _SIGN.match(content)
        if match:
            content = content[match.end() :].lstrip()
        if not content:
            yield Kind.PARAGRAPH, ""
        elif match:
            sign = _Sign(str(match.lastgroup), indent)
            if top and _is_deeper(sign, top):
                yield Kind.SUBBULLET, content
            else:
                top = sign
                yield Kind.BULLET, content
        elif top and indent >= top.indent + _INDENT:
            yield Kind.CONTINUATION, content
        else:
            top = None
            yield Kind.PARAGRAPH, content


def _width(blank: str) -> int:
    return sum(_TAB if character == "\t" else 1 for character in blank)


def _is_deeper(sign: _Sign, top: _Sign) -> bool:
    """Say whether a bullet is below the list's first-level one.

    Word pastes lists without their indentation, so another sign also goes down a level, unless it is
    one of those that start a list.
    """
    if sign.indent >= top.indent + _INDENT:
        return True
    if sign.indent <= top.indent - _INDENT or sign.family == top.family:
        return False
    return sign.family not in _OUTER_FAMILIES or top.family in _OUTER_FAMILIES


def _runs(content: str) -> tuple[Run, ...]:
    pieces = enumerate(_BOLD.split(content))
    return tuple(Run(piece, bold=index % 2 == 1) for index, piece in pieces if piece)


def _list(lines: tuple[Line, ...]) -> SafeString:
    starts = [index for index, line in enumerate(lines) if line.kind is Kind.BULLET]
    ends = [*starts[1:], len(lines)]
    items = (_item(lines[start], lines[start + 1 : end]) for start, end in zip(starts, ends, strict=True))
    return format_html("<ul>{}</ul>", _join(items))


def _item(head: Line, below: tuple[Line, ...]) -> SafeString:
    parts = [_inline(head)]
    for is_subbullet, group in groupby(below, key=lambda line: line.kind is Kind.SUBBULLET):
        lines = tuple(group)
        parts.append(
            format_html("<ul>{}</ul>", _elements("li", lines)) if is_subbullet else _elements("p", lines)
        )
    return format_html("<li>{}</li>", _join(parts))


def _elements(tag: str, lines: tuple[Line, ...]) -> SafeString:
    return format_html_join("", "<{0}>{1}</{0}>", ((tag, _inline(line)) for line in lines))


def _inline(line: Line) -> SafeString:
    return _join(format_html("<strong>{}</strong>" if run.bold else "{}", run.text) for run in line.runs)


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
