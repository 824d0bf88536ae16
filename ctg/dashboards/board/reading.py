"""All that the page of the élus shows of a plan, in as many queries however long the plan is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery, Value
from django.urls import reverse

from actions import reading as plan_reading
from actions.calendar import Precision, late_since, since_words
from actions.calendar_reading import read_period
from actions.elected import names
from actions.facets import LATE, WATCH
from actions.filters import READING
from actions.models import Confidence, Meeting, Plan
from actions.past import ActionThen, Past, read_pasts
from ctg.web.words import in_plural

from .addresses import Addresses
from .keys import Keys, read_keys
from .lead import Lead, write_lead
from .rail import Stop, stops_of
from .shifts import News, tell
from .tally import MANY, ORDER, Line, tally
from .waiting import Waiting, read_waiting
from .wording import weekday

BOTH = (plan_reading.STRATEGIC, plan_reading.THEMATIC)


@dataclass(frozen=True)
class Board:
    plan: Plan
    today: dt.date
    addresses: Addresses
    now: Past
    #: The readings that the plan has, none when nothing is classified.
    ways: Sequence[str]
    lines: Sequence[Line]
    lead: Lead
    waiting: Waiting
    keys: Keys
    stops: Sequence[Stop]
    #: From which day changes are told, and whether a COPIL was held on that day.
    since: dt.date
    is_since_steering: bool
    news: Sequence[News]
    #: The actions of which the reader is the élu référent.
    own: Sequence[ActionThen]

    @property
    def actions(self) -> Sequence[ActionThen]:
        return list(self.now.actions.values())

    @property
    def has_many_lines(self) -> bool:
        return len(self.lines) > MANY

    @property
    def late(self) -> list[tuple[ActionThen, str]]:
        """The late actions with since when, the longest first."""
        late = [action for action in self.actions if action.is_late(self.today)]
        late.sort(key=lambda action: (action.ends_on or self.today, action.number))
        return [(action, _since(action)) for action in late]

    @property
    def late_url(self) -> str:
        return self.addresses.actions(**{WATCH: LATE})

    def page_of(self, action: int) -> str:
        """Where an action is read; "" by a read link, and for an action that left the plan."""
        return self.addresses.of("actions:action_detail", action) if action in self.now.actions else ""

    @property
    def way_label(self) -> str:
        """What the plan calls the headings that are shown: « Ambition », « Axe »."""
        return self._labels[self.addresses.way]

    @property
    def switch(self) -> list[tuple[str, str, bool]]:
        """The readings that the plan has: label, address, whether it is the current one."""
        page = reverse("dashboards:board", args=[self.plan.pk])
        return [
            (in_plural(self._labels[way]), f"{page}?{READING}={way}", way == self.addresses.way)
            for way in self.ways
        ]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The statuses that the plan has, as shapes and words."""
        present = {action.status for action in self.actions}
        return [(status.value, str(status.label)) for status in ORDER if status in present]

    @property
    def mood_legend(self) -> list[tuple[str, str]]:
        present = {action.confidence for action in self.actions}
        moods = [*((mood.value, str(mood.label)) for mood in Confidence), ("", "sans avis")]
        return [(value, label) for value, label in moods if value in present]

    @property
    def next_steering_on(self) -> dt.date | None:
        return self.plan.next_steering_on  # type: ignore[attr-defined, no-any-return]  # Annotated.

    @property
    def next_steering_url(self) -> str:
        return self.addresses.of("actions:meeting_detail", self.plan.next_steering)  # type: ignore[attr-defined]

    @property
    def next_steering_words(self) -> str:
        """« Prochain COPIL le mardi 8 décembre 2026 »."""
        return f"Prochain COPIL le {weekday(self.next_steering_on)}" if self.next_steering_on else ""

    @property
    def days_left(self) -> str:
        """« dans 17 jours », before the next COPIL."""
        if self.next_steering_on is None:
            return ""
        days = (self.next_steering_on - self.today).days
        return {0: "aujourd’hui", 1: "demain"}.get(days, f"dans {days} jours")

    @property
    def _labels(self) -> dict[str, str]:
        return {
            plan_reading.STRATEGIC: self.plan.ambition_label,
            plan_reading.THEMATIC: self.plan.theme_label,
        }


def steering_days(today: dt.date) -> dict[str, Any]:
    """The last COPIL and the next one, as annotations of a plan: with them its page costs no query more."""
    held = Meeting.objects.of_plan(OuterRef("pk")).steering()  # type: ignore[arg-type]  # The plan annotated.
    return {
        "last_steering_on": Subquery(held.past(today).values("held_on")[:1]),
        "next_steering_on": Subquery(held.coming(today).values("held_on")[:1]),
        "next_steering": Subquery(held.coming(today).values("pk")[:1]),
    }


def read_board(plan: Plan, *, has_account: bool, official: str, way: str, today: dt.date) -> Board:
    """The board of a plan that carries its `steering_days`, for whoever has passed its door.

    `official` is the name of the élu who reads, if it is one; `way` the reading that the address asks for.
    """
    last = plan.last_steering_on  # type: ignore[attr-defined]
    since = last or dt.date(today.year - 1, 12, 31)
    before, now = read_pasts(plan, since, today)
    headings = _headings(plan)
    ways = [one for one in BOTH if headings[one]]
    chosen = way if way in ways else next(iter(ways), plan_reading.STRATEGIC)
    addresses = Addresses(plan.pk, has_account, chosen)
    actions = list(now.actions.values())
    waiting = read_waiting(plan, now.actions)
    return Board(
        plan=plan,
        today=today,
        addresses=addresses,
        now=now,
        ways=ways,
        lines=tally(headings[chosen], actions, addresses),
        lead=write_lead(actions, len(waiting.blocked), len(waiting.decisions), addresses, today),
        waiting=waiting,
        keys=read_keys(plan, addresses, today),
        stops=stops_of(now, today.year, addresses),
        since=since,
        is_since_steering=last is not None,
        news=tell(before, now),
        own=[one for one in actions if names(one.elected_lead, official)],
    )


def _headings(plan: Plan) -> dict[str, dict[int, str]]:
    """The headings of both readings in their order, as filters name them."""
    rows = (
        plan.ambitions.current()
        .order_by()
        .annotate(way=Value(plan_reading.STRATEGIC))
        .values_list("way", "pk", "number", "title", "position")
        .union(
            plan.themes.current()
            .order_by()
            .annotate(way=Value(plan_reading.THEMATIC), number=Value(0))
            .values_list("way", "pk", "number", "title", "position"),
            all=True,
        )
    )
    found: dict[str, dict[int, str]] = {way: {} for way in BOTH}
    for way, pk, number, title, _ in sorted(rows, key=lambda row: (row[4], row[1])):
        found[way][pk] = f"{number}. {title}" if way == plan_reading.STRATEGIC else title
    return found


def _since(action: ActionThen) -> str:
    """« depuis juillet 2026 »."""
    assert action.ends_on
    period = None if action.dates_given else read_period(action.calendar_text)
    return since_words(late_since(action.ends_on), period.precision if period else Precision.DAY)
