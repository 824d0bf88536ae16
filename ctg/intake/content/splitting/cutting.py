"""Where people put several things in one cell: lines, bullets, dashes, semicolons."""

import re

_BULLET = re.compile(r"^\s*(?:[•●·‣○◦▪■➢►✓*]\s*|[-–—]\s*|\d{1,2}[.)/]\s+)")
#: « Nombre d’ateliers - Nombre de participants », « administrés- Localisation »; never « rendez-vous ».
_SIGNS = re.compile(r"\s+[-–—•]\s*|(?<=\w)[-–—]\s+|\s*;\s*|\s*[•●▪➢►]\s*")


def cut(text: str) -> list[str]:
    """The pieces of a text, without their signs; what stands in brackets is never cut."""
    pieces: list[str] = []
    for line in _joined_lines(text):
        kept, hidden = _hide_brackets(line)
        pieces += [_show(piece, hidden).strip(" ,\u00a0") for piece in _SIGNS.split(kept)]
    return [piece for piece in pieces if piece]


def _joined_lines(text: str) -> list[str]:
    """One line per item: a line that only carries on the one above goes back to it."""
    lines: list[str] = []
    for raw in text.split("\n"):
        line = _BULLET.sub("", raw).strip()
        is_new = not lines or bool(_BULLET.match(raw)) or not line[:1].islower() or _ends(lines[-1])
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
