"""What a person is asked for, across campaigns."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from partners.models import User

from ..campaigns.mails import last_day_of
from ..models import Measurement, Question, Solicitation
from ..models.measurement import SHOWN
from .asking import Progress


@dataclass(frozen=True)
class Solicited:
    """A solicitation, and how far its organisation is."""

    solicitation: Solicitation
    progress: Progress
    is_open: bool

    @property
    def url(self) -> str:
        """Where one answers; once it is closed, where one reads what was answered."""
        return self.solicitation.get_absolute_url()

    @property
    def last_day(self) -> dt.date:
        return last_day_of(self.solicitation)


def solicited_by(user: User, *, at: dt.datetime) -> list[Solicited]:
    """What is asked of the organisations of a member, and of everybody for the coordination; open first."""
    pks = {*Solicitation.objects.answerable_by(user).values_list("pk", flat=True)}
    pks |= {*Solicitation.objects.editable_by(user).values_list("pk", flat=True)}
    today = timezone.localdate(at)
    rows = list(
        Solicitation.objects.visible_to(user)
        .filter(pk__in=pks, campaign__launched_at__isnull=False, campaign__opens_on__lte=today)
        .select_related("campaign__plan__territory", "organisation")
        .order_by("-campaign__period", "organisation__name", "pk")
    )
    progress = _progress(rows, user)
    listed = [Solicited(row, progress[row.pk], row.is_open(at)) for row in rows]
    return sorted(listed, key=lambda one: not one.is_open)


def _progress(rows: Sequence[Solicitation], user: User) -> dict[int, Progress]:
    asked: dict[int, list[tuple[int, str]]] = defaultdict(list)
    questions = Question.objects.visible_to(user).filter(solicitation__in=rows)
    for solicitation, indicator, period in questions.values_list("solicitation", "indicator", "period"):
        asked[solicitation].append((indicator, period))
    organisations = {row.organisation_id for row in rows}
    indicators = {indicator for keys in asked.values() for indicator, _ in keys}
    found = Measurement.objects.visible_to(user).filter(
        organisation__in=organisations, indicator__in=indicators
    )
    values = {(one.organisation_id, one.indicator_id, one.period): one for one in found}
    made = {}
    for row in rows:
        answers = [values.get((row.organisation_id, *key)) for key in asked[row.pk]]
        given = [one for one in answers if one is not None and not one.is_empty]
        made[row.pk] = Progress(
            asked=len(answers), answered=len(given), sent=sum(one.state in SHOWN for one in given)
        )
    return made
