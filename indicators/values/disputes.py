"""Two people who answer the same question: what each of them changed, and what they dispute.

Numbers, date, finding, absence and breakdown make one answer: merged field by field, the numerator of one
person over the denominator of another would be the answer of nobody.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from partners import tracking
from partners.models.change import Event
from partners.models.tracked import plain
from partners.tracking import Clash, Conflict

from ..models import Measurement
from ..models.measurement import ANSWERS

#: What stands beside an answer, each merged by itself.
BESIDE = ("comment", "verbatims")


def undisputed(
    found: Measurement, values: Mapping[str, Any], *, seen: int | None, at: dt.datetime
) -> dict[str, Any]:
    """What is left to write of `values`, typed by somebody who had read version `seen`.

    Version 0 is a question without an answer; None overwrites. Raise `Conflict` over what somebody else
    answered since.
    """
    standing = {name: found.read_tracked(name) for name in ANSWERS}
    mine = {name: plain(value) for name, value in values.items()}
    was = standing if seen is None or seen == found.version else _read_at(found, seen, standing)
    changed = {name for name in mine if mine[name] != was[name]}
    differing = {name for name in mine if mine[name] != standing[name]}
    theirs = {name for name in ANSWERS if standing[name] != was[name]}
    disputed: set[str] = set()
    for unit in (set(ANSWERS) - set(BESIDE), *({name} for name in BESIDE)):
        if changed & unit and theirs & unit:
            disputed |= differing & unit
    if disputed:
        clashes = list(_clashes(found, mine, standing, disputed, at))
        raise Conflict(found, clashes, kept=changed & differing - disputed)
    return {name: mine[name] for name in ANSWERS if name in changed & differing}


def _read_at(found: Measurement, seen: int, standing: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as it was at version `seen`, from the history of what changed since."""
    if seen == 0:
        empty = Measurement()
        return {name: [] if name == "portions" else plain(getattr(empty, name)) for name in ANSWERS}
    since = tracking.history_of(found).filter(event=Event.CHANGED, version__gt=seen, field__in=ANSWERS)
    before = {row.field: row.before for row in since.order_by("-version", "-pk")}
    return {name: before.get(name, standing[name]) for name in ANSWERS}


def _clashes(
    found: Measurement,
    mine: Mapping[str, Any],
    standing: Mapping[str, Any],
    disputed: Iterable[str],
    at: dt.datetime,
) -> Iterable[Clash]:
    for name in (name for name in ANSWERS if name in set(disputed)):
        yield Clash(
            field=name,
            label=found.label_tracked(name),
            mine=mine[name],
            theirs=standing[name],
            mine_text=found.describe_tracked(name, mine[name]),
            theirs_text=found.describe_tracked(name, standing[name]),
            author=found.entered_label,
            at=found.entered_at or at,
        )
