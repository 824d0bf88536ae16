"""What was read of a file, as the entries that a plan is created from; nothing that it says is left out.

A text without a field of its own in a plan, or too long for its field, becomes a note of its action.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from actions.models import FactorKind, Part, Status
from actions.models.status import NEEDS_REASON
from ctg.documents.plan_shapes import (
    ActionEntry,
    AmbitionEntry,
    HeadingEntry,
    IndicatorEntry,
    OrganisationEntry,
    PlanEntry,
    PlanFile,
    TerritoryEntry,
)
from ctg.intake.content import ReadAction, ReadHeading, ReadPlan
from ctg.intake.content.splitting import (
    ProposedFactor,
    ProposedPart,
    read_priority,
    read_progress,
    read_status,
)
from ctg.intake.previewing.packed import Split
from ctg.web.text import fold
from partners.models import OrganisationKind, Territory

#: What a plan has no field for: it is kept as a note, under these words.
ASIDE = (
    *(("target_text", "Cibles et résultats"), ("budget_text", "Budget"), ("resources_text", "Moyens")),
    *(("notes_text", "Remarques"),),
)
UNSAID = "Motif non dit dans le fichier repris."
CALENDAR_LENGTH, LEAD_LENGTH, NAME_LENGTH, WORDING_LENGTH, LABEL_LENGTH = 300, 200, 200, 300, 100


def plan_file_of(read: ReadPlan, splits: Sequence[Split], territory: Territory, *, title: str) -> PlanFile:
    ambitions = [_ambition(one) for one in read.ambitions]
    lists = {
        name: [one.title for one in headings]
        for name, headings in (("theme", read.themes), ("need", read.needs), ("objective", read.objectives))
    }
    numbers = _numbers(read.actions)
    return PlanFile(
        territory=TerritoryEntry(territory.name),
        plan=PlanEntry(
            title=title,
            heading=read.heading[:300],
            dated_text=read.dated_text[:100],
            dated_on=read.dated_on,
            first_year=read.first_year,
            last_year=read.last_year,
        ),
        actions=tuple(
            _action(action, cut, number, ambitions, lists)
            for action, cut, number in zip(read.actions, splits, numbers, strict=True)
        ),
        ambitions=tuple(ambitions),
        themes=tuple(map(HeadingEntry, lists["theme"])),
        needs=tuple(map(HeadingEntry, lists["need"])),
        objectives=tuple(map(HeadingEntry, lists["objective"])),
        organisations=tuple(_organisations(splits)),
    )


def _numbers(actions: Sequence[ReadAction]) -> list[int]:
    """The numbers of the file; those that lack one come after the greatest."""
    free = max((action.number for action in actions if action.number), default=0)
    numbers = []
    for action in actions:
        if action.number is None:
            free += 1
        numbers.append(action.number or free)
    return numbers


def _ambition(heading: ReadHeading) -> AmbitionEntry:
    below = tuple(one.title for one in heading.orientations)
    return AmbitionEntry(heading.title, heading.impacts, below)


def _action(
    action: ReadAction,
    cut: Split,
    number: int,
    ambitions: Sequence[AmbitionEntry],
    lists: Mapping[str, Sequence[str]],
) -> ActionEntry:
    notes = [f"{words}\u00a0: {text}" for name, words in ASIDE if (text := getattr(action, name))]
    ambition = _rank([one.title for one in ambitions], action.ambition)
    below = ambitions[ambition - 1].orientations if ambition else ()
    status = read_status(action.status_text or action.progress_text) or Status.PLANNED
    if action.status_text and fold(action.status_text) != fold(status.label):
        notes.append(f"Statut écrit dans le fichier\u00a0: {action.status_text}")
    if action.number_text and action.number is None:
        notes.append(f"Numéro écrit dans le fichier\u00a0: {action.number_text}")
    priority = read_priority(action.priority_text)
    if action.priority_text and priority is None:
        notes.append(f"Priorité écrite dans le fichier\u00a0: {action.priority_text}")
    progress = read_progress(action.progress_text)
    if action.progress_text and progress is None:
        notes.append(f"Avancement écrit dans le fichier\u00a0: {action.progress_text}")
    names = {part: _names(cut.parts, part) for part in Part}
    return ActionEntry(
        number=number,
        title=action.title,
        ambition=ambition,
        orientation=_rank(below, action.orientation) if ambition else None,
        theme=_rank(lists["theme"], action.theme),
        need=_rank(lists["need"], action.need),
        objective=_rank(lists["objective"], action.objective),
        priority=priority,
        purpose_label=_label(action.purpose_label),
        purpose=action.purpose,
        content_label=_label(action.content_label),
        content=action.content,
        methods_label=_label(action.methods_label),
        methods=action.methods,
        effects_label=_label(action.effects_label),
        effects=action.effects,
        calendar_text=_fit(action.calendar_text, CALENDAR_LENGTH, "Calendrier", notes),
        factors_text="\n".join(filter(None, [action.factors_text, action.brakes_text, action.levers_text])),
        factors=tuple(one.text for one in cut.factors),
        brakes=_of_kind(cut.factors, FactorKind.BRAKE),
        levers=_of_kind(cut.factors, FactorKind.LEVER),
        partners_text=_written(action),
        leads=names[Part.LEAD],
        co_leads=names[Part.CO_LEAD],
        partners=names[Part.PARTNER],
        funders=names[Part.FUNDER],
        elected_lead=_fit(action.elected_lead, LEAD_LENGTH, "Élu référent", notes),
        audiences=action.audiences,
        municipalities=action.municipalities,
        status=status,
        status_reason=UNSAID if status in NEEDS_REASON else "",
        progress=progress,
        quantitative_text="\n".join(filter(None, [action.indicators_text, action.quantitative_text])),
        qualitative_text=action.qualitative_text,
        indicators=tuple(
            IndicatorEntry(_fit(one.wording, WORDING_LENGTH, "Indicateur", notes), one.nature)
            for one in cut.indicators
        ),
        notes=tuple(notes),
    )


def _label(words: str | None) -> str | None:
    return words[:LABEL_LENGTH] if words else words


def _fit(text: str, length: int, words: str, notes: list[str]) -> str:
    """As much as the field holds; the whole of it is then a note."""
    if len(text) <= length:
        return text
    notes.append(f"{words}, en entier\u00a0: {text}")
    return f"{text[: length - 1]}…"


def _written(action: ReadAction) -> str:
    """The cells of porteurs and partenaires as written, each under its title when there are several."""
    titles = {
        "organisations_text": "",
        "leads_text": "Porteurs",
        "co_leads_text": "Co-porteurs",
        "partners_text": "Partenaires",
        "funders_text": "Financeurs",
    }
    told = [(words, text) for name, words in titles.items() if (text := getattr(action, name))]
    return "\n".join(f"{words}\u00a0: {text}" if words else text for words, text in told)


def _names(parts: Iterable[ProposedPart], part: Part) -> tuple[str, ...]:
    names = (one.organisation.name[:NAME_LENGTH] for one in parts if one.part == part)
    return tuple(dict.fromkeys(names))


def _of_kind(factors: Iterable[ProposedFactor], kind: FactorKind) -> tuple[str, ...]:
    return tuple(one.text for one in factors if one.kind == kind)


def _organisations(splits: Iterable[Split]) -> Iterable[OrganisationEntry]:
    """Each of those that the file names, once, with the other names that it gives them.

    The loading finds again those that the territory knows.
    """
    found: dict[str, OrganisationEntry] = {}
    for one in (part.organisation for cut in splits for part in cut.parts):
        kind = one.kind or OrganisationKind.OTHER
        name = one.name[:NAME_LENGTH]
        entry = found.setdefault(name, OrganisationEntry(name, kind, kind == OrganisationKind.GENERIC))
        told = {fold(known) for known in (name, *entry.aliases)}
        if fold(one.text) not in told and len(one.text) <= NAME_LENGTH and fold(one.text) != fold(one.name):
            found[name] = replace(entry, aliases=(*entry.aliases, one.text))
    return found.values()


def _rank(titles: Sequence[str], title: str | None) -> int | None:
    return titles.index(title) + 1 if title in titles else None
