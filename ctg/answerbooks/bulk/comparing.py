"""A table of values beside what stands: the same differences and checks as a returned workbook."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils import timezone

from actions.models import Plan
from ctg.answerbooks.returned.comparing import Comparison
from ctg.answerbooks.returned.replies import Reply
from ctg.intake.tables import SourceFile
from indicators.answers.asking import Ask
from indicators.figures.series import values_before
from indicators.models import Indicator, Measurement, Question, Solicitation
from indicators.models.measurement import SHOWN
from indicators.periods import ReportingPeriod, read_period
from indicators.values.disputes import NO_ANSWER, read_answer
from indicators.values.locking import Locks, read_locks
from partners.models import User

from .naming import Names
from .rows import Slot, read_values

Values = Mapping[tuple[int, int, str], Measurement]


class LongReply(Reply):
    """The organisation is part of the name, as a table holds many."""

    @property
    def name(self) -> str:
        return f"{super().name}, {self.ask.question.solicitation.organisation}"


def compare_values(source: SourceFile, plan: Plan, user: User, *, at: dt.datetime) -> Comparison:
    """Read the table again beside what stands now; the queries do not grow with the values."""
    names, today = Names(plan, user), timezone.localdate(at)
    read = read_values(source, names, today=today)
    locks, values = read_locks(plan, at=at), _values(plan, user, read.slots)
    past = _past(plan, read.slots, values)
    replies: list[Reply] = []
    for key, (slot, rows) in enumerate(read.slots.items(), 1):
        ask = _ask(key, slot, plan, values, past, locks)
        value = ask.measurement
        version = value.version if value else 0
        marked = [row._replace(mark=row.mark._replace(version=version)) for row in rows]
        replies.append(LongReply(ask, marked, read_answer(value) if value else NO_ANSWER, today=today))
    remarks = read.remarks + [remark for reply in replies for remark in reply.remarks]
    return Comparison(source, replies, remarks)


def _values(plan: Plan, user: User, slots: Iterable[Slot]) -> Values:
    """What these organisations entered for these indicators, whatever the period."""
    slots = list(slots)
    found = Measurement.objects.editable_by(user).filter(
        indicator__plan=plan,
        indicator__in={slot.indicator.pk for slot in slots},
        organisation__in={slot.organisation.pk for slot in slots},
    )
    values = {}
    known: dict[int, Indicator] = {slot.indicator.pk: slot.indicator for slot in slots}
    for value in found.prefetch_related("portions"):
        value.indicator = known[value.indicator_id]
        values[value.indicator_id, value.organisation_id, value.period] = value
    return values


def _past(plan: Plan, slots: Iterable[Slot], values: Values) -> Values:
    """What was sent, in this plan or in the one that it renews."""
    before = values_before(plan, {slot.indicator.pk: slot.indicator for slot in slots}.values())
    past = {(one.pk, value.organisation_id, value.period): value for one, value in before}
    return past | {key: value for key, value in values.items() if value.state in SHOWN}


def _ask(key: int, slot: Slot, plan: Plan, values: Values, past: Values, locks: Locks) -> Ask:
    """The question that nobody sent; its key tells it from the others of the same table."""
    slot.indicator.plan = plan
    asked = Solicitation(organisation=slot.organisation)
    question = Question(pk=key, solicitation=asked, indicator=slot.indicator, period=slot.period)
    period = read_period(slot.period)

    def sent(when: ReportingPeriod | None) -> Measurement | None:
        return past.get((slot.indicator.pk, slot.organisation.pk, when.key)) if when else None

    return Ask(
        question=question,
        indicator=slot.indicator,
        year=slot.year,
        actions=[action for action in slot.indicator.actions.all() if action.trashed_at is None],
        measurement=values.get((slot.indicator.pk, slot.organisation.pk, slot.period)),
        before=sent(period and period.a_year_before),
        previous=sent(period and period.just_before),
        target=next((one for one in slot.indicator.targets.all() if one.year == slot.year), None),
        is_locked=locks.is_locked(slot.period, slot.organisation.pk),
    )
