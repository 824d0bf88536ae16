"""Plan files in: what was voted, from a TOML file to the database, word for word."""

import datetime as dt
import tomllib
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from actions.models import (
    Action,
    Ambition,
    Factor,
    FactorKind,
    Need,
    Objective,
    Orientation,
    Plan,
    ProgressNote,
    Theme,
)
from actions.models.heading import Heading
from ctg.web.text import fold
from indicators.definition.recognition import likely_kind
from indicators.models import Indicator
from partners import tracking
from partners.models import Organisation, Territory, Tracked
from partners.tracking import Author

from .plan_shapes import ActionEntry, AmbitionEntry, HeadingEntry, OrganisationEntry, PlanFile
from .shapes import ShapeError, read_shape

T = TypeVar("T", bound=Tracked)
H = TypeVar("H", bound=Heading)

#: Who signs in the history of a plan that comes from a file.
IMPORT = Author("Import du plan voté")

LABELS = ("purpose_label", "content_label", "methods_label", "effects_label")
#: What the sheet of an action takes from the file as it is.
SHEET = (
    *("number", "title", "priority", "purpose", "content", "methods", "effects", "calendar_text"),
    *("factors_text", "partners_text", "quantitative_text", "qualitative_text"),
    *("elected_lead", "audiences", "municipalities", "status", "status_reason", "progress"),
)


class PlanFileError(Exception):
    """The file cannot be read, or its plan is there already; the message is for whoever runs the command."""


def read_plan_file(path: Path) -> PlanFile:
    try:
        plan_file = read_shape(PlanFile, tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ShapeError) as error:
        raise PlanFileError(f"{path} : {error}") from error
    if faults := list(plan_file.faults()):
        raise PlanFileError("\n".join(f"{path} : {fault}" for fault in faults))
    return plan_file


def load_plan(plan_file: PlanFile, *, by: Author, at: dt.datetime, batch: uuid.UUID | None = None) -> Plan:
    """Create the plan, its territory if need be, and the organisations that the territory does not know.

    `batch` names all that is written; without one, each thing is a gesture of its own.
    """
    with transaction.atomic():
        return Loading(plan_file, by, at, batch).run()


class Loading:
    """One plan file on its way to the database, and what its ranks and names became there.

    Whoever loads into a plan that exists says which one, and finds headings there before creating any.
    """

    def __init__(
        self, plan_file: PlanFile, by: Author, at: dt.datetime, batch: uuid.UUID | None = None
    ) -> None:
        self.file = plan_file
        self.by = by
        self.at = at
        self.batch = batch
        #: How many actions and indicators stand before those of the file.
        self.actions = self.indicators = 0

    def run(self) -> Plan:
        self.territory = self._territory()
        self.plan = self._plan()
        self.ambitions = [
            self._ambition(rank, entry) for rank, entry in enumerate(self.file.ambitions, start=1)
        ]
        self.orientations = [
            [
                self._heading(Orientation, rank, title, ambition=ambition)
                for rank, title in enumerate(entry.orientations, start=1)
            ]
            for ambition, entry in zip(self.ambitions, self.file.ambitions, strict=True)
        ]
        self.themes = self._headings(Theme, self.file.themes)
        self.needs = self._headings(Need, self.file.needs)
        self.objectives = self._headings(Objective, self.file.objectives)
        self.organisations = self._organisations()
        for rank, entry in enumerate(self.file.actions, start=self.actions + 1):
            self._action(rank, entry)
        return self.plan

    def _plan(self) -> Plan:
        return self._create(Plan(territory=self.territory, **asdict(self.file.plan)))

    def _ambition(self, rank: int, entry: AmbitionEntry) -> Ambition:
        return self._heading(Ambition, rank, entry.title, number=rank, impacts=list(entry.impacts))

    def _heading(self, model: type[H], rank: int, title: str, **fields: Any) -> H:
        return self._create(model(plan=self.plan, position=rank, title=title, **fields))

    def _territory(self) -> Territory:
        entry = self.file.territory
        territory, _ = Territory.objects.get_or_create(
            name=entry.name, defaults={"short_name": entry.short_name, "note": entry.note}
        )
        title = self.file.plan.title
        if Plan.objects.current().filter(territory=territory, title=title).exists():
            raise PlanFileError(f"{territory} a déjà un plan « {title} » : rien n’a été chargé.")
        return territory

    def _headings(self, model: type[H], entries: tuple[HeadingEntry, ...]) -> list[H]:
        return [self._heading(model, rank, entry.title) for rank, entry in enumerate(entries, start=1)]

    def _organisations(self) -> dict[str, Organisation]:
        """By their name in the file: those of the territory, under any of their names, or new ones."""
        known: dict[str, Organisation] = {}
        current = Organisation.objects.current().filter(territory=self.territory)
        for organisation in current.prefetch_related("aliases"):
            for alias in organisation.aliases.all():
                known[fold(alias.name)] = organisation
            known[fold(organisation.name)] = organisation
        return {
            entry.name: known.get(fold(entry.name)) or self._organisation(entry)
            for entry in self.file.organisations
        }

    def _organisation(self, entry: OrganisationEntry) -> Organisation:
        organisation = Organisation(territory=self.territory, name=entry.name, kind=entry.kind)
        return self._create(organisation, aliases=entry.aliases)

    def _action(self, rank: int, entry: ActionEntry) -> None:
        sheet = {name: getattr(entry, name) for name in SHEET} | {"number": self._number(entry)}
        sheet |= {name: label for name in LABELS if (label := getattr(entry, name)) is not None}
        action = Action(
            plan=self.plan,
            position=rank,
            ambition=_at(self.ambitions, entry.ambition),
            orientation=self._orientation(entry),
            theme=_at(self.themes, entry.theme),
            need=_at(self.needs, entry.need),
            objective=_at(self.objectives, entry.objective),
            **sheet,
        )
        parts = {name: getattr(entry, name) for name in ("leads", "co_leads", "partners", "funders")}
        self._create(
            action, **{part: [self.organisations[name] for name in names] for part, names in parts.items()}
        )
        for position, text in enumerate(entry.factors, start=1):
            kinds = {FactorKind.BRAKE: entry.brakes, FactorKind.LEVER: entry.levers}
            kind = next((kind for kind, texts in kinds.items() if text in texts), "")
            self._create(Factor(action=action, kind=kind, text=text, position=position))
        for text in entry.notes:
            self._note(action, text)
        for indicator in entry.indicators:
            self.indicators += 1
            self._create(
                Indicator(
                    plan=self.plan,
                    wording=indicator.wording,
                    kind=likely_kind(indicator.wording, indicator.nature),
                    position=self.indicators,
                ),
                actions=[action],
            )

    def _number(self, entry: ActionEntry) -> int:
        return entry.number

    def _note(self, action: Action, text: str) -> None:
        signature = {"author": self.by.user, "author_label": self.by.label, "written_at": self.at}
        self._create(ProgressNote(action=action, text=text, **signature))

    def _orientation(self, entry: ActionEntry) -> Orientation | None:
        if entry.ambition is None:
            return None
        return _at(self.orientations[entry.ambition - 1], entry.orientation)

    def _create(self, thing: T, **links: object) -> T:
        try:
            # What it leads to was created or found just now: no need to look for it again.
            thing.clean_fields({field.name for field in thing._meta.concrete_fields if field.is_relation})
        except ValidationError as error:
            raise PlanFileError(f"{thing} : {' '.join(error.messages)}") from error
        return tracking.create(thing, by=self.by, at=self.at, links=links, batch=self.batch)


def _at(things: list[T], rank: int | None) -> T | None:
    return None if rank is None else things[rank - 1]
