"""Actions of a file beside those of the plan that they would join."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from actions.models import Action, Plan
from ctg.intake.previewing.annotated import Grade
from ctg.web.text import fold

from ..content import ReadAction
from ..layout import Field
from .found import Found, Looking
from .rows import headings_of

LEVELS = ("ambition", "orientation", "theme", "need", "objective")


@dataclass(frozen=True)
class Standing:
    """An action that is in the plan, as far as one of the file is compared with it."""

    number: int
    title: str
    headings: tuple[str, ...]

    def is_told_by(self, action: ReadAction) -> bool:
        """The same title under the same headings; one that a side does not say separates nothing."""
        pairs = zip(self.headings, headings_of(action), strict=True)
        return self.title == fold(action.title) and all(
            not one or not other or one == other for one, other in pairs
        )


def standing_in(plan: Plan) -> list[Standing]:
    actions = Action.objects.of_plan(plan).select_related(*LEVELS)
    return [
        Standing(one.number, fold(one.title), tuple(fold(str(getattr(one, name) or "")) for name in LEVELS))
        for one in actions
    ]


def there_already(actions: Sequence[ReadAction], standing: Sequence[Standing]) -> frozenset[int]:
    """The ranks of the actions that the plan has."""
    by_title: dict[str, list[Standing]] = {}
    for one in standing:
        by_title.setdefault(one.title, []).append(one)
    return frozenset(
        rank
        for rank, action in enumerate(actions)
        if any(one.is_told_by(action) for one in by_title.get(fold(action.title), ()))
    )


def taken_numbers(looking: Looking, standing: Sequence[Standing], there: frozenset[int]) -> Iterator[Found]:
    taken = {one.number for one in standing}
    for rank, action in enumerate(looking.read.actions):
        spot = looking.spot_of(action, Field.NUMBER, Field.TITLE)
        if rank not in there and action.number in taken and spot:
            reason = f"Le numéro {action.number} est déjà celui d’une autre action du plan."
            free = max(taken) + 1
            accepted = f"Le premier numéro libre est {free}."
            found = looking.found(Grade.CRITICAL, spot, reason, accepted, rank)
            yield replace(found, is_of_number=True)


def elsewhere(looking: Looking, standing: Sequence[Standing], there: frozenset[int]) -> Iterator[Found]:
    titles = {one.title: one.number for one in standing}
    for rank, action in enumerate(looking.read.actions):
        number = titles.get(fold(action.title))
        if rank not in there and number is not None:
            reason = f"L’action {number} du plan a le même intitulé, sous d’autres rubriques."
            accepted = "Si c’est la même, retirez cette ligne du fichier\u00a0: elle serait créée en double."
            yield looking.found(Grade.WARNING, looking.title_of(action), reason, accepted, rank)
