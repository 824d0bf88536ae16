"""A cell that is a small document: lines, some of which open a part, « Effets attendus : »."""

import re
from dataclasses import dataclass

from .fields import Field
from .matching import JOIN, candidates
from .statuses import is_status

_BULLET = re.compile(r"^\s*(?:[•●·‣○◦▪■*–—-]|\d+[.)])\s*")
_OPENING = re.compile(r"^\s*(?P<label>[^:\n]{2,70}?)[\s\u00a0]*:[\s\u00a0]*(?P<rest>.*)$")
_SURE = 0.8
_LONGEST_LABEL = 8  # words
#: « Pilote : CCAS – Partenaires : Caf »: between two parts of one line.
_BETWEEN = re.compile(r"(?:\s{1,3}[–—|•-]|\s{0,3};)\s{1,3}(?=[^\W\d_a-zà-ÿ][^:\n–—|•;]{1,40}:\s{0,3}\S)")
#: What a label within a line may open, where it is known so well.
_WITHIN_LINES = frozenset(
    {Field.LEADS, Field.CO_LEADS, Field.PARTNERS, Field.FUNDERS, Field.ELECTED_LEAD, Field.AUDIENCES}
    | {Field.MUNICIPALITIES, Field.CALENDAR, Field.INDICATORS, Field.BUDGET, Field.RESOURCES}
)
_WELL_KNOWN = 1.0
_LONGEST_OPENING = 60


@dataclass(frozen=True)
class Section:
    """`field` and `label` are absent from what comes before the first opening."""

    field: Field | None
    label: str
    text: str


def split_sections(text: str, *, least: float = _SURE) -> list[Section]:
    """Cut at the lines that name a field. Only the colon and blank edges are lost."""
    sections: list[Section] = []
    kind: Field | None = None
    label = ""
    lines: list[str] = []
    all_lines = [part for line in text.split("\n") for part in parts_of_line(line)]
    for rank, line in enumerate(all_lines):
        following = next((one for one in all_lines[rank + 1 :] if one.strip()), "")
        opening = read_opening(line, following, least=least)
        if opening is None:
            lines.append(line)
            continue
        if kind or any(part.strip() for part in lines):
            sections.append(Section(kind, label, _joined(lines)))
        kind, label, rest = opening
        lines = [rest] if rest else []
    if kind or any(part.strip() for part in lines):
        sections.append(Section(kind, label, _joined(lines)))
    return sections


def parts_of_line(line: str) -> list[str]:
    """« Pilote : CCAS – Partenaires : Caf » in two: each part opens with a label that is known well."""
    if not _names_within(line):
        return [line]
    parts: list[str] = []
    start = 0
    for sign in _BETWEEN.finditer(line):
        if _names_within(line[sign.end() : sign.end() + _LONGEST_OPENING]):
            parts.append(line[start : sign.start()])
            start = sign.end()
    return [*parts, line[start:]]


def _names_within(text: str) -> bool:
    opening = read_opening(text, least=_WELL_KNOWN)
    return opening is not None and opening[0] in _WITHIN_LINES and JOIN not in opening[1]


def read_opening(line: str, following: str = "", *, least: float = _SURE) -> tuple[Field, str, str] | None:
    """The field, the label and the rest of a line that opens a part; a bullet never does."""
    if _BULLET.match(line):
        return None
    line = line.strip().strip("*").strip() if line.strip().startswith("**") else line.strip()
    match = _OPENING.match(line)
    if match:
        label, rest = match["label"].strip(), match["rest"].strip()
    elif _BULLET.match(following) and len(line) <= 60:
        label, rest = line, ""
    else:
        return None
    found = candidates(label)
    if not found or found[0][0] < least or len(label.split()) > _LONGEST_LABEL:
        return None
    if found[0][1] == Field.STATUS and is_status(label):
        return None  # « En cours : 6 ouvertures » says where it stands.
    return found[0][1], label, rest


def _joined(lines: list[str]) -> str:
    while lines and not lines[0].strip():
        lines = lines[1:]
    return "\n".join(lines).rstrip()
