"""The lists behind the figures of the page of the élus: what it counts, line by line, and nothing more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from actions.facets import BLOCKED, CONFIDENCE, LATE, NO_CONFIDENCE, NONE, STATUS, WATCH
from actions.models import Confidence, Status
from actions.past import ActionThen
from ctg.web.templatetags.ui import day

from .addresses import LIST, OWN, TROUBLE, ListKind
from .reading import Board


class Row(NamedTuple):
    """What a line is about, and the page of it, which only an account opens."""

    thing: Any
    url: str


class ActionRow(NamedTuple):
    action: ActionThen
    status: str
    mood: str
    #: « depuis juillet 2026 », of a late action.
    late: str
    #: What blocks it.
    reason: str
    url: str


@dataclass(frozen=True)
class Listing:
    kind: ListKind
    title: str
    rows: Sequence[Row | ActionRow]

    @property
    def template(self) -> str:
        return f"dashboards/_board_list_{self.kind.name.lower()}.html"


def list_behind(board: Board, params: Mapping[str, str]) -> Listing:
    """What the address asks for; the actions of the plan when it asks for nothing known."""
    kind = ListKind(params[LIST]) if params.get(LIST) in set(ListKind) else ListKind.ACTIONS
    return _LISTS[kind](board, params)


def _decisions(board: Board, _: Mapping[str, str]) -> Listing:
    rows = [
        Row(one, board.addresses.of("actions:decision_detail", one.pk)) for one in board.waiting.decisions
    ]
    return Listing(ListKind.DECISIONS, "Décisions à prendre", rows)


def _changes(board: Board, _: Mapping[str, str]) -> Listing:
    since = f"le COPIL du {day(board.since)}" if board.is_since_steering else f"le {day(board.since)}"
    rows = [Row(news, board.page_of(news.shift.action_id)) for news in board.news]
    return Listing(ListKind.CHANGES, f"Ce qui a changé depuis {since}", rows)


def _keys(board: Board, _: Mapping[str, str]) -> Listing:
    rows = [
        Row(key, board.addresses.of("indicators:indicator_detail", key.report.indicator.pk))
        for key in board.keys.rows
    ]
    return Listing(ListKind.KEYS, f"Indicateurs clés de {board.keys.year}", rows)


def _milestones(board: Board, _: Mapping[str, str]) -> Listing:
    rows = [Row(stop, board.page_of(stop.action.pk)) for stop in board.stops]
    return Listing(ListKind.MILESTONES, f"Jalons de {board.today.year}", rows)


def _actions(board: Board, params: Mapping[str, str]) -> Listing:
    """The actions that every word of the address keeps; a word that means nothing keeps them all."""
    late = {action.pk: since for action, since in board.late}
    blocked = {one.action.pk: one.reason for one in board.waiting.blocked}
    kept, words = board.actions, []
    for keeps, said in _filters(board, params, late, blocked):
        kept = [action for action in kept if keeps(action)]
        words.append(said)
    rows = [
        ActionRow(
            one,
            status=str(Status(one.status).label),
            mood=str(Confidence(one.confidence).label) if one.confidence else "sans avis",
            late=late.get(one.pk, ""),
            reason=blocked.get(one.pk, ""),
            url=board.page_of(one.pk),
        )
        for one in kept
    ]
    return Listing(ListKind.ACTIONS, f"Actions\u00a0: {', '.join(words)}" if words else "Les actions", rows)


Filter = tuple[Callable[[ActionThen], bool], str]


def _filters(
    board: Board, params: Mapping[str, str], late: Mapping[int, str], blocked: Mapping[int, str]
) -> list[Filter]:
    found: list[Filter] = []
    status, mood, watch = (params.get(name, "") for name in (STATUS, CONFIDENCE, WATCH))
    if status in Status:
        found.append((lambda action: action.status == status, str(Status(status).label)))
    if mood in Confidence:
        found.append((lambda action: action.confidence == mood, str(Confidence(mood).label)))
    if mood == NO_CONFIDENCE:
        found.append((lambda action: not action.confidence, "sans avis"))
    if watch == LATE:
        found.append((lambda action: action.pk in late, "en retard"))
    if watch == BLOCKED:
        found.append((lambda action: action.pk in blocked, "bloquées"))
    if watch == TROUBLE:
        found.append((lambda action: action.pk in late or action.pk in blocked, "en retard ou bloquées"))
    if params.get(OWN):
        own = {action.pk for action in board.own}
        found.append((lambda action: action.pk in own, "les vôtres"))
    asked = params.get(board.addresses.facet, "")
    line = next((line for line in board.lines if asked == (str(line.key) if line.key else NONE)), None)
    if line is not None:
        found.append((lambda action: action.pk in line.actions, line.title))
    return found


_LISTS: dict[ListKind, Callable[[Board, Mapping[str, str]], Listing]] = {
    ListKind.ACTIONS: _actions,
    ListKind.DECISIONS: _decisions,
    ListKind.CHANGES: _changes,
    ListKind.KEYS: _keys,
    ListKind.MILESTONES: _milestones,
}
