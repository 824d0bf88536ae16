"""Where actions stand in each reading of their plan, and what they still lack there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from partners.models import User

from .models import Action, Ambition, Need, Objective, Orientation, Plan, Theme
from .models.heading import Heading
from .reading import STRATEGIC, THEMATIC

LEVELS = {STRATEGIC: ("ambition", "orientation"), THEMATIC: ("theme", "need", "objective")}

#: What a list offers: value and label, or a group of them.
Choices = list[tuple[str, Any]]


@dataclass(frozen=True)
class Shelves:
    """The headings of a plan in one reading, by level; read once for all the rows of a page."""

    plan: Plan
    way: str
    headings: Mapping[str, Sequence[Heading]]

    @property
    def is_strategic(self) -> bool:
        return self.way == STRATEGIC

    @property
    def levels(self) -> list[str]:
        """The levels that the plan has: what does not exist is lacking to nobody."""
        return [level for level in LEVELS[self.way] if self.headings[level]]

    @property
    def is_empty(self) -> bool:
        return not self.headings[LEVELS[self.way][0]]

    def lacking(self, actions: QuerySet[Action]) -> QuerySet[Action]:
        """The actions without a place on one of the levels, or whose orientation is in another ambition."""
        lack = Q()
        for level in self.levels:
            lack |= Q(**{level: None}) | Q(**{f"{level}__trashed_at__isnull": False})
        if "orientation" in self.levels:
            lack |= ~Q(orientation__ambition=F("ambition"))
        return actions.filter(lack) if self.levels else actions.none()

    def choices(self, level: str) -> Choices:
        """The headings of a level, and « à préciser »."""
        return [("", "à préciser"), *((str(heading.pk), heading.title) for heading in self.headings[level])]

    def places(self) -> Choices:
        """Ambitions with their orientations: « a4 » is an ambition alone, « o7 » an orientation of it."""
        groups: Choices = [("", "à préciser")]
        for ambition in self.headings["ambition"]:
            own = [o for o in self.headings["orientation"] if o.ambition_id == ambition.pk]  # type: ignore[attr-defined]
            options = [(f"o{orientation.pk}", orientation.title) for orientation in own]
            alone = (f"a{ambition.pk}", self._alone(ambition) if own else ambition.title)
            groups.append((f"{ambition.number}. {ambition.title}", [*options, alone]))  # type: ignore[attr-defined]
        return groups

    def _alone(self, ambition: Any) -> str:
        """« Ambition 4, orientation à préciser »."""
        plan = self.plan
        return f"{plan.ambition_label} {ambition.number}, {plan.orientation_label.lower()} à préciser"

    def place_of(self, action: Action) -> str:
        """Where an action stands now, as `places` writes it."""
        orientations = {o.pk: o for o in self.headings["orientation"]}
        orientation = orientations.get(action.orientation_id or 0)
        if orientation and orientation.ambition_id == action.ambition_id:  # type: ignore[attr-defined]
            return f"o{orientation.pk}"
        known = any(ambition.pk == action.ambition_id for ambition in self.headings["ambition"])
        return f"a{action.ambition_id}" if known else ""

    def values_of(self, place: str) -> dict[str, int | None]:
        """What to write on an action for a choice among `places`."""
        if not place:
            return {"ambition": None, "orientation": None}
        if place.startswith("a"):
            return {"ambition": int(place[1:]), "orientation": None}
        orientation = next(o for o in self.headings["orientation"] if o.pk == int(place[1:]))
        return {"ambition": orientation.ambition_id, "orientation": orientation.pk}  # type: ignore[attr-defined]


def read_shelves(plan: Plan, user: User, way: str) -> Shelves:
    models: dict[str, Any] = {
        STRATEGIC: {"ambition": Ambition, "orientation": Orientation},
        THEMATIC: {"theme": Theme, "need": Need, "objective": Objective},
    }[way]
    headings = {
        level: list(model.objects.editable_by(user).filter(plan=plan)) for level, model in models.items()
    }
    return Shelves(plan, way, headings)
