from collections.abc import Iterator, Sequence

from ctg.intake.previewing.annotated import Grade
from ctg.intake.previewing.packed import Split

from ..content.splitting import KnownOrganisation
from . import against, rest, rows
from .against import Standing
from .cells import problems_of_cells
from .found import Found, Looking

_GRADES = list(Grade)


def problems_of(
    looking: Looking,
    splits: Sequence[Split],
    known: Sequence[KnownOrganisation],
    standing: Sequence[Standing] = (),
    there: frozenset[int] = frozenset(),
) -> list[Found]:
    """The gravest first, then as the file goes; `standing` and `there` tell of the plan to be added to."""
    found = list(_all(looking, splits, known, standing, there))
    return sorted(found, key=lambda one: (_GRADES.index(one.grade), one.spot))


def _all(
    looking: Looking,
    splits: Sequence[Split],
    known: Sequence[KnownOrganisation],
    standing: Sequence[Standing],
    there: frozenset[int],
) -> Iterator[Found]:
    yield from rows.untitled(looking)
    yield from rows.indistinct(looking)
    yield from rows.continued(looking)
    yield from rows.repeated_numbers(looking)
    yield from rows.hidden(looking)
    for rank, (action, cut) in enumerate(zip(looking.read.actions, splits, strict=True)):
        yield from problems_of_cells(looking, rank, action, cut)
    yield from rest.leftovers(looking)
    yield from rest.doubts(looking)
    yield from rest.numbers_as_written(looking)
    yield from rest.kept_as_notes(looking)
    yield from rest.near_names(looking, splits, known)
    yield from against.taken_numbers(looking, standing, there)
    yield from against.elsewhere(looking, standing, there)
