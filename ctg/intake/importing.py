"""A file on its way to a plan: kept, read again with the choices of whoever brought it, then written once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction

from actions.models import Plan
from ctg.documents.plan_files import load_plan
from ctg.documents.plan_shapes import PlanFile
from ctg.web import uploads
from partners.models import Territory, User
from partners.tracking import Author

from .content import ReadPlan, read_plan
from .content.splitting import ProposedOrganisation
from .entries import plan_file_of
from .layout import Recognised, recognise, shape_key
from .models import DroppedFile
from .packed import Split, known_in, split
from .reading.wire import read_answer, write_answer
from .tables import SourceFile


@dataclass(frozen=True)
class Preview:
    """What would become of a file, nothing of which is written yet; raise `NoAction` when nothing would."""

    source: SourceFile
    choices: Mapping[str, str]
    territory: Territory

    @cached_property
    def guessed(self) -> Recognised:
        """What the rules make of it, before anybody corrects them."""
        return recognise(self.source)

    @cached_property
    def recognised(self) -> Recognised:
        return self.guessed.corrected(self.choices)

    @cached_property
    def read(self) -> ReadPlan:
        return read_plan(self.source, self.recognised)

    @cached_property
    def splits(self) -> Sequence[Split]:
        known = known_in(self.territory)
        return [split(action, known) for action in self.read.actions]

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

    def plan_file(self, title: str) -> PlanFile:
        return plan_file_of(self.read, self.splits, self.territory, title=title)


def keep(
    territory: Territory, source: SourceFile, content: bytes, *, user: User, at: dt.datetime
) -> DroppedFile:
    """Keep a file that was read, with the choices made for the last one of the same shape."""
    shape = shape_key(recognise(source))
    before = DroppedFile.objects.filter(territory=territory, shape=shape, plan__isnull=False).first()
    return DroppedFile.objects.create(
        territory=territory,
        name=source.name[:200] or "Tableau collé",
        stored_as=uploads.keep_content([content]),
        tables="\n".join(write_answer(source)),
        shape=shape,
        choices=before.choices if before else {},
        dropped_by=user,
        dropped_at=at,
    )


def preview_of(dropped: DroppedFile) -> Preview:
    source = read_answer(dropped.tables.encode().splitlines(), dropped.name)
    return Preview(source, dropped.choices, dropped.territory)


def import_plan(dropped: DroppedFile, *, title: str, by: Author, at: dt.datetime) -> Plan:
    """Create the plan, all or nothing; asked again, answer the one that was created.

    Raise `PlanFileError` when the territory has a plan of this title already.
    """
    with transaction.atomic():
        now = DroppedFile.objects.select_for_update().get(pk=dropped.pk)
        if now.plan:
            return now.plan
        plan = load_plan(preview_of(now).plan_file(title), by=by, at=at)
        now.plan, now.imported_at = plan, at
        now.save(update_fields=["plan", "imported_at"])
    return plan
