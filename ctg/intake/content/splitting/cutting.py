"""Where people put several things in one cell: lines, bullets, dashes, semicolons."""

import re

_BULLET = re.compile(r"^\s*(?:[•●·‣○◦▪■➢►✓*]\s*|[-–—]\s*|\d{1,2}[.)/]\s+)")
#: « Nombre d’ateliers - Nombre de participants », « administrés- Localisation »; never « rendez-vous ».
_SIGNS = re.compile(r"\s+[-–—•]\s*|(?<=\w)[-–—]\s+|\s*;\s*|\s*[•●▪➢►]\s*")


#: Words after which, or before which, a line only carries on a name.
_LINK = r"(?:de|du|des|d['’]|à|au|aux|en|et|ou|par|pour|sur|avec|la|le|les|l['’])"
_HANGS = re.compile(rf"(?:\b{_LINK}|[(,/-])\s*$", re.IGNORECASE)
_CARRIES_ON = re.compile(rf"(?!(?:la|le|les|l['’])\s*[A-ZÀ-Ü]){_LINK}(?:\b|(?<=['’]))|[)]")
#: A line that is not so long was not cut for want of room.
_SHORT = 40


def cut(text: str, *, are_names: bool = False) -> list[str]:
    """The pieces of a text, without their signs; what stands in brackets is never cut.

    Names begin with small letters too: « Caf », then « communes » on the next line, are two.
    """
    pieces: list[str] = []
    for line in _joined_lines(text, are_names=are_names):
        kept, hidden = _hide_brackets(line)
        pieces += [_show(piece, hidden).strip(" ,\u00a0") for piece in _SIGNS.split(kept)]
    return [piece for piece in pieces if piece]


def _joined_lines(text: str, *, are_names: bool) -> list[str]:
    """One line per item: a line that only carries on the one above goes back to it."""
    lines: list[str] = []
    for raw in text.split("\n"):
        line = _BULLET.sub("", raw).strip()
        is_new = not lines or bool(_BULLET.match(raw)) or not line[:1].islower() or _ends(lines[-1])
        if are_names and not is_new and len(lines[-1]) < _SHORT:
            is_new = not _HANGS.search(lines[-1]) and not _CARRIES_ON.match(line)
        if line and is_new:
            lines.append(line)
        elif line:
            lines[-1] = f"{lines[-1]} {line}"
    return lines


def _ends(line: str) -> bool:
    return line.endswith((";", ".", ","))


def _hide_brackets(line: str) -> tuple[str, list[str]]:
    hidden = re.findall(r"\([^()]*\)", line)
    return re.sub(r"\([^()]*\)", "\x00", line), hidden


def _show(piece: str, hidden: list[str]) -> str:
    while "\x00" in piece:
        piece = piece.replace("\x00", hidden.pop(0), 1)
    return piece
