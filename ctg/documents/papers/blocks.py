"""What papers are made of; `ctg.documents.pdf` and `ctg.documents.word` know how to show each block."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import ClassVar

from actions.calendar import say
from actions.models import Action
from ctg.web.outline import Kind, Line, Run, parse
from indicators.figures.charts import Chart


@dataclass(frozen=True)
class Passage:
    """A text of the plan, paragraphs and bullets on two levels, under the title that the plan gives it."""

    kind: ClassVar[str] = "passage"
    label: str
    text: str

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return parse(self.text)

    @property
    def sentence(self) -> tuple[Run, ...]:
        """The text when it is but one paragraph, which then stands beside its title."""
        alone = len(self.lines) == 1 and self.lines[0].kind is Kind.PARAGRAPH
        return self.lines[0].runs if alone else ()


@dataclass(frozen=True)
class Fact:
    """A label and what there is to say under it: one text, or the items of a list."""

    kind: ClassVar[str] = "fact"
    label: str
    items: Sequence[str]

    @property
    def is_list(self) -> bool:
        return len(self.items) > 1


@dataclass(frozen=True)
class Standing:
    """Where an action stands, in words; `status` only chooses the colour beside them."""

    kind: ClassVar[str] = "standing"
    status: str
    status_words: str
    confidence_words: str
    progress: int | None
    lateness: str
    reason: str

    @property
    def words(self) -> list[str]:
        progress = "" if self.progress is None else f"Avancement\u00a0: {self.progress}\u00a0%"
        return [f"Météo\u00a0: {self.confidence_words}", *([progress] if progress else [])]


@dataclass(frozen=True)
class Column:
    title: str
    share: int  # of the width, in hundredths


@dataclass(frozen=True)
class Table:
    """Rows of texts under titles; `caption` says what they are, `heading_column` names each of them."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    heading_column: int = 0


@dataclass(frozen=True)
class Drawing:
    """A chart, and the sentence that says all that it shows: alone, the sentence is enough.

    `legend` tells how to read what is drawn.
    """

    kind: ClassVar[str] = "drawing"
    chart: Chart
    sentence: str
    legend: str = ""


Block = Passage | Fact | Standing | Table | Drawing


@dataclass(frozen=True)
class Section:
    """A heading of a level from 2 on, and what stands directly under it."""

    level: int
    title: str
    summary: str = ""
    blocks: Sequence[Block] = ()
    starts_page: bool = False


@dataclass(frozen=True)
class Logo:
    """A picture that stands above the title; `alternative` is what it says to those who do not see it."""

    content: bytes
    media_type: str
    width: int
    height: int
    alternative: str

    #: What it may take of a page, in millimetres, and how big a point is on a screen.
    BOX: ClassVar[tuple[float, float]] = (60, 25)
    POINT: ClassVar[float] = 25.4 / 96

    @property
    def source(self) -> str:
        """The address that holds the picture itself, the only kind that the renderer opens."""
        return f"data:{self.media_type};base64,{b64encode(self.content).decode()}"

    @property
    def millimetres(self) -> tuple[float, float]:
        """Its size on paper: as on a screen, or as much as the box holds."""
        width, height = self.width * self.POINT, self.height * self.POINT
        share = min(1, self.BOX[0] / width, self.BOX[1] / height)
        return width * share, height * share


@dataclass(frozen=True)
class Cover:
    """What a paper says of itself: it travels without the screen that it was asked from.

    `running` comes back at the top of each page, `data` at its bottom.
    """

    territory: str
    title: str
    subtitle: str
    running: str
    data_on: date
    facts: Sequence[Fact] = ()
    logo: Logo | None = None

    @property
    def data(self) -> str:
        return f"Données du {say(self.data_on)}"

    @property
    def full_title(self) -> str:
        return f"{self.title} – {self.territory}"


@dataclass(frozen=True)
class Paper:
    cover: Cover
    sections: Sequence[Section]
    has_title_page: bool = True
    is_landscape: bool = False

    def under(self, logo: Logo | None) -> "Paper":
        return replace(self, cover=replace(self.cover, logo=logo))

    @property
    def contents(self) -> list[tuple[int, Section]]:
        """What the title page lists: the sections of the first level, each with its rank in the paper."""
        ranked = enumerate(self.sections, 1)
        return [(rank, section) for rank, section in ranked if section.level == 2 and self.has_title_page]


def standing_of(action: Action, lateness: str) -> Standing:
    return Standing(
        status=action.status,
        status_words=str(action.get_status_display()),
        confidence_words=str(action.get_confidence_display()) if action.confidence else "sans avis",
        progress=action.progress,
        lateness=lateness,
        reason=action.status_reason,
    )
