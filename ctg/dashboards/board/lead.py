"""The sentences that open the page: where the plan stands, what goes wrong, what waits for the élus."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from actions.facets import BLOCKED, CONFIDENCE, LATE, STATUS, WATCH
from actions.models import Confidence, Status
from actions.past import ActionThen

from .addresses import Addresses, ListKind
from .wording import Piece, in_words, plural

#: From one action in three on, what is late is what there is to say of a plan.
MANY_LATE = 3


@dataclass(frozen=True)
class Lead:
    opening: Sequence[Piece]
    rest: Sequence[Piece]


def write_lead(
    actions: Sequence[ActionThen], blocked: int, decisions: int, addresses: Addresses, today: dt.date
) -> Lead:
    if not actions:
        return Lead([Piece("Ce plan n’a pas encore d’action.")], _decisions(decisions, addresses))
    return Lead(
        _progress(actions, addresses, today),
        [*_troubles(actions, blocked, addresses, today), Piece(" "), *_decisions(decisions, addresses)],
    )


def _progress(actions: Sequence[ActionThen], addresses: Addresses, today: dt.date) -> list[Piece]:
    """« Le plan avance : 10 actions sur 17 sont en cours et 2 réalisées. »"""
    total = len(actions)
    ongoing = sum(action.status == Status.ONGOING for action in actions)
    done = sum(action.status == Status.DONE for action in actions)
    late = sum(action.is_late(today) for action in actions)
    if done == total:
        said = f"les {total} actions sont réalisées" if total > 1 else "son unique action est réalisée"
        return [Piece("Le plan est réalisé\u00a0: "), Piece(said, addresses.actions()), Piece(".")]
    of_all = f"action{plural(ongoing or done)} sur {total}"
    if not ongoing and not done:
        begun = Piece(f"aucune {of_all} n’est en cours", addresses.actions())
        return [Piece("Le plan n’avance pas encore\u00a0: "), begun, Piece(".")]
    pieces = [
        Piece("Le plan prend du retard\u00a0: " if late * MANY_LATE >= total else "Le plan avance\u00a0: ")
    ]
    is_or_are = "sont" if (ongoing or done) > 1 else "est"
    if ongoing:
        said = f"{ongoing} {of_all} {is_or_are} en cours"
        pieces.append(Piece(said, addresses.actions(**{STATUS: Status.ONGOING.value})))
    if done:
        said = (
            f"{done} réalisée{plural(done)}"
            if ongoing
            else f"{done} {of_all} {is_or_are} réalisée{plural(done)}"
        )
        pieces += [Piece(" et ")] if ongoing else []
        pieces.append(Piece(said, addresses.actions(**{STATUS: Status.DONE.value})))
    return [*pieces, Piece(".")]


def _troubles(
    actions: Sequence[ActionThen], blocked: int, addresses: Addresses, today: dt.date
) -> list[Piece]:
    """« Deux sont en retard, une en difficulté et une bloquée. »"""
    late = sum(action.is_late(today) for action in actions)
    hard = sum(action.confidence == Confidence.HARD for action in actions)
    troubles = [
        (late, "en retard", {WATCH: LATE}),
        (hard, "en difficulté", {CONFIDENCE: Confidence.HARD.value}),
        (blocked, f"bloquée{plural(blocked)}", {WATCH: BLOCKED}),
    ]
    found = [trouble for trouble in troubles if trouble[0]]
    if not found:
        return [Piece("Aucune n’est en retard, en difficulté ni bloquée.")]
    pieces: list[Piece] = []
    for rank, (count, state, asked) in enumerate(found):
        said = in_words(count)
        if rank == 0:
            said = f"{said.capitalize()} {'sont' if count > 1 else 'est'}"
        else:
            pieces.append(Piece(" et " if rank == len(found) - 1 else ", "))
        pieces.append(Piece(f"{said} {state}", addresses.actions(**asked)))
    return [*pieces, Piece(".")]


def _decisions(count: int, addresses: Addresses) -> list[Piece]:
    """« Trois décisions vous attendent. »"""
    if not count:
        return [Piece("Aucune décision ne vous attend.")]
    said = f"{in_words(count).capitalize()} décision{plural(count)} vous attend{plural(count, 'ent')}"
    return [Piece(said, addresses.listing(ListKind.DECISIONS)), Piece(".")]
