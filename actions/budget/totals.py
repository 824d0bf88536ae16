"""Sums of amounts in euros, which always say what they lack. Knows no model."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeVar

from ctg.web.numbers import write_euros
from ctg.web.templatetags.ui import plural

K = TypeVar("K", bound=Hashable)


class Line(NamedTuple):
    """As much of a line of budget as sums need; `group` is where its action stands in the plan."""

    action: int
    year: int
    funder: str
    planned: Decimal | None
    actual: Decimal | None
    group: int | None = None


@dataclass(frozen=True)
class Total:
    """A sum, how many amounts it holds, and how many are not known."""

    amount: Decimal
    known: int
    missing: int

    @property
    def in_euros(self) -> str:
        """« 12 500 € », or nothing when no amount is known: that is not zero."""
        return write_euros(self.amount) if self.known else ""

    @property
    def lack(self) -> str:
        """« 2 montants manquent »"""
        if not self.missing:
            return ""
        return f"{self.missing} montant{plural(self.missing)} {plural(self.missing, 'manque,manquent')}"

    @property
    def lack_in_short(self) -> str:
        """« 2 manquent », under the amount of a cell."""
        return self.lack.replace(" montants", "").replace(" montant", "")


@dataclass(frozen=True)
class Sums:
    """What is planned and what was spent; a year to come lacks nothing yet of what will be spent."""

    planned: Total
    actual: Total


@dataclass(frozen=True)
class Row:
    """The sums of one title: in all, and year by year where a table shows it."""

    title: str
    whole: Sums
    cells: Sequence[Sums | None] = ()


def sums_of(lines: Iterable[Line], this_year: int) -> Sums:
    lines = list(lines)
    return Sums(
        planned=_total([line.planned for line in lines]),
        actual=_total([line.actual for line in lines if line.actual is not None or line.year <= this_year]),
    )


def split(lines: Iterable[Line], key: Callable[[Line], K]) -> dict[K, list[Line]]:
    """The lines by what `key` says of them, each of them once."""
    parts: dict[K, list[Line]] = defaultdict(list)
    for line in lines:
        parts[key(line)].append(line)
    return dict(parts)


def rows_of(
    parts: Iterable[tuple[str, Sequence[Line]]], this_year: int, years: Sequence[int] = ()
) -> list[Row]:
    """One row for each title; a year in which it has no line is blank."""
    rows = []
    for title, lines in parts:
        by_year = split(lines, lambda line: line.year)
        cells = [sums_of(by_year[year], this_year) if year in by_year else None for year in years]
        rows.append(Row(title, sums_of(lines, this_year), cells))
    return rows


def _total(amounts: Sequence[Decimal | None]) -> Total:
    known = [amount for amount in amounts if amount is not None]
    return Total(sum(known, Decimal()), len(known), len(amounts) - len(known))
