"""The shape of a plan: its headings in their order, each with how many actions it holds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from partners.models import User

from .kinds import KINDS, Kind
from .models import Action, Plan
from .models.heading import Heading

#: Where actions are put in order; needs and objectives follow the order of their actions.
ORDERED = ("ambition", "orientation", "theme")


@dataclass
class Line:
    """A heading in its list; unfolded, it shows the actions that it puts in order."""

    heading: Heading
    kind: Kind
    count: int
    foldable: int
    is_first: bool
    is_last: bool
    shelf: "Shelf | None" = None
    actions: Sequence[Action] = ()

    @property
    def key(self) -> str:
        return f"{self.kind.name}-{self.heading.pk}"


@dataclass
class Shelf:
    """A list of headings: those of a plan, or the orientations of an ambition."""

    kind: Kind
    label: str
    lines: list[Line] = field(default_factory=list)
    lost: list[Line] = field(default_factory=list)


def read_structure(plan: Plan, user: User, unfolded: str = "") -> list[Shelf]:
    """The lists of a plan, orientations within their ambitions; `unfolded` is the key of a line."""
    actions = Action.objects.visible_to(user).filter(plan=plan)
    rows = list(actions.values_list(*KINDS))
    headings = {
        name: list(kind.model.objects.visible_to(user).filter(plan=plan)) for name, kind in KINDS.items()
    }
    shelves = [
        Shelf(kind, kind.label(plan), _lines(kind, headings[name], rows))
        for name, kind in KINDS.items()
        if name != "orientation"
    ]
    _put_in_ambitions(shelves[0], headings["orientation"], plan, rows)
    for shelf in shelves:
        for line in [
            *shelf.lines,
            *(inner for outer in shelf.lines if outer.shelf for inner in outer.shelf.lines),
        ]:
            if line.key == unfolded and line.foldable:
                line.actions = list(
                    group_of(line.kind.name, line.heading.pk, actions).only("number", "title")
                )
    return shelves


def group_of(kind: str, heading: int, actions: QuerySet[Action]) -> QuerySet[Action]:
    """The actions of an orientation or of a theme; of an ambition, those that wait for their orientation."""
    under = actions.filter(**{kind: heading}).order_by("position", "number", "pk")
    if kind == "ambition":
        return under.exclude(orientation__ambition=heading, orientation__trashed_at=None)
    return under


def _lines(kind: Kind, headings: Sequence[Heading], rows: Sequence[tuple[int | None, ...]]) -> list[Line]:
    place = list(KINDS).index(kind.name)
    counts = Counter(row[place] for row in rows)
    last = len(headings) - 1
    return [
        Line(
            heading,
            kind,
            count=counts[heading.pk],
            foldable=counts[heading.pk] if kind.name in ORDERED else 0,
            is_first=rank == 0,
            is_last=rank == last,
        )
        for rank, heading in enumerate(headings)
    ]


def _put_in_ambitions(
    ambitions: Shelf, orientations: Sequence[Heading], plan: Plan, rows: Sequence[tuple[int | None, ...]]
) -> None:
    """Give each ambition its orientations; those whose ambition is in the trash are lost for now."""
    kind = KINDS["orientation"]
    for line in ambitions.lines:
        own = [heading for heading in orientations if heading.ambition_id == line.heading.pk]  # type: ignore[attr-defined]
        line.shelf = Shelf(kind, kind.label(plan), _lines(kind, own, rows))
        keys = {heading.pk for heading in own}
        line.foldable = sum(row[0] == line.heading.pk and row[1] not in keys for row in rows)
    known = {line.heading.pk for line in ambitions.lines}
    lost = [heading for heading in orientations if heading.ambition_id not in known]  # type: ignore[attr-defined]
    ambitions.lost = _lines(kind, lost, rows)
