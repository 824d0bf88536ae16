"""What a definition may still lack, and how many indicators lack it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from ..models import Indicator, Kind, Target

_NUMBERS = [kind for kind in Kind if kind.has_number]
_IN_UNITS = [Kind.COUNT, Kind.AMOUNT, Kind.DURATION]


@dataclass(frozen=True, eq=False)
class Gap:
    """One thing to say: its word in an address, its name, and which indicators lack it."""

    slug: str
    name: str
    question: str
    lacking: Q


UNIT = Gap("unite", "unité", "Dans quelle unité compte-t-on\u00a0?", Q(unit="", kind__in=_IN_UNITS))
FREQUENCY = Gap("frequence", "fréquence", "À quelle fréquence saisit-on une valeur\u00a0?", Q(frequency=""))
CONTRIBUTORS = Gap(
    "contributeurs",
    "contributeurs",
    "Qui saisit une valeur\u00a0?",
    ~Q(Exists(Indicator.contributors.through.objects.filter(indicator=OuterRef("pk")))),
)
TARGET = Gap(
    "cible",
    "cible",
    "Où veut-on aller\u00a0?",
    Q(is_without_target=False, kind__in=_NUMBERS)
    & ~Q(Exists(Target.objects.filter(indicator=OuterRef("pk")))),
)
BASELINE = Gap("depart", "départ", "D’où part-on\u00a0?", Q(baseline=None, kind__in=_NUMBERS))

GAPS = {gap.slug: gap for gap in (UNIT, FREQUENCY, CONTRIBUTORS, TARGET, BASELINE)}


def count_gaps(indicators: QuerySet[Indicator]) -> dict[str, int]:
    """How many of the indicators lack each thing, by the word of its gap."""
    counted: dict[str, int] = indicators.order_by().aggregate(
        **{slug: Count("pk", filter=gap.lacking) for slug, gap in GAPS.items()}
    )
    return counted


def with_gaps(indicators: QuerySet[Indicator]) -> QuerySet[Any]:
    """The same indicators, each knowing what it lacks; `gaps_of` names it."""
    return indicators.annotate(
        **{
            f"lacks_{slug}": Case(When(gap.lacking, then=Value(True)), default=Value(False))
            for slug, gap in GAPS.items()
        }
    )


def gaps_of(indicator: Any) -> list[str]:
    return [gap.name for slug, gap in GAPS.items() if getattr(indicator, f"lacks_{slug}")]


def first_gap(counts: dict[str, int]) -> str:
    """The first thing that an indicator lacks; the first of all when nothing is lacking."""
    return next((slug for slug in GAPS if counts[slug]), UNIT.slug)
