"""What an agenda could take up: open decisions, and the actions that filters bring up."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from partners.models import User

from ..models import Action, Ambition, Blockage, Confidence, Decision, Meeting, Theme
from .agenda import concerning
from .reading import decisions_of

AMBITION, THEME = "ambition", "thematique"


@dataclass(frozen=True)
class Proposal:
    """A decision or an action, and why it is proposed; its box is drawn once, where it comes up first."""

    thing: Decision | Action
    why: str
    is_held: bool
    is_ticked: bool = False
    has_box: bool = True


@dataclass
class Shelf:
    """What one filter brings up; `name` is the field of its boxes."""

    title: str
    name: str
    lines: list[Proposal] = field(default_factory=list)


@dataclass(frozen=True)
class Proposals:
    decisions: Shelf
    urgent: Sequence[Shelf]
    by: str
    groups: Sequence[Shelf]


def propose(meeting: Meeting, user: User, today: dt.date, *, by: str) -> Proposals:
    """All that could go on an agenda; `by` says whether the whole plan is laid out by ambition or theme."""
    plan = meeting.body.plan
    held = set(meeting.items.current().values_list("action", "decision"))
    held_actions: set[int | None] = {action for action, _ in held}
    actions = list(Action.objects.visible_to(user).filter(plan=plan))
    blocked = _blocked(meeting, user, today)
    reasons = {
        "Actions en retard": {it.pk: it.lateness(today) for it in actions if it.is_late(today)},
        "Actions bloquées": blocked,
        "Actions en difficulté": {
            it.pk: "En difficulté" for it in actions if it.confidence == Confidence.HARD
        },
    }
    seen: set[int] = set()
    urgent = [
        Shelf(title, "action", lines=_lines([it for it in actions if it.pk in why], why, held_actions, seen))
        for title, why in reasons.items()
    ]
    by = by if by == THEME else AMBITION
    headings: Iterable[Any] = (Theme if by == THEME else Ambition).objects.visible_to(user).filter(plan=plan)
    key = "theme_id" if by == THEME else "ambition_id"
    names = {heading.pk: str(heading) for heading in headings}
    groups = [
        Shelf(
            names.get(pk, "À classer"),
            "action",
            lines=_lines([it for it in actions if _known(it, key, names) == pk], {}, held_actions, seen),
        )
        for pk in [*names, None]
    ]
    return Proposals(
        decisions=_open_decisions(meeting, user, today, {decision for _, decision in held}),
        urgent=urgent,
        by=by,
        groups=[group for group in groups if group.lines],
    )


def _known(action: Action, key: str, names: dict[int, str]) -> int | None:
    pk: int | None = getattr(action, key)
    return pk if pk in names else None


def _lines(
    actions: Iterable[Action], why: dict[int, str], held: set[int | None], seen: set[int]
) -> list[Proposal]:
    lines = []
    for action in actions:
        has_box = action.pk not in seen
        seen.add(action.pk)
        lines.append(Proposal(action, why.get(action.pk, ""), action.pk in held, has_box=has_box))
    return lines


def _blocked(meeting: Meeting, user: User, today: dt.date) -> dict[int, str]:
    rows = Blockage.objects.visible_to(user).of_plan(meeting.body.plan).standing()
    words: dict[int, str] = {}
    for row in rows.order_by("since", "pk"):
        days = max(row.days(today), 0)
        since = f"Bloquée depuis {days} jours" if days > 1 else "Bloquée depuis hier ou aujourd’hui"
        words.setdefault(row.action_id, f"{since}\u00a0: {row.reason}")
    return words


def _open_decisions(meeting: Meeting, user: User, today: dt.date, held: set[int | None]) -> Shelf:
    """Those that concern the body are ticked beforehand; those asked of others are shown."""
    mine = set(concerning(meeting).values_list("pk", flat=True))
    rows = decisions_of(meeting.body.plan, user).open().order_by("outcome", "asked_on", "pk")
    lines = [
        Proposal(row, _why(row, today), row.pk in held, is_ticked=row.pk in mine)
        for row in sorted(rows, key=lambda row: row.pk not in mine)
    ]
    return Shelf("Décisions ouvertes", "decision", lines=lines)


def _why(decision: Decision, today: dt.date) -> str:
    if decision.is_pending:
        return " · ".join(["À prendre", *([str(decision.asked_of)] if decision.asked_of else [])])
    late = decision.is_overdue(today) and decision.due_on
    return f"Prise, en retard de {(today - late).days} jours" if late else "Prise, pas encore appliquée"
