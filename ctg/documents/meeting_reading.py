"""One meeting as its agenda and its minutes tell it, for whoever has passed its door."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from actions.governance.agenda import concerning
from actions.governance.sheet import GROUPS
from actions.models import Action, AgendaItem, Attendance, Decision, Involvement, Meeting, Plan, Seat
from actions.models.action import CARRYING


@dataclass(frozen=True)
class MeetingReading:
    """Each list is read when it is asked for; `meeting` comes with its body, plan and territory."""

    meeting: Meeting

    @property
    def plan(self) -> Plan:
        return self.meeting.body.plan

    @cached_property
    def items(self) -> list[AgendaItem]:
        current = self.meeting.items.current().order_by("position", "pk")
        return list(
            current.prefetch_related(
                Prefetch("action", Action.objects.of_plan(self.plan)),
                Prefetch("decision", Decision.objects.of_plan(self.plan)),
            )
        )

    @cached_property
    def seats(self) -> list[Seat]:
        return list(self.meeting.body.seats.current().select_related("organisation"))

    @cached_property
    def presences(self) -> list[tuple[str, list[str]]]:
        """Who was there, by presence; then the members of whom nothing is noted."""
        rows = list(self.meeting.attendances.current().select_related("seat__organisation"))
        told = [
            (label, [_who(row) for row in rows if row.presence == presence])
            for presence, label in GROUPS.items()
        ]
        noted = {row.seat_id for row in rows}
        silent = [describe(seat) for seat in self.seats if seat.pk not in noted] if rows else []
        return [(label, names) for label, names in [*told, ("Présence non notée", silent)] if names]

    @cached_property
    def decisions(self) -> list[Decision]:
        """What this meeting decided."""
        ruled = Decision.objects.of_plan(self.plan).filter(meeting=self.meeting)
        return list(ruled.select_related("owner").prefetch_related("actions").order_by("decided_on", "pk"))

    @cached_property
    def left_open(self) -> list[Decision]:
        """What is still to be taken or carried out beside that, for the body of the meeting."""
        others = concerning(self.meeting).exclude(meeting=self.meeting)
        return list(others.select_related("owner"))

    @cached_property
    def carriers(self) -> dict[int, list[str]]:
        """The organisations that carry each action of the agenda, porteur first."""
        looked_at = [item.action_id for item in self.items]
        involved = Involvement.objects.of_plan(self.plan).filter(action__in=looked_at, part__in=CARRYING)
        carried: dict[int, list[str]] = {}
        rows = involved.order_by("-part", "position", "pk").values_list("action", "organisation__name")
        for action, name in rows:
            carried.setdefault(action, []).append(name)
        return carried

    @cached_property
    def next(self) -> Meeting | None:
        """The meeting of the same body that comes after this one."""
        after = self.meeting.held_on + dt.timedelta(days=1)
        return Meeting.objects.of_plan(self.plan).filter(body=self.meeting.body_id).coming(after).first()

    @cached_property
    def decided(self) -> dict[int, list[Decision]]:
        """The decisions of the meeting, each under the one point that it belongs to."""
        told: dict[int, list[Decision]] = {item.pk: [] for item in self.items}
        for decision in self.decisions:
            if item := self._point_of(decision):
                told[item.pk].append(decision)
        return told

    def _point_of(self, decision: Decision) -> AgendaItem | None:
        """The point that asked for a decision, else the first that looks at one of its actions."""
        asking = [item for item in self.items if item.decision_id == decision.pk]
        actions = {action.pk for action in decision.actions.all()}
        looking = [item for item in self.items if item.action_id in actions]
        return next(iter([*asking, *looking]), None)

    @property
    def beside(self) -> list[Decision]:
        """The decisions of the meeting that no point of the agenda is about."""
        told = {decision.pk for decisions in self.decided.values() for decision in decisions}
        return [decision for decision in self.decisions if decision.pk not in told]


def describe(seat: Seat) -> str:
    """« Élise Roche, vice-présidente (Mairie de Maule) »"""
    name = ", ".join(filter(None, [seat.name, seat.function]))
    return f"{name} ({seat.organisation.name})" if seat.organisation else name


def _who(row: Attendance) -> str:
    return describe(row.seat) if row.seat else f"{row.guest}, sur invitation"
