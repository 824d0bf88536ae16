"""What the filters of a plan’s page keep of it, when a document is asked for from there."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from actions.models import Plan
from actions.reading import filter_reading
from partners.models import User
from partners.shell import Visitor


@dataclass(frozen=True)
class Selection:
    kept: frozenset[int]
    total: int
    filters: str

    @property
    def sentence(self) -> str:
        """« 3 actions sur 17 : En cours, Jeunesse », as the document prints it."""
        ending = "s" if len(self.kept) > 1 else ""
        return f"{len(self.kept)} action{ending} sur {self.total}\u00a0: {self.filters}"


def select(plan: Plan, user: User, *, params: Mapping[str, str], today: dt.date) -> Selection | None:
    """Return what the filters in the address keep; None when there are none, and the plan stays whole."""
    mine = {held.organisation_id for held in Visitor(user).memberships if held.organisation_id}
    chosen = filter_reading(plan, user, params=params, mine=mine, today=today).filter
    return Selection(frozenset(chosen.kept), chosen.total, chosen.sentence) if chosen.is_active else None
