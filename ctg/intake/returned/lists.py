"""Cells that list things, one to a line: freins et leviers, wordings of indicators."""

from collections.abc import Iterator, Sequence
from typing import Any

from actions.models import Action, Factor, Plan
from ctg.documents.workbooks.marks import digest, said
from ctg.web.text import clean, clean_line
from indicators.models import Indicator
from partners.models import Tracked

from .alignment import align
from .reading import Entry
from .reasons import CHANGED_SINCE, SEVERAL_LINES, UNMATCHED
from .shapes import Deed, Line, NotTaken


class Lists:
    """What is linked to the actions of a plan, in the order in which a workbook tells it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._things: dict[str, dict[int, list[Tracked]]] = {}

    def of(self, key: str, action: Action) -> Sequence[Any]:
        if key not in self._things:
            self._things[key] = self._factors() if key == "factors" else self._indicators()
        return self._things[key].get(action.pk, [])

    def _factors(self) -> dict[int, list[Tracked]]:
        found: dict[int, list[Tracked]] = {}
        for factor in Factor.objects.of_plan(self.plan).order_by("position", "pk"):
            found.setdefault(factor.action_id, []).append(factor)
        return found

    def _indicators(self) -> dict[int, list[Tracked]]:
        rows = Indicator.objects.of_plan(self.plan).order_by("position", "pk")
        served = rows.values_list("pk", "actions__pk")
        indicators = {one.pk: one for one in rows}
        found: dict[int, list[Tracked]] = {}
        for pk, action in served:
            indicators[pk].plan = self.plan
            found.setdefault(action, []).append(indicators[pk])
        return found


def read_list(key: str, entry: Entry, action: Action, things: Sequence[Any], place: str) -> Iterator[Line]:
    """The changes of each line; raise `NotTaken` for what cannot be said of one thing surely."""
    texts = [said(str(thing)) for thing in things]
    if digest("\n".join(texts)) != entry.left_as:
        raise NotTaken(CHANGED_SINCE)
    if any("\n" in text for text in texts):
        raise NotTaken(SEVERAL_LINES)
    came = [line for line in entry.text.split("\n") if line.strip()]
    yield from list(_lines(key, action, things, came, place))  # all of them, or none


def _lines(
    key: str, action: Action, things: Sequence[Any], came: Sequence[str], place: str
) -> Iterator[Line]:
    field = "text" if key == "factors" else "wording"
    for step in align([str(thing) for thing in things], came):
        gone, new = list(things[step.a : step.b]), came[step.c : step.d]
        if step.is_same:
            continue
        if key == "indicators" and len(gone) != len(new):
            raise NotTaken(UNMATCHED)
        for thing, text in zip(gone, new, strict=False):
            yield _changed(thing, field, clean_line(text), action, place)
        for thing in gone[len(new) :]:
            yield Line(
                key=f"factor-{thing.pk}",
                label="frein ou levier retiré",
                before=str(thing),
                after="à la corbeille",
                thing=thing,
                deed=Deed.TRASH,
                place=place,
            )
        for rank, text in enumerate(new[len(gone) :]):
            factor = Factor(action=action, text=clean(text).strip(), position=len(things) + rank + 1)
            yield Line(
                key=f"factor-{action.pk}-{step.c + rank}",
                label="frein ou levier ajouté",
                before="",
                after=factor.text,
                thing=factor,
                deed=Deed.CREATE,
                place=place,
            )


def _changed(thing: Any, field: str, text: str, action: Action, place: str) -> Line:
    longest = thing._meta.get_field(field).max_length
    if longest and len(text) > longest:
        raise NotTaken(f"{longest} signes au plus\u00a0; ce texte en compte {len(text)}.")
    return Line(
        key=f"{thing._meta.model_name}-{thing.pk}-{action.pk}",
        label=thing.label_tracked(field),
        before=str(thing),
        after=text,
        thing=thing,
        values={field: text},
        place=place,
    )
