"""How much of each part stands on the page: one screen, one sheet of paper; the rest is a link away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from actions.facets import BLOCKED, WATCH
from actions.models import Status
from actions.past import ActionThen

from .addresses import OWN, TROUBLE, ListKind
from .keys import Key
from .rail import STOPS, Stop, nearest
from .reading import Board
from .wording import cut

MOST = {"own": 3, "decisions": 3, "trouble": 3}
#: What changed and the key indicators take what room the parts above them leave.
MOST_BELOW, LEAST_BELOW = 5, 2
#: In letters: a title beside a few words, the title of what changed, and the reason of a blockage.
TITLE_LENGTH, NEWS_LENGTH, REASON_LENGTH = 52, 44, 48
OWN_LENGTH = 30


class Item(NamedTuple):
    """A line of a part: a shape, what it is about, and a few words on it."""

    icon: str
    title: str
    meta: str
    #: The page of it, which only an account opens.
    url: str


@dataclass(frozen=True)
class Cut:
    """The lines of a part that the page shows, and where all of them are."""

    shown: Sequence[Item | Key | Stop]
    total: int
    url: str

    @property
    def rest(self) -> int:
        return self.total - len(self.shown)


def lay_out(board: Board) -> dict[str, Cut]:
    to = board.addresses
    parts: dict[str, tuple[Sequence[Item | Key | Stop], str]] = {
        "own": (_own(board), to.actions(**{OWN: "oui"})),
        "decisions": (_decisions(board), to.listing(ListKind.DECISIONS)),
        "trouble": (_trouble(board), to.listing(ListKind.ACTIONS, **{WATCH: TROUBLE})),
        "news": (_news(board), to.listing(ListKind.CHANGES)),
        "keys": (board.keys.rows, to.listing(ListKind.KEYS)),
    }
    most = MOST | _below(board, {name: len(lines) for name, (lines, _) in parts.items()})
    cuts = {name: Cut(lines[: most[name]], len(lines), url) for name, (lines, url) in parts.items()}
    stops = nearest(board.stops, board.today) if len(board.stops) > STOPS else board.stops
    return cuts | {
        "late": Cut([], len(board.late), board.late_url),
        "blocked": Cut([], len(board.waiting.blocked), to.actions(**{WATCH: BLOCKED})),
        "stops": Cut(stops, len(board.stops), to.listing(ListKind.MILESTONES)),
    }


def _below(board: Board, held: dict[str, int]) -> dict[str, int]:
    """How many lines the last part of each column shows on a screen of 768 points; a test measures it."""
    above = 2 if held["own"] else 0  # What stands over both columns takes the room of two lines.
    beside = sum(min(held[name], MOST[name]) for name in ("decisions", "trouble"))
    room = {
        "news": 10 - beside - above,
        "keys": MOST_BELOW - max(0, len(board.lines) - 3) // 2 - above,
    }
    return {name: min(MOST_BELOW, max(LEAST_BELOW, lines)) for name, lines in room.items()}


def _own(board: Board) -> list[Item]:
    """Three of them share one line: their numbers and statuses, and the beginning of their titles."""
    return [
        Item(
            "late" if one.is_late(board.today) else one.status,
            f"{one.number}. {cut(one.title, OWN_LENGTH)}",
            "en retard" if one.is_late(board.today) else str(Status(one.status).label),
            board.page_of(one.pk),
        )
        for one in board.own
    ]


def _decisions(board: Board) -> list[Item]:
    return [
        Item("", one.subject, one.in_one_line, board.addresses.of("actions:decision_detail", one.pk))
        for one in board.waiting.decisions
    ]


def _trouble(board: Board) -> list[Item]:
    """Each action once, the late ones first, with why it does not go on when somebody said so."""
    reasons = {
        one.action.pk: f"bloquée\u00a0: {cut(one.reason, REASON_LENGTH)}" for one in board.waiting.blocked
    }
    late = {action.pk for action, _ in board.late}
    return [
        *(
            _named(board, "late", one, " ; ".join(filter(None, (since, reasons.get(one.pk)))))
            for one, since in board.late
        ),
        *(
            _named(board, "blocked", one.action, reasons[one.action.pk])
            for one in board.waiting.blocked
            if one.action.pk not in late
        ),
    ]


def _news(board: Board) -> list[Item]:
    return [
        Item(
            news.icon,
            cut(news.title, NEWS_LENGTH),
            f"{news.words} ({news.shift.number})",
            board.page_of(news.shift.action_id),
        )
        for news in board.news
    ]


def _named(board: Board, icon: str, action: ActionThen, words: str) -> Item:
    title = cut(action.title, TITLE_LENGTH)
    return Item(icon, title, f"action {action.number}, {words}", board.page_of(action.pk))
