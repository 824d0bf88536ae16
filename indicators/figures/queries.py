"""Reads across indicators for a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.models import Action
from ctg.web.search import Index
from ctg.web.text import fold

from ..models import Indicator

#: Above this many key indicators, follow-up dies.
MANY_KEY_INDICATORS = 30

_SEARCHED = ("wording", "unit", "guidance", "source")


@dataclass(frozen=True)
class Catalogue:
    """The indicators that a page asks for, in order, and the counts of the whole plan."""

    found: Sequence[Indicator]
    total: int
    keys: int

    @property
    def has_too_many_keys(self) -> bool:
        return self.keys > MANY_KEY_INDICATORS


def find_indicators(
    indicators: Sequence[Indicator],
    *,
    search: str = "",
    action: Action | None = None,
    only_keys: bool = False,
) -> Catalogue:
    """Those of the plan's indicators, read `with_served`, that hold the words, serve the action, are key."""
    kept = {
        one.pk: one
        for one in indicators
        if (one.is_key or not only_keys) and (not action or any(s.pk == action.pk for s in one.served))
    }
    if search:
        texts = ((pk, fold(" ".join(getattr(one, name) for name in _SEARCHED))) for pk, one in kept.items())
        kept = {pk: kept[pk] for pk in Index(texts).find(search)}
    return Catalogue(list(kept.values()), total=len(indicators), keys=sum(one.is_key for one in indicators))
