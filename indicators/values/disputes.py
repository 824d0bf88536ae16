"""Two people who answer the same question: what each of them changed, and what they dispute.

Numbers, date, finding, absence and breakdown make one answer: merged field by field, the numerator of one
person over the denominator of another would be the answer of nobody.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from partners.models import Change
from partners.models.change import Event
from partners.models.tracked import plain
from partners.tracking import Clash, Conflict

from ..models import Measurement
from ..models.measurement import ANSWERS

#: What stands beside an answer, each merged by itself.
BESIDE = ("comment", "verbatims")

#: The fields of an answer, as the history holds them.
Answer = Mapping[str, Any]

#: A question that nobody has answered yet.
NO_ANSWER: Answer = {
    name: [] if name == "portions" else plain(getattr(Measurement(), name)) for name in ANSWERS
}


def undisputed(
    found: Measurement, values: Mapping[str, Any], *, seen: int | None, at: dt.datetime
) -> dict[str, Any]:
    """What is left to write of `values`, typed by somebody who had read version `seen`.

    Version 0 is a question without an answer; None overwrites. Raise `Conflict` over what somebody else
    answered since.
    """
    standing = read_answer(found)
    mine = {name: plain(value) for name, value in values.items()}
    was = standing if seen is None else answers_at({found: seen})[found.pk]
    if disputed := disputed_in(mine, was, standing):
        clashes = list(_clashes(found, mine, standing, disputed, at))
        raise Conflict(found, clashes, kept=_written(mine, was, standing) - disputed)
    written = _written(mine, was, standing)
    return {name: mine[name] for name in ANSWERS if name in written}


def disputed_in(mine: Answer, was: Answer, standing: Answer) -> set[str]:
    """What both people changed since `was`, each in her way."""
    changed = {name for name in mine if mine[name] != was[name]}
    differing = {name for name in mine if mine[name] != standing[name]}
    theirs = {name for name in ANSWERS if standing[name] != was[name]}
    disputed: set[str] = set()
    for unit in (set(ANSWERS) - set(BESIDE), *({name} for name in BESIDE)):
        if changed & unit and theirs & unit:
            disputed |= differing & unit
    return disputed


def read_answer(value: Measurement) -> dict[str, Any]:
    return {name: value.read_tracked(name) for name in ANSWERS}


def answers_at(versions: Mapping[Measurement, int]) -> dict[int, dict[str, Any]]:
    """Each answer, by key, as it was at a version, from the history of what changed since: one query."""
    answers = {value.pk: read_answer(value) for value in versions}
    later = {value.pk: seen for value, seen in versions.items() if 0 < seen < value.version}
    answers |= {value.pk: dict(NO_ANSWER) for value, seen in versions.items() if seen == 0}
    if later:
        kind = Measurement._meta.model_name
        since = Change.objects.filter(kind=kind, object_id__in=later, event=Event.CHANGED, field__in=ANSWERS)
        for row in since.order_by("-version", "-pk"):
            if row.version > later[row.object_id]:
                answers[row.object_id][row.field] = row.before
    return answers


def _written(mine: Answer, was: Answer, standing: Answer) -> set[str]:
    return {name for name in mine if mine[name] not in (was[name], standing[name])}


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
