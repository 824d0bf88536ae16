"""The cell of the strategic layout that holds a whole sheet, cut back into the fields of its action.

What left is known to the letter: each line that comes back is that line, or stands where it stood. A change
across two fields that could be cut in several ways is not taken back at all.
"""

import copy
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from actions.models import Action
from ctg.documents.workbooks.marks import digest
from ctg.web.outline import tidy
from ctg.web.text import clean

from .alignment import Step, align
from .outlines import restore
from .reading import Entry
from .reasons import OTHERWISE, UNCUT
from .shapes import NotTaken
from .standing import Standing

TEXTS = ("purpose", "content", "methods", "effects")
NAMES = ("number", "title", *(name for text in TEXTS for name in (text, f"{text}_label")))

_TITLE = re.compile(r"Action\s+(\d+)\s*:\s*(.*)", re.DOTALL)


class Mine(NamedTuple):
    """A line as it left: of which field, and whether it is the title of that field in the document."""

    section: str
    is_label: bool
    text: str


def read_sheet(entry: Entry, action: Action, standing: Standing) -> dict[str, Any]:
    """The fields that the cell says otherwise than when it left."""
    then = copy.copy(action)
    for name in NAMES:
        setattr(then, name, standing.since.then(action, name))
    left = lines_of(then)
    if digest("\n".join(line.text for line in left)) != entry.left_as:
        raise NotTaken(OTHERWISE)
    return _fields(then, action, left, entry.text.split("\n"))


def lines_of(action: Action) -> list[Mine]:
    from ctg.documents.workbooks.strategic import action_sections  # openpyxl is behind it.

    lines: list[Mine] = []
    for section, runs in action_sections(action):
        text = clean("".join(run.text for run in runs))
        told = text.removeprefix("\n").split("\n")
        has_label = section in TEXTS[1:]
        lines += [Mine(section, has_label and rank == 0, line) for rank, line in enumerate(told)]
    return lines


def _fields(then: Action, action: Action, left: list[Mine], came: list[str]) -> dict[str, Any]:
    sections: dict[str, list[Mine]] = {}
    for mine in _attributed(left, came, then):
        sections.setdefault(mine.section, []).append(mine)
    values: dict[str, Any] = {}
    for section in ("title", *TEXTS):
        before = [mine.text.split() for mine in left if mine.section == section]
        now = sections.get(section, [])
        if before == [mine.text.split() for mine in now]:
            continue
        if section == "title":
            values |= _title("\n".join(mine.text for mine in now))
        else:
            label, text = _label(section, now, then)
            values[f"{section}_label"] = label
            values[section] = restore(text, getattr(action, section), had_blank_lines=False)
    unchanged = {name for name, value in values.items() if value == getattr(then, name)}
    return {name: value for name, value in values.items() if name not in unchanged}


def _attributed(left: list[Mine], came: list[str], then: Action) -> list[Mine]:
    """Each line that came back, with the field to which it belongs."""
    labels = {f"{getattr(then, f'{name}_label')} :": name for name in TEXTS[1:] if not getattr(then, name)}
    found: list[Mine] = []
    for step in align([mine.text for mine in left], came):
        owners = _owners(left, step)
        for owner, text in zip(owners, came[step.c : step.d], strict=True):
            found.append(Mine(owner.section, owner.is_label, text))
        if not step.is_same:
            _open(found, step.d - step.c, labels)
    return found


def _owners(left: Sequence[Mine], step: Step) -> list[Mine]:
    gone, count = left[step.a : step.b], step.d - step.c
    if len(gone) == count:
        return list(gone)
    if not gone:  # Lines were added: they go on with what stands above.
        above = left[step.a - 1] if step.a else left[0]
        return [Mine(above.section, False, "")] * count
    if len({mine.section for mine in gone}) > 1 and count:
        raise NotTaken(UNCUT)
    first, rest = gone[0], Mine(gone[0].section, False, "")
    return [first, *[rest] * (count - 1)][:count]


def _open(found: list[Mine], count: int, labels: dict[str, str]) -> None:
    """Among lines that were added, the usual title of a field that was empty begins that field."""
    section = ""
    for rank in range(len(found) - count, len(found)):
        opened = labels.get(" ".join(found[rank].text.split()), "")
        section = opened or section
        if section:
            found[rank] = Mine(section, bool(opened), found[rank].text)


def _title(text: str) -> dict[str, Any]:
    found = _TITLE.fullmatch(text.strip())
    if found and len(found[1]) < 10:
        return {"number": int(found[1]), "title": found[2].strip()}
    return {"title": text.strip()}


def _label(section: str, lines: list[Mine], then: Action) -> tuple[str, str]:
    """The title of a field in the document, and its text; a field that lost all its lines keeps its title."""
    standing: str = getattr(then, f"{section}_label")
    texts = [mine.text for mine in lines]
    if not texts:
        return standing, ""
    if section == "purpose":
        if standing and texts[0].startswith(f"{standing} :"):
            return standing, "\n".join([texts[0][len(standing) + 2 :], *texts[1:]])
        label, colon, first = texts[0].partition(" : ")
        if standing and colon and len(label) <= len(standing) + 30:
            return label.strip(), "\n".join([first, *texts[1:]])
        return "", "\n".join(texts)
    if lines[0].is_label:
        return texts[0].strip().removesuffix(":").strip(), "\n".join(texts[1:])
    return "" if standing else standing, "\n".join(texts)


def read_new_sheet(text: str) -> dict[str, Any]:
    """The sheet of an action that somebody wrote in the file; what is under no usual title is its content."""
    first, _, rest = text.partition("\n")
    values = _title(first)
    usual = {name: getattr(Action(), f"{name}_label") for name in TEXTS}
    texts: dict[str, list[str]] = {}
    section = "content"
    for line in rest.split("\n") if rest else []:
        said = " ".join(line.split())
        opened = next((name for name in TEXTS if said.startswith(f"{usual[name]} :")), "")
        section = opened or section
        told = said.removeprefix(f"{usual[section]} :").strip() if opened else line
        texts.setdefault(section, []).extend([told] if told or not opened else [])
    return values | {name: tidy("\n".join(lines)) for name, lines in texts.items()}
