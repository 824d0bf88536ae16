"""What one organisation is asked, with all that stands around each question."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actions.models import Action

from ..figures.series import values_before
from ..models import Evidence, Indicator, Kind, Measurement, Question, Solicitation, Target
from ..models.measurement import SHOWN
from ..periods import ReportingPeriod, period_label, period_of, read_period
from ..values.checks import unusual
from ..values.locking import read_locks
from ..values.wording import Entered, say_number, say_value, say_when


@dataclass(frozen=True)
class Ask:
    """One question, its answer as it stands, and what it is compared with."""

    question: Question
    indicator: Indicator
    year: int
    actions: list[Action]
    measurement: Measurement | None
    before: Measurement | None
    previous: Measurement | None
    target: Target | None
    is_locked: bool

    @property
    def period(self) -> str:
        """« 2026 », « 1er trimestre 2026 »; the year for a value entered once."""
        return period_label(self.question.period) if read_period(self.question.period) else str(self.year)

    @property
    def state(self) -> str:
        return self.measurement.state if self.measurement else ""

    @property
    def entered_at(self) -> dt.datetime | None:
        return self.measurement.entered_at if self.measurement else None

    @property
    def has_number(self) -> bool:
        return Kind(self.indicator.kind).has_number

    @property
    def is_answered(self) -> bool:
        return self.measurement is not None and not self.measurement.is_empty

    @property
    def is_sent(self) -> bool:
        return self.state in SHOWN

    @property
    def is_to_send(self) -> bool:
        return self.is_answered and not self.is_sent and not self.is_locked

    @property
    def said(self) -> str:
        return say_value(self.indicator, self.measurement) if self.measurement else ""

    @property
    def said_before(self) -> str:
        return say_value(self.indicator, self.before) if self.before else ""

    @property
    def when_before(self) -> str:
        return say_when(self.before) if self.before else ""

    @property
    def said_target(self) -> str:
        if self.target is None:
            return "sans cible"
        bounds = [bound for bound in (self.target.value, self.target.upper) if bound is not None]
        return " à ".join(say_number(self.indicator, bound) for bound in bounds)

    @property
    def surprise(self) -> str:
        return self.surprise_of(self.measurement) if self.measurement else ""

    def surprise_of(self, values: Entered) -> str:
        return unusual(
            self.indicator,
            values,
            before=self.before,
            target=self.target,
            year=self.year,
            previous=self.previous,
        )

    @property
    def said_baseline(self) -> str:
        """Where one started, as long as there is no value of the year before."""
        start = self.indicator.baseline
        return say_number(self.indicator, start) if start is not None and self.before is None else ""

    @property
    def evidence(self) -> list[Evidence]:
        kept = self.measurement.evidence.all() if self.measurement else []
        return [one for one in kept if one.removed_at is None]


@dataclass(frozen=True)
class Progress:
    """How far an organisation is with what is asked of it."""

    asked: int
    answered: int
    sent: int

    @property
    def to_send(self) -> int:
        return self.answered - self.sent

    @property
    def is_complete(self) -> bool:
        return self.sent == self.asked


def progress_of(asks: Iterable[Ask]) -> Progress:
    asks = list(asks)
    return Progress(
        asked=len(asks),
        answered=sum(ask.is_answered for ask in asks),
        sent=sum(ask.is_sent for ask in asks),
    )


def read_asks(solicitation: Solicitation, *, at: dt.datetime) -> list[Ask]:
    """The questions of a solicitation in the order of the plan, in a constant number of queries."""
    questions = list(
        solicitation.questions.current()
        .select_related("indicator__first_dimension", "indicator__second_dimension")
        .prefetch_related(
            "indicator__actions",
            "indicator__targets",
            "indicator__first_dimension__categories",
            "indicator__second_dimension__categories",
        )
    )
    plan = solicitation.campaign.plan
    locks = read_locks(plan, at=at)
    values, earlier = _values(solicitation, questions), _earlier(solicitation, questions)
    campaign_year = int(solicitation.campaign.period[:4])
    asks = []
    for question in questions:
        indicator = question.indicator
        indicator.plan = plan
        period = read_period(question.period)
        year = period.year if period else campaign_year
        asks.append(
            Ask(
                question=question,
                indicator=indicator,
                year=year,
                actions=[action for action in indicator.actions.all() if action.trashed_at is None],
                measurement=values.get((indicator.pk, question.period)),
                before=_shown(values, indicator, period and period.a_year_before)
                or _shown(earlier, indicator, period and period.a_year_before),
                previous=_shown(values, indicator, period and _just_before(period)),
                target=next((one for one in indicator.targets.all() if one.year == year), None),
                is_locked=locks.is_locked(question.period, solicitation.organisation_id),
            )
        )
    return asks


Values = Mapping[tuple[int, str], Measurement]


def _values(solicitation: Solicitation, questions: Iterable[Question]) -> Values:
    """What the organisation has entered for these indicators, whatever the period."""
    asked = {question.indicator_id: question.indicator for question in questions}
    found = (
        solicitation.organisation.measurements.current()
        .filter(indicator__in=asked)
        .prefetch_related("portions", "evidence")
    )
    values = {}
    for measurement in found:
        measurement.indicator = asked[measurement.indicator_id]
        measurement.organisation = solicitation.organisation
        values[measurement.indicator_id, measurement.period] = measurement
    return values


def _earlier(solicitation: Solicitation, questions: Iterable[Question]) -> Values:
    """What the organisation sent in the plan before, under the indicators of this one."""
    asked = [question.indicator for question in questions]
    found = values_before(solicitation.campaign.plan, asked)
    own = solicitation.organisation_id
    return {(one.pk, value.period): value for one, value in found if value.organisation_id == own}


def _shown(values: Values, indicator: Indicator, period: ReportingPeriod | None) -> Measurement | None:
    found = values.get((indicator.pk, period.key)) if period else None
    return found if found is not None and found.state in SHOWN else None


def _just_before(period: ReportingPeriod) -> ReportingPeriod | None:
    """The period before this one in the same year."""
    length = (period.ends_on.month - period.starts_on.month) + 1
    rank = (period.starts_on.month - 1) // length
    return period_of(period.frequency, period.year, rank) if rank else None
