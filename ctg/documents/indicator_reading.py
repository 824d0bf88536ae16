"""One indicator as its printed sheet tells it, for whoever has passed the door of its plan.

Its figures are those of its page, made by the same code; drafts and returned values are in neither.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from indicators.figures.breakdowns import Breakdown, read_breakdowns
from indicators.figures.reports import Line, Report, line_of
from indicators.figures.series import read_series
from indicators.figures.yearly import Figures
from indicators.models import Indicator
from partners.models import Change
from partners.models.change import Event


@dataclass(frozen=True)
class IndicatorReading:
    """Each list is read when it is asked for, in a number of queries that does not grow.

    `indicator` comes with its plan, territory, common indicator and dimensions.
    """

    indicator: Indicator
    today: dt.date

    @cached_property
    def figures(self) -> Figures:
        indicator = self.indicator
        return read_series(indicator.plan, [indicator], today=self.today)[indicator.pk]

    @property
    def year(self) -> int:
        """The last one for which something was entered or asked."""
        return self.figures.last_year or self.today.year

    @cached_property
    def report(self) -> Report:
        return Report(self.figures, self.year)

    @property
    def lines(self) -> list[Line]:
        """A row for each year, those of the plan before included, then one for all of this plan."""
        figures = [*self.figures.series, self.figures.whole]
        return [line_of(self.indicator, figure) for figure in figures]

    @cached_property
    def breakdowns(self) -> Sequence[Breakdown]:
        return read_breakdowns(self.figures, self.year)

    @cached_property
    def served(self) -> list[int]:
        """The numbers of the actions that it serves."""
        own = Indicator.objects.of_plan(self.indicator.plan).filter(pk=self.indicator.pk)
        return [action.number for found in own.with_served() for action in found.served]

    @cached_property
    def past_targets(self) -> list[Change]:
        """How its targets changed once they were set, and why, the latest first."""
        changes = Change.objects.filter(
            plan_id=self.indicator.plan_id, kind="indicator", object_id=self.indicator.pk, field="targets"
        )
        return [one for one in changes.filter(event=Event.CHANGED, is_private=False) if one.before_text]
