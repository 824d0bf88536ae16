"""What moved in the plan since a day: what, why, and who decided it."""

import datetime as dt
import json
from collections.abc import Sequence

from django.db.models import Min
from django.utils import timezone

from actions.calendar import say
from actions.models import Plan
from actions.past import Shift, ShiftKind, differences, read_pasts, say_counts
from actions.past.rewinding import day_of
from ctg.reviews.models import FrozenDocument, FrozenKind, Review
from ctg.web.words import listing
from partners.models import Change

from .causes import Causes, read_causes
from .governance import iso
from .shapes import ChangeFact, Changes

#: A météo and a milestone are the life of the plan that was signed, and change nothing of it.
OF_ITS_LIFE = (ShiftKind.CONFIDENCE, ShiftKind.REACHED, ShiftKind.MISSED)


def read_changes_since_signature(plan: Plan, *, today: dt.date) -> Changes | None:
    """What differs from the plan that was signed; None as long as none was signed in the tool."""
    versions = FrozenDocument.objects.of_plan(plan).filter(kind=FrozenKind.SIGNED_PLAN)
    signed = versions.select_related("plan").defer("facts").first()
    return read_changes_since_version(signed, today=today) if signed else None


def read_changes_since_version(version: FrozenDocument, *, today: dt.date) -> Changes:
    """What differs from a plan that was signed, or from what an amendment made of it."""
    plan, since = version.plan, version.frozen_at  # To the minute: one often goes on working the same day.
    shifts = [shift for shift in _shifts(plan, since, today) if shift.kind not in OF_ITS_LIFE]
    return _tell(plan, since, _say_signature(version, day_of(since)), today, shifts)


def read_changes_since_last_year(review: Review, *, today: dt.date) -> Changes | None:
    """What moved since the last frozen review, else since the end of the year before.

    Never from before the history of the plan: None for a plan that has none yet.
    """
    plan = review.plan
    since, words = _last_review(review) or (dt.date(review.year - 1, 12, 31), "")
    start = _start_of(plan)
    if start is None or max(since, start) >= today:
        return None
    if since < start:
        since, words = start, f"le début du suivi, le {say(start)}"
    return _tell(plan, since, words or f"le {say(since)}", today, _shifts(plan, since, today))


def _say_signature(signed: FrozenDocument, since: dt.date) -> str:
    """« la signature, le 24 novembre 2025 », and since when one compares if that is another day."""
    what = "la signature" if signed.kind == FrozenKind.SIGNED_PLAN else "la signature du dernier avenant"
    if signed.adopted_on is None or signed.adopted_on == since:
        return f"{what}, le {say(since)}"
    return f"{what}, le {say(signed.adopted_on)}, figée le {say(since)}"


def _last_review(review: Review) -> tuple[dt.date, str] | None:
    """The day of the data of the last review of an earlier year that was frozen."""
    frozen = FrozenDocument.objects.of_plan(review.plan).filter(
        kind=FrozenKind.REVIEW, review__year__lt=review.year
    )
    last = frozen.select_related("review").order_by("-review__year", "-number").first()
    if last is None or last.review is None:
        return None
    day = dt.date.fromisoformat(json.loads(last.facts)["identity"]["data_on"])
    return day, f"le bilan {last.review.year}, aux données du {say(day)}"


def _start_of(plan: Plan) -> dt.date | None:
    """The first day of which the history says something."""
    first = Change.objects.filter(plan_id=plan.pk).aggregate(first=Min("at"))["first"]
    return timezone.localdate(first) if first else None


def _shifts(plan: Plan, since: dt.date, until: dt.date) -> list[Shift]:
    return differences(*read_pasts(plan, since, until))


def _tell(plan: Plan, since: dt.date, words: str, until: dt.date, shifts: Sequence[Shift]) -> Changes:
    causes = read_causes(plan, since, until)
    said = say_counts(shifts)
    told = f"\u00a0: {listing(said)}" if said else ", rien n’a changé dans le plan"
    return Changes(
        since=iso(day_of(since)),
        since_words=words,
        until=iso(until),
        changes=tuple(_fact(shift, plan, causes) for shift in shifts),
        sentence=f"Depuis {words}{told}.",
    )


def _fact(shift: Shift, plan: Plan, causes: Causes) -> ChangeFact:
    return ChangeFact(
        kind=shift.kind.value,
        words=_say(shift, plan),
        number=shift.number,
        title=shift.title,
        before=shift.before,
        after=shift.after,
        on=iso(timezone.localdate(shift.at)) if shift.at else "",
        reason=causes.reason_of(shift),
        decided_by=causes.decided_by(shift),
    )


def _say(shift: Shift, plan: Plan) -> str:
    """What happened to the action: « reportée », « jalon atteint : Bail signé »."""
    words = {
        ShiftKind.ADDED: "ajoutée au plan",
        ShiftKind.DROPPED: "retirée du plan",
        ShiftKind.STATUS: shift.after,
        ShiftKind.CONFIDENCE: f"météo\u00a0: {shift.after}",
        ShiftKind.CALENDAR: "calendrier modifié",
        ShiftKind.REACHED: f"jalon atteint\u00a0: {shift.note}",
        ShiftKind.MISSED: f"jalon manqué\u00a0: {shift.note}",
        ShiftKind.AMBITION: f"déplacée ({plan.ambition_label.lower()})",
        ShiftKind.THEME: f"déplacée ({plan.theme_label.lower()})",
        ShiftKind.TITLE: "intitulé modifié",
    }[shift.kind]
    # Of an action that came back, the note says from where.
    return f"{words}, {shift.note}" if shift.kind == ShiftKind.ADDED and shift.note else words
