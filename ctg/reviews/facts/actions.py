"""Each action in the year: where it stands, what was done, what slows it down, what comes next."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from actions.calendar import say
from actions.models import Action, Factor, FactorKind, Milestone, Part, Plan, ProgressNote, Status
from actions.models.action import CARRYING
from actions.past.rewinding import end_of
from ctg.documents.plan_reading import PlanReading
from ctg.documents.wording import calendar
from ctg.reviews.models import Review, ReviewedAction

from .governance import iso
from .progress import confidence_words, title_of
from .shapes import ActionFact, MilestoneFact, Note


def read_actions(review: Review, *, today: dt.date) -> tuple[ActionFact, ...]:
    """All actions of the plan of a review whose door was passed, in their order."""
    return tell_actions(review, PlanReading(review.plan), today=today)


def tell_actions(review: Review, reading: PlanReading, *, today: dt.date) -> tuple[ActionFact, ...]:
    year = ActionYear(reading, review)
    return tuple(year.fact(action, today) for action in reading.actions)


@dataclass(frozen=True)
class ActionYear:
    """What the year added to the actions, each list in one query."""

    reading: PlanReading
    review: Review

    def fact(self, action: Action, today: dt.date) -> ActionFact:
        ambition, orientation = self._places.get(action.pk, ("", ""))
        factors = self._factors.get(action.pk, [])
        written = self._written.get(action.pk) or ReviewedAction()
        return ActionFact(
            number=action.number,
            title=action.title,
            ambition=ambition,
            orientation=orientation,
            theme=self._themes.get(action.pk, ""),
            status=action.status,
            status_words=str(Status(action.status).label),
            confidence=action.confidence,
            confidence_words=confidence_words(action.confidence),
            progress=action.progress,
            lateness=action.lateness(today),
            reason=action.status_reason,
            calendar=action.calendar_text or calendar(action),
            leads=tuple(self.reading.carriers(action)),
            partners=tuple(self._partners(action)),
            audiences=action.audiences,
            achieved=written.achieved,
            notes=tuple(self._notes.get(action.pk, [])),
            milestones=tuple(self._milestones.get(action.pk, [])),
            brakes=_texts(factors, FactorKind.BRAKE),
            levers=_texts(factors, FactorKind.LEVER),
            factors=_texts(factors, ""),
            difficulties=written.difficulties,
            outlook=written.outlook,
        )

    @property
    def _plan(self) -> Plan:
        return self.reading.plan

    @property
    def _days(self) -> tuple[dt.date, dt.date]:
        return dt.date(self.review.year, 1, 1), dt.date(self.review.year, 12, 31)

    @cached_property
    def _places(self) -> dict[int, tuple[str, str]]:
        """The titles of the ambition and of the orientation of each action, blank for what has none."""
        return {
            action.pk: (
                title_of(group.ambition) if group.ambition else "",
                below.heading.title if below.heading else "",
            )
            for group in self.reading.ambitions
            for below in group.orientations
            for action in below.actions
        }

    @cached_property
    def _themes(self) -> dict[int, str]:
        groups = self.reading.themes
        return {
            action.pk: group.heading.title for group in groups if group.heading for action in group.actions
        }

    def _partners(self, action: Action) -> Iterable[str]:
        """Everybody who does not carry it: « Caf (financeur) »."""
        for part, names in self.reading.roles(action):
            if part not in CARRYING:
                yield from (name if part == Part.PARTNER else f"{name} ({part.label})" for name in names)

    @cached_property
    def _notes(self) -> dict[int, list[Note]]:
        """A review travels further than its reader: notes kept among coordinators are never in it."""
        first, last = self._days
        notes = ProgressNote.objects.of_plan(self._plan).filter(
            audience=ProgressNote.Audience.EVERYONE,
            written_at__gte=end_of(first - dt.timedelta(days=1)),
            written_at__lt=end_of(last),
        )
        return _by_action(
            notes.order_by("written_at", "pk"),
            lambda note: Note(iso(timezone.localdate(note.written_at)), note.author_label, note.text),
        )

    @cached_property
    def _milestones(self) -> dict[int, list[MilestoneFact]]:
        """Those that the year awaited or reached."""
        year = self.review.year
        milestones = Milestone.objects.of_plan(self._plan).select_related("owner")
        found = milestones.filter(Q(due_on__year=year) | Q(reached_on__year=year))
        return _by_action(
            found.order_by(F("due_on").asc(nulls_last=True), "pk"),
            lambda one: MilestoneFact(
                one.title, iso(one.due_on), iso(one.reached_on), one.owner.name if one.owner else ""
            ),
        )

    @cached_property
    def _factors(self) -> dict[int, list[Factor]]:
        """Those that still stand, or did in the year."""
        first, _ = self._days
        factors = Factor.objects.of_plan(self._plan).filter(Q(removed_on=None) | Q(removed_on__gte=first))
        return _by_action(factors.order_by("position", "pk"), lambda factor: factor)

    @cached_property
    def _written(self) -> dict[int, ReviewedAction]:
        return {one.action_id: one for one in self.review.reviewed_actions.current()}


def _by_action(rows: Iterable[Any], tell: Callable[[Any], Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.action_id].append(tell(row))
    return dict(found)


def _texts(factors: Iterable[Factor], kind: str) -> tuple[str, ...]:
    return tuple(_text(factor) for factor in factors if factor.kind == kind)


def _text(factor: Factor) -> str:
    """« Pas de local (levé le 3 mars 2026) »."""
    if factor.removed_on is None:
        return factor.text
    ended = "n’agit plus depuis le" if factor.kind == FactorKind.LEVER else "levé le"
    return f"{factor.text} ({ended} {say(factor.removed_on)})"
