"""What is news for a person: what others did to what she leads or must enter, each kind in one query.

Nothing is told that she may not read on the day of the letter: each thing is reached through its own door
again, so what was withdrawn since is withdrawn from the letter too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils import timezone

from actions.models import Action, Blockage, Confidence, Decision, Outcome, ProgressNote, Status
from ctg.web.templatetags.ui import day
from partners.models import Change
from partners.models.change import Event

from .discussions import discussed
from .items import News, Weight, on_action, on_decision
from .readers import Reader
from .values import received, returned
from .wording import quote


def gather(reader: Reader) -> list[News]:
    """All that is new for her, the most important first, in a constant number of queries."""
    if not reader.plans:
        return []
    changes = _changes(reader)
    found = [
        *returned(reader),
        *_due(reader),
        *_blocked(reader, changes),
        *_decided(reader, changes),
        *_moved(reader, changes),
        *discussed(reader, changes),
        *_noted(reader),
        *received(reader),
    ]
    return sorted(found, key=lambda news: news.weight)


def _changes(reader: Reader) -> list[Change]:
    """What others did since, the oldest first."""
    of_action = Q(kind="action", field__in=("status", "confidence", "leads", "co_leads"))
    of_entry = Q(kind="blockage") | Q(kind="discussion", field="concluded_at")
    followed = Q(action_id__in=reader.followed) & (of_action | of_entry)
    coordinated = Q(plan_id__in=reader.coordinated) & of_entry
    settled = Q(kind="decision", field="outcome", plan_id__in=reader.plans)
    found = (
        Change.objects.visible_to(reader.user)
        .filter(followed | coordinated | settled, at__gt=reader.since, at__lte=reader.until)
        .exclude(author=reader.user)
        .order_by("at", "pk")
    )
    return [change for change in found if reader.is_new(change.plan_id, change.at)]


def _moved(reader: Reader, changes: Iterable[Change]) -> Iterator[News]:
    """Statuses, météo and carriers: several changes of one field are told as one."""
    by_field: dict[tuple[int, str], list[Change]] = defaultdict(list)
    for change in changes:
        if change.kind == "action" and change.action_id in reader.followed:
            by_field[change.object_id, change.field].append(change)
    for (pk, field), steps in by_field.items():
        action, last = reader.followed[pk], steps[-1]
        before, after = steps[0].before or "", last.after or ""
        if before == after:
            continue
        if field == "status":
            text = f"Statut\u00a0: {Status(before).label} → {Status(after).label} ({last.author_label})."
            yield on_action(Weight.STATUS, action, text)
        elif field == "confidence":
            weather = Confidence(after).label if after else "non renseignée"
            yield on_action(Weight.CONFIDENCE, action, f"Météo\u00a0: {weather} ({last.author_label}).")
        elif reader.organisations & (set(after) - set(before)):
            text = f"Votre organisme la porte désormais ({last.author_label})."
            yield on_action(Weight.ENTRUSTED, action, text)


def _blocked(reader: Reader, changes: Iterable[Change]) -> Iterator[News]:
    """Only what still holds: a blockage that was added and lifted meanwhile is told as lifted."""
    last = {
        change.object_id: change
        for change in changes
        if change.kind == "blockage" and (change.event == Event.CREATED or change.field == "lifted_on")
    }
    found = Blockage.objects.visible_to(reader.user).filter(pk__in=last).select_related("action")
    for blockage in found:
        change, action = last[blockage.pk], blockage.action
        if blockage.lifted_on:
            how = f"\u00a0: {quote(blockage.lifted_by)}" if blockage.lifted_by else ""
            yield on_action(Weight.FREED, action, f"Blocage levé{how} ({change.author_label}).")
        else:
            why = quote(blockage.reason)
            yield on_action(Weight.BLOCKED, action, f"Blocage signalé\u00a0: {why} ({change.author_label}).")


def _decided(reader: Reader, changes: Iterable[Change]) -> Iterator[News]:
    """Decisions about what she follows, or that her organisation carries out."""
    settled = {change.object_id for change in changes if change.kind == "decision"}
    found = (
        Decision.objects.visible_to(reader.user)
        .filter(pk__in=settled)
        .exclude(outcome=Outcome.PENDING)
        .filter(Q(owner__in=reader.organisations) | Q(actions__in=reader.followed))
        .distinct()
    )
    for decision in found:
        said = f"Décision {decision.get_outcome_display()}"
        ruling = f"\u00a0: {quote(decision.ruling)}" if decision.ruling else ""
        yours = ""
        if decision.owner_id in reader.organisations:
            yours = " Votre organisme s’en charge"
            yours += f", pour le {day(decision.due_on)}." if decision.due_on else "."
        yield on_decision(Weight.DECIDED, decision, f"{said}{ruling}.{yours}")


def _due(reader: Reader) -> Iterator[News]:
    """Decisions whose day came since she was last told."""
    found = Decision.objects.visible_to(reader.user).filter(
        owner__in=reader.organisations,
        outcome=Outcome.TAKEN,
        done_on=None,
        due_on__gt=timezone.localdate(reader.since),
        due_on__lte=reader.today,
    )
    for decision in found:
        text = f"À appliquer par votre organisme pour le {day(decision.due_on)}."
        yield on_decision(Weight.DUE, decision, text)


def _noted(reader: Reader) -> Iterator[News]:
    found = (
        ProgressNote.objects.visible_to(reader.user)
        .filter(action__in=reader.followed, written_at__gt=reader.since, written_at__lte=reader.until)
        .exclude(author=reader.user)
        .order_by("written_at", "pk")
    )
    for note in found:
        action: Action = reader.followed[note.action_id]
        if reader.is_new(action.plan_id, note.written_at):
            text = f"Note\u00a0: {quote(note.text)} ({note.author_label})."
            yield on_action(Weight.NOTED, action, text)
