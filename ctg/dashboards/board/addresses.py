"""Where each figure of the page of the élus leads: to a list of exactly so many lines."""

import enum
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from actions.facets import AMBITION, NONE, THEME
from actions.filters import READING
from actions.reading import STRATEGIC

#: The word of the address that says which list is asked for.
LIST = "de"
#: Beside the words of the filters of a plan: the actions of the élu who reads.
OWN = "les-miennes"
#: Of what to look at: what is late, and what is blocked.
TROUBLE = "retard-ou-bloquee"


class ListKind(enum.StrEnum):
    """The lists behind the figures, by their word in the address."""

    ACTIONS = "actions"
    DECISIONS = "decisions"
    CHANGES = "changements"
    KEYS = "indicateurs"
    MILESTONES = "jalons"


@dataclass(frozen=True)
class Addresses:
    """With an account, a figure leads into the plan; by a read link, to the lists of the link alone."""

    plan_id: int
    has_account: bool
    way: str

    @property
    def facet(self) -> str:
        """The filter that holds the headings of the reading that is shown."""
        return AMBITION if self.way == STRATEGIC else THEME

    def actions(self, heading: int | None = None, /, **asked: str) -> str:
        """The actions of a heading, 0 for those without one, with a status, a météo…"""
        params = {READING: self.way}
        if heading is not None:
            params[self.facet] = str(heading) if heading else NONE
        params |= asked
        # The page of the plan has no filter for what is not classified, nor for what an élu follows.
        if self.has_account and heading != 0 and OWN not in asked:
            return f"{reverse('actions:plan_detail', args=[self.plan_id])}?{urlencode(params)}"
        return self.listing(ListKind.ACTIONS, **params)

    def listing(self, which: ListKind, **params: str) -> str:
        page = reverse("dashboards:board_list", args=[self.plan_id])
        return f"{page}?{urlencode({LIST: which.value} | params)}"

    def of(self, route: str, *keys: object) -> str:
        """The page of a thing of the plan, which only an account opens; "" by a read link."""
        return reverse(route, args=keys) if self.has_account else ""
