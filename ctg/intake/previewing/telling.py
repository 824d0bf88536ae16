"""What the page of a file shows: its problems by grade, and each of its actions with what it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ctg.documents.plan_shapes import ActionEntry
from ctg.intake.content import ReadAction
from ctg.intake.previewing.annotated import Grade
from ctg.intake.previewing.outcome import Fate, Outcome
from ctg.intake.previewing.packed import Split
from ctg.intake.previewing.preview import Preview
from ctg.intake.problems import Found

#: How many problems of a grade the page lists; the annotated copy has them all.
SHOWN = 100
#: So many cells of a sheet for which the same is said take one line.
MANY = 4

_TITLES = {Grade.CRITICAL: "Problèmes critiques", Grade.ERROR: "Erreurs", Grade.WARNING: "Avertissements"}
_MEANINGS = {
    Grade.CRITICAL: "Ces lignes ne peuvent pas devenir des actions\u00a0: elles sont mises de côté.",
    Grade.ERROR: "Ces actions sont créées sans la valeur qui n’est pas comprise\u00a0;"
    " son texte est gardé avec l’action.",
    Grade.WARNING: "À savoir\u00a0: rien n’empêche de créer ces actions.",
}


class Told(NamedTuple):
    """One line of the page: a problem, or as many times the same from a first cell to a last one."""

    first: Found
    last: Found
    cells: int
    texts: str


@dataclass(frozen=True)
class Section:
    """The problems of one grade: those of the page, how many there are, and on how many lines."""

    key: str
    title: str
    meaning: str
    problems: Sequence[Told]
    count: int
    lines: int

    @property
    def hidden(self) -> int:
        return self.lines - len(self.problems)


@dataclass(frozen=True)
class Line:
    """An action as it was read, what its packed cells were cut into, the number that it would bear."""

    action: ReadAction
    cut: Split
    entry: ActionEntry
    fate: Fate
    #: Whether its number is only known once it is written.
    is_unnumbered: bool


def sections_of(problems: Sequence[Found]) -> list[Section]:
    sections = []
    for grade in Grade:
        found = [one for one in problems if one.grade is grade]
        if found:
            words = (_TITLES[grade], _MEANINGS[grade])
            told = together(found)
            sections.append(Section(grade.name.lower(), *words, told[:SHOWN], len(found), len(told)))
    return sections


def together(problems: Sequence[Found]) -> list[Told]:
    """In their order; the cells of a sheet of which the same is said, once they are many, on one line."""
    alike: dict[tuple[str, str, str], list[Found]] = {}
    for one in problems:
        alike.setdefault((one.sheet, one.reason, one.accepted), []).append(one)
    told = []
    for found in alike.values():
        if len(found) >= MANY:
            texts = dict.fromkeys(one.value for one in found if one.value)
            told.append(Told(found[0], found[-1], len(found), ", ".join(texts)))
        else:
            told += [Told(one, one, 1, one.value) for one in found]
    return told


def lines_of(preview: Preview, outcome: Outcome) -> list[Line]:
    entries = preview.plan_file("").actions
    told = zip(preview.read.actions, preview.splits, entries, outcome.fates, strict=True)
    return [
        Line(action, cut, entry, fate, is_unnumbered=bool(preview.into) and action.number is None)
        for action, cut, entry, fate in told
    ]


def kept_outcome(outcome: dict[str, Any]) -> str:
    """« 17 actions créées, 2 déjà dans le plan, 1 ligne mise de côté », of a file that is in a plan."""
    created, there, aside = (outcome.get(name, 0) for name in ("created", "there", "aside"))
    said = ["1 action créée" if created == 1 else f"{created} actions créées"]
    said += [f"{there} déjà dans le plan"] if there else []
    said += ["1 ligne mise de côté" if aside == 1 else f"{aside} lignes mises de côté"] if aside else []
    return ", ".join(said)
