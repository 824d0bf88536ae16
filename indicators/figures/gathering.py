"""How what several contributors bring makes one figure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ctg.web.words import listing

from ..models.kind import Accrual, Gathering, Kind
from .totals import Total

if TYPE_CHECKING:
    from .aggregation import Contribution, Rules

APART = "les valeurs ne se réunissent pas\u00a0: lisez-les par organisme"
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


def gather(rules: "Rules", held: Sequence["Contribution"], contents: Total) -> Total:
    """The figure of these contributions, all of which have values, told with their `contents`."""
    if rules.keeps_apart:
        return replace(contents, why_not=APART)
    if not held:
        return _without(contents, contents.lacking) if contents.expected else _nobody(contents)
    contents = replace(contents, is_floor=_is_floor(rules, held))
    if rules.kind == Kind.DELIVERABLE:
        return _deliverable(held, contents)
    if rules.gathering == Gathering.LAST:
        held = [max(held, key=_received)]
    if rules.kind == Kind.SHARE:
        return _share(held, contents)
    if rules.gathering == Gathering.WEIGHTED or (rules.kind, rules.gathering) == (Kind.SCALE, Gathering.SUM):
        return _weighted_mean(held, contents)
    amounts = [part.amount for part in held]
    base = held[0].base if len(held) == 1 else None
    if rules.gathering == Gathering.MAX:
        return replace(contents, value=max(amounts), denominator=base)
    added = sum(amounts, Decimal(0))
    value = added / len(amounts) if rules.gathering == Gathering.MEAN else added
    return replace(contents, value=value, denominator=base)


def weighted(amounts: Sequence[Decimal], weights: Sequence[Decimal]) -> Decimal:
    products = (amount * weight for amount, weight in zip(amounts, weights, strict=True))
    return sum(products, Decimal(0)) / sum(weights, Decimal(0))


def _share(held: Sequence["Contribution"], contents: Total) -> Total:
    if without := [part.name for part in held if part.base is None]:
        return _without(contents, f"le second nombre de {listing(without)}")
    numerator = sum((part.amount for part in held), Decimal(0))
    denominator = sum((part.base for part in held if part.base), Decimal(0))
    if not denominator:
        return _without(contents, "un second nombre plus grand que zéro")
    value = 100 * numerator / denominator
    return replace(contents, value=value, numerator=numerator, denominator=denominator)


def _weighted_mean(held: Sequence["Contribution"], contents: Total) -> Total:
    if without := [part.name for part in held if part.base is None]:
        return _without(contents, f"l’effectif de {listing(without)}")
    weights = [part.base or Decimal(0) for part in held]
    if not sum(weights):
        return _without(contents, "un effectif plus grand que zéro")
    value = weighted([part.amount for part in held], weights)
    return replace(contents, value=value, denominator=sum(weights, Decimal(0)))


def _deliverable(held: Sequence["Contribution"], contents: Total) -> Total:
    done = [part for part in held if part.amount]
    days = [entry.done_on for part in done for entry in part.used if entry.done_on]
    return replace(
        contents,
        value=Decimal(len(done) == contents.expected),
        numerator=Decimal(len(done)),
        denominator=Decimal(contents.expected),
        done_on=max(days, default=None),
    )


def _received(part: "Contribution") -> tuple[int, dt.datetime]:
    return part.rank, part.used[-1].received_at or _NEVER


def _is_floor(rules: "Rules", held: Sequence["Contribution"]) -> bool:
    """Whether what is still missing can only add to the figure."""
    grows = rules.kind in (Kind.COUNT, Kind.AMOUNT) and rules.gathering in (Gathering.SUM, Gathering.MAX)
    if not grows or any(entry.amount < 0 for part in held for entry in part.used if entry.amount):
        return False
    return rules.accrual in (Accrual.ADDED, Accrual.RUNNING) or not any(part.gaps for part in held)


def _nobody(contents: Total) -> Total:
    return replace(contents, why_not=contents.contents)


def _without(contents: Total, lacking: str) -> Total:
    return replace(contents, why_not=f"non calculable\u00a0: il manque {lacking}")
