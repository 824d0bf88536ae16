"""What each organisation brings to an indicator, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Absence, State
from ..values.wording import say_value
from .aggregation import total
from .sentences import say_total
from .yearly import Figures, Row


@dataclass(frozen=True)
class OwnFigure:
    """What one organisation has for a year: words, never empty."""

    organisation_id: int
    organisation: str
    said: str
    is_to_validate: bool

    @property
    def in_words(self) -> str:
        return f"{self.said} (à valider)" if self.is_to_validate else self.said


@dataclass(frozen=True)
class Organisations:
    """Each organisation with what it has for each of `years`; None where nothing is expected of it."""

    years: Sequence[int]
    rows: Sequence[tuple[str, Sequence[OwnFigure | None]]]


def by_organisation(figures: Figures) -> Organisations:
    """The organisations of the years that have begun, in order of names."""
    years = [year for year in figures.years if year <= figures.today.year]
    found = {year: {own.organisation_id: own for own in own_figures(figures, year)} for year in years}
    names = {pk: own.organisation for by_key in found.values() for pk, own in by_key.items()}
    ordered = sorted(names, key=lambda pk: (names[pk].casefold(), pk))
    return Organisations(years, [(names[pk], [found[year].get(pk) for year in years]) for pk in ordered])


def own_figures(figures: Figures, year: int) -> list[OwnFigure]:
    """Each organisation with a value for a year, or of whom one is expected, in order of names."""
    keys = figures.keys_of(year)
    rows: dict[int, list[Row]] = {}
    names: dict[int, str] = {}
    for key in keys:
        names |= figures.expected_in(key)
    for row in figures.rows_of(year):
        if row.entry.period_key in keys:
            rows.setdefault(row.entry.organisation_id, []).append(row)
            names[row.entry.organisation_id] = row.entry.organisation
    return [
        OwnFigure(
            organisation_id=pk,
            organisation=names[pk],
            said=_say(figures, keys, rows.get(pk, [])) or "pas encore de valeur",
            is_to_validate=any(row.entry.state == State.SUBMITTED for row in rows.get(pk, [])),
        )
        for pk in sorted(names, key=lambda pk: (names[pk].casefold(), pk))
    ]


def _say(figures: Figures, keys: Sequence[str], rows: Sequence[Row]) -> str:
    if len(rows) <= 1:
        return "".join(say_value(figures.indicator, row.as_values()) for row in rows)
    entries = [row.entry for row in rows]
    if not any(map(figures.rules.has_value, entries)):
        return f"non disponible\u00a0: {Absence(entries[-1].absence).label}"
    return say_total(figures.indicator, total(figures.rules.alone, entries, {}, keys))
