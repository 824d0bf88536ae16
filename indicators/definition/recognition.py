"""What a wording says of itself: its kind, and whether it is written somewhere already."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctg.web.search import is_mistyped
from ctg.web.text import fold

from ..models.kind import Kind, Nature

if TYPE_CHECKING:
    from actions.models import Plan
    from partners.models import User

    from ..models import CommonIndicator, Indicator

#: The first that matches decides. Matched against the folded wording: no accents, no capitals.
_CLUES = (
    (
        Kind.DELIVERABLE,
        re.compile(
            r"^(creation|publication|ouverture|mise en place|mise en ligne|redaction|signature|parution) "
        ),
    ),
    (Kind.SHARE, re.compile(r"^(part|taux|proportion)s? |pourcentage")),
    (Kind.AMOUNT, re.compile(r"^(montant|budget|cout|depense|recette)s? ")),
    (Kind.DURATION, re.compile(r"^(duree|delai|temps moyen|temps d attente)s? ")),
    (Kind.SCALE, re.compile(r"^(satisfaction|perception|ressenti|note)s? ")),
)


def likely_kind(wording: str, nature: Nature | None = None) -> Kind:
    """The kind that a wording announces, within the column in which it stands if it stands in one."""
    folded = f"{fold(wording.replace('%', ' pourcentage '))} "
    for kind, clue in _CLUES:
        if nature in (None, kind.nature) and clue.search(folded):
            return kind
    return Kind.FINDING if nature == Nature.QUALITATIVE else Kind.COUNT


def is_same_wording(one: str, other: str) -> bool:
    """Whether two wordings say the same but for accents, capitals and one slip; numbers never slip."""
    words, others = fold(one), fold(other)
    if words == others:
        return True
    is_close = abs(len(words) - len(others)) <= 1 and _NUMBERS.findall(words) == _NUMBERS.findall(others)
    return is_close and is_mistyped(words, others)


_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Recurrence:
    """Where a wording is written already: in the plan, in the other plans of its territory, in common."""

    here: "Sequence[Indicator]" = field(default=())
    nearby: "Sequence[Indicator]" = field(default=())
    common: "Sequence[CommonIndicator]" = field(default=())

    def __bool__(self) -> bool:
        return bool(self.here or self.nearby or self.common)

    def besides(self, *known: object) -> "Recurrence":
        """What is left to decide about, once one has begun with `known`."""
        return Recurrence(
            self.here,
            [one for one in self.nearby if one not in known],
            [one for one in self.common if one not in known],
        )


def find_recurrence(wording: str, *, plan: "Plan", user: "User") -> Recurrence:
    """The indicators that `user` sees and that bear this wording, or one that is a slip away.

    Those of the plan come with the actions that they serve: a plan may have several of one wording.
    """
    from ..models import CommonIndicator, Indicator

    if not wording:
        return Recurrence()
    seen = Indicator.objects.visible_to(user).filter(plan__territory=plan.territory_id)
    same = [one for one in seen.select_related("plan") if is_same_wording(wording, one.wording)]
    common = CommonIndicator.objects.visible_to(user).filter(retired_at=None)
    return Recurrence(
        here=seen.filter(pk__in=[one.pk for one in same if one.plan_id == plan.pk]).with_served(),
        nearby=[one for one in same if one.plan_id != plan.pk],
        common=[one for one in common if is_same_wording(wording, one.wording)],
    )
