"""What a plan file says, by itself: `fixtures/` holds two."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from actions.models import Status
from indicators.models import Nature
from partners.models import OrganisationKind

N = TypeVar("N", str, int)


@dataclass(frozen=True)
class TerritoryEntry:
    name: str
    short_name: str = ""
    note: str = ""


@dataclass(frozen=True)
class PlanEntry:
    title: str
    heading: str = ""
    dated_text: str = ""
    dated_on: dt.date | None = None
    first_year: int | None = None
    last_year: int | None = None
    priority_label: str = "Priorité"


@dataclass(frozen=True)
class AmbitionEntry:
    title: str
    impacts: tuple[str, ...] = ()
    orientations: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeadingEntry:
    title: str


@dataclass(frozen=True)
class OrganisationEntry:
    name: str
    kind: OrganisationKind
    generic: bool
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndicatorEntry:
    wording: str
    nature: Nature


@dataclass(frozen=True)
class ActionEntry:
    """A row of the source. `ambition`, `theme`… are ranks in the lists of the file, 1 first."""

    number: int
    title: str
    ambition: int | None = None
    orientation: int | None = None
    theme: int | None = None
    need: int | None = None
    objective: int | None = None
    priority: int | None = None
    purpose_label: str | None = None
    purpose: str = ""
    content_label: str | None = None
    content: str = ""
    methods_label: str | None = None
    methods: str = ""
    effects_label: str | None = None
    effects: str = ""
    calendar_text: str = ""
    factors_text: str = ""
    factors: tuple[str, ...] = ()
    #: Those of the list above that the file calls a frein, or a levier.
    brakes: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    partners_text: str = ""
    leads: tuple[str, ...] = ()
    co_leads: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    elected_lead: str = ""
    audiences: str = ""
    municipalities: str = ""
    status: Status = Status.PLANNED
    status_reason: str = ""
    progress: int | None = None
    #: What the file says beside the plan, one note for each.
    notes: tuple[str, ...] = ()
    quantitative_text: str = ""
    qualitative_text: str = ""
    indicators: tuple[IndicatorEntry, ...] = ()


@dataclass(frozen=True)
class PlanFile:
    territory: TerritoryEntry
    plan: PlanEntry
    actions: tuple[ActionEntry, ...]
    ambitions: tuple[AmbitionEntry, ...] = ()
    themes: tuple[HeadingEntry, ...] = ()
    needs: tuple[HeadingEntry, ...] = ()
    objectives: tuple[HeadingEntry, ...] = ()
    organisations: tuple[OrganisationEntry, ...] = ()

    def faults(self) -> Iterator[str]:
        """Say in French what the file names and does not define, or defines twice."""
        for name in _repeated([organisation.name for organisation in self.organisations]):
            yield f"organisme {name} : défini deux fois."
        for number in _repeated([action.number for action in self.actions]):
            yield f"action {number} : définie deux fois."
        for organisation in self.organisations:
            if organisation.generic != (organisation.kind == OrganisationKind.GENERIC):
                yield f"organisme {organisation.name} : « kind » et « generic » se contredisent."
        for action in self.actions:
            for fault in self._faults_of(action):
                yield f"action {action.number} : {fault}"

    def _faults_of(self, action: ActionEntry) -> Iterator[str]:
        ranks = {
            "ambition": (action.ambition, len(self.ambitions)),
            "orientation": (action.orientation, self._orientations_beside(action)),
            "theme": (action.theme, len(self.themes)),
            "need": (action.need, len(self.needs)),
            "objective": (action.objective, len(self.objectives)),
        }
        for name, (rank, count) in ranks.items():
            if rank is not None and not 1 <= rank <= count:
                yield f"« {name} = {rank} » ne désigne rien."
        known = {organisation.name for organisation in self.organisations}
        for part in (action.leads, action.co_leads, action.partners, action.funders):
            for name in _repeated(part):
                yield f"l’organisme « {name} » y figure deux fois au même titre."
            for name in part:
                if name not in known:
                    yield f"l’organisme « {name} » n’est pas défini."

    def _orientations_beside(self, action: ActionEntry) -> int:
        if action.ambition is None or not 1 <= action.ambition <= len(self.ambitions):
            return 0
        return len(self.ambitions[action.ambition - 1].orientations)


def _repeated(names: Sequence[N]) -> list[N]:
    return [name for name, count in Counter(names).items() if count > 1]
