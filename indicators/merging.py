"""What two organisations enter and are asked, when they turn out to be one."""

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, QuerySet

from ctg.web.templatetags.ui import plural
from partners import tracking
from partners.models import Organisation
from partners.tracking import Author

from .models import Indicator, Measurement, Question, Solicitation


class IndicatorsFollow:
    """Indicators expect the one that stays; values and solicitations become its own.

    A value that both entered for the same period stays as the kept one entered it; the other goes to the
    trash, where its history tells it. Two solicitations of one campaign become one, with the questions and
    the links of both.
    """

    def announce(self, kept: Organisation, absorbed: Organisation) -> list[str]:
        expected = Indicator.objects.current().filter(contributors=absorbed).count()
        values = Measurement.objects.current().filter(organisation=absorbed)
        twice = _entered_twice(kept, absorbed).count()
        asked = Solicitation.objects.current().filter(organisation=absorbed).count()
        return [
            phrase
            for count, phrase in (
                (expected, f"contributeur de {expected} indicateur{plural(expected)}"),
                (len(values), f"{len(values)} valeur{plural(len(values))}"),
                (
                    twice,
                    f"dont {twice} que les deux ont saisie{plural(twice)}\u00a0: "
                    f"celle de «\u00a0{kept}\u00a0» reste, l’autre va à la corbeille",
                ),
                (asked, f"{asked} sollicitation{plural(asked)}"),
            )
            if count
        ]

    def hand_over(
        self,
        kept: Organisation,
        absorbed: Organisation,
        *,
        by: Author,
        at: dt.datetime,
        reason: str,
        batch: uuid.UUID,
    ) -> None:
        for indicator in Indicator.objects.filter(contributors=absorbed):
            standing = tracking.lock(indicator).read_tracked("contributors")
            merged = list(dict.fromkeys(kept.pk if pk == absorbed.pk else pk for pk in standing))
            tracking.change(indicator, {"contributors": merged}, by=by, at=at, reason=reason, batch=batch)
        for value in _entered_twice(kept, absorbed):
            tracking.trash(value, by=by, at=at, batch=batch)
        for value in Measurement.objects.current().filter(organisation=absorbed):
            tracking.change(value, {"organisation": kept}, by=by, at=at, reason=reason, batch=batch)
        for theirs in Solicitation.objects.current().filter(organisation=absorbed):
            ours = Solicitation.objects.current().filter(organisation=kept, campaign=theirs.campaign).first()
            if ours is None:
                tracking.change(theirs, {"organisation": kept}, by=by, at=at, reason=reason, batch=batch)
            else:
                _join(theirs, ours)
                tracking.trash(theirs, by=by, at=at, batch=batch)


def _entered_twice(kept: Organisation, absorbed: Organisation) -> QuerySet[Measurement]:
    same = Measurement.objects.current().filter(
        organisation=kept, indicator=OuterRef("indicator"), period=OuterRef("period")
    )
    return Measurement.objects.current().filter(Exists(same), organisation=absorbed)


def _join(theirs: Solicitation, ours: Solicitation) -> None:
    asked = set(ours.questions.values_list("indicator", "period"))
    for question in Question.objects.filter(solicitation=theirs):
        if (question.indicator_id, question.period) not in asked:
            question.solicitation = ours
            question.save(update_fields=["solicitation"])
    for link in theirs.links.all():
        link.solicitation = ours
        link.save(update_fields=["solicitation"])
