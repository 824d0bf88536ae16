"""The sheet of an action: everything its page shows, in a number of queries that does not grow."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from partners.models import Change
from partners.shell import Visitor

from .action_file import contents, counts
from .budget.reading import ActionBudget, read_action_budget
from .calendar import blocked_words
from .custom_fields import Answer, answers_of
from .models import (
    Action,
    Blockage,
    CustomField,
    Factor,
    FilledBy,
    Involvement,
    Milestone,
    Orientation,
    Part,
    ProgressNote,
)
from .models.action import CARRYING
from .sections import CUSTOM, SECTIONS, Section, lack_in, missing

#: How many notes and changes the sheet shows; the others are on the page of its history.
NOTES, CHANGES = 5, 5


@dataclass
class NoteEntry:
    """A note with what changed in the same gesture."""

    note: ProgressNote
    changes: Sequence[Change]
    is_editable: bool


@dataclass
class Sheet:
    action: Action
    same_need: Sequence[Action]
    same_objective: Sequence[Action]
    involvements: Sequence[Involvement]
    milestones: Sequence[Milestone]
    factors: Sequence[Factor]
    blockages: Sequence[Blockage]
    notes: Sequence[NoteEntry]
    older_notes: int
    changes: Sequence[Change]
    indicators: Sequence[object]
    answers: Sequence[Answer]
    budget: ActionBudget | None
    #: Whether an orientation is said, or lacks: what a plan does not have, its actions do not lack.
    has_orientation: bool
    can_edit: bool
    can_update: bool
    can_comment: bool
    today: dt.date

    @property
    def sections(self) -> list[Section]:
        shown = [section for section in SECTIONS.values() if section.is_in_document]
        return [section for section in shown if section.slug != CUSTOM or self.answers]

    @property
    def can_answer(self) -> bool:
        """Whether the reader fills any field of the plan."""
        open_to_carriers = any(answer.field.is_open_to_carriers for answer in self.answers)
        return self.can_edit or (self.can_update and open_to_carriers)

    @property
    def can_budget(self) -> bool:
        """Whether the reader writes the lines of budget."""
        return self.can_edit or (self.can_update and self.action.plan.budget_kept_by == FilledBy.FOLLOW_UP)

    @property
    def origin(self) -> Action | None:
        """The action of the plan before, of which this one goes on, as long as it can be read."""
        origin = self.action.renewed_from
        return origin if origin and origin.trashed_at is None and origin.plan.trashed_at is None else None

    @property
    def roles(self) -> list[tuple[str, list[str]]]:
        """Who does what: « porteur », « partenaires »…, each with its names."""
        names = {part: [i.organisation.name for i in self.involvements if i.part == part] for part in Part}
        return [(f"{part.label}{'s' if len(held) > 1 else ''}", held) for part, held in names.items() if held]

    @property
    def carriers(self) -> str:
        return ", ".join(i.organisation.name for i in self.involvements if i.part in CARRYING)

    @property
    def missing(self) -> list[str]:
        lacks = missing(self.action, organisations=bool(self.carriers), indicators=bool(self.indicators))
        return [lack_in(self.action.plan, words) for words in lacks]

    @property
    def lateness(self) -> str:
        return self.action.lateness(self.today)

    @property
    def standing_blockages(self) -> list[tuple[Blockage, int]]:
        """What blocks it, each with for how many days."""
        standing = [blockage for blockage in self.blockages if blockage.lifted_on is None]
        return [(blockage, blockage.days(self.today)) for blockage in standing]

    @property
    def lifted_blockages(self) -> list[Blockage]:
        return [blockage for blockage in self.blockages if blockage.lifted_on is not None]

    @property
    def blocked_words(self) -> str:
        standing = self.standing_blockages
        return blocked_words(standing[0][0].since) if standing else ""

    @property
    def file_contents(self) -> list[tuple[str, str]]:
        """What the file of the action holds beside the sheet, each with where it stands there."""
        return contents(self.action)

    @property
    def reached(self) -> int:
        return sum(milestone.reached_on is not None for milestone in self.milestones)

    @property
    def steps(self) -> list[tuple[Milestone, int]]:
        """The milestones, each with how many days it is late."""
        return [(milestone, milestone.days_late(self.today)) for milestone in self.milestones]

    @property
    def standing_factors(self) -> list[Factor]:
        return [factor for factor in self.factors if factor.removed_on is None]

    @property
    def removed_factors(self) -> list[Factor]:
        return [factor for factor in self.factors if factor.removed_on is not None]


def read_sheet(pk: int, visitor: Visitor, *, today: dt.date) -> Sheet:
    """The sheet of an action that the visitor may read; raise Http404 for any other."""
    action, others = _with_siblings(pk, visitor)
    territory = action.plan.territory_id
    involvements = list(
        Involvement.objects.visible_to(visitor.user).filter(action=action).select_related("organisation")
    )
    coordinates = visitor.coordinates(territory)
    held = {m.organisation_id for m in visitor.memberships if m.role == "member"}
    carries = any(i.part in CARRYING and i.organisation_id in held for i in involvements)
    can_comment = coordinates or carries or "caf" in visitor.roles_in(territory)
    noted = {i.organisation_id for i in involvements if i.part == Part.FUNDER}
    notes = list(ProgressNote.objects.visible_to(visitor.user).filter(action=action))
    changes = list(Change.objects.visible_to(visitor.user).filter(action_id=action.pk)[:60])
    return Sheet(
        action=action,
        same_need=[other for other in others if other.need_id and other.need_id == action.need_id],
        same_objective=[
            other for other in others if other.objective_id and other.objective_id == action.objective_id
        ],
        involvements=involvements,
        milestones=list(
            Milestone.objects.visible_to(visitor.user).filter(action=action).select_related("owner")
        ),
        factors=list(Factor.objects.visible_to(visitor.user).filter(action=action)),
        blockages=blockages_of(action, visitor),
        notes=[
            note_entry(
                note, changes, is_editable=coordinates or (can_comment and note.author_id == visitor.user.pk)
            )
            for note in notes[:NOTES]
        ],
        older_notes=max(0, len(notes) - NOTES),
        changes=changes[:CHANGES],
        indicators=action.indicators.current().on_sheet(action, today=today),
        budget=read_action_budget(action, visitor.user, noted=noted, today=today),
        answers=answers_of(action, list(CustomField.objects.of_plan(action.plan))),
        has_orientation=_has_orientation(action, visitor),
        can_edit=coordinates,
        can_update=coordinates or carries,
        can_comment=can_comment,
        today=today,
    )


def _with_siblings(pk: int, visitor: Visitor) -> tuple[Action, list[Action]]:
    """An action, and in the same query those that answer the same need or the same objective."""
    visible = Action.objects.visible_to(visitor.user)
    same = Q(pk=pk)
    for line in ("need", "objective"):
        same |= Q(**{f"{line}__in": visible.filter(pk=pk, **{f"{line}__isnull": False}).values(line)})
    headings = ("ambition", "orientation", "theme", "need", "objective")
    related = ("plan__territory", "renewed_from__plan", *headings)
    family = list(visible.filter(same).select_related(*related).annotate(**counts(visitor.user)))
    action = next((member for member in family if member.pk == pk), None)
    if action is None:
        raise Http404
    return action, [member for member in family if member.pk != pk]


def _has_orientation(action: Action, visitor: Visitor) -> bool:
    """Asked of the plan for an action without one alone: within the query of the action, it weighs on all."""
    if action.orientation_id or not action.ambition_id:
        return bool(action.orientation_id)
    return Orientation.objects.visible_to(visitor.user).filter(plan=action.plan_id).exists()


def blockages_of(action: Action, visitor: Visitor) -> list[Blockage]:
    """What blocks it or blocked it."""
    related = ("decision__asked_of", "decision__meeting__body")
    blockages = list(Blockage.objects.visible_to(visitor.user).filter(action=action).select_related(*related))
    for blockage in blockages:
        blockage.action = action
    return blockages


def note_entry(note: ProgressNote, changes: Sequence[Change], *, is_editable: bool) -> NoteEntry:
    """A note with those of `changes` that came with it."""
    shown = ("status", "confidence", "progress")
    gesture: uuid.UUID = note.batch
    same_gesture = [change for change in changes if change.batch == gesture and change.field in shown]
    return NoteEntry(note, sorted(same_gesture, key=lambda change: shown.index(change.field)), is_editable)
