"""What would become of a file, nothing of which is written yet."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from actions.models import Plan
from ctg.documents.plan_shapes import ActionEntry, PlanFile
from ctg.intake.content import ReadAction, ReadPlan, read_plan
from ctg.intake.content.splitting import KnownOrganisation, ProposedOrganisation
from ctg.intake.layout import Recognised, recognise
from ctg.intake.models import DroppedFile
from ctg.intake.previewing.corrections import Corrections
from ctg.intake.previewing.entries import plan_file_of
from ctg.intake.previewing.outcome import AS_IT_IS, Choices, Outcome
from ctg.intake.previewing.packed import Split, known_in, split
from ctg.intake.previewing.sheets import key_of, without_sheets
from ctg.intake.problems import Found, Standing, problems_of, standing_in, there_already
from ctg.intake.problems.found import Looking
from ctg.intake.reading.wire import read_answer
from ctg.intake.tables import Refusal, SourceFile
from partners.models import Territory


@dataclass(frozen=True)
class Preview:
    """A file read as somebody says; raise `NoAction` when it holds none.

    `into` is the plan to which it would add; without one, it becomes a plan of its own.
    """

    source: SourceFile
    choices: Mapping[str, str]
    territory: Territory
    corrections: Mapping[str, Any] = field(default_factory=dict)
    into: Plan | None = None

    @cached_property
    def guessed(self) -> Recognised:
        """What the rules make of it, before anybody corrects them."""
        kept = without_sheets(self.source, self.choices)
        if kept is not self.source:
            with suppress(Refusal):  # Choices remembered of another file may leave nothing of this one.
                return recognise(kept)
        return recognise(self.source)

    @cached_property
    def sheets(self) -> dict[str, tuple[str, bool]]:
        """By key, the sheets that hold actions or were set aside: their name, whether they are read."""
        read = {one.table for one in self.recognised.tables}
        return {
            key_of(table): (table.name, rank in read)
            for rank, table in enumerate(self.source.tables)
            if rank in read or key_of(table) in self.choices
        }

    @cached_property
    def recognised(self) -> Recognised:
        return self.guessed.corrected(self.choices)

    @cached_property
    def read(self) -> ReadPlan:
        return read_plan(self.source, self.recognised)

    @cached_property
    def known(self) -> list[KnownOrganisation]:
        return known_in(self.territory)

    @cached_property
    def proposed(self) -> Sequence[Split]:
        """The packed cells as the rules cut them."""
        return [split(action, self.known) for action in self.read.actions]

    @cached_property
    def splits(self) -> Sequence[Split]:
        """The same, as a person corrected them."""
        return Corrections.read(self.corrections).apply(self.read.actions, self.proposed, self.known)

    @property
    def organisations(self) -> list[ProposedOrganisation]:
        """Those that the cells name, once each, the new ones first."""
        found = {part.organisation.name: part.organisation for one in self.splits for part in one.parts}
        return sorted(found.values(), key=lambda one: (one.is_known, one.name.casefold()))

    @property
    def title(self) -> str:
        """The one to propose: what stands above the table, else the usual words with the years."""
        years = "-".join(str(year) for year in (self.read.first_year, self.read.last_year) if year)
        return self.read.heading[:200] or f"Plan d’actions CTG {years}".strip()

    @cached_property
    def standing(self) -> list[Standing]:
        return standing_in(self.into) if self.into else []

    @cached_property
    def there(self) -> frozenset[int]:
        return there_already(self.read.actions, self.standing)

    @cached_property
    def looking(self) -> Looking:
        return Looking(self.source, self.recognised, self.read)

    @cached_property
    def problems(self) -> list[Found]:
        return problems_of(self.looking, self.splits, self.known, self.standing, self.there)

    def outcome(self, choices: Choices = AS_IT_IS) -> Outcome:
        return Outcome.of(len(self.read.actions), self.there, self.problems, choices)

    def plan_file(self, title: str, ranks: Sequence[int] | None = None) -> PlanFile:
        """All that is read, or the actions of these ranks, with the organisations that these name."""
        whole = plan_file_of(self.read, self.splits, self.territory, title=title)
        if ranks is None:
            return whole
        actions = tuple(self._told(whole.actions[rank], self.read.actions[rank]) for rank in ranks)
        named = {
            name
            for one in actions
            for names in (one.leads, one.co_leads, one.partners, one.funders)
            for name in names
        }
        organisations = tuple(one for one in whole.organisations if one.name in named)
        return replace(whole, actions=actions, organisations=organisations)

    def _told(self, entry: ActionEntry, action: ReadAction) -> ActionEntry:
        """With the number that the file gives, where another action of the plan bears it."""
        if action.number is None or action.number not in {one.number for one in self.standing}:
            return entry
        note = f"Numéro écrit dans le fichier\u00a0: {action.number_text}"
        return replace(entry, notes=(*entry.notes, note))


def preview_of(dropped: DroppedFile) -> Preview:
    source = read_answer(dropped.tables.encode().splitlines(), dropped.name)
    return Preview(source, dropped.choices, dropped.territory, dropped.corrections, dropped.into)
