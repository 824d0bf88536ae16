"""The actions under each heading, by status and by météo; the geometry is plain numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actions.facets import CONFIDENCE, NO_CONFIDENCE, STATUS
from actions.models import Confidence, Status
from actions.past import ActionThen

from .addresses import Addresses
from .wording import cut

#: What is done first, then what goes on, then what waits or stopped.
ORDER = (
    *(Status.DONE, Status.ONGOING, Status.PLANNED),
    *(Status.POSTPONED, Status.SUSPENDED, Status.ABANDONED),
)
MOODS = (*Confidence, "")

#: Voted titles may be whole sentences: each has two lines, and one where there are more than `MANY`.
NAME_LENGTH, SHORT_NAME_LENGTH, MANY = 84, 34, 6

#: In per cent of the width: what a segment needs for its number and for a finger, and what parts two.
LEAST, GAP = 12.0, 0.9


@dataclass(frozen=True)
class Segment:
    status: Status
    count: int
    url: str
    x: float
    width: float

    @property
    def words(self) -> str:
        """« 2 réalisées »."""
        agrees = self.status not in (Status.PLANNED, Status.ONGOING) and self.count > 1
        return f"{self.count} {self.status.label}{'s' if agrees else ''}"

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def is_open(self) -> bool:
        """What has not begun is an outline."""
        return self.status == Status.PLANNED


@dataclass(frozen=True)
class Mood:
    """How many actions have a météo; blank is « sans avis »."""

    confidence: str
    count: int
    url: str

    @property
    def label(self) -> str:
        return str(Confidence(self.confidence).label) if self.confidence else "sans avis"


@dataclass(frozen=True)
class Line:
    """A heading, or what has none, with its actions counted."""

    #: Of the heading, 0 for what has none.
    key: int
    title: str
    #: As much of it as its lines take.
    name: str
    #: By their keys.
    actions: frozenset[int]
    url: str
    segments: Sequence[Segment]
    moods: Sequence[Mood]


def tally(headings: Mapping[int, str], actions: Iterable[ActionThen], addresses: Addresses) -> list[Line]:
    """A line for each heading in its order, those without actions included; then what is to classify."""
    under: dict[int, list[ActionThen]] = {pk: [] for pk in headings}
    loose: list[ActionThen] = []
    for action in actions:
        heading = getattr(action, addresses.facet)
        under.get(heading or 0, loose).append(action)
    length = NAME_LENGTH if len(headings) <= MANY else SHORT_NAME_LENGTH
    lines = [
        _line(cut(headings[pk], length), headings[pk], pk, held, addresses) for pk, held in under.items()
    ]
    return [*lines, _line("À classer", "À classer", 0, loose, addresses)] if loose and headings else lines


def spread(counts: Sequence[int]) -> list[tuple[float, float]]:
    """Where each count begins and how wide it is, in per cent: in proportion, none narrower than LEAST."""
    shares = [100 * count / sum(counts) for count in counts]
    narrow = {rank for rank, share in enumerate(shares) if share < LEAST}
    # What the narrow ones take beyond their share makes others narrow in their turn.
    while True:
        left = 100 - LEAST * len(narrow)
        others = sum(count for rank, count in enumerate(counts) if rank not in narrow)
        shares = [LEAST if rank in narrow else left * count / others for rank, count in enumerate(counts)]
        more = {rank for rank, share in enumerate(shares) if share < LEAST}
        if not more:
            break
        narrow |= more
    starts = [sum(shares[:rank]) for rank in range(len(shares))]
    last = len(shares) - 1
    return [
        (round(start, 2), round(share - (GAP if rank < last else 0), 2))
        for rank, (start, share) in enumerate(zip(starts, shares, strict=True))
    ]


def _line(name: str, title: str, heading: int, actions: Sequence[ActionThen], addresses: Addresses) -> Line:
    statuses = Counter(action.status for action in actions)
    moods = Counter(action.confidence for action in actions)
    present = [status for status in ORDER if statuses[status]]
    places = spread([statuses[status] for status in present]) if present else []
    return Line(
        key=heading,
        title=title,
        name=name,
        actions=frozenset(action.pk for action in actions),
        url=addresses.actions(heading),
        segments=[
            Segment(status, statuses[status], addresses.actions(heading, **{STATUS: status.value}), *place)
            for status, place in zip(present, places, strict=True)
        ],
        moods=[
            Mood(mood, moods[mood], addresses.actions(heading, **{CONFIDENCE: mood or NO_CONFIDENCE}))
            for mood in MOODS
            if moods[mood]
        ],
    )
