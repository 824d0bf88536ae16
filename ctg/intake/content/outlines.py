"""Texts with an inside: an action that is a small document, an ambition and its impacts."""

import re
from dataclasses import dataclass, field

from ..layout import Field
from ..layout.numbering import Numbered, split_number
from ..layout.sections import Section, split_sections

BULLET = re.compile(r"^\s*(?:[•●·‣○◦▪■*–—-]\s*|\d+[.)]\s+)")
#: What a line of an action cell may open; the rest of the vocabulary names columns only.
_PARTS = frozenset(Field) - {
    *(Field.NUMBER, Field.TITLE, Field.AMBITION, Field.ORIENTATION, Field.THEME, Field.PERIOD, Field.IMPACTS)
}


@dataclass(frozen=True)
class ActionCell:
    """The title of an action, and the parts that follow it in the same cell."""

    numbered: Numbered
    sections: tuple[Section, ...] = field(default=())


def read_action_cell(text: str, *, is_numbered: bool = True) -> ActionCell:
    """Cut « Action 3 : titre », its Finalité, what it consists in, its effects; the rest is its contents.

    Without `is_numbered`, a number before the title is a part of it.
    """
    sections = [
        section if section.field in (*_PARTS, None) else Section(None, "", _whole(section))
        for section in split_sections(text.strip())
    ]
    if sections and sections[0].field is not None:
        sections.insert(0, Section(None, "", _whole(sections.pop(0))))
    head = sections[0].text if sections else ""
    title, rest = _title_and_rest(head)
    title = BULLET.sub("", title, count=1) if BULLET.match(title) and not re.match(r"\s*\d", title) else title
    numbered = split_number(title) if is_numbered else Numbered(title)
    if numbered.level not in (None, Field.TITLE):
        numbered = Numbered(title)
    if not numbered.title and rest:
        title, rest = _title_and_rest(rest)
        numbered = Numbered(title, numbered.code, numbered.word)
    others = [section for section in sections[1:] if section.text or section.label]
    more = [Section(Field.CONTENT, "", rest)] if rest else []
    return ActionCell(numbered, (*more, *others))


def read_ambition_cell(text: str) -> tuple[Numbered, tuple[str, ...]]:
    """The title, then one impact per line."""
    title, rest = _title_and_rest(text)
    numbered = split_number(title)
    impacts = [BULLET.sub("", line).strip() for line in rest.split("\n")]
    if not numbered.title and impacts and impacts[0]:
        numbered, impacts = Numbered(impacts[0], numbered.code, numbered.word), impacts[1:]
    elif not numbered.title:
        numbered = Numbered(title)
    return numbered, tuple(impact for impact in impacts if impact)


def _whole(section: Section) -> str:
    return f"{section.label} : {section.text}" if section.label else section.text


def _title_and_rest(text: str) -> tuple[str, str]:
    """The first line, with those that only carry on its sentence."""
    lines = text.strip().split("\n")
    taken = 1
    while taken < len(lines) and _carries_on(lines[taken - 1], lines[taken]):
        taken += 1
    title = " ".join(line.strip() for line in lines[:taken])
    return title.replace("**", ""), "\n".join(lines[taken:]).strip("\n")


def _carries_on(before: str, line: str) -> bool:
    line = line.strip()
    return bool(line) and not BULLET.match(line) and (line[0].islower() or before.rstrip().endswith(","))
