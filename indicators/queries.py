"""Reads across indicators for a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.models import Action, Plan
from ctg.web.search import Index
from ctg.web.text import fold
from partners.models import User

from .models import Indicator

#: Above this many key indicators, follow-up dies.
MANY_KEY_INDICATORS = 30


@dataclass(frozen=True)
class Catalogue:
    """The indicators that a page asks for, by their keys and in order, and the counts of the whole plan."""

    found: Sequence[int]
    total: int
    keys: int

    @property
    def has_too_many_keys(self) -> bool:
        return self.keys > MANY_KEY_INDICATORS


def read_catalogue(
    plan: Plan, user: User, *, search: str = "", action: Action | None = None, only_keys: bool = False
) -> Catalogue:
    seen = Indicator.objects.visible_to(user).filter(plan=plan)
    texts = ("wording", "unit", "guidance", "source")
    rows = list(seen.values_list("pk", "is_key", *texts))
    kept = {pk for pk, is_key, *_ in rows if is_key or not only_keys}
    if action:
        kept &= set(seen.filter(actions=action).values_list("pk", flat=True))
    index = Index((pk, fold(" ".join(words))) for pk, _, *words in rows if pk in kept)
    found = index.find(search) if search else [pk for pk, *_ in rows if pk in kept]
    return Catalogue(found, total=len(rows), keys=sum(is_key for _, is_key, *_ in rows))
