"""The plan by status: one column each, with the actions that the address keeps."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Page, Paginator

from partners.models import User

from . import filters
from .models import Action, Part, Plan, Status
from .models.status import NEEDS_REASON
from .reading import PAGE_SIZE, WHOLE, Reading, agree, filter_reading


class Card(NamedTuple):
    pk: int
    number: int
    title: str
    version: int
    status_reason: str
    carried_by: str
    is_late: bool


@dataclass
class Column:
    """A status with the actions that have it; `count` is that of all pages."""

    status: Status
    count: int
    cards: list[Card]

    @property
    def title(self) -> str:
        return agree(self.status, self.count).capitalize()

    @property
    def ways_out(self) -> list[tuple[str, str]]:
        """Where a card of this column may go, and how the list says it."""
        return [
            (other.value, f"{other.label}…" if other in NEEDS_REASON else str(other.label))
            for other in Status
            if other != self.status
        ]


@dataclass
class Kanban:
    reading: Reading
    columns: list[Column]
    page: Page[int] | None


def read_kanban(
    plan: Plan, user: User, *, params: Mapping[str, str], mine: set[int], today: dt.date
) -> Kanban:
    reading = filter_reading(plan, user, params=params, mine=mine, today=today)
    kept = [gist for gist in reading.gists if gist.pk in reading.filter.kept]
    counts = Counter(gist.status for gist in kept)
    keys, page = [gist.pk for gist in kept], None
    if len(keys) > WHOLE:
        page = Paginator(keys, PAGE_SIZE).get_page(params.get(filters.PAGE))
        keys = list(page.object_list)
    cards = _cards(reading, keys)
    return Kanban(reading, [Column(status, counts[status], cards[status]) for status in Status], page)


def _cards(reading: Reading, keys: Sequence[int]) -> Mapping[str, list[Card]]:
    shown = Action.objects.of_plan(reading.plan).filter(pk__in=keys)
    written = {row[0]: row for row in shown.values_list("pk", "number", "title", "version", "status_reason")}
    gists = {gist.pk: gist for gist in reading.gists}
    cards: dict[str, list[Card]] = defaultdict(list)
    for pk in keys:
        leads = [c.name for c in reading.carriers.get(pk, ()) if c.part == Part.LEAD]
        card = Card(*written[pk], ", ".join(leads), gists[pk].is_late(reading.today))
        cards[gists[pk].status].append(card)
    return cards
