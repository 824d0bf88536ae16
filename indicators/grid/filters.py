"""What a person asks to see of the entry grid: a period, an organisation, an action, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..models import Frequency, Indicator
from ..models.measurement import SHOWN
from ..periods import ReportingPeriod, period_of, periods_within
from .lines import Grid, Slot


@dataclass(frozen=True)
class GridFilter:
    """`organisation` is a key, `action` a number; `only_missing` keeps that of which nothing was sent."""

    grid: Grid
    organisation: int | None = None
    action: int | None = None
    only_missing: bool = False

    @classmethod
    def asked(cls, params: Mapping[str, str], grid: Grid) -> "GridFilter":
        """What an address asks; what it cannot mean is left out."""
        organisation, action = _number(params.get("organisme", "")), _number(params.get("action", ""))
        known = organisation if organisation in grid.organisations else None
        return cls(grid, known, action, "a-saisir" in params)

    @property
    def is_active(self) -> bool:
        return self.only_missing or self.organisation is not None or self.action is not None

    def slots(self) -> list[Slot]:
        grid = self.grid
        kept = [slot for slot in grid.slots if self.organisation in (None, slot.organisation_id)]
        if self.action is not None:
            served = Indicator.objects.visible_to(grid.user).filter(
                plan=grid.plan, actions__number=self.action, actions__trashed_at=None
            )
            those = set(served.values_list("pk", flat=True))
            kept = [slot for slot in kept if slot.indicator_id in those]
        if self.only_missing:
            sent = grid.values().filter(indicator__plan=grid.plan, state__in=SHOWN)
            there = set(sent.values_list("indicator", "organisation", "period"))
            kept = [slot for slot in kept if tuple(slot) not in there]
        return kept


def periods_offered(grid: Grid) -> dict[str, list[ReportingPeriod]]:
    """The years of the plan, and the parts of the chosen year in which something is entered."""
    year, plan = grid.whole.year, grid.plan
    first, last = min(plan.first_year or year, year), max(plan.last_year or year, year)
    whole = period_of(Frequency.YEAR, year)
    parts = (Frequency.SEMESTER, Frequency.QUARTER, Frequency.MONTH)
    within = [one for part in parts if part in grid.rhythms for one in periods_within(part, whole)]
    years = [period_of(Frequency.YEAR, one) for one in range(first, last + 1)]
    return {"Année entière": years} | ({f"Une partie de {year}": within} if within else {})


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
