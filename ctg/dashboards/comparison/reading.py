"""A plan on two days: how many actions stood where, and all that differs."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from actions.models import Confidence, Plan, Status
from actions.past import Past, Shift, ShiftKind, differences, read_pasts

from .values import ValueShift, read_value_shifts
from .wording import say_opening


@dataclass(frozen=True)
class Count:
    """How many actions had a status or a météo on each of the two days."""

    value: str
    label: str
    before: int
    after: int

    @property
    def change(self) -> str:
        """« +2 », « −1 », « = »."""
        change = self.after - self.before
        return f"{change:+d}".replace("-", "−") if change else "="


@dataclass(frozen=True)
class Group:
    """The differences of one sort; `before` and `after` head their columns, and are empty for none."""

    key: str
    title: str
    before: str
    after: str
    shifts: Sequence[Shift]


#: The tables of the page, in order: key, title, heads of the columns, and what they gather.
GROUPS = (
    ("ajoutees", "Actions ajoutées", "", "Statut", {ShiftKind.ADDED}),
    ("retirees", "Actions retirées du plan", "Statut qu’elles avaient", "", {ShiftKind.DROPPED}),
    ("statuts", "Changements de statut", "Avant", "Après", {ShiftKind.STATUS}),
    ("meteo", "Changements de météo", "Avant", "Après", {ShiftKind.CONFIDENCE}),
    ("calendriers", "Calendriers modifiés", "Avant", "Après", {ShiftKind.CALENDAR}),
    ("jalons", "Jalons", "Échéance", "Ce qu’il en est", {ShiftKind.REACHED, ShiftKind.MISSED}),
    ("places", "Actions déplacées", "Avant", "Après", {ShiftKind.AMBITION, ShiftKind.THEME}),
    ("intitules", "Intitulés modifiés", "Avant", "Après", {ShiftKind.TITLE}),
)


@dataclass(frozen=True)
class Evolution:
    before: Past
    after: Past
    shifts: Sequence[Shift]
    values: Sequence[ValueShift]
    #: The actions that have a page today: others are named without a link.
    current: frozenset[int]
    today: dt.date

    @property
    def sentence(self) -> str:
        return say_opening(self.before.on, self.after.on, self.today, self.shifts, len(self.values))

    @property
    def is_empty(self) -> bool:
        return not self.shifts and not self.values

    @property
    def groups(self) -> list[Group]:
        made = (
            Group(key, title, before, after, [shift for shift in self.shifts if shift.kind in kinds])
            for key, title, before, after, kinds in GROUPS
        )
        return [group for group in made if group.shifts]

    @property
    def counts(self) -> list[tuple[str, list[Count]]]:
        """How many actions stood where, by status and then by météo."""
        statuses = _counts(dict(Status.choices), self.before.statuses, self.after.statuses)
        moods = dict(Confidence.choices) | {"": "sans avis"}
        late = Count("late", "dont en retard", self.before.late, self.after.late)
        total = Count("total", "Ensemble", len(self.before.actions), len(self.after.actions))
        confidences = _counts(moods, self.before.confidences, self.after.confidences)
        return [("Statut", [*statuses, total, late]), ("Météo", confidences)]


def read_evolution(
    plan: Plan, since: dt.date, until: dt.date, *, today: dt.date, is_coordinator: bool
) -> Evolution:
    """What differs between the ends of two days in a plan whose door was passed."""
    before, after, now = read_pasts(plan, since, until, today)
    return Evolution(
        before=before,
        after=after,
        shifts=differences(before, after),
        values=read_value_shifts(plan, since, until, today=today, is_coordinator=is_coordinator),
        current=frozenset(now.actions),
        today=today,
    )


def _counts(labels: dict[str, str], before: Counter[str], after: Counter[str]) -> list[Count]:
    counts = [Count(value, str(label), before[value], after[value]) for value, label in labels.items()]
    return [count for count in counts if count.before or count.after]
