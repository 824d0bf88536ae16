"""A returned workbook: recognised, kept, and found again by whoever may answer in its place."""

import datetime as dt

from django.db.models import QuerySet

from ctg.answerbooks.keeping import KEPT, kept_of
from ctg.answerbooks.models import ReturnedAnswers
from ctg.intake.tables import Refusal, SourceFile
from indicators.answers.answering import Answerer
from indicators.models import Campaign, EntryLink, Solicitation
from partners.models import User

from .comparing import ELSEWHERE, solicitation_of

CLOSED = "La saisie de cet organisme est close\u00a0: rouvrez-la, puis déposez ce classeur à nouveau."


def keep(
    solicitation: Solicitation,
    source: SourceFile,
    *,
    user: User | None,
    link: EntryLink | None = None,
    at: dt.datetime,
) -> ReturnedAnswers:
    """Keep what was read, once recognised; raise `Refusal` for the workbook of anybody else."""
    if solicitation_of(source) != solicitation.pk:
        raise Refusal(ELSEWHERE)
    ReturnedAnswers.objects.stale(at - KEPT).delete()
    return ReturnedAnswers.objects.create(
        solicitation=solicitation, link=link, **kept_of(source, user=user, at=at)
    )


def keep_for_campaign(
    campaign: Campaign, source: SourceFile, *, user: User, at: dt.datetime
) -> ReturnedAnswers:
    """Keep it for whoever of the campaign it is of."""
    asked = campaign.solicitations.current().filter(pk=solicitation_of(source))
    found = asked.select_related("campaign").first()
    if found is None:
        raise Refusal(ELSEWHERE)
    if not found.is_open(at):
        raise Refusal(CLOSED)
    return keep(found, source, user=user, at=at)


def waiting_for(answerer: Answerer) -> QuerySet[ReturnedAnswers]:
    """What came back for the organisation of whoever answers, and was not taken in yet."""
    return ReturnedAnswers.objects.filter(solicitation=answerer.solicitation, applied_at=None)


def find_returned(pk: int) -> ReturnedAnswers | None:
    """One of them, whosever it is: it is shown to nobody but an answerer of its solicitation."""
    return ReturnedAnswers.objects.filter(pk=pk).first()
