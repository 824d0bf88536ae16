"""The filters of a plan: few, in the address, each with its count.

A filter is a set of actions. Every option knows the actions it keeps, so one pass over the plan
gives both what to show and how many each option would leave beside the other filters in force.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .gists import SILENT_DAYS, Carrier, Gist
from .models import Confidence, Status

#: The words of the address, in the order in which they are written there.
STATUS, CONFIDENCE, WATCH = "statut", "meteo", "regard"
AMBITION, THEME, LEAD, PRIORITY, YEAR = "ambition", "theme", "porteur", "priorite", "annee"
SEARCH, READING, PAGE = "q", "lecture", "page"
FACETS = (STATUS, CONFIDENCE, WATCH, AMBITION, THEME, LEAD, PRIORITY, YEAR)

LATE, SILENT, MINE = "retard", "sans-nouvelles", "je-porte"
NO_CONFIDENCE = "sans-avis"
NONE = "aucun"


@dataclass
class Option:
    value: str
    label: str
    icon: str = ""
    actions: set[int] = field(default_factory=set)
    count: int = 0
    is_current: bool = False
    url: str = ""


@dataclass
class Facet:
    name: str
    label: str
    options: dict[str, Option]
    chosen: str = ""
    all_count: int = 0
    all_url: str = ""

    def add(self, value: str, action: int) -> None:
        if value in self.options:
            self.options[value].actions.add(action)

    @property
    def in_words(self) -> str:
        """The chosen option, with the name of the facet where it says nothing alone: « année 2026 »."""
        label = self.options[self.chosen].label
        return f"année {label}" if self.name == YEAR else label

    @property
    def kept(self) -> set[int] | None:
        """The actions that the chosen option keeps; None when nothing is chosen."""
        option = self.options.get(self.chosen)
        return option.actions if option else None

    @property
    def shown(self) -> list[Option]:
        return [option for option in self.options.values() if option.actions or option.is_current]


@dataclass
class PlanFilter:
    """What the address asks of a plan, and what each change of it would give."""

    facets: dict[str, Facet]
    params: dict[str, str]
    found: list[int] | None
    total: int
    kept: set[int]

    @property
    def is_active(self) -> bool:
        return self.found is not None or any(facet.kept is not None for facet in self.facets.values())

    @property
    def search(self) -> str:
        return self.params.get(SEARCH, "")

    @property
    def links(self) -> list[Facet]:
        """The facets shown as links, each option with its count."""
        return [self.facets[name] for name in (STATUS, CONFIDENCE, WATCH)]

    @property
    def lists(self) -> list[Facet]:
        """The longer facets, shown as lists to choose from."""
        return [facet for facet in self.facets.values() if facet not in self.links and facet.shown]

    @property
    def has_list(self) -> bool:
        return any(facet.chosen for facet in self.lists)

    @property
    def sentence(self) -> str:
        """The filters in force: « En cours, Jeunesse, « café » »."""
        chosen = [facet.in_words for facet in self.facets.values() if facet.kept is not None]
        return ", ".join([*chosen, f"«\u00a0{self.search}\u00a0»"] if self.found is not None else chosen)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search form carries along."""
        return [(name, value) for name, value in self.params.items() if name not in (SEARCH, PAGE)]

    @property
    def hidden_links(self) -> list[tuple[str, str]]:
        """What the form of the longer facets carries along."""
        own = {facet.name for facet in self.lists}
        return [(name, value) for name, value in self.params.items() if name not in own | {PAGE}]

    @property
    def query(self) -> str:
        """The filters in force, encoded, without the page."""
        return self.url().removeprefix("?")

    @property
    def bare_url(self) -> str:
        """The whole plan, in the same reading."""
        return self.url(**dict.fromkeys([SEARCH, *FACETS], ""))

    def url(self, **changes: str) -> str:
        """The address with some of its words changed; the page starts anew."""
        params = {name: value for name, value in (self.params | changes).items() if value and name != PAGE}
        return f"?{urlencode(params)}"


def filter_plan(
    gists: Sequence[Gist],
    *,
    params: Mapping[str, str],
    today: dt.date,
    carriers: Mapping[int, Iterable[Carrier]],
    mine: set[int],
    headings: tuple[str, Mapping[int, str]],
    found: list[int] | None,
    labels: Mapping[str, str],
) -> PlanFilter:
    """Sort the actions of a plan into every option of every facet, then keep those that the address asks for.

    `carriers` are the carrying organisations of each action, `mine` the organisations of the reader,
    `headings` which facet names the sections and their titles, `found` what a search found, if any.
    """
    facets = _facets(gists, carriers, headings, labels)
    for gist in gists:
        _sort(gist, facets, carriers.get(gist.pk, ()), mine, today)
    for name, facet in facets.items():
        asked = params.get(name, "")
        facet.chosen = asked if asked in facet.options else ""
    everything = {gist.pk for gist in gists}
    searched = everything if found is None else set(found)
    result = PlanFilter(
        facets=facets,
        params={name: params[name] for name in (READING, SEARCH, *FACETS, PAGE) if params.get(name)},
        found=found,
        total=len(gists),
        kept=_meet(searched, facets.values()),
    )
    for name, facet in facets.items():
        others = _meet(searched, (other for other in facets.values() if other is not facet))
        facet.all_count, facet.all_url = len(others), result.url(**{name: ""})
        for value, option in facet.options.items():
            option.count = len(option.actions & others)
            option.is_current = facet.chosen == value
            option.url = result.url(**{name: "" if option.is_current else value})
    return result


def _meet(actions: set[int], facets: Iterable[Facet]) -> set[int]:
    for facet in facets:
        kept = facet.kept
        if kept is not None:
            actions = actions & kept
    return actions


def _facets(
    gists: Sequence[Gist],
    carriers: Mapping[int, Iterable[Carrier]],
    headings: tuple[str, Mapping[int, str]],
    labels: Mapping[str, str],
) -> dict[str, Facet]:
    by, titles = headings
    statuses = {value: Option(value, str(label).capitalize(), value) for value, label in Status.choices}
    moods = {value: Option(value, str(label).capitalize(), value) for value, label in Confidence.choices}
    moods[NO_CONFIDENCE] = Option(NO_CONFIDENCE, "Sans avis", "none")
    watch = {
        LATE: Option(LATE, "En retard", "late"),
        SILENT: Option(SILENT, f"Sans nouvelles depuis {SILENT_DAYS} jours"),
        MINE: Option(MINE, "Je la porte"),
    }
    names = {carrier.organisation: carrier.name for carried in carriers.values() for carrier in carried}
    lead_options = {
        str(pk): Option(str(pk), name) for pk, name in sorted(names.items(), key=lambda item: item[1])
    }
    lead_options[NONE] = Option(NONE, "Sans porteur")
    priorities = sorted({gist.priority for gist in gists if gist.priority is not None})
    years = _years(gists)
    facets = [
        Facet(STATUS, "Statut", statuses),
        Facet(CONFIDENCE, "Météo", moods),
        Facet(WATCH, "À regarder", watch),
        Facet(by, labels[by], {str(pk): Option(str(pk), title) for pk, title in titles.items()}),
        Facet(LEAD, "Porteur", lead_options),
        Facet(
            PRIORITY,
            labels[PRIORITY],
            {str(p): Option(str(p), f"{labels[PRIORITY]} {p}") for p in priorities},
        ),
        Facet(YEAR, "Année", {str(year): Option(str(year), str(year)) for year in years}),
    ]
    return {facet.name: facet for facet in facets}


def _years(gists: Iterable[Gist]) -> range:
    ends = [day.year for gist in gists for day in (gist.starts_on, gist.ends_on) if day]
    return range(min(ends), max(ends) + 1) if ends else range(0)


def _sort(
    gist: Gist, facets: dict[str, Facet], carried: Iterable[Carrier], mine: set[int], today: dt.date
) -> None:
    values = defaultdict(list)
    values[STATUS] = [gist.status]
    values[CONFIDENCE] = [gist.confidence or NO_CONFIDENCE]
    values[AMBITION] = [str(gist.ambition)]
    values[THEME] = [str(gist.theme)]
    values[PRIORITY] = [str(gist.priority)]
    values[LEAD] = [str(carrier.organisation) for carrier in carried] or [NONE]
    if gist.is_late(today):
        values[WATCH].append(LATE)
    if gist.is_silent(today):
        values[WATCH].append(SILENT)
    if any(carrier.organisation in mine for carrier in carried):
        values[WATCH].append(MINE)
    if gist.starts_on or gist.ends_on:
        years = facets[YEAR].options
        first = str(gist.starts_on.year) if gist.starts_on else min(years)
        last = str(gist.ends_on.year) if gist.ends_on else max(years)
        values[YEAR] = [year for year in years if first <= year <= last]
    for name, options in values.items():
        for option in options:
            if name in facets:
                facets[name].add(option, gist.pk)
