"""What a file says of a plan, by itself, and which of its cells says what."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..layout import Doubt, Field, Leftover, Piece, Role, Spot


@dataclass(frozen=True)
class ReadHeading:
    """An ambition, an orientation, a theme… once, wherever it comes back; `code` is its number as written."""

    title: str
    code: str = ""
    spots: tuple[Spot, ...] = ()
    #: Those of an ambition.
    impacts: tuple[str, ...] = ()
    orientations: tuple["ReadHeading", ...] = ()


@dataclass(frozen=True)
class ReadAction:
    """One action, its texts as the file writes them; headings by their title.

    `number_text` is the number as written, « 1.2 »; `number` is absent when it is not a plain one, or when
    two actions bear it. A label is absent when the file gives none.
    """

    title: str
    number: int | None = None
    number_text: str = ""
    ambition: str | None = None
    orientation: str | None = None
    theme: str | None = None
    need: str | None = None
    objective: str | None = None
    priority_text: str = ""
    purpose_label: str | None = None
    purpose: str = ""
    content_label: str | None = None
    content: str = ""
    methods_label: str | None = None
    methods: str = ""
    effects_label: str | None = None
    effects: str = ""
    audiences: str = ""
    municipalities: str = ""
    calendar_text: str = ""
    factors_text: str = ""
    brakes_text: str = ""
    levers_text: str = ""
    #: Porteurs and partenaires in one cell; the next ones have a cell each.
    organisations_text: str = ""
    leads_text: str = ""
    co_leads_text: str = ""
    partners_text: str = ""
    funders_text: str = ""
    elected_lead: str = ""
    #: Indicators of which the file does not say the nature; the next ones have it.
    indicators_text: str = ""
    quantitative_text: str = ""
    qualitative_text: str = ""
    target_text: str = ""
    budget_text: str = ""
    resources_text: str = ""
    status_text: str = ""
    progress_text: str = ""
    notes_text: str = ""
    cells: Mapping[Field, tuple[Spot, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadPlan:
    heading: str = ""
    dated_text: str = ""
    dated_on: dt.date | None = None
    first_year: int | None = None
    last_year: int | None = None
    ambitions: tuple[ReadHeading, ...] = ()
    themes: tuple[ReadHeading, ...] = ()
    needs: tuple[ReadHeading, ...] = ()
    objectives: tuple[ReadHeading, ...] = ()
    actions: tuple[ReadAction, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    #: What stands above and around the plan, of which the heading, the date and the years are made.
    titles: tuple[Piece, ...] = ()
    #: What each cell is to the plan; those that are left over may also serve.
    roles: Mapping[Spot, Role] = field(default_factory=dict)
    #: The words with which a cell opens, and which its field tells.
    labels: Mapping[Spot, str] = field(default_factory=dict)
