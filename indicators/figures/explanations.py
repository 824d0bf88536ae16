"""« Pourquoi ce chiffre ? »: the rows behind a figure, and who is missing from it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..models import Channel, Frequency, Measurement, State
from ..periods import period_label, read_period
from ..values.wording import say_value
from .aggregation import Entry, contributions
from .yearly import WHOLE, Figure, Figures


class Detail(NamedTuple):
    """What a total does not read of a value, and a person wants to know."""

    entered_label: str
    entered_at: dt.datetime | None
    channel: str
    comment: str

    @property
    def by(self) -> str:
        """« lien personnel », « compte »…: the way by which it came."""
        return Channel(self.channel).label


@dataclass(frozen=True)
class Reason:
    """A value behind a figure: whose, for when, what, and why it counts for nothing, if so."""

    measurement_id: int
    organisation: str
    period: str
    state: str
    said: str
    why_out: str
    detail: Detail


@dataclass(frozen=True)
class Explanation:
    figure: Figure
    reasons: Sequence[Reason]


def explain(figures: Figures, key: str) -> Explanation | None:
    """The figure of a year, or of all of them, with its values; None for what is no year of the indicator.

    A year of the plan before is explained by the values and the definition of then.
    """
    period = read_period(key)
    if figures.earlier and period and period.year < figures.years[0]:
        return explain(figures.earlier, key)
    if key == WHOLE:
        figure, rows = figures.whole, figures.rows
    else:
        if period is None or period.frequency != Frequency.YEAR or period.year not in figures.years:
            return None
        figure, rows = figures.of_year(period.year), figures.rows_of(period.year)
    parts = contributions(figures.rules, [row.entry for row in rows], {}, figure.periods)
    used = {entry for part in parts for entry in part.used}
    details = _read_details(figures, [row.measurement_id for row in rows])
    return Explanation(
        figure,
        [
            Reason(
                measurement_id=row.measurement_id,
                organisation=row.entry.organisation,
                period=period_label(row.entry.period_key),
                state=State(row.entry.state).label,
                said=say_value(figures.indicator, row.as_values()),
                why_out="" if row.entry in used else _why_out(row.entry, figure),
                detail=details[row.measurement_id],
            )
            for row in rows
        ],
    )


def _why_out(entry: Entry, figure: Figure) -> str:
    if entry.absence:
        return "hors du calcul"
    if entry.period_key not in figure.periods:
        return "hors du calcul\u00a0: saisie à une autre fréquence"
    return "hors du calcul\u00a0: une valeur plus récente la remplace"


def _read_details(figures: Figures, keys: Sequence[int]) -> Mapping[int, Detail]:
    found = Measurement.objects.of_plan(figures.indicator.plan).filter(pk__in=keys)
    rows = found.values_list("pk", "entered_label", "entered_at", "channel", "comment")
    return {pk: Detail(label, at, channel, comment) for pk, label, at, channel, comment in rows}
