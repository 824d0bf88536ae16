"""What the page is made of: lines, each with a verb or two, in the order of who is waiting."""

from collections.abc import Sequence
from dataclasses import dataclass

#: How many lines of one source stand on the page; the others are behind a link to the list that has them.
MOST = 8


@dataclass(frozen=True)
class Button:
    """A verb, and the page on which it is done; `about` says of what to whoever hears the buttons alone."""

    label: str
    url: str
    about: str = ""


@dataclass(frozen=True)
class Line:
    """One thing to do: its sort in a word, what it is, why, and the verbs that deal with it.

    `links` are the places of which it speaks: « action 2 », « action 5 ».
    """

    sort: str
    title: str
    url: str
    why: str
    buttons: Sequence[Button] = ()
    links: Sequence[Button] = ()


@dataclass(frozen=True)
class Batch:
    """The lines of one source; `url` is the list that has them all, where it is not this very page."""

    lines: Sequence[Line] = ()
    url: str = ""
    is_whole: bool = False

    @property
    def shown(self) -> Sequence[Line]:
        return self.lines if self.is_whole else self.lines[:MOST]

    @property
    def others(self) -> int:
        return len(self.lines) - len(self.shown)


@dataclass(frozen=True)
class Part:
    """A part of the page, from the most to the least urgent."""

    slug: str
    title: str
    batches: Sequence[Batch]

    @property
    def count(self) -> int:
        return sum(len(batch.lines) for batch in self.batches)
