"""Where the writing of a review is: its sections, and its actions one by one."""

import enum
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ctg.reviews.facts.changes import OF_ITS_LIFE
from ctg.reviews.facts.shapes import ActionFact, ChangeFact, Changes, ReviewFacts
from ctg.reviews.models import Review
from ctg.reviews.preparing import sections
from ctg.reviews.preparing.sections import Section
from ctg.reviews.sentences import say_changes, say_difficulties, say_governance, say_road_map
from ctg.web.templatetags.ui import plural
from ctg.web.text import fold

#: A text that begins so has been thought about, and says that there is nothing.
NOTHING = "Rien à signaler"


class Writing(enum.Enum):
    """Where the text of a section or of an action is: its shape and its words."""

    DONE = ("done", "écrite")
    QUIET = ("none", "rien à signaler")
    NOTES = ("received", "notes seules")
    NONE = ("planned", "à écrire")

    @property
    def shape(self) -> str:
        return self.value[0]

    @property
    def words(self) -> str:
        return self.value[1]


@dataclass(frozen=True)
class ActionLine:
    """An action in the list of those to write."""

    number: int
    title: str
    writing: Writing
    notes: int

    @property
    def words(self) -> str:
        """« 3 notes » says more than « notes seules »."""
        only_notes = self.writing == Writing.NOTES
        return f"{self.notes} note{plural(self.notes)}" if only_notes else self.writing.words


@dataclass(frozen=True)
class SectionLine:
    """A section in the table of contents, with a sentence of what it rests on."""

    section: Section
    writing: Writing
    words: str


def explained(since: Changes | None) -> list[ChangeFact]:
    """The changes to begin with: those of which somebody said why, or decided."""
    return [one for one in since.changes if one.reason or one.decided_by] if since else []


def part(changes: Sequence[ChangeFact]) -> tuple[list[ChangeFact], list[ChangeFact]]:
    """What changes in what was voted, and what is only its life."""
    lived = [one for one in changes if one.kind in OF_ITS_LIFE]
    return [one for one in changes if one.kind not in OF_ITS_LIFE], lived


def read_lines(actions: Sequence[ActionFact]) -> list[ActionLine]:
    return [ActionLine(one.number, one.title, writing_of(one), len(one.notes)) for one in actions]


def writing_of(action: ActionFact) -> Writing:
    if action.achieved or action.difficulties or action.outlook:
        return Writing.DONE
    return Writing.NOTES if action.notes else Writing.NONE


def read_contents(review: Review, facts: ReviewFacts) -> list[SectionLine]:
    """The sections that say something, in order."""
    lines, chosen = read_lines(facts.actions), len(facts.highlights)
    of_lists = {
        sections.ACTIONS: SectionLine(sections.ACTIONS, _of_lines(lines), say_lines(lines)),
        sections.HIGHLIGHTS: SectionLine(sections.HIGHLIGHTS, _of_count(chosen), say_highlights(chosen)),
    }
    return [
        of_lists.get(section) or SectionLine(section, _of_texts(section, review, facts), _say(section, facts))
        for section in sections.WRITTEN
    ]


def say_contents(entries: Sequence[SectionLine], gaps: int) -> tuple[str, str]:
    """« 6 sections écrites sur 10 », then what is left: « 1 sans rien à signaler, 11 points à compléter »."""
    counts = Counter(entry.writing for entry in entries)
    done, quiet = counts[Writing.DONE], counts[Writing.QUIET]
    written = f"{done or 'Aucune'} section{plural(done)} écrite{plural(done)} sur {len(entries)}"
    left = f"{gaps or 'aucun'} point{plural(gaps)} à compléter"
    return written, f"{quiet} sans rien à signaler, {left}" if quiet else left


def say_lines(lines: Sequence[ActionLine]) -> str:
    """« 12 actions écrites, 3 avec leurs notes seules, 2 sans rien. »"""
    if not lines:
        return "Le plan ne compte aucune action."
    counts = Counter(line.writing for line in lines)
    done, notes, none = counts[Writing.DONE], counts[Writing.NOTES], counts[Writing.NONE]
    words = [
        f"{done or 'aucune'} action{plural(done)} écrite{plural(done)} sur {len(lines)}",
        f"{notes} avec {plural(notes, 'ses,leurs')} notes seules" if notes else "",
        f"{none} sans rien" if none else "",
    ]
    return f"{', '.join(filter(None, words))}.".capitalize()


def say_highlights(count: int) -> str:
    """Three to five are enough; nothing forbids more."""
    if not count:
        return "Aucun n’est encore choisi\u00a0: trois à cinq suffisent."
    chosen = f"{count} fait{plural(count)} retenu{plural(count)}"
    if count < 3:
        return f"{chosen}\u00a0: trois à cinq suffisent."
    return f"{chosen}\u00a0: au-delà de cinq, on n’en retient aucun." if count > 5 else f"{chosen}."


def _of_lines(lines: Sequence[ActionLine]) -> Writing:
    if not lines:
        return Writing.QUIET
    return Writing.NONE if any(line.writing == Writing.NONE for line in lines) else Writing.DONE


def _of_count(count: int) -> Writing:
    return Writing.DONE if count else Writing.NONE


def _of_texts(section: Section, review: Review, facts: ReviewFacts) -> Writing:
    texts = [getattr(review, name) for name in section.fields]
    if all(texts):
        return Writing.QUIET if fold(texts[-1]).startswith(fold(NOTHING)) else Writing.DONE
    is_quiet = section in SILENT and SILENT[section](facts)
    return Writing.QUIET if is_quiet and not any(texts) else Writing.NONE


def _is_still(since: Changes | None) -> bool:
    return since is None or not since.changes


#: When a section has nothing to speak of, even if nobody says so.
SILENT: dict[Section, Callable[[ReviewFacts], bool]] = {
    sections.INDICATORS: lambda facts: not facts.indicators,
    sections.DIFFICULTIES: lambda facts: (
        not any(one.brakes or one.levers or one.factors or one.difficulties for one in facts.actions)
    ),
    sections.CHANGES: lambda facts: _is_still(facts.since_last_year) and _is_still(facts.since_signature),
}


def _say(section: Section, facts: ReviewFacts) -> str:
    year = facts.identity.year
    sentences = {
        sections.PROGRESS: lambda: facts.progress.sentence,
        sections.INDICATORS: lambda: facts.indicator_summary.sentence,
        sections.DIFFICULTIES: lambda: say_difficulties(facts.actions),
        sections.GOVERNANCE: lambda: say_governance(facts.meetings, facts.decisions, year),
        sections.CHANGES: lambda: say_changes(facts),
        sections.ROAD_MAP: lambda: say_road_map(facts.road_map, year),
    }
    say = sentences.get(section)
    return say() if say else section.help
