"""What awaits a person this week, for her digest: each kind in a constant number of queries."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from actions.facets import LATE, WATCH
from actions.models import Action, Decision, Meeting, Outcome
from ctg.web.templatetags.ui import day
from indicators.answers.solicited import solicited_by
from indicators.models import Measurement, State

from .blocks import Block
from .readers import Reader
from .wording import about, brief, counted, hour_words, whole

AWAITS = "Ce qui vous attend"

#: How many late actions are named; the others are counted.
NAMED = 3
SOON = dt.timedelta(days=14)
MEETINGS_AHEAD = dt.timedelta(days=28)


def awaiting(reader: Reader) -> Iterator[Block]:
    """The most pressing first."""
    yield from _to_enter(reader)
    yield from _to_review(reader)
    yield from _to_apply(reader)
    yield from _late(reader)
    yield from _meetings(reader)


def _to_enter(reader: Reader) -> Iterator[Block]:
    if not reader.organisations:
        return
    for asked in solicited_by(reader.user, at=reader.until):
        solicitation, left = asked.solicitation, asked.progress.asked - asked.progress.sent
        if asked.is_open and left and solicitation.organisation_id in reader.organisations:
            values = counted(left, "valeur")
            text = (
                f"- {values} à saisir pour {solicitation.organisation}, avant le {day(asked.last_day)} inclus"
            )
            yield _block(text, asked.url, left)


def _to_review(reader: Reader) -> Iterator[Block]:
    waiting = (
        Measurement.objects.editable_by(reader.user)
        .filter(state=State.SUBMITTED)
        .order_by()
        .values_list("indicator__plan")
        .annotate(Count("pk"))
    )
    for plan_id, count in waiting:
        url = reverse("indicators:campaign_list", args=[plan_id])
        yield _block(f"- {counted(count, 'valeur reçue')} à relire{_where(reader, plan_id)}", url, count)


def _to_apply(reader: Reader) -> Iterator[Block]:
    found = Decision.objects.visible_to(reader.user).filter(
        owner__in=reader.organisations,
        outcome=Outcome.TAKEN,
        done_on=None,
        due_on__lte=reader.today + SOON,
    )
    for decision in found.order_by("due_on", "pk"):
        text = f"- Décision à appliquer pour le {day(decision.due_on)}\u00a0: {brief(decision.subject)}"
        yield _block(text, decision.get_absolute_url())


def _late(reader: Reader) -> Iterator[Block]:
    mine = Q(pk__in=list(reader.followed)) | Q(plan__in=reader.coordinated)
    late = Action.objects.visible_to(reader.user).filter(mine).late(reader.today)
    counts = dict(late.order_by().values_list("plan").annotate(Count("pk")))
    if not counts:
        return
    named = list(late.order_by("ends_on", "number")[:NAMED])
    for plan_id, count in counts.items():
        own = [action for action in named if action.plan_id == plan_id]
        lines = [f"- {counted(count, 'action')} en retard{_where(reader, plan_id)}"]
        lines += [f"  - {about(action)} ({action.lateness(reader.today).lower()})" for action in own]
        url = f"{reader.plans[plan_id].get_absolute_url()}?{WATCH}={LATE}"
        yield Block([*lines, f"  {whole(url)}"], AWAITS, count)


def _meetings(reader: Reader) -> Iterator[Block]:
    """The next one of each plan, when it is near."""
    found = (
        Meeting.objects.visible_to(reader.user)
        .coming(reader.today)
        .filter(held_on__lte=reader.today + MEETINGS_AHEAD, body__trashed_at=None)
        .select_related("body")
    )
    told = set()
    for meeting in found:
        if meeting.body.plan_id in told:
            continue
        told.add(meeting.body.plan_id)
        hour = f" à {hour_words(meeting.starts_at)}" if meeting.starts_at else ""
        where = f", {brief(meeting.place_text)}" if meeting.place_text else ""
        plan = _where(reader, meeting.body.plan_id)
        text = f"- Réunion\u00a0: {meeting.body.name}{plan}, le {day(meeting.held_on)}{hour}{where}"
        yield _block(text, meeting.get_absolute_url())


def _block(text: str, url: str, count: int = 1) -> Block:
    return Block([text, f"  {whole(url)}"], AWAITS, count)


def _where(reader: Reader, plan_id: int) -> str:
    """The territory, for whoever has several plans."""
    return f" ({reader.plans[plan_id].territory.label})" if len(reader.plans) > 1 else ""
