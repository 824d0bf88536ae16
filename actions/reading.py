"""A plan read one way or the other: by ambitions and orientations, or by themes, needs and objectives."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator

from partners.models import User

from . import facets, filters, queries
from .calendar import blocked_words
from .filters import PlanFilter
from .gists import Gist
from .models import Action, Ambition, Orientation, Part, Plan, Status, Theme
from .models.heading import Heading

#: A plan stands whole on one page up to this many actions, then in pages of PAGE_SIZE.
WHOLE = 200
PAGE_SIZE = 50

STRATEGIC, THEMATIC = "ambitions", "themes"


@dataclass
class Group:
    """Actions under one line of a section: an orientation, or a need with its objective."""

    title: str = ""
    subtitle: str = ""
    actions: list[Action] = field(default_factory=list)
    #: Whether the line is to be chosen: what a plan does not have, its actions do not lack.
    is_lacking: bool = False


@dataclass
class Section:
    """An ambition or a theme with its actions; without a heading, those that are still to classify."""

    heading: Ambition | Theme | None
    today: dt.date
    gists: list[Gist] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def key(self) -> int:
        return self.heading.pk if self.heading else 0

    @property
    def summary(self) -> str:
        return count_in_words(self.gists, self.today)


@dataclass
class Reading:
    """A plan as its page shows it, filtered and paged."""

    plan: Plan
    way: str
    filter: PlanFilter
    gists: Sequence[Gist]
    sections: list[Section]
    headings: Sequence[Heading]
    page: Page[int] | None
    today: dt.date
    carriers: queries.Carriers
    mine: set[int]

    @property
    def is_strategic(self) -> bool:
        return self.way == STRATEGIC

    @property
    def unclassified(self) -> int:
        """How many actions of the whole plan have no place in this reading."""
        known = {heading.pk for heading in self.headings}
        return sum(self.heading_of(gist) not in known for gist in self.gists)

    @property
    def counts(self) -> list[tuple[int, str]]:
        """How many actions of the whole plan have each status, in words that agree."""
        counts = Counter(gist.status for gist in self.gists)
        return [(counts[status], agree(status, counts[status])) for status in Status if counts[status]]

    @property
    def late(self) -> int:
        return sum(gist.is_late(self.today) for gist in self.gists)

    @property
    def shown(self) -> int:
        return len(self.filter.kept)

    @property
    def carried_by_reader(self) -> set[int]:
        return {
            action
            for action, carried in self.carriers.items()
            if any(carrier.organisation in self.mine for carrier in carried)
        }

    def heading_of(self, gist: Gist) -> int | None:
        return gist.ambition if self.is_strategic else gist.theme

    def section_of(self, action: int) -> Section | None:
        return next((s for s in self.sections if any(gist.pk == action for gist in s.gists)), None)


def read_plan(
    plan: Plan, user: User, *, params: Mapping[str, str], mine: set[int], today: dt.date
) -> Reading:
    """The plan as the address asks for it; `mine` are the organisations of the reader."""
    reading = filter_reading(plan, user, params=params, mine=mine, today=today)
    reading.sections = _sections(reading)
    keys = [gist.pk for section in reading.sections for gist in section.gists]
    if len(keys) > WHOLE:
        reading.page = Paginator(keys, PAGE_SIZE).get_page(params.get(filters.PAGE))
        keys = list(reading.page.object_list)
    _fill(reading, keys, user)
    return reading


def filter_reading(
    plan: Plan, user: User, *, params: Mapping[str, str], mine: set[int], today: dt.date
) -> Reading:
    """The same, as far as its filters: which actions the address keeps, before any row is read."""
    way, headings = _headings(plan, user, params.get(filters.READING, ""))
    gists = queries.gists_of(plan, user)
    fields = queries.filtering_fields(plan, gists)
    carriers = queries.carriers_of(plan)
    query = params.get(filters.SEARCH, "").strip()
    chosen = filters.filter_plan(
        gists,
        params=params,
        today=today,
        carriers=carriers,
        mine=mine,
        headings=(facets.AMBITION if way == STRATEGIC else facets.THEME, names_of(headings)),
        found=queries.search_plan(plan, query) if query else None,
        labels={
            facets.AMBITION: plan.ambition_label,
            facets.THEME: plan.theme_label,
            facets.PRIORITY: plan.priority_label,
            facets.SILENT: f"Sans nouvelles depuis {plan.silent_days} jours",
        },
        fields=fields,
    )
    return Reading(plan, way, chosen, gists, [], headings, None, today, carriers, mine)


def names_of(headings: Sequence[Heading]) -> dict[int, str]:
    """Headings as a filter names them: « 2. Faciliter l’accès aux droits »."""
    return {
        heading.pk: f"{heading.number}. {heading.title}" if isinstance(heading, Ambition) else heading.title
        for heading in headings
    }


def count_in_words(gists: Sequence[Gist], today: dt.date) -> str:
    """« 4 actions : 2 à venir, 2 en cours, dont 1 en retard »."""
    if not gists:
        return "aucune action dans le plan"
    counts = Counter(gist.status for gist in gists)
    parts = [f"{counts[status]} {agree(status, counts[status])}" for status in Status if counts[status]]
    if late := sum(gist.is_late(today) for gist in gists):
        parts.append(f"dont {late} en retard")
    return f"{len(gists)} action{'s' if len(gists) > 1 else ''}\u00a0: {', '.join(parts)}"


def agree(status: Status, count: int) -> str:
    invariable = status in (Status.PLANNED, Status.ONGOING)
    return str(status.label) if invariable or count < 2 else f"{status.label}s"


def _headings(plan: Plan, user: User, asked: str) -> tuple[str, Sequence[Heading]]:
    """The reading that is asked for; when none is, the one that the plan has."""
    ways: dict[str, type[Ambition] | type[Theme]] = {STRATEGIC: Ambition, THEMATIC: Theme}
    for way in [asked] if asked in ways else ways:
        headings: list[Heading] = list(ways[way].objects.visible_to(user).filter(plan=plan))
        if headings or way == asked:
            return way, headings
    return STRATEGIC, []


def _sections(reading: Reading) -> list[Section]:
    sections = {heading.pk: Section(heading, reading.today) for heading in reading.headings}  # type: ignore[arg-type]
    loose = Section(None, reading.today)
    for gist in reading.gists:
        if gist.pk in reading.filter.kept:
            sections.get(reading.heading_of(gist) or 0, loose).gists.append(gist)
    everything = [*sections.values(), loose]
    if reading.filter.is_active:
        return [section for section in everything if section.gists]
    return everything if loose.gists else everything[:-1]


def _fill(reading: Reading, keys: Iterable[int], user: User) -> None:
    """Put the actions of the page under the lines of their sections."""
    actions = {action.pk: action for action in queries.rows_of(keys, user)}
    for action in actions.values():
        dress(action, reading.carriers, reading.today)
    lines: list[Orientation] = []
    if reading.is_strategic:
        lines = list(Orientation.objects.visible_to(user).filter(plan=reading.plan))
    has_needs = any(action.need_id for action in actions.values())
    for section in reading.sections:
        present = [actions[gist.pk] for gist in section.gists if gist.pk in actions]
        if reading.is_strategic:
            section.groups = _orientations(section, lines, present)
        else:
            section.groups = _needs(section, present, is_known=has_needs)
        if reading.filter.is_active or reading.page:
            section.groups = [group for group in section.groups if group.actions]
    if reading.page:
        reading.sections = [section for section in reading.sections if section.groups]


def dress(action: Action, carriers: queries.Carriers, today: dt.date) -> Action:
    """Give a row what it shows beyond its fields."""
    carried = carriers.get(action.pk, ())
    action.carried_by = ", ".join(c.name for c in carried if c.part == Part.LEAD)  # type: ignore[attr-defined]
    action.helpers = sum(c.part == Part.CO_LEAD for c in carried)  # type: ignore[attr-defined]
    action.gauge = f"{(action.progress or 0) / 100:g}"  # type: ignore[attr-defined]
    action.late_words = action.lateness(today)  # type: ignore[attr-defined]
    action.blocked_words = blocked_words(action.blocked_since)  # type: ignore[attr-defined]
    return action


def _orientations(section: Section, lines: Sequence[Orientation], actions: Sequence[Action]) -> list[Group]:
    """In the order of the orientations; the actions whose orientation is missing come first."""
    groups = {line.pk: Group(line.title) for line in lines if line.ambition_id == section.key}
    is_known = bool(lines) or any(action.orientation_id for action in actions)
    missing = Group(is_lacking=is_known and bool(section.key))
    for action in actions:
        groups.get(action.orientation_id or 0, missing).actions.append(action)
    return [*([missing] if missing.actions else []), *groups.values()]


def _needs(section: Section, actions: Iterable[Action], *, is_known: bool) -> list[Group]:
    """In the order of the actions: needs and objectives come back under several themes."""
    groups: dict[tuple[int, int], Group] = {}
    for action in actions:
        need = action.need if action.need and not action.need.trashed_at else None
        objective = action.objective if action.objective and not action.objective.trashed_at else None
        key = (need.pk if need else 0, objective.pk if objective else 0)
        titles = (need.title if need else "", objective.title if objective else "")
        group = groups.setdefault(key, Group(*titles))
        group.is_lacking = need is None and is_known and bool(section.key)
        group.actions.append(action)
    return list(groups.values())
