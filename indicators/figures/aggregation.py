"""What values make together. No query here: whoever reads the values passes them as entries.

Each contributor's periods are made one first, by `Rules.accrual`; then the contributors, by
`Rules.gathering`. The parts of a share and the weights of a mean are carried to the end: one divides last.
A value that is not sent yet, a blank and an absence count for nothing, and certainly not for zero.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal, localcontext
from typing import NamedTuple

from ctg.web.words import listing

from ..models.frequency import Frequency
from ..models.indicator import Indicator
from ..models.kind import Accrual, Gathering, Kind
from ..models.measurement import SHOWN, Absence, State
from ..periods import period_label
from .gathering import gather, weighted
from .totals import Total

__all__ = ["Contribution", "Entry", "Rules", "Total", "total"]

#: Two numbers of fifteen digits are multiplied, and hundreds of them added, without rounding.
EXACT = Context(prec=60)


class Entry(NamedTuple):
    """A value as totals read it: that of one organisation for one period."""

    organisation_id: int
    organisation: str
    period_key: str
    state: str
    amount: Decimal | None
    base: Decimal | None = None
    done_on: dt.date | None = None
    absence: str = ""
    received_at: dt.datetime | None = None


@dataclass(frozen=True)
class Rules:
    """How the values of an indicator make one."""

    kind: Kind
    gathering: Gathering
    accrual: Accrual
    frequency: Frequency = Frequency.YEAR

    @classmethod
    def of(cls, indicator: Indicator) -> "Rules":
        kind = Kind(indicator.kind)
        return cls(kind, indicator.gathering_rule, indicator.accrual_rule, indicator.rhythm)

    @property
    def takes_latest(self) -> bool:
        """Whether the latest value of a contributor stands for all of them."""
        return self.kind == Kind.DELIVERABLE or self.accrual in (Accrual.RUNNING, Accrual.STANDING)

    @property
    def averages(self) -> bool:
        """Notes on a scale never add up, whatever the rule says."""
        return self.accrual == Accrual.AVERAGED or self.kind == Kind.SCALE

    @property
    def keeps_apart(self) -> bool:
        return self.gathering == Gathering.NONE or self.kind == Kind.FINDING

    @property
    def alone(self) -> "Rules":
        """The same for one contributor, whose value is never read apart from itself."""
        is_apart = self.gathering == Gathering.NONE and self.kind != Kind.FINDING
        return replace(self, gathering=Gathering.MAX) if is_apart else self

    def has_value(self, entry: Entry) -> bool:
        """Whether something was answered, sent or not."""
        return not entry.absence and (self.kind == Kind.FINDING or entry.amount is not None)


@dataclass(frozen=True)
class Contribution:
    """What one contributor brings over the periods, and what it does not."""

    name: str
    #: The values that count, in order of time.
    used: Sequence[Entry]
    #: The periods that lack a value, each with the reason given, if any.
    gaps: Mapping[str, str]
    amount: Decimal = Decimal(0)
    #: The second part of a share, or the weight of a mean; None when one of them is missing.
    base: Decimal | None = None
    #: Which period its latest value is of, the first being 0.
    rank: int = 0

    @property
    def is_concerned(self) -> bool:
        return bool(self.used or self.gaps)

    def lacks(self, reason: str) -> str:
        """Its name if it lacks periods for this reason; those periods too when that is not all of them."""
        keys = [key for key, why in self.gaps.items() if why == reason]
        if not keys or (not self.used and len(keys) == len(self.gaps)):
            return self.name if keys else ""
        few = listing([period_label(key) for key in keys]) if len(keys) < 3 else f"{len(keys)} périodes"
        return f"{self.name} ({few})"


def total(
    rules: Rules,
    entries: Iterable[Entry],
    expected: Mapping[int, str],
    periods: Sequence[str],
    *,
    asked: Collection[tuple[int, str]] | None = None,
) -> Total:
    """What the values of `periods`, in order of time, make together.

    `expected` names the contributors of whom they are expected; `asked` narrows that to pairs of a
    contributor and a period, when not all are asked for all. Whoever has a value counts as well.
    """
    with localcontext(EXACT):
        everybody = contributions(rules, entries, expected, periods, asked)
        parts = [part for part in everybody if part.is_concerned]
        held = [part for part in parts if part.used]
        contents = Total(
            included=[part.name for part in held],
            missing=[lacking for part in parts if (lacking := part.lacks(""))],
            absent=[
                (lacking, why.label) for part in parts for why in Absence if (lacking := part.lacks(why))
            ],
            unconcerned=[part.name for part in everybody if not part.is_concerned],
            expected=len(parts),
            to_validate=sum(entry.state == State.SUBMITTED for part in held for entry in part.used),
            stays_apart=rules.keeps_apart,
        )
        figure = gather(rules, held, contents)
    # Out of the exact context, the quotient is rounded as any other number is.
    return replace(figure, value=None if figure.value is None else +figure.value)


def contributions(
    rules: Rules,
    entries: Iterable[Entry],
    expected: Mapping[int, str],
    periods: Sequence[str],
    asked: Collection[tuple[int, str]] | None = None,
) -> list[Contribution]:
    """What each contributor brings, in order of names; nothing, when it said that it is not concerned."""
    rank = {key: position for position, key in enumerate(periods)}
    names = dict(expected)
    sent: dict[int, list[Entry]] = {pk: [] for pk in expected}
    for entry in entries:
        if entry.state in SHOWN and entry.period_key in rank:
            sent.setdefault(entry.organisation_id, []).append(entry)
            names.setdefault(entry.organisation_id, entry.organisation)
    made = []
    for pk in sorted(sent, key=lambda pk: (names[pk].casefold(), pk)):
        keys = [key for key in periods if pk in expected and (asked is None or (pk, key) in asked)]
        if keys or any(rules.has_value(entry) for entry in sent[pk]):
            made.append(_contribution(rules, names[pk], sent[pk], keys, rank))
    return made


def _contribution(
    rules: Rules, name: str, sent: Sequence[Entry], asked: Sequence[str], rank: Mapping[str, int]
) -> Contribution:
    values = sorted(filter(rules.has_value, sent), key=lambda entry: rank[entry.period_key])
    reasons = {entry.period_key: entry.absence for entry in sent if entry.absence}
    held = {entry.period_key for entry in values}
    awaited = [key for key in asked if reasons.get(key) != Absence.NOT_CONCERNED]
    if rules.takes_latest:
        values, awaited = values[-1:], awaited[-1:]
        held = {key for key in awaited if values and rank[key] <= rank[values[-1].period_key]}
    gaps = {key: reasons.get(key, "") for key in awaited if key not in held}
    if not values:
        return Contribution(name, values, gaps)
    amount, base = _accrued(rules, values)
    return Contribution(name, values, gaps, amount, base, rank[values[-1].period_key])


def _accrued(rules: Rules, values: Sequence[Entry]) -> tuple[Decimal, Decimal | None]:
    """The periods of one contributor made one, with its second part or weight."""
    amounts = [entry.amount or Decimal(0) for entry in values]
    bases = [entry.base for entry in values if entry.base is not None]
    base = sum(bases, Decimal(0)) if len(bases) == len(values) else None
    if rules.kind == Kind.SHARE or not rules.averages:
        return sum(amounts, Decimal(0)), base
    if base:
        return weighted(amounts, bases), base
    return sum(amounts, Decimal(0)) / len(amounts), base
