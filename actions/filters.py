"""The filters of a plan: few, in the address, each with its count.

A filter is a set of actions. Every option knows the actions it keeps, so one pass over the plan
gives both what to show and how many each option would leave beside the other filters in force.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from .facets import (
    CONFIDENCE,
    FACETS,
    STATUS,
    WATCH,
    Facet,
    facets_of,
    sort,
)
from .gists import Carrier, Gist
from .models import CustomField

#: The other words of the address.
SEARCH, READING, PAGE = "q", "lecture", "page"


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
        return self.url(**dict.fromkeys([SEARCH, *FACETS, *self.facets], ""))

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
    fields: Sequence[CustomField] = (),
) -> PlanFilter:
    """Sort the actions of a plan into every option of every facet, then keep those that the address asks for.

    `carriers` are the carrying organisations of each action, `mine` the organisations of the reader,
    `headings` which facet names the sections and their titles, `found` what a search found, if any, and
    `fields` those of the plan that filter.
    """
    facets = facets_of(gists, carriers, headings, labels, fields)
    for gist in gists:
        sort(gist, facets, carriers.get(gist.pk, ()), mine, today, fields)
    for name, facet in facets.items():
        asked = params.get(name, "")
        facet.chosen = asked if asked in facet.options else ""
    words = dict.fromkeys([READING, SEARCH, *FACETS, *facets, PAGE])
    everything = {gist.pk for gist in gists}
    searched = everything if found is None else set(found)
    result = PlanFilter(
        facets=facets,
        params={name: params[name] for name in words if params.get(name)},
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
