"""What blocks the actions: what was decided on and is still not lifted, what nobody was asked about."""

from dataclasses import dataclass

from django.urls import reverse

from actions import facets
from actions.gists import Gist
from actions.models import Blockage, Decision, Outcome
from ctg.web.templatetags.ui import day

from .actions_due import line_about
from .desk import Desk
from .lines import Batch, Button, Line


@dataclass(frozen=True)
class Blocked:
    """The blockages that stand on the actions that somebody is told of, by what they wait for."""

    settled: list[Blockage]
    pending: list[Blockage]
    unasked: list[Blockage]


def read_blocked(desk: Desk) -> Blocked:
    found = Blockage.objects.of_plan(desk.plan).standing().select_related("decision__meeting__body")
    watched = {gist.pk for gist in desk.watched}
    blockages = [one for one in found if one.action_id in watched]
    asked = [one for one in blockages if one.asked]
    return Blocked(
        settled=[one for one in asked if one.is_to_lift],
        pending=[one for one in asked if not one.is_to_lift],
        unasked=[one for one in blockages if not one.asked],
    )


def to_lift(desk: Desk, blocked: Blocked) -> Batch:
    """Decided on, and the blockage stands: somebody waits to hear that the way is free."""
    return Batch([_settled(desk, blockage) for blockage in blocked.settled], desk.list_of(facets.BLOCKED))


def to_ask(desk: Desk, blocked: Blocked) -> Batch:
    """Blocked, and no decision is asked of anybody; late ones are told of their lateness."""
    return _batch(desk, blocked.unasked, blocked)


def waiting(desk: Desk, blocked: Blocked) -> Batch:
    """Blocked until somebody else decides."""
    return _batch(desk, blocked.pending, blocked)


def _batch(desk: Desk, blockages: list[Blockage], blocked: Blocked) -> Batch:
    told = {one.action_id for one in blocked.settled}
    gists = {gist.pk: gist for gist in desk.watched if not gist.is_late(desk.today)}
    lines = [
        _standing(desk, gists[one.action_id], one)
        for one in blockages
        if one.action_id in gists and one.action_id not in told
    ]
    return Batch(lines, desk.list_of(facets.BLOCKED))


def _settled(desk: Desk, blockage: Blockage) -> Line:
    decision = blockage.asked
    assert decision
    gist = next(gist for gist in desk.watched if gist.pk == blockage.action_id)
    lift = reverse("actions:blockage_lift", args=[blockage.pk])
    button = Button("Lever le blocage", lift, desk.cases[gist.pk].title)
    return line_about(desk, gist, "Blocage", f"{_ruled(decision)}\u00a0: lever le blocage\u00a0?", [button])


def _ruled(decision: Decision) -> str:
    word = "décidée" if decision.outcome == Outcome.TAKEN else "écartée"
    by = f" ({decision.meeting.body})" if decision.meeting else ""
    return f"«\u00a0{decision.subject}\u00a0» {word} le {day(decision.decided_on)}{by}"


def _standing(desk: Desk, gist: Gist, blockage: Blockage) -> Line:
    title = desk.cases[gist.pk].title
    why = f"bloquée depuis le {day(blockage.since)}\u00a0: {blockage.reason}"
    if blockage.asked:
        why = f"{why} Décision demandée\u00a0: «\u00a0{blockage.asked.subject}\u00a0»."
        button = Button("Voir la décision", blockage.asked.get_absolute_url(), title)
    else:
        edit = reverse("actions:blockage_edit", args=[blockage.pk])
        button = Button("Demander une décision", edit, title)
    return line_about(desk, gist, "Blocage", why, [button])
