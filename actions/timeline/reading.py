"""The plan along its calendar: which rows the address asks for, and all that their lanes need."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from partners.models import Change, User
from partners.models.change import Event

from .. import filters
from ..calendar import Period
from ..calendar_reading import read_period
from ..models import Action, Meeting, Milestone, Plan
from ..reading import PAGE_SIZE, WHOLE, Reading, filter_reading
from .geometry import Axis, Edge, Scale
from .grouping import Group, groups_of, way_asked
from .lanes import Row, Step, Written
from .wording import busiest_year

#: The words of the address, beside those of the filters.
RANGE, SCALE, VIEW = "ranger", "echelle", "vue"
TABLE = "tableau"

#: Up to so many rows the table stands under the timeline; beyond, it has its own address.
BOTH = 20


@dataclass
class Band:
    """A heading with its rows; `count` is that of the whole plan, whatever the page holds."""

    title: str
    count: int
    rows: list[Row]


@dataclass
class Timeline:
    reading: Reading
    way: str
    scale: Scale
    view: str
    bands: list[Band]
    axis: Axis
    page: Page[tuple[int, int]] | None
    meetings: list[dt.date]

    @property
    def rows(self) -> list[Row]:
        return [row for band in self.bands for row in band.rows]

    @property
    def shapes(self) -> list[tuple[str, Edge, Edge]]:
        """The bars to draw, each shape once."""
        bars = {row.bar.shape: row.bar for row in self.rows if row.bar}
        return [(shape, bar.left, bar.right) for shape, bar in bars.items()]

    @property
    def labels(self) -> list[tuple[str, str, str]]:
        """The words of the bars to draw, each once: whether before its bar, and its status."""
        used = {
            row.label: (row.label_side, row.gist.status, row.status_label) for row in self.rows if row.bar
        }
        return list(used.values())

    @property
    def has_lanes(self) -> bool:
        return self.view != TABLE

    @property
    def has_table(self) -> bool:
        return self.view == TABLE or len(self.rows) <= BOTH

    @property
    def meetings_at(self) -> list[tuple[dt.date, float]]:
        return [(day, self.axis.at(day)) for day in self.meetings]

    @property
    def late(self) -> int:
        return sum(
            g.is_late(self.reading.today) for g in self.reading.gists if g.pk in self.reading.filter.kept
        )

    @property
    def busiest(self) -> str:
        kept = self.reading.filter.kept
        return busiest_year((gist for gist in self.reading.gists if gist.pk in kept), self.reading.today)

    @property
    def query(self) -> str:
        """All that the address asks for, without the page."""
        return self.url().removeprefix("?")

    def url(self, **changes: str) -> str:
        own = {RANGE: self.way, SCALE: self.scale.value, VIEW: self.view} | changes
        shown = {name: value for name, value in own.items() if value}
        return "?" + "&".join(part for part in (self.reading.filter.query, urlencode(shown)) if part)

    @property
    def table_url(self) -> str:
        return self.url(**{VIEW: TABLE})

    @property
    def lanes_url(self) -> str:
        return self.url(**{VIEW: ""})

    @property
    def bare_url(self) -> str:
        """The whole plan, ranged and divided the same."""
        words = {filters.READING: self.reading.filter.params.get(filters.READING, "")}
        words |= {RANGE: self.way, SCALE: self.scale.value, VIEW: self.view}
        return f"?{urlencode({name: value for name, value in words.items() if value})}"


def read_timeline(
    plan: Plan, user: User, *, params: Mapping[str, str], mine: set[int], today: dt.date
) -> Timeline:
    reading = filter_reading(plan, user, params=params, mine=mine, today=today)
    way = way_asked(reading, params.get(RANGE, ""))
    groups = groups_of(reading, way, user)
    slots = [(rank, gist.pk) for rank, group in enumerate(groups) for gist in group.gists]
    page = None
    if len(slots) > WHOLE:
        page = Paginator(slots, PAGE_SIZE).get_page(params.get(filters.PAGE))
        slots = list(page.object_list)
    rows = _rows(reading, [key for _, key in slots], user)
    meetings = list(Meeting.objects.of_plan(plan).steering().values_list("held_on", flat=True))
    axis = _axis(plan, reading, rows.values(), meetings)
    for row in rows.values():
        row.draw(axis, today)
    return Timeline(
        reading=reading,
        way=way,
        scale=next((scale for scale in Scale if scale == params.get(SCALE)), Scale.YEARS),
        view=TABLE if params.get(VIEW) == TABLE else "",
        bands=_bands(groups, slots, rows, is_paged=page is not None),
        axis=axis,
        page=page,
        meetings=sorted(day for day in meetings if axis.holds(day)),
    )


def _bands(
    groups: Sequence[Group], slots: Sequence[tuple[int, int]], rows: Mapping[int, Row], *, is_paged: bool
) -> list[Band]:
    held: dict[int, list[Row]] = defaultdict(list)
    for rank, key in slots:
        held[rank].append(rows[key])
    return [
        Band(group.title, len(group.gists), held[rank])
        for rank, group in enumerate(groups)
        if held[rank] or not is_paged
    ]


def _axis(plan: Plan, reading: Reading, rows: Iterable[Row], meetings: Sequence[dt.date]) -> Axis:
    """The years of the whole plan, whatever its filters keep, so that two timelines compare."""
    days = [dt.date(year, 1, 1) for year in (plan.first_year, plan.last_year) if year]
    days += [day for gist in reading.gists for day in (gist.starts_on, gist.ends_on) if day]
    rows = list(rows)
    days += [day for row in rows for day in row.days]
    near = [*(step.due_on for row in rows for step in row.steps if step.due_on), *meetings]
    return Axis.covering(days, near=near, default=reading.today.year)


def _rows(reading: Reading, keys: Sequence[int], user: User) -> dict[int, Row]:
    """The rows of the page: three queries, however many there are."""
    shown = Action.objects.of_plan(reading.plan).filter(pk__in=keys)
    texts = shown.values_list("pk", "title", "calendar_text", "precision")
    written = {pk: Written(title, calendar, precision) for pk, title, calendar, precision in texts}
    steps: dict[int, list[Step]] = defaultdict(list)
    set_down = Milestone.objects.of_plan(reading.plan).filter(action__in=keys)
    for pk, title, due_on, reached_on in set_down.values_list("action", "title", "due_on", "reached_on"):
        steps[pk].append(Step(title, due_on, reached_on))
    voted = _voted(reading.plan, keys, user)
    gists = {gist.pk: gist for gist in reading.gists}
    return {
        pk: Row(gists[pk], written[pk], steps[pk], _understood(voted.get(pk, written[pk].calendar_text)))
        for pk in dict.fromkeys(keys)
    }


def _voted(plan: Plan, keys: Sequence[int], user: User) -> dict[int, str]:
    """The calendar of each action as it was before anybody changed it."""
    changed = Change.objects.visible_to(user).filter(
        plan_id=plan.pk, kind="action", object_id__in=keys, event=Event.CHANGED, field="calendar_text"
    )
    first: dict[int, str] = {}
    for pk, before in changed.order_by("at", "pk").values_list("object_id", "before"):
        first.setdefault(pk, before or "")
    return first


def _understood(text: str) -> tuple[str, Period] | None:
    period = read_period(text) if text else None
    return (text, period) if period else None
