"""Read the board of a campaign, in as many queries whatever it asks and of how many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from partners import outbox

from ..figures.series import values_before
from ..models import Campaign, EntryLink, Indicator, Measurement, Question, Solicitation
from ..models.measurement import SHOWN
from ..periods import ReportingPeriod, read_period
from ..values.checks import unusual
from . import mails
from .board import Board, Cell, Row


def read_board(campaign: Campaign, *, only: Solicitation | None = None) -> Board:
    """The board of a campaign, or only the row of one organisation."""
    asked = campaign.solicitations.current().select_related("organisation")
    solicitations = list(asked if only is None else asked.filter(pk=only.pk))
    questions = _questions(solicitations)
    values, earlier = _values(solicitations, questions), _earlier(campaign, questions)
    links = {
        (link.solicitation_id, link.email.lower()): link
        for link in EntryLink.objects.filter(solicitation__in=solicitations, revoked_at=None)
    }
    stuck = {
        letter.key.split("/")[1]: letter
        for letter in outbox.unsent(prefix=mails.prefix_of_campaign(campaign))
    }
    return Board(
        [
            Row(
                [_cell(solicitation, question, values, earlier) for question in questions[solicitation.pk]],
                solicitation,
                links.get((solicitation.pk, solicitation.contact_email.lower())),
                stuck.get(f"solicitation-{solicitation.pk}"),
            )
            for solicitation in solicitations
        ]
    )


#: Values by indicator, organisation and period.
Values = Mapping[tuple[int, int, str], Measurement]


def _questions(solicitations: Iterable[Solicitation]) -> dict[int, list[Question]]:
    """What is asked of each, in the order of the plan; an indicator asked of many is read once."""
    asked = list(Question.objects.current().filter(solicitation__in=solicitations).order_by("period"))
    indicators = Indicator.objects.filter(pk__in={question.indicator_id for question in asked})
    known = {indicator.pk: indicator for indicator in indicators.prefetch_related("targets")}
    rank = {pk: place for place, pk in enumerate(known)}
    questions: dict[int, list[Question]] = defaultdict(list)
    for question in sorted(asked, key=lambda question: rank[question.indicator_id]):
        question.indicator = known[question.indicator_id]
        questions[question.solicitation_id].append(question)
    return questions


def _values(solicitations: Iterable[Solicitation], questions: Mapping[int, Iterable[Question]]) -> Values:
    """The answers, and those with which they are compared."""
    every = [question for group in questions.values() for question in group]
    periods = {question.period for question in every}
    for period in filter(None, map(read_period, list(periods))):
        periods |= {period.a_year_before.key} | ({period.just_before.key} if period.just_before else set())
    found = Measurement.objects.current().filter(
        indicator__in={question.indicator_id for question in every},
        organisation__in={solicitation.organisation_id for solicitation in solicitations},
        period__in=periods,
    )
    return {(value.indicator_id, value.organisation_id, value.period): value for value in found}


def _earlier(campaign: Campaign, questions: Mapping[int, Iterable[Question]]) -> Values:
    """What was sent in the plan before, under the indicators of this one."""
    asked = {question.indicator for group in questions.values() for question in group}
    found = values_before(campaign.plan, asked)
    return {(one.pk, value.organisation_id, value.period): value for one, value in found}


def _cell(solicitation: Solicitation, question: Question, values: Values, earlier: Values) -> Cell:
    indicator = question.indicator
    own = (indicator.pk, solicitation.organisation_id)
    measurement = values.get((*own, question.period))
    if measurement is not None:
        measurement.indicator, measurement.organisation = indicator, solicitation.organisation
    period = read_period(question.period)
    year_before = period and period.a_year_before
    before = _shown(values, own, year_before) or _shown(earlier, own, year_before)
    surprise = ""
    if measurement is not None and measurement.state in SHOWN:
        year = period.year if period else int(solicitation.campaign.period[:4])
        surprise = unusual(
            indicator,
            measurement,
            before=before,
            previous=_shown(values, own, period and period.just_before),
            target=next((target for target in indicator.targets.all() if target.year == year), None),
            year=year,
        )
    return Cell(solicitation, question, measurement, before, surprise)


def _shown(values: Values, own: tuple[int, int], period: ReportingPeriod | None) -> Measurement | None:
    found = values.get((*own, period.key)) if period else None
    return found if found is not None and found.state in SHOWN else None
