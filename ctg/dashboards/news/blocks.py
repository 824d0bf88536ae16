"""A letter as blocks of lines, the most important first: what finds no room is counted, never cut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .wording import counted, whole

#: How long a letter is at most, from « Bonjour » to the address that stops it.
LONGEST = 40

#: What stands around the blocks: greeting, opening, both addresses of the end, and the lines between them.
FRAME = 9


@dataclass(frozen=True)
class Block:
    """Lines that stand together, under a title when they begin a part of the letter."""

    lines: Sequence[str]
    part: str = ""
    #: How many things it tells.
    count: int = 1


def lay_out(blocks: Iterable[Block]) -> list[str]:
    """The lines of a letter; a block that does not fit leaves its place to nothing that follows it."""
    lines: list[str] = []
    part, left_out = "", 0
    for block in blocks:
        head = ["", block.part] if block.part and block.part != part else []
        taken = [*head, *block.lines]
        if left_out or len(lines) + len(taken) > LONGEST - FRAME:
            left_out += block.count
            continue
        lines += taken
        part = block.part
    if left_out:
        lines += ["", f"Et {counted(left_out, 'autre')} à lire dans l’outil\u00a0: {whole('/')}"]
    return lines
