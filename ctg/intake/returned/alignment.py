"""Which lines of a text are those of another one: what a person left, changed, added."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

#: Signs of a text that a page shows whole.
_LONG = 160
#: Beyond so many pairs of lines, a comparison would take too long: the texts then differ as a whole.
_MOST_PAIRS = 1_000_000


class Step(NamedTuple):
    """Lines `a` to `b` of the old text became lines `c` to `d` of the new one."""

    is_same: bool
    a: int
    b: int
    c: int
    d: int


def align(old: Sequence[str], new: Sequence[str]) -> Iterator[Step]:
    """Go through both texts from end to end; lines are alike but for their spaces."""
    one, two = ([" ".join(line.split()) for line in lines] for lines in (old, new))
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    end = 0
    while end < min(len(one), len(two)) - start and one[-1 - end] == two[-1 - end]:
        end += 1
    if start:
        yield Step(True, 0, start, 0, start)
    one, two = one[start : len(one) - end], two[start : len(two) - end]
    if len(one) * len(two) > _MOST_PAIRS:
        yield Step(False, start, start + len(one), start, start + len(two))
    elif one or two:
        for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
            yield Step(tag == "equal", start + a, start + b, start + c, start + d)
    if end:
        yield Step(True, len(old) - end, len(old), len(new) - end, len(new))


def what_differs(old: str, new: str) -> tuple[str, str]:
    """Of two long texts, the lines that differ, « … » for the others; short texts as they are."""
    if max(len(old), len(new)) <= _LONG:
        return old, new
    lines = old.split("\n"), new.split("\n")
    parts: tuple[list[str], list[str]] = ([], [])
    for step in align(*lines):
        for told, side, start, end in zip(parts, lines, (step.a, step.c), (step.b, step.d), strict=True):
            told += ["…"] if step.is_same else side[start:end]
    before, after = ("\n".join(told) for told in parts)
    return before, after
