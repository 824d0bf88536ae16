"""A meeting as its « séance » shows it: the agenda first, one point per screen, what was decided last.

The screens are projected before everybody: notes kept among coordinators are never on them, whoever reads.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from partners.shell import Visitor

from ..models import (
    Action,
    AgendaItem,
    Blockage,
    Confidence,
    Decision,
    Involvement,
    Meeting,
    Outcome,
    Plan,
    ProgressNote,
    Status,
)
from ..models.action import CARRYING

#: How many actions an empty agenda proposes by name.
PROPOSED = 8

#: What may be in difficulty no more.
OVER = (Status.DONE, Status.ABANDONED)


@dataclass(frozen=True)
class Move:
    url: str
    title: str


@dataclass(frozen=True)
class Session:
    """A meeting and its points in their order, each as light as the list of an agenda needs."""

    meeting: Meeting
    items: Sequence[AgendaItem]
    coordinates: bool
    today: dt.date

    @property
    def plan(self) -> Plan:
        return self.meeting.body.plan

    @property
    def can_edit(self) -> bool:
        return self.coordinates and self.meeting.concluded_at is None

    @property
    def last(self) -> int:
        """The rank of the last screen, which comes after those of the points."""
        return len(self.items) + 1

    def rank_of(self, item: AgendaItem) -> int:
        return next(rank for rank, point in enumerate(self.items, 1) if point.pk == item.pk)

    def url_of(self, rank: int) -> str:
        if rank < 1:
            return reverse("actions:session_open", args=[self.meeting.pk])
        return reverse("actions:session_screen", args=[self.meeting.pk, rank])

    def moves_from(self, rank: int) -> dict[str, Move | None]:
        """Where the keys lead from a screen."""
        return {
            "previous": self._move_to(rank - 1) if rank else None,
            "next": self._move_to(rank + 1) if rank < self.last else None,
            "first": self._move_to(0),
            "last": self._move_to(self.last),
        }

    def _move_to(self, rank: int) -> Move:
        if 0 < rank < self.last:
            return Move(self.url_of(rank), str(self.items[rank - 1]))
        return Move(self.url_of(rank), "Ce qui est décidé" if rank else "Ordre du jour")

    @property
    def points(self) -> list[tuple[AgendaItem, str]]:
        return [(item, self.url_of(rank)) for rank, item in enumerate(self.items, 1)]

    @property
    def decisions(self) -> QuerySet[Decision]:
        """What this meeting decided."""
        ruled = Decision.objects.of_plan(self.plan).filter(meeting=self.meeting)
        return ruled.select_related("owner").order_by("pk")

    @property
    def left_open(self) -> QuerySet[Decision]:
        """What the agenda brought up and nobody decided."""
        asked = Decision.objects.of_plan(self.plan).pending()
        brought_up = Q(agenda_items__in=self.items) | Q(actions__agenda_items__in=self.items)
        return asked.filter(brought_up).distinct().order_by("pk")


@dataclass(frozen=True)
class Screen:
    """One point: what it is about, and all that is said of it from ten metres."""

    session: Session
    item: AgendaItem
    action: Action | None
    actions: Sequence[Action]
    carriers: str
    note: ProgressNote | None
    blockages: Sequence[Blockage]
    decisions: Sequence[Decision]

    @property
    def title(self) -> str:
        about = self.item.decision or self.item.action
        return self.item.title or (about.title if isinstance(about, Action) else str(about))

    @property
    def lateness(self) -> str:
        return self.action.lateness(self.session.today) if self.action else ""

    @property
    def asked(self) -> list[Decision]:
        return [decision for decision in self.decisions if decision.is_pending]

    @property
    def ruled(self) -> list[Decision]:
        return [decision for decision in self.decisions if not decision.is_pending]


def read_session(pk: int, visitor: Visitor, *, today: dt.date) -> Session:
    """The session of a meeting that the visitor may read; raise Http404 for any other."""
    visible = Meeting.objects.visible_to(visitor.user).select_related("body__plan__territory")
    meeting = visible.filter(pk=pk).first()
    if meeting is None:
        raise Http404
    items = AgendaItem.objects.visible_to(visitor.user).filter(meeting=meeting)
    light = items.select_related("action", "decision").only(
        *("meeting", "position", "title", "decision__subject"),
        *("action__number", "action__title", "action__trashed_at"),
    )
    coordinates = visitor.coordinates(meeting.body.plan.territory_id)
    return Session(meeting, list(light), coordinates, today)


def read_screen(session: Session, rank: int) -> Screen:
    """The point of that rank."""
    item = AgendaItem.objects.select_related("action", "decision").get(pk=session.items[rank - 1].pk)
    actions = _actions_of(session.plan, item)
    action = actions[0] if len(actions) == 1 else None
    if action:
        action.plan = session.plan
    return Screen(
        session=session,
        item=item,
        action=action,
        actions=actions,
        carriers=_carriers_of(action),
        note=_last_note(action),
        blockages=list(Blockage.objects.of_plan(session.plan).standing().filter(action__in=actions)[:2]),
        decisions=_decisions_of(session, item, actions),
    )


def _actions_of(plan: Plan, item: AgendaItem) -> list[Action]:
    """The action of a point, or those that its decision is about."""
    current = Action.objects.of_plan(plan)
    if item.action_id:
        return list(current.filter(pk=item.action_id))
    return list(current.filter(decisions=item.decision_id)) if item.decision_id else []


def _carriers_of(action: Action | None) -> str:
    if action is None:
        return ""
    involved = Involvement.objects.of_plan(action.plan).filter(action=action, part__in=CARRYING)
    names = involved.order_by("-part", "position", "pk").values_list("organisation__name", flat=True)
    return ", ".join(names)


def _last_note(action: Action | None) -> ProgressNote | None:
    if action is None:
        return None
    notes = ProgressNote.objects.of_plan(action.plan).filter(action=action)
    return notes.filter(audience=ProgressNote.Audience.EVERYONE).order_by("-written_at", "-pk").first()


def _decisions_of(session: Session, item: AgendaItem, actions: Sequence[Action]) -> list[Decision]:
    """What the point or its actions wait for, and what this meeting decided about them."""
    about = Q(pk=item.decision_id) | Q(actions__in=actions)
    standing = Q(outcome=Outcome.PENDING) | Q(meeting=session.meeting) | Q(pk=item.decision_id)
    decisions = Decision.objects.of_plan(session.plan).filter(about).filter(standing)
    found = list(decisions.select_related("owner").distinct().order_by("pk"))
    for decision in found:
        decision.plan = session.plan
    return found


def proposed(plan: Plan, today: dt.date) -> list[Action]:
    """What an empty agenda could hold: the actions that are late, blocked or in difficulty."""
    actions = Action.objects.of_plan(plan)
    blocked = Blockage.objects.of_plan(plan).standing().values("action")
    hard = actions.filter(confidence=Confidence.HARD).exclude(status__in=OVER)
    kept = actions.late(today) | hard | actions.filter(pk__in=blocked)
    light = ("number", "title", "plan", "status", "confidence", "recurring", "ends_on", "precision")
    return list(kept.only(*light).order_by("position", "number", "pk"))
