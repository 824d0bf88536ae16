"""What is said of a returned file: what it changes, and what is wrong with it, each by its cell."""

from typing import NamedTuple

from ctg.intake.previewing.annotated import Grade, Problem

from .rows import Spot


class Difference(NamedTuple):
    """A value as it was and as the file would have it, in words."""

    label: str
    was: str
    becomes: str
    spot: Spot


class Remark(NamedTuple):
    """What is wrong or doubtful in one cell; `about` is the indicator that it is about."""

    spot: Spot
    grade: Grade
    about: str
    words: str

    @property
    def problem(self) -> Problem:
        return Problem(self.spot.table, self.spot.place, self.grade, self.words)

    @property
    def is_error(self) -> bool:
        return self.grade is Grade.ERROR
