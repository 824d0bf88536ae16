"""What becomes of each action of a file: created, there already, set aside; none is passed over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, Self

from ctg.intake.previewing.annotated import Grade
from ctg.intake.problems.found import Found


class Fate(Enum):
    """The value is how a page says it of an action."""

    CREATED = "sera créée"
    THERE = "déjà dans le plan"
    ASIDE = "mise de côté"


class Choices(NamedTuple):
    """What somebody decides of doubtful actions: leave those in error aside, give other numbers to some."""

    without_errors: bool = False
    renumber: bool = False


AS_IT_IS = Choices()


@dataclass(frozen=True)
class Outcome:
    """`fates` goes by the ranks of the actions; `untitled` counts the rows that name none."""

    fates: tuple[Fate, ...]
    untitled: int
    #: How many of those created bear an error.
    wrong: int

    @classmethod
    def of(cls, count: int, there: Collection[int], problems: Sequence[Found], choices: Choices) -> Self:
        if choices.renumber:
            problems = [one for one in problems if not one.is_of_number]
        grades = {
            grade: {one.action for one in problems if one.grade is grade and one.action is not None}
            for grade in Grade
        }
        refused = grades[Grade.CRITICAL] | (grades[Grade.ERROR] if choices.without_errors else set())
        fates = tuple(
            Fate.THERE if rank in there else Fate.ASIDE if rank in refused else Fate.CREATED
            for rank in range(count)
        )
        untitled = sum(one.grade is Grade.CRITICAL and one.action is None for one in problems)
        wrong = sum(fates[rank] is Fate.CREATED for rank in grades[Grade.ERROR])
        return cls(fates, untitled, wrong)

    @property
    def created(self) -> list[int]:
        """The ranks of the actions to create."""
        return [rank for rank, fate in enumerate(self.fates) if fate is Fate.CREATED]

    @property
    def there(self) -> int:
        return self.fates.count(Fate.THERE)

    @property
    def aside(self) -> int:
        """The actions set aside, and the rows that could not even be one."""
        return self.fates.count(Fate.ASIDE) + self.untitled
