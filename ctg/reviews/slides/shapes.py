"""What slides are made of, before anything is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from ctg.reviews.facts.shapes import Counts


@dataclass(frozen=True)
class Item:
    """A line of a list: what it is about in bold, and what there is to say."""

    strong: str
    text: str = ""

    @property
    def whole(self) -> str:
        return "\u00a0: ".join(filter(None, [self.strong, self.text]))


@dataclass(frozen=True)
class Lists:
    """One list over the whole width, or two side by side, each under its heading."""

    columns: Sequence[tuple[str, Sequence[Item]]]
    most: int = 6


@dataclass(frozen=True)
class Grid:
    """A table: its titles with their share of the width; beyond `most`, rows are only counted."""

    caption: str
    titles: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    most: int = 8


@dataclass(frozen=True)
class Figures:
    """Numbers to see from the end of the room, each over its words."""

    figures: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Bars:
    """A bar for each heading, made of its statuses; `sentence` says the same."""

    sentence: str
    groups: Sequence[Counts]


@dataclass(frozen=True)
class Slide:
    """`notes` hold whole whatever the slide shortens or leaves out."""

    title: str
    lead: str
    body: Lists | Grid | Figures | Bars
    notes: Sequence[str]
